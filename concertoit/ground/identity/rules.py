"""Rules about names and numbers of organisations, in pure Python.

Names match exactly once folded, never approximately: « Ville de Joliette » and « MRC de Joliette » look alike and are two
different organisations. Whatever is only similar is for a person to decide.
"""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_WORD = re.compile(r"[a-z0-9]+")
# Words that people add to or leave out of a name without meaning another organisation. Only used to suggest.
_EMPTY_WORDS = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "a", "au", "aux", "inc"})


def fold(name: str) -> str:
    """A name without case, accents, ligatures, punctuation or doubled spaces: ``DS-Lanaudière`` gives ``ds lanaudiere``.

    Idempotent. Two names match when their folded forms are equal and not empty.
    """
    plain = unicodedata.normalize("NFKD", name.translate(_LIGATURES)).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(unicodedata.normalize("NFKD", bare).translate(_LIGATURES)))


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same once folded; a name without any letter or digit is the same as none."""
    folded = fold(one)
    return bool(folded) and folded == fold(other)


def key_words(name: str) -> frozenset[str]:
    """The words that carry a name, to suggest (never to decide) that two rows speak of the same organisation."""
    words = fold(name).split()
    return frozenset(words) - _EMPTY_WORDS or frozenset(words)


def clean_neq(written: str) -> str:
    """The ten digits of a NEQ from what a person typed, with its spaces and hyphens taken out."""
    return re.sub(r"[\s\u00a0\u202f.\-]", "", written)


def is_neq(neq: str) -> bool:
    """Whether a NEQ has its ten digits. Nothing else is checked: only the Registraire knows whether it exists."""
    return re.fullmatch(r"[0-9]{10}", neq) is not None


def mask(value: str) -> str:
    """A personal value with only what helps to recognise it: ``alice@exemple.test`` gives ``a•••@exemple.test``."""
    if not value:
        return ""
    name, at, domain = value.partition("@")
    if at:
        return f"{name[:1]}•••@{domain}"
    digits = [letter for letter in value if letter.isdigit()]
    return f"••• {''.join(digits[-2:])}" if len(digits) >= 7 else "•••"
