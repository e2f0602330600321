"""Reading a Québec address: « 1234, rue X, app. 5 », « 1234-5 », « 1230-1240 », « 5-1234 », with its canonical key.

Two ways of writing one address give the same ``key``; what cannot be told apart is asked, never guessed. Forms of
addresses: Commission de toponymie, *Guide d’adressage*; Canada Post, *Addressing guidelines* (« unit-number street »).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# How people shorten the kind of way and the cardinal point; the key carries the whole word.
_WORDS = {
    "av": "avenue", "ave": "avenue", "boul": "boulevard", "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard",
    "ch": "chemin", "chem": "chemin", "rte": "route", "r": "rue", "pl": "place", "cr": "croissant",
    "crois": "croissant", "mtee": "montee", "rg": "rang", "aut": "autoroute", "imp": "impasse", "terr": "terrasse",
    "st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes",
    "n": "nord", "s": "sud", "e": "est", "o": "ouest", "w": "ouest",
}  # fmt: skip
# Street types that may be left out: « 12, des Érables » and « 12, rue des Érables » are one street.
_SILENT = frozenset({"rue", "de", "du", "des", "la", "le", "les", "l", "d"})
_UNIT = re.compile(
    r"[,\s]+(?:app(?:artement|t)?|apt|unit[ée]?|log(?:ement|is)?|suite|bureau|local|porte|#)\s*\.?\s*#?\s*"
    r"(?P<unit>[0-9A-Za-z-]{1,10})(?=[,\s]|$)",
    re.IGNORECASE,
)
_HASH = re.compile(r"[,\s]+#\s*(?P<unit>[0-9A-Za-z-]{1,10})(?=[,\s]|$)")
_NUMBER = re.compile(
    r"^(?P<first>\d{1,6})(?P<suffix>\s?[A-Da-d½¼¾])?"
    r"(?:\s*(?:-|–|—|à|/)\s*(?P<second>\d{1,6}|[A-Za-z]\d{0,3}))?"
    r"(?=[,\s])[,\s]+(?P<street>.+)$"
)
_ORDINAL = re.compile(r"\b(\d+)\s*(?:i?[èe]me|i?[èe]re|re|er|e)\b")
_WIDEST_RANGE = 98
_HIGHEST_UNIT_LENGTH = 10


class BadAddress(ValueError):
    """An address that cannot be read. ``code`` is ``empty``, ``number``, ``street`` or ``range``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Address:
    """A civic address inside one municipality. ``low`` and ``high`` differ for a building with several doors."""

    low: int
    high: int
    suffix: str
    street: str
    unit: str

    @property
    def street_key(self) -> str:
        return street_key(self.street)

    @property
    def unit_key(self) -> str:
        return unit_key(self.unit)

    @property
    def numbers(self) -> list[int]:
        """The doors: every second number, since the two sides of a street are even and odd."""
        return list(range(self.low, self.high + 1, 2)) if self.high > self.low else [self.low]

    @property
    def line(self) -> str:
        """The address of the building as a page shows it."""
        number = f"{self.low}{self.suffix}" if self.high == self.low else f"{self.low}-{self.high}"
        return f"{number}, {self.street}"


def read_address(written: str, *, unit: str = "") -> Address:
    """Understand one line. ``unit`` given apart wins over none, and must agree with one that is in the line.

    ``1234-5`` is dwelling 5 of 1234, ``5-1234`` too; ``1230-1240`` (same side, rising, at most fifty doors) is one
    building. Raises ``BadAddress``.
    """
    line = _tidy(written)
    if not line:
        raise BadAddress("empty")
    line, inside = _without_unit(line)
    found = _NUMBER.match(line)
    if found is None:
        raise BadAddress("number")
    street = _street(found["street"])
    low, high, beside = _numbers(int(found["first"]), found["second"] or "")
    suffix = (found["suffix"] or "").strip().upper()
    if high != low and suffix:
        raise BadAddress("range")
    said = unit.strip() or inside or beside
    return Address(low, high, suffix, street, _tidy(said)[:_HIGHEST_UNIT_LENGTH])


def street_key(street: str) -> str:
    """What two spellings of one street have in common: accents, case, abbreviations, articles and « rue » aside."""
    plain = _ORDINAL.sub(r"\1", _plain(street))
    words = [_WORDS.get(word, word) for word in re.split(r"[^0-9a-z]+", plain) if word]
    # « N » in « rue N » is a name, not a cardinal point: a word stands for itself when nothing else is left.
    kept = [word for word in words if word not in _SILENT]
    return " ".join(kept or words)


def unit_key(unit: str) -> str:
    """« App. 05 », « #5 » and « 5 » are one dwelling; « 5A » is another."""
    plain = re.sub(r"^(app(artement|t)?|apt|unite|log(ement|is)?|suite|local|porte)\b", "", _plain(unit))
    return re.sub(r"[^0-9a-z]+", "", plain).lstrip("0") or ("0" if re.search(r"0", plain) else "")


def _numbers(first: int, second: str) -> tuple[int, int, str]:
    """Lowest door, highest door, and the dwelling that stands beside the number."""
    if not second:
        return first, first, ""
    if not second.isdigit():
        return first, first, second.upper()
    other = int(second)
    if other > first and other - first <= _WIDEST_RANGE and (other - first) % 2 == 0 and first >= 10:
        return first, other, ""
    if other > first:  # Canada Post writes the dwelling before the number
        return other, other, str(first)
    return first, first, second


def _without_unit(line: str) -> tuple[str, str]:
    for pattern in (_UNIT, _HASH):
        if found := pattern.search(line):
            return _tidy(line[: found.start()] + ", " + line[found.end() :]), found["unit"]
    return line, ""


def _street(written: str) -> str:
    """The street alone: what follows the first comma is the town or the postal code, which are asked apart."""
    street = _tidy(written.split(",")[0])
    if not re.search(r"[^\W\d]|\d+\s?[eè]", street):
        raise BadAddress("street")
    return street[:1].lower() + street[1:] if street.split()[0].casefold() in _KINDS else street


_KINDS = frozenset(
    {"rue", "avenue", "boulevard", "chemin", "route", "place", "rang", "montée", "croissant", "impasse"}
)


def _tidy(text: str) -> str:
    return re.sub(r"\s*,[\s,]*", ", ", " ".join(text.replace("\u00a0", " ").replace("’", "'").split())).strip(" ,")


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))
