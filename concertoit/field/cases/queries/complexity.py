"""Reads of complex cases: rules in force, verdicts, decisions, what people answered (I4)."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from concertoit.field.cases.enums.complexity import FlagKind, RulesState
from concertoit.field.cases.models import (
    Case,
    CaseFlag,
    ComplexityAssessment,
    ComplexityDecision,
    ComplexityRules,
)
from concertoit.field.cases.policies import reads_support, visible_cases
from concertoit.field.cases.rules.complexity import Edition
from concertoit.field.cases.rules.complexity_edition import START, digest_of, from_json
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules that hold now. ``row`` is nothing while the démarche has adopted none: the criteria to begin with."""

    row: ComplexityRules | None
    edition: Edition

    @property
    def number(self) -> int:
        return self.row.number if self.row else 0


def rules_in_force(space: Space) -> InForce:
    """The last adopted version, or the criteria to begin with."""
    row = ComplexityRules.objects.filter(space=space, state=RulesState.ADOPTED).order_by("-number").first()
    return InForce(row, from_json(row.edition) if row else START)


def versions_of(space: Space) -> list[ComplexityRules]:
    """Every version, the last first."""
    return list(ComplexityRules.objects.filter(space=space).select_related("adopted_by"))


def intact(row: ComplexityRules) -> bool:
    """Whether an adopted version is still what was adopted."""
    return row.digest == digest_of(from_json(row.edition))


def draft_of(viewer: Viewer) -> ComplexityRules:
    """The draft that is open. Raises ``NotVisible`` when there is none."""
    return must_exist(ComplexityRules.objects.filter(space=viewer.space, state=RulesState.DRAFT).first())


def version_of(viewer: Viewer, number: int) -> ComplexityRules:
    """A version of the démarche. Raises ``NotVisible`` for one that is not there."""
    return must_exist(
        ComplexityRules.objects.filter(space=viewer.space, number=number).select_related("adopted_by").first()
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands: the last verdict, the last decision, the answers of people by kind."""

    assessment: ComplexityAssessment | None
    decision: ComplexityDecision | None
    flags: dict[str, CaseFlag]

    @property
    def waits(self) -> bool:
        """Whether the rules propose it and nobody has decided since."""
        return bool(
            self.assessment
            and self.assessment.outcome == "proposed"
            and (self.decision is None or (not self.decision.complex and self.decision.at < self.assessment.at))
        )


def as_read(row: ComplexityAssessment | None, *, reserved: bool) -> ComplexityAssessment | None:
    """A verdict as somebody reads it: without ``reserved``, judged on what the whole team may know, and dated so."""
    if row is None or reserved:
        return row
    shown = copy(row)
    shown.outcome, shown.at, shown.cause = row.open_outcome, row.open_at, row.open_cause
    return shown


def standing_of(case: Case, *, reserved: bool) -> Standing:
    """The verdict, decision and answers of one case, for who reads what is ``reserved`` or not; three queries."""
    flags = CaseFlag.objects.filter(case=case, kind__in=FlagKind.values).select_related("author").order_by("at", "pk")
    return Standing(
        as_read(last_assessment(case), reserved=reserved),
        last_decision(case),
        {row.kind: row for row in flags},
    )


def last_assessment(case: Case) -> ComplexityAssessment | None:
    return ComplexityAssessment.objects.filter(case=case).select_related("rules").first()


def last_decision(case: Case) -> ComplexityDecision | None:
    return ComplexityDecision.objects.filter(case=case).select_related("author").first()


def history_of(case: Case, *, reserved: bool) -> list[ComplexityAssessment]:
    """When the verdict on a case changed, or the rules behind it, the last first; what was known in between is kept."""
    turns: list[ComplexityAssessment] = []
    for kept in ComplexityAssessment.objects.filter(case=case).select_related("rules").order_by("at", "pk"):
        row = as_read(kept, reserved=reserved) or kept
        if not turns or (turns[-1].outcome, turns[-1].rules_id) != (row.outcome, row.rules_id):
            turns.append(row)
    return turns[::-1]


def decisions_of(case: Case) -> list[ComplexityDecision]:
    return list(ComplexityDecision.objects.filter(case=case).select_related("author"))


def _latest(model: Any, field: str) -> Subquery:
    return Subquery(model.objects.filter(case=OuterRef("pk")).order_by("-at", "-pk").values(field)[:1])


def judged_cases(viewer: Viewer) -> QuerySet[Case]:
    """The cases a viewer may open, with ``verdict``, ``verdict_at``, ``decided`` and ``decided_at``; one query."""
    verdict, at = ("outcome", "at") if reads_support(viewer) else ("open_outcome", "open_at")
    return (
        visible_cases(viewer)
        .select_related("building__municipality", "follower__person")
        .annotate(
            verdict=_latest(ComplexityAssessment, verdict),
            verdict_at=_latest(ComplexityAssessment, at),
            decided=_latest(ComplexityDecision, "complex"),
            decided_at=_latest(ComplexityDecision, "at"),
            why=_latest(ComplexityDecision, "reason"),
        )
    )
