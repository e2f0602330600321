"""The criteria to begin with, and how an edition of the rules is kept and read back (only the vocabulary is accepted)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from concertoit.field.cases.rules.complexity import (
    FACTS,
    MOST,
    Condition,
    Criterion,
    Edition,
    Kind,
    Op,
    Verdict,
    Weight,
)

OWN = "own-"  # codes of the criteria that a team writes
CONDITIONS_MOST, VALUE_MOST, MONTHS_MOST, OTHERS_MOST = 3, 10_000, 120, 9


def _asks(fact: str, op: Op, value: int, months: int | None = None) -> Condition:
    return Condition(fact, op, value, months)


_GRAVE = _asks("grade", Op.AT_LEAST, 2)
# The numbers are those of facts.md, section 3 (« more than 6 dwellings » is seed 001's own certain criterion).
START = Edition(
    (
        Criterion("large_building", Weight.CERTAIN, ((_asks("dwellings", Op.MORE, 6), _GRAVE),)),
        Criterion("danger", Weight.CERTAIN, ((_asks("grade", Op.AT_LEAST, 4),),)),
        Criterion("several_dwellings", Weight.OTHER, ((_asks("dwellings_reported", Op.AT_LEAST, 3, 12),),)),
        Criterion("several_mandates", Weight.OTHER, ((_asks("mandates", Op.AT_LEAST, 3),),)),
        Criterion(
            "comes_back", Weight.OTHER,
            ((_asks("recurrences", Op.AT_LEAST, 1, 12),), (_asks("missed_deadlines", Op.AT_LEAST, 2),)),
        ),
        Criterion(
            "household", Weight.OTHER,
            ((_asks("need", Op.AT_LEAST, 2), _GRAVE), (_asks("clutter", Op.AT_LEAST, 5), _GRAVE)),
        ),
        Criterion("evacuation", Weight.OTHER, ((_asks("possible_evacuation", Op.IS, 1),),)),
        Criterion(
            "owner", Weight.OTHER,
            (
                (_asks("owner_unreachable", Op.IS, 1),), (_asks("owner_refuses", Op.IS, 1),),
                (_asks("owner_buildings", Op.AT_LEAST, 2),),
            ),
        ),
        Criterion("reprisals", Weight.OTHER, ((_asks("fear_of_reprisals", Op.IS, 1),),)),
        Criterion("refused_visits", Weight.OTHER, ((_asks("refused_visits", Op.AT_LEAST, 2),),)),
    )
)  # fmt: skip


class BadRules(ValueError):
    """An edition that says what the vocabulary does not. ``code`` says what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def checked(criterion: Criterion) -> Criterion:
    """The criterion itself, or ``BadRules``: unknown fact, value out of its scale, no condition, too many."""
    conditions = [one for group in criterion.groups for one in group]
    if not conditions or not all(criterion.groups):
        raise BadRules("empty")
    if criterion.code.startswith(OWN):
        if not criterion.title.strip():
            raise BadRules("title")
        if len(conditions) > CONDITIONS_MOST:
            raise BadRules("many")
    for one in conditions:
        _check(one)
    return criterion


def _check(one: Condition) -> None:
    fact = FACTS.get(one.fact)
    if fact is None:
        raise BadRules("fact")
    if not 0 <= one.value <= MOST.get(fact.kind, VALUE_MOST):
        raise BadRules("value")
    if fact.kind is Kind.YES_NO and one.op is not Op.IS:
        raise BadRules("op")
    if fact.windowed != (one.months is not None) or not 0 < (one.months or 1) <= MONTHS_MOST:
        raise BadRules("months")


def to_json(edition: Edition) -> dict[str, Any]:
    """An edition as the table keeps it."""
    return {
        "others_needed": edition.others_needed,
        "criteria": [
            {
                "code": one.code, "weight": one.weight.value, "on": one.on, "title": one.title,
                "groups": [[_condition_json(asked) for asked in group] for group in one.groups],
            }
            for one in edition.criteria
        ],
    }  # fmt: skip


def _condition_json(one: Condition) -> dict[str, Any]:
    return {"fact": one.fact, "op": one.op.value, "value": one.value, "months": one.months}


def from_json(kept: Mapping[str, Any]) -> Edition:
    """An edition read back. Raises ``BadRules`` for anything outside the vocabulary."""
    try:
        criteria = tuple(_criterion(one) for one in kept["criteria"])
        needed = int(kept["others_needed"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadRules(getattr(error, "code", "form")) from error
    if not 1 <= needed <= OTHERS_MOST:
        raise BadRules("needed")
    if len({one.code for one in criteria}) != len(criteria):
        raise BadRules("twice")
    return Edition(criteria, needed)


def _criterion(kept: Mapping[str, Any]) -> Criterion:
    groups = tuple(
        tuple(Condition(one["fact"], Op(one["op"]), int(one["value"]), one["months"]) for one in group)
        for group in kept["groups"]
    )
    return checked(
        Criterion(str(kept["code"]), Weight(kept["weight"]), groups, bool(kept["on"]), str(kept.get("title", "")))
    )


def digest_of(edition: Edition) -> str:
    """What proves that adopted rules were not changed: SHA-256 of their canonical form."""
    canonical = json.dumps(to_json(edition), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def with_criterion(edition: Edition, criterion: Criterion) -> Edition:
    """The edition with this criterion in the place of the one of the same code, or at the end."""
    checked(criterion)
    if any(one.code == criterion.code for one in edition.criteria):
        rows = tuple(criterion if one.code == criterion.code else one for one in edition.criteria)
    else:
        rows = (*edition.criteria, criterion)
    return replace(edition, criteria=rows)


def without(edition: Edition, code: str) -> Edition:
    """The edition without a criterion of the team's own; those given to begin with are only turned off."""
    if not code.startswith(OWN):
        raise BadRules("given")
    return replace(edition, criteria=tuple(one for one in edition.criteria if one.code != code))


def next_own(edition: Edition) -> str:
    """The code of the next criterion of the team's own."""
    used = [int(one.code.removeprefix(OWN)) for one in edition.criteria if one.code.startswith(OWN)]
    return f"{OWN}{max(used, default=0) + 1}"


def verdict_json(verdict: Verdict) -> list[dict[str, Any]]:
    """A verdict as the table keeps it: each criterion with what was known, so that it is explained years later."""
    return [
        {
            "code": item.criterion.code, "title": item.criterion.title, "weight": item.criterion.weight.value,
            "answer": item.answer.value, "reserved": item.criterion.reserved,
            "groups": [
                [
                    {**_condition_json(asked), "low": span.low, "high": span.high, "answer": answer.value}
                    for asked, span, answer in group
                ]
                for group in item.groups
            ],
        }
        for item in verdict.items
    ]  # fmt: skip
