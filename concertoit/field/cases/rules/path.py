"""The tenant's path: how long each step waits, in working days of Québec, and what comes next (I5).

Delays are starting values of the programme, dated, with where they come from: no law is quoted for them. A démarche
writes its own for the letter (``parameters``, ``path.letter``). ``None`` is not confirmed: the worker writes a date, or
none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concertoit.field.cases.rules.workdays import add_working_days

NOTED_ON = date(2026, 11, 22)
ORDER = ("verbal", "letter", "inspection", "tribunal")
LETTER = "path.letter"
"""The delay of the letter among those of a démarche (``parameters``)."""
LETTER_DAYS = 10
LETTER_SOURCE = "Parcours du locataire, faits de terrain du projet (lettre recommandée : 10 jours ouvrables)"


@dataclass(frozen=True, slots=True)
class Delay:
    """How long an answer is waited for after a step. ``days`` are working days; ``None`` is not confirmed."""

    step: str
    days: int | None
    source: str


DELAYS: dict[str, Delay] = {
    one.step: one
    for one in (
        Delay("verbal", None, ""),
        Delay("letter", LETTER_DAYS, LETTER_SOURCE),
        Delay("inspection", None, ""),
        Delay("tribunal", None, ""),
    )
}
# An organisation that sent us a household hears back within this time: a choice of the platform.
ANSWER_BACK = Delay("received", 10, "Choix de la plateforme")


def answer_by(step: str, done_on: date, days: int | None = None) -> date | None:
    """When an answer is expected, in ``days`` or in the delay of the programme; nothing where none is confirmed."""
    days = DELAYS[step].days if days is None else days
    return None if days is None else add_working_days(done_on, days)


@dataclass(frozen=True, slots=True)
class Walked:
    """A step as it stands, for ``next_step``."""

    kind: str
    done: bool
    result: str


OVER = frozenset({"done", "granted"})


def next_step(walked: list[Walked]) -> str | None:
    """What is usually next: the first kind of step not tried yet, once the last one has failed.

    Nothing while a step waits for its answer, or when one of them has settled the matter.
    """
    if any(one.result in OVER for one in walked):
        return None
    if any(not one.result for one in walked):
        return None
    tried = {one.kind for one in walked}
    reached = max((ORDER.index(kind) for kind in tried), default=-1)
    rest = [kind for kind in ORDER[reached + 1 :] if kind not in tried]
    return rest[0] if rest else None
