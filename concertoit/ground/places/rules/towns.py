"""The town, the province and the postal code that people write inside a line of address. Pure Python."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_POSTAL = r"[a-z]\d[a-z][\s-]?\d[a-z]\d"
_TAIL = re.compile(rf"[,\s(]+(?:{_POSTAL}|qc|qu[eé]bec|p\.?q\.?|canada)\)?\s*$", re.IGNORECASE)


def without_tail(line: str) -> str:
    """The line without the postal code, province and country at its end. « rue Québec » keeps its name."""
    found = _TAIL.search(line)
    while found and len(_words(line[: found.start()])) > 2:
        line = line[: found.start()].rstrip(" ,(")
        found = _TAIL.search(line)
    return line


def postal_code_in(line: str) -> str:
    """The postal code written somewhere in a line, in capitals; empty without one."""
    found = re.search(rf"(?<![^\W_]){_POSTAL}(?![^\W_])", line, re.IGNORECASE)
    return found[0].upper() if found else ""


def town_in(line: str, names: Iterable[str]) -> str | None:
    """Which of these municipalities a line names, after the street; nothing when none, or when it cannot be told.

    « 12, rue de Longueuil » names no town: the name must stand alone between commas, or at the end behind a street that
    has a name of its own.
    """
    folded = {fold_town(name): name for name in names}
    segments = [fold_town(part) for part in without_tail(line).split(",")]
    for segment in reversed(segments[1:]):
        if segment in folded:
            return folded[segment]
    words = _words(segments[-1])
    for start in range(1, len(words)):
        name, before = " ".join(words[start:]), words[:start]
        if name in folded and _names_a_street(before):
            return folded[name]
    return None


def without_town(line: str, town: str) -> str:
    """The line without this town at its end, where a street remains before it."""
    bare = without_tail(line)
    if not town:
        return bare
    wanted = _words(fold_town(town))
    pieces = list(re.finditer(r"[^\s,()-]+", bare))
    last = [fold_town(piece[0]) for piece in pieces[-len(wanted) :]]
    if last != wanted or len(pieces) <= len(wanted):
        return bare
    before = bare[: pieces[-len(wanted)].start()]
    alone = before.rstrip().endswith((",", "("))
    return before.rstrip(" ,(") if alone or _names_a_street(_words(fold_town(before))) else bare


def fold_town(name: str) -> str:
    """What two spellings of one town have in common."""
    spread = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    plain = "".join(sign for sign in spread if not unicodedata.combining(sign))
    words = re.split(r"[^0-9a-z]+", plain)
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words if word)


_KINDS = frozenset(
    (
        "rue", "avenue", "av", "ave", "boulevard", "boul", "bd", "blvd", "chemin", "ch", "route", "rte", "place", "pl",
        "rang", "rg", "montee", "croissant", "impasse",
    )
)  # fmt: skip
_SMALL = frozenset(["de", "du", "des", "la", "le", "les", "l", "d", "saint", "sainte", "st", "ste"])


def _names_a_street(words: list[str]) -> bool:
    """Whether what stands before a would-be town is a street by itself: a kind of way, then a name."""
    names = [word for word in words if word.isalpha() and word not in _KINDS and word not in _SMALL]
    numbered = any(re.fullmatch(r"\d+(e|re|er|eme|ere)", word) for word in words)
    ends_small = bool(words) and words[-1] in _SMALL
    return bool(set(words) & _KINDS) and (bool(names) or numbered) and not ends_small


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", text) if word]
