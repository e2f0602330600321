"""Folding French words so that spelling habits do not matter: accents, case, apostrophes, spaces, plurals.

Comparison is always exact after folding, never fuzzy: an unknown word stays unknown and the reader is asked.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SPACES = re.compile(r"\s+")
APOSTROPHES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "\u00a0": " ", "\u202f": " ", "œ": "oe", "Œ": "OE"}
)
DASHES = re.compile("[\u2010-\u2015\u2212]")
WORD = re.compile(r"[^\W_]+")


def squeeze(text: str) -> str:
    """One line, single plain spaces, no space at the ends."""
    return SPACES.sub(" ", text).strip()


_ACCENTED = "àâäáãåçéèêëîïíìôöóòõùûüúÿñÀÂÄÁÃÅÇÉÈÊËÎÏÍÌÔÖÓÒÕÙÛÜÚŸÑ"
_SAME_LENGTH = {ord(c): unicodedata.normalize("NFD", c)[0].lower() for c in _ACCENTED}
_SAME_LENGTH |= {ord("œ"): "o", ord("Œ"): "o", ord("’"): "'", ord("‘"): "'", ord("\u00a0"): " ", ord("\u202f"): " "}


def flatten(text: str) -> str:
    """Lower case without accents, with exactly one character for each of the text: positions stay those of the text."""
    lowered = text.translate(_SAME_LENGTH).lower()
    return (
        lowered if len(lowered) == len(text) else "".join((c.translate(_SAME_LENGTH).lower() or " ")[0] for c in text)
    )


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents, plain apostrophes, hyphens and single spaces: ``Échéancier`` becomes ``echeancier``."""
    plain = unicodedata.normalize("NFKD", DASHES.sub("-", text.translate(APOSTROPHES)))
    return squeeze("".join(c for c in plain if not unicodedata.combining(c)).lower())


@lru_cache(maxsize=16384)
def fold_plural(text: str) -> str:
    """Fold, drop punctuation and the plural and feminine marks (``Organisme(s)``, ``porteur·euse``)."""
    folded = re.sub(r"\((?:s|es|x|e|ne|trice|euse|nes)\)|[·.](?:e|s|ne|nes|euse|euses|trice|trices)\b", "", fold(text))
    return " ".join(singular(word) for word in WORD.findall(folded))


def singular(word: str) -> str:
    """Drop a final ``s`` or ``x`` of words longer than three letters; ``généraux`` becomes ``général``."""
    if len(word) > 5 and word.endswith("aux") and not word.endswith("eaux"):
        return word[:-2] + "l"
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and not word.isdigit() else word


def words(text: str) -> list[str]:
    """The words and numbers of a text, folded, in order: what may never be lost on the way to a plan."""
    return WORD.findall(fold(text))


def shorten(text: str, width: int = 160) -> str:
    """One line of at most ``width`` characters, for a message."""
    line = squeeze(text)
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
