"""Outline numbers as people write them, and the place in the outline they stand for.

Real plans write ``1.1.1``, ``1,1,1``, ``2.1,2,1``, ``1.1.1 3``, ``3.1.1.``, ``A.1``, ``II -``, ``1)``. A number is only
read at the start of a text. What looks like a quantity (``6 rencontres``, ``1,5 M$``, ``20 %``, ``2026``) is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

COMMA = "comma"
MISSING_SEPARATOR = "missing_separator"
STRAY_NUMBER = "stray_number"

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_CLOSING = r"(?:\s*[.):°º/–—-]+(?=\s|$|[^\W\d_])|\s*[:–—-]\s*|\s+|$)"
_DIGITS = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d{1,3}(?!\d))*(?:[.-][a-z](?![^\W_]))?)(?P<close>" + _CLOSING + ")")
_LETTER = re.compile(
    r"(?P<number>[A-Z]{1,4}[.-]?\d{1,3}(?:[.,]\d{1,3})*|[A-Z](?:[.,]\d{1,3})+)(?P<close>" + _CLOSING + ")"
)
_BARE = re.compile(r"(?P<number>[IVXL]{1,6}|[A-Z]|[a-z])(?P<close>\s*[.):°]+(?=\s|$)|\s+[–—-]+\s+|\s*:\s+)")
_SPLIT = re.compile(r"\d+|[A-Za-z]+")
_EXTRA = re.compile(r"(?P<number>\d{1,2})(?=\s+[^\W\d_a-zß-öø-ÿ])\s+")
_QUANTITY = re.compile(
    r"(?:%|\$|M\$|k\$|€|°C|(?:h|heures?|ans?|années?|mois|jours?|semaines?|fois|x|à|et|ou|e|er|re|ère)\b)",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![\d.,])\d{1,2}(?:[.,]\d{1,2}){1,5}(?![\d]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class OutlineNumber:
    """``written`` as in the text, ``parts`` as integers, ``rest`` what follows, ``faults`` what departs from ``1.1.1``.

    ``above`` is a lone number that stands before it (``1 1,1``: often the axis, or a list number of the word processor).
    """

    written: str
    parts: tuple[int, ...]
    rest: str
    faults: tuple[str, ...] = ()
    above: str = ""

    @property
    def depth(self) -> int:
        return len(self.parts)


def from_roman(text: str) -> int | None:
    """Value of a small Roman numeral (below 90), or None when the letters are not one in its usual form."""
    letters = text.lower()
    if not letters or set(letters) - set(_ROMAN):
        return None
    total = 0
    for letter, after in zip(letters, letters[1:] + " ", strict=True):
        value = _ROMAN[letter]
        total += -value if _ROMAN.get(after, 0) > value else value
    return total if to_roman(total).lower() == letters else None


def to_roman(value: int) -> str:
    """Roman numeral of an integer from 1 to 89."""
    numerals = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    out = ""
    for size, letters in numerals:
        count, value = divmod(value, size)
        out += letters * count
    return out


def canonical(parts: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in parts)


@lru_cache(maxsize=16384)
def parse_parts(written: str) -> tuple[int, ...]:
    """Integers of a written number; letters count A=1 (or Roman when the number is only Roman letters)."""
    roman = from_roman(written) if written.isupper() else None
    if roman and (len(written) > 1 or written in "IVX"):
        return (roman,)
    parts: list[int] = []
    for piece in _SPLIT.findall(written):
        if piece.isdigit():
            parts.append(int(piece))
        elif len(piece) == 1:
            parts.append(ord(piece.lower()) - 96)
    return tuple(parts)


@lru_cache(maxsize=16384)
def read_number(text: str, *, labelled: bool = False) -> OutlineNumber | None:
    """Read the number at the start of a text, or None.

    ``labelled`` says that a level word stood before it (``Axe 2 Logement``): then a bare number, letter or Roman numeral
    counts without punctuation.
    """
    stripped = text.lstrip(" \t*_\n\u00a0")
    if labelled:
        return _labelled_number(stripped)
    return _digits_number(stripped) or _letters_number(stripped)


def _labelled_number(text: str) -> OutlineNumber | None:
    match = re.match(
        r"(?:[nN][oO°º]\s*\.?\s*|#\s*)?(?P<number>\d{1,3}(?:[.,]\d{1,3})*|[IVXL]{1,6}\b|[A-Z]{2,4}[.-]?\d{1,3}(?:[.,]\d{1,3})*|[A-Z](?:[.-]?\d+(?:[.,]\d{1,3})*)?(?![^\W_]|'))"
        r"\s*(?:[.):°/–—-]+(?=\s|$|[^\W\d_])|[:–—-]|(?=\s|$))\s*",
        text,
    )
    if match is None or _is_year(match["number"]) or text[match.end("number") : match.end("number") + 1].isalnum():
        return None
    rest = text[match.end() :]
    return _finish(match["number"], rest)


def _digits_number(text: str) -> OutlineNumber | None:
    match = _DIGITS.match(text)
    if match is None:
        return None
    written, rest, close = match["number"], text[match.end() :], match["close"].strip()
    above = re.match(r"(\d{1,2})\s+(?=(\d{1,3})[.,]\d)", text)
    if above:
        inner = _digits_number(text[above.end() :])
        if inner is not None:
            return OutlineNumber(inner.written, inner.parts, inner.rest, (*inner.faults, STRAY_NUMBER), above[1])
    if not _is_number(written, rest, close):
        return None
    return _finish(written, rest)


def _is_number(written: str, rest: str, close: str) -> bool:
    """Tell a number from a quantity, a decimal or a year."""
    if _is_year(written):
        return False
    separators = len(re.findall(r"[.,]", written))
    if close and not (separators == 1 and "," in written):
        return not re.match(r"\d", rest) or separators > 1
    if _QUANTITY.match(rest):
        return False
    if separators >= 2 or not rest:
        return separators > 0
    if separators == 1 and "." in written:
        return True
    return rest[:1].isupper() or rest[:1] in '«"“'


def _is_year(written: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", written))


def _finish(written: str, rest: str) -> OutlineNumber:
    faults = [COMMA] if "," in written else []
    extra = _EXTRA.match(rest) if len(parse_parts(written)) >= 2 else None
    if extra:
        written, rest = f"{written} {extra['number']}", rest[extra.end() :]
        faults.append(MISSING_SEPARATOR)
    return OutlineNumber(written.rstrip("."), parse_parts(written), rest.strip(), tuple(faults))


def _letters_number(text: str) -> OutlineNumber | None:
    match = _LETTER.match(text) or _BARE.match(text)
    if match is None:
        return None
    written = match["number"]
    if written.isalpha() and len(written) > 1 and from_roman(written) is None:
        return None
    if written.islower() and ")" not in match["close"] and "." not in match["close"]:
        return None
    parts = parse_parts(written)
    if not parts or any(part > 999 for part in parts):
        return None
    return OutlineNumber(written, parts, text[match.end() :].strip())


def find_codes(text: str, *, least: int = 3) -> list[str]:
    """Outline codes of at least ``least`` parts anywhere in a text, as written, in order."""
    return [m[0] for m in _CODE.finditer(text) if m[0].count(".") + m[0].count(",") + 1 >= least]
