"""Reading a Québec address: « 1234, rue X, app. 5 », « 1234-5 », « 1230-1240 », « 5-1234 », with its canonical key.

Two ways of writing one address give the same ``key``; what cannot be told apart is asked, never guessed. Forms of
addresses: Commission de toponymie, *Guide d’adressage*; Canada Post, *Addressing guidelines* (« unit-number street »).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from concertoit.ground.places.rules.towns import without_town

# How people shorten the kind of way and the cardinal point; the key carries the whole word.
_WORDS = {
    "av": "avenue", "ave": "avenue", "boul": "boulevard", "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard",
    "ch": "chemin", "chem": "chemin", "rte": "route", "r": "rue", "pl": "place", "cr": "croissant",
    "crois": "croissant", "mtee": "montee", "rg": "rang", "aut": "autoroute", "imp": "impasse", "terr": "terrasse",
    "st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes",
    "n": "nord", "s": "sud", "e": "est", "o": "ouest", "w": "ouest",
    "premiere": "1", "deuxieme": "2", "troisieme": "3", "quatrieme": "4", "cinquieme": "5", "sixieme": "6",
    "septieme": "7", "huitieme": "8", "neuvieme": "9", "dixieme": "10",
}  # fmt: skip
# Street types that may be left out: « 12, des Érables » and « 12, rue des Érables » are one street.
_SILENT = frozenset({"rue", "de", "du", "des", "la", "le", "les", "l", "d"})
_KINDS = frozenset(
    {"rue", "avenue", "boulevard", "chemin", "route", "place", "rang", "montée", "croissant", "impasse", "terrasse"}
)
# Dwellings that have a place rather than a number.
_FLOORS = {
    "soussol": "soussol", "ss": "soussol", "basement": "soussol", "demisoussol": "demisoussol", "dss": "demisoussol",
    "rdc": "rdc", "rezdechaussee": "rdc", "groundfloor": "rdc", "rc": "rdc",
}  # fmt: skip
_FLOOR = re.compile(
    r"[,\s]+(?:au\s+)?(?P<unit>(?:demi-)?sous-sol|basement|rez-de-chauss[ée]e|rdc|s\.-?s\.?|"
    r"(?:\d{1,2})(?:er|re|e|i?[èe]me)\s+[ée]tage)\.?(?=[,\s]|$)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:[,\s]+|^)(?:(?:app(?:artement|t)?|apt|unit[ée]?|log(?:ement|is)?|suite|bureau|local|porte)\b\s*\.?\s*#?|#)"
    r"\s*(?P<unit>(?=[0-9A-Za-z-]*\d|[A-Za-z](?![A-Za-z]))[0-9A-Za-z-]{1,10})(?=[,\s]|$)",
    re.IGNORECASE,
)
_SUFFIX = r"(?:\s?[A-Da-d](?![A-Za-z'])|\s?[½¼¾])"
_NUMBER = re.compile(
    rf"^(?:de\s+)?(?P<first>\d{{1,6}})(?P<suffix>{_SUFFIX})?"
    r"(?:\s*(?P<mark>-|–|—|à|a|/)\s*(?P<second>\d{1,6}|[A-Za-z]\d{0,3}))?"
    r"(?=[,\s])[,\s]+(?P<street>.+)$"
)
_UNIT_FIRST = re.compile(r"^(?P<unit>[A-Za-z]\d{0,3}|\d{1,3}[A-Za-z])\s*(?:-|–|—)\s*(?P<rest>\d{1,6}[,\s].+)$")
_HALVES = {"1/2": "½", "1/4": "¼", "3/4": "¾"}
_ORDINAL = re.compile(r"\b(\d+)\s*(?:i?eme|i?ere|re|er|nd|rd|th|e)\b")
_WIDEST_RANGE = 98
_HIGHEST_UNIT_LENGTH = 20


class BadAddress(ValueError):
    """An address that cannot be read. ``code`` is ``empty``, ``number``, ``street``, ``range``, ``either`` (two
    readings) or ``unit`` (two dwellings)."""

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


def read_address(written: str, *, unit: str = "", town: str = "") -> Address:
    """Understand one line. ``unit`` given apart must agree with one that is in the line; ``town`` is left out of the
    street when the line names it.

    ``1234-5`` is dwelling 5 of 1234, ``5-1234`` too; ``1230-1240`` (same side, rising, at most fifty doors) is one
    building. Raises ``BadAddress``.
    """
    line = _halves(without_town(_tidy(written), town))
    if not line:
        raise BadAddress("empty")
    line, inside = _without_unit(line)
    if led := _UNIT_FIRST.match(line):
        line, inside = led["rest"], inside or led["unit"]
    found = _NUMBER.match(line)
    if found is None:
        raise BadAddress("number")
    street = _street(found["street"])
    low, high, beside = _numbers(int(found["first"]), found["second"] or "", found["mark"] or "")
    suffix = (found["suffix"] or "").strip().upper()
    if high != low and suffix:
        raise BadAddress("range")
    if low == 0:
        raise BadAddress("number")
    return Address(low, high, suffix, street, _one_unit(unit, inside, beside))


def _one_unit(*said: str) -> str:
    """The dwelling, said once or several times in the same way. Raises ``BadAddress`` for two dwellings."""
    given = [_tidy(one)[:_HIGHEST_UNIT_LENGTH] for one in said if one.strip()]
    if len({unit_key(one) for one in given}) > 1:
        raise BadAddress("unit")
    return given[0] if given else ""


def address_line(low: int, high: int, suffix: str, street: str) -> str:
    """The address of a building without its town: ``12B, rue X``, ``1230-1240, rue X``."""
    return f"{low}{suffix}, {street}" if high == low else f"{low}-{high}, {street}"


def street_key(street: str) -> str:
    """What two spellings of one street have in common: accents, case, abbreviations, articles and « rue » aside."""
    plain = _ORDINAL.sub(r"\1", _plain(street))
    words = [_WORDS.get(word, word) for word in re.split(r"[^0-9a-z]+", plain) if word]
    # « N » in « rue N » is a name, not a cardinal point: a word stands for itself when nothing else is left.
    kept = [word for word in words if word not in _SILENT]
    return " ".join(kept or words)


def is_numbered(unit: str) -> bool:
    """Whether a dwelling goes by a number or a letter (« 5 », « 12B »), and not by where it is (« sous-sol »)."""
    return re.fullmatch(r"[A-Za-z]{0,2}-?\d{1,6}[A-Za-z]{0,2}|[A-Za-z]", unit.strip()) is not None


def unit_key(unit: str) -> str:
    """« App. 05 », « #5 » and « 5 » are one dwelling; « 5A » is another. « S.-S. » and « sous-sol » are one too."""
    plain = re.sub(r"^\W*(app(artement|t)?|apt|unite?|log(ement|is)?|suite|local|porte|au)\b", "", _plain(unit))
    plain = re.sub(r"^\W*(\d+)(?:er|re|e|i?eme) etage$", r"etage\1", plain)
    signs = re.sub(r"[^0-9a-z]+", "", plain)
    if signs in _FLOORS:
        return _FLOORS[signs]
    return signs.lstrip("0") or ("0" if "0" in signs else "")


def _numbers(first: int, second: str, mark: str) -> tuple[int, int, str]:
    """Lowest door, highest door, and the dwelling that stands beside the number.

    Raises ``BadAddress`` where both readings are likely: « 12-40 » may be dwelling 12 of 40, or the doors 12 to 40.
    """
    if not second.isdigit():
        return first, first, second.upper()
    other = int(second)
    doors = first < other <= first + _WIDEST_RANGE and (other - first) % 2 == 0
    if mark in ("à", "a"):  # « 1230 à 1240 » says it
        if not doors:
            raise BadAddress("either")
        return first, other, ""
    if len(str(first)) == len(str(other)):
        return _same_length(first, other, doors)
    if doors and first >= 10:
        raise BadAddress("either")
    # Canada Post writes the dwelling before the number; people write it after. The longer number is the door.
    return (other, other, str(first)) if other > first else (first, first, second)


def _same_length(first: int, other: int, doors: bool) -> tuple[int, int, str]:
    """Two numbers that are as long: the doors of a building where they may be, a dwelling after a one-digit door."""
    if doors and first >= 100:
        return first, other, ""
    if other < first < 10:
        return first, first, str(other)
    raise BadAddress("either")


def _without_unit(line: str) -> tuple[str, str]:
    for pattern in (_UNIT, _FLOOR):
        found = pattern.search(line)
        if found and not _is_street(line[: found.start()]):
            return _tidy(line[: found.start()] + ", " + line[found.end() :]), found["unit"]
    return line, ""


def _is_street(before: str) -> bool:
    """Whether what stands before a would-be dwelling is a number and a kind of way: « 12, rue Local 5 » is a street."""
    words = before.replace(",", " ").split()
    return bool(words) and words[-1].casefold() in _KINDS


def _street(written: str) -> str:
    """The street alone: what follows the first comma is the town or the postal code, which are asked apart."""
    street = re.sub(r"\s*\([^)]*\)\s*$", "", _tidy(written.split(",")[0]))
    if not re.search(r"[^\W\d]", street) or not street_key(street):
        raise BadAddress("street")
    if _plain(street) in {_plain(kind) for kind in _KINDS}:
        raise BadAddress("street")
    return street[:1].lower() + street[1:] if street.split()[0].casefold() in _KINDS else street


def _halves(line: str) -> str:
    """« 12 1/2 » and « 12½ » are one number."""
    for written, sign in _HALVES.items():
        line = re.sub(rf"^(\d{{1,6}})\s+{written}(?=[,\s])", rf"\1{sign}", line)
    return line


def _tidy(text: str) -> str:
    return re.sub(r"\s*,[\s,]*", ", ", " ".join(text.replace("\u00a0", " ").replace("’", "'").split())).strip(" ,")


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))
