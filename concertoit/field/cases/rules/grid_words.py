"""The words that files of a grid use, and the codes they stand for. Files keep these words whatever the language."""

from __future__ import annotations

from collections.abc import Mapping

SCOPES = {"dwelling": "logement", "common": "parties communes", "building": "bâtiment"}
MANDATES = {
    "city": "Ville", "rbq": "RBQ", "fire": "Incendie", "dsp": "DSP", "clsc": "CLSC", "office": "Office",
    "tenants": "Comité logement",
}  # fmt: skip
MEASURES = {"": "", "temperature": "température", "surface": "surface", "clutter": "cote CIR"}
GROUPS = {
    "child": "enfant", "elder": "personne aînée", "pregnant": "grossesse", "breathing": "respiration",
    "mobility": "mobilité",
}  # fmt: skip
YES = ("oui", "yes", "1", "vrai", "true")


def code_of(words: Mapping[str, str], text: str) -> str | None:
    """The code of a word, whatever its case; nothing for a word that is not known (files are never guessed at)."""
    wanted = " ".join(text.split()).casefold()
    return next((code for code, word in words.items() if word.casefold() == wanted or code == wanted), None)


def read_mandates(text: str) -> tuple[tuple[str, ...], bool, list[str]]:
    """« Ville+DSP » is both, « Ville/RBQ » one or the other; with the words that are not known."""
    parts = [part for part in text.replace("+", "/").split("/") if part.strip()]
    codes = [(part.strip(), code_of(MANDATES, part)) for part in parts]
    return (
        tuple(code for _word, code in codes if code),
        "+" in text,
        [word for word, code in codes if code is None],
    )


def write_mandates(codes: tuple[str, ...], *, together: bool) -> str:
    return ("+" if together else "/").join(MANDATES[code] for code in codes)


def read_groups(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Groups apart by a semicolon; with the words that are not known."""
    parts = [(part.strip(), code_of(GROUPS, part)) for part in text.split(";") if part.strip()]
    return tuple(code for _word, code in parts if code), [word for word, code in parts if code is None]


def write_groups(codes: tuple[str, ...]) -> str:
    return "; ".join(GROUPS[code] for code in codes)
