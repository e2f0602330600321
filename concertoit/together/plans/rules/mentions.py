"""Who is named with @ in a comment, among people whose names are known."""

from __future__ import annotations

import re
from collections.abc import Iterable

from concertoit.together.plans.rules.matching import fold

_AT = re.compile(r"(?<![\w@.])@(?=\w)")


def mentioned(body: str, names: Iterable[tuple[int, str]]) -> list[int]:
    """Ids of the people named after an ``@``, in order of appearance, each once.

    A full name (``@Alice Modèle``) or a given name that only one person has (``@Alice``), accents and case aside. An
    address (``alice@exemple.test``) names nobody; a name that two people share names neither.
    """
    full: dict[str, list[int]] = {}
    given: dict[str, list[int]] = {}
    for pk, name in names:
        if fold(name):
            full.setdefault(fold(name), []).append(pk)
            given.setdefault(fold(name.split()[0]), []).append(pk)
    found: list[int] = []
    for at in _AT.finditer(body):
        words = fold(body[at.end() : at.end() + 200]).split()
        who = _longest(words, full) or _longest(words, given)
        if who is not None and who not in found:
            found.append(who)
    return found


def _longest(words: list[str], full: dict[str, list[int]]) -> int | None:
    for length in range(min(len(words), 6), 0, -1):
        pk = _only(full.get(" ".join(words[:length]), []))
        if pk is not None:
            return pk
    return None


def _only(ids: list[int]) -> int | None:
    return ids[0] if len(ids) == 1 else None
