"""Rules of privacy, in pure Python: how long (``retention``), what is too small to show (``masking``)."""

from concertoit.ground.privacy.rules.masking import SMALLEST, Key, Sum, determined, mask
from concertoit.ground.privacy.rules.retention import NIGHT, months_before, text_version, years_and_months

__all__ = [
    "NIGHT",
    "SMALLEST",
    "Key",
    "Sum",
    "determined",
    "mask",
    "months_before",
    "text_version",
    "years_and_months",
]
