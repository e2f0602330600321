"""What a draft of the rules would change: both editions asked of the same cases, past and open (I4)."""

from __future__ import annotations

from dataclasses import dataclass

from concertoit.field.cases.models import Case
from concertoit.field.cases.queries.complexity_facts import facts_of_many
from concertoit.field.cases.queries.complexity_words import capitalised, criterion_title, known_text
from concertoit.field.cases.rules.complexity import Answer, Edition, Outcome, Verdict, judge, open_to_all
from concertoit.ground.spaces.models import Space

MOST = 2000  # cases asked at once; the page says so when there are more


@dataclass(frozen=True, slots=True)
class Change:
    """A case whose verdict differs, with the criteria that make the difference.

    ``reserved``: one of them tells what only those who accompany read; it is not named.
    """

    case: Case
    before: Outcome
    after: Outcome
    why: tuple[str, ...]
    reserved: bool


@dataclass(frozen=True, slots=True)
class Simulation:
    """Counts by outcome under both editions, and the cases that change."""

    total: int
    asked: int
    before: dict[str, int]
    after: dict[str, int]
    changes: tuple[Change, ...]


def simulate(space: Space, adopted: Edition, draft: Edition, *, reserved: bool) -> Simulation:
    """Judge the last cases of a démarche, closed ones as they stood when they closed, by both editions.

    Without ``reserved``, on what the whole team may know: one could otherwise write rules to find out about a household.
    """
    rows = Case.objects.filter(space=space)
    total = rows.count()
    cases = list(rows.select_related("building", "household").order_by("-known_at", "-pk")[:MOST])
    facts = facts_of_many(cases)
    if not reserved:
        facts = {pk: open_to_all(one) for pk, one in facts.items()}
    before, after = dict.fromkeys(Outcome, 0), dict.fromkeys(Outcome, 0)
    changes = []
    for case in cases:
        was, now = judge(adopted, facts[case.pk]), judge(draft, facts[case.pk])
        before[was.outcome] += 1
        after[now.outcome] += 1
        if was.outcome is not now.outcome:
            changes.append(_change(case, was, now))
    return Simulation(
        total, len(cases), {o.value: n for o, n in before.items()}, {o.value: n for o, n in after.items()},
        tuple(changes),
    )  # fmt: skip


def _change(case: Case, was: Verdict, now: Verdict) -> Change:
    """Name the criteria whose answer is not the same in both, with what is known."""
    old = {item.criterion.code: item for item in was.items}
    new = {item.criterion.code: item for item in now.items}
    why, reserved = [], False
    for code in dict.fromkeys([*old, *new]):
        a, b = old.get(code), new.get(code)
        answers = tuple(one.answer if one else Answer.NO for one in (a, b))
        weights = tuple(one.criterion.weight if one else None for one in (a, b))
        shown = b or a
        if shown is None or (answers[0] == answers[1] and (weights[0] == weights[1] or answers[1] is Answer.NO)):
            continue
        if shown.criterion.reserved:
            reserved = True
            continue
        title = criterion_title(code, shown.criterion.title)
        knows = {
            known_text(one.fact, span, one.months): None for group in shown.groups for one, span, _answer in group
        }
        why.append(f"{title}\u00a0: {', '.join(knows)}")
    return Change(case, was.outcome, now.outcome, tuple(capitalised(text) for text in why), reserved)
