"""Rules of privacy, in pure Python: how long (``retention``), what is too small to show (``masking``)."""

from concertoit.ground.privacy.rules.retention import NIGHT, months_before, text_version, years_and_months

__all__ = ["NIGHT", "months_before", "text_version", "years_and_months"]
