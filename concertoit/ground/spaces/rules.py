"""Rules of démarches, in pure Python: addresses, dates, invitations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime

from concertoit.ground.identity.rules import key_words

# What plans say around the subject of a committee: to form it, or what kind of group it is.
_COMMITTEE_WORDS = frozenset(
    {"comite", "sous", "travail", "creation", "former", "mise", "place", "un", "une", "sur", "pour"}
)
# Words that stand where a démarche's address would.
RESERVED_SLUGS = frozenset({"nouvelle"})
SLUG_LENGTH = 60


def slug_for(name: str, taken: Collection[str]) -> str:
    """A free address for a démarche of this name: ``Chantier d’été`` gives ``chantier-d-ete``, then ``-2``, ``-3``…"""
    spread = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("æ", "ae")).casefold()
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    base = re.sub(r"[^a-z0-9]+", "-", bare)[:SLUG_LENGTH].strip("-") or "demarche"
    number, slug = 1, base
    while slug in taken or slug in RESERVED_SLUGS:
        number += 1
        suffix = f"-{number}"
        slug = f"{base[: SLUG_LENGTH - len(suffix)].rstrip('-')}{suffix}"
    return slug


def committee_words(name: str) -> frozenset[str]:
    """The words that carry a committee's name, to suggest (never to decide) that two committees are one.

    « Création d’un comité sur les logements » and « Comité logements (à former) » have the same; nothing when the name
    says no subject.
    """
    return frozenset(_singular(word) for word in key_words(name) - _COMMITTEE_WORDS)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def dates_in_order(start: date | None, end: date | None) -> bool:
    """Whether a period ends when it begins or after; an open end is always in order."""
    return start is None or end is None or start <= end


def invitation_state(
    *, accepted_at: datetime | None, withdrawn_at: datetime | None, expires_at: datetime, now: datetime
) -> str:
    """``accepted``, ``withdrawn``, ``expired`` or ``open``, in that order: an accepted invitation stays accepted."""
    if accepted_at:
        return "accepted"
    if withdrawn_at:
        return "withdrawn"
    return "expired" if expires_at <= now else "open"
