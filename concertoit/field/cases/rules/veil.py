"""What a page behind a code shows of an address: enough for who lives there, too little for who found the code."""

from __future__ import annotations

_KINDS = frozenset(
    {"rue", "avenue", "boulevard", "chemin", "route", "place", "rang", "montée", "croissant", "impasse"}
)
_SMALL = frozenset({"de", "du", "des", "la", "le", "les", "l", "d", "saint", "sainte"})
HIDDEN = "…"


def veiled_street(street: str) -> str:
    """« rue des Érables » as « rue des É… »: its kind and the first letter of its name."""
    shown = []
    for word in street.replace("'", "’").replace("-", " ").split():
        plain = word.casefold()
        if plain in _KINDS or plain in _SMALL:
            shown.append(word)
            continue
        shown.append(_first_letter(word) + HIDDEN)
        break
    return " ".join(shown)


def _first_letter(word: str) -> str:
    """The first letter, after an article that leans on it: « l’Église » gives « l’É »."""
    article, mark, rest = word.partition("’")
    if mark and article.casefold() in _SMALL and rest:
        return f"{article}{mark}{rest[0]}"
    return word[:1]


def veiled_phone(phone: str) -> str:
    """« 450 555-0142 » as « … 42 »."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return f"{HIDDEN} {digits[-2:]}" if len(digits) >= 7 else HIDDEN if phone else ""


def veiled_email(email: str) -> str:
    """« lise@exemple.ca » as « l…@exemple.ca »."""
    name, mark, host = email.partition("@")
    return f"{name[:1]}{HIDDEN}{mark}{host}" if mark else HIDDEN if email else ""
