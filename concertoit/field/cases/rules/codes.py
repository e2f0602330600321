"""Follow-up codes: short enough to copy by hand, long enough not to be guessed. Pure Python."""

from __future__ import annotations

import re

# Crockford's base 32: no letter that looks like a digit (I, L, O), none that makes words by accident (U).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12  # 60 bits
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def code_from(secret: str) -> str:
    """The code that a hexadecimal secret gives: ``K7QX3M9PTR2D``."""
    number = int(secret, 16)
    letters = []
    for _position in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def as_shown(code: str) -> str:
    """A code in groups, as people copy it: ``K7QX-3M9P-TR2D``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def as_typed(written: str) -> str:
    """The code behind what somebody typed, whatever the case, the spaces and the look-alikes; empty when it is none."""
    plain = re.sub(r"[^0-9A-Z]", "", written.upper()[:60]).translate(_LOOKALIKES)
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else ""
