"""Search over 100,000 documents of 200 démarches, for a person of five démarches and for one of all of them.

Wall time of a question with its first page of results; words are spread as in a language (few are everywhere). Before
the house was built, p95 was 57 ms on SQLite and 14 ms on PostgreSQL, with fewer words in a question.
"""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.db import connection

from concertoit.ground.search import policies, queries, services
from concertoit.ground.search.policies import Doc, Searchable

ON = ("sqlite", "postgresql")
DOCUMENTS, SPACES, WORDS = 100_000, 200, 60
KINDS = ("action", "step", "note")
_COMMON = re.findall(
    r"\w+",
    """logement insalubrité prévention comité habitation locataires municipalité organisme réalisation activités
    partenaires soutien communautaire rencontre démarche développement formation ressources accompagnement suivi""",
)


@dataclass(frozen=True)
class _Space:
    pk: int


@dataclass(frozen=True)
class _Reader:
    """Who searches, in one of their démarches."""

    space: _Space
    user: None = None

    def can(self, verb: str) -> bool:
        return True


def _person(spaces: int) -> list[_Reader]:
    return [_Reader(_Space(n)) for n in range(spaces)]


def _vocabulary(dice: random.Random) -> list[str]:
    syllables = [c + v for c in "bcdfglmnprstv" for v in ("a", "e", "é", "i", "o", "u", "ou", "ai")]
    return _COMMON + ["".join(dice.choices(syllables, k=dice.randint(2, 5))) for _ in range(8000)]


def _documents(kind: int) -> list[Doc]:
    dice = random.Random(kind)
    vocabulary = _vocabulary(random.Random(0))
    weights = [1 / (rank + 2) for rank in range(len(vocabulary))]  # few words are everywhere, most are rare
    return [
        Doc(
            object_id=n,
            title=" ".join(dice.choices(vocabulary, weights, k=6)),
            url=f"/{n}/",
            body=" ".join(dice.choices(vocabulary, weights, k=WORDS)),
            space_id=n % SPACES,
        )
        for n in range(DOCUMENTS // len(KINDS))
    ]


def _questions() -> dict[str, list[str]]:
    """Words that are everywhere, a common word and the beginning of a rare one, two common words in a row."""
    dice, vocabulary = random.Random(1), _vocabulary(random.Random(0))
    return {
        "common words": [" ".join(dice.sample(_COMMON, k=n % 2 + 1)) for n in range(40)],
        "common and rare": [f"{dice.choice(_COMMON)} {dice.choice(vocabulary)[:4]}" for _ in range(40)],
        "phrase of common words": [f'"{dice.choice(_COMMON)} {dice.choice(_COMMON)}"' for _ in range(20)],
    }


def _times(person: list[_Reader], questions: list[str]) -> list[float]:
    """Milliseconds of each question, the best of three, in order."""
    found = []
    for question in questions:
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            answer = queries.find(person, question)
            queries.results(answer, answer.hits[:20])
            best = min(best, time.perf_counter() - start)
        found.append(best * 1000)
    return sorted(found)


def measure() -> list[dict[str, Any]]:
    """Index, then ask."""
    call_command("migrate", verbosity=0, interactive=False)
    policies._kinds.clear()
    rows, spent = [], 0.0
    for position, kind in enumerate(KINDS):
        policies.register(Searchable(kind, kind, "search", list))
        docs = _documents(position)
        start = time.perf_counter()
        services.index_many(kind=kind, docs=docs)
        spent += time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows.append({"name": "index a document", "value": round(spent / DOCUMENTS * 1000, 3), "unit": "ms"})
    for name, person in (("5 démarches", _person(5)), ("200 démarches", _person(SPACES))):
        for sort, questions in _questions().items():
            times = _times(person, questions)
            for label, share in (("median", 0.5), ("p95", 0.95)):
                value = round(times[int(share * len(times))], 1)
                rows.append({"name": f"search, {name}, {sort}, {label}", "value": value, "unit": "ms"})
    return rows
