"""Judging cases by the rules in force, recording what people know and what they decide (I4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.complexity import RESERVED_FLAGS, AssessmentCause, FlagKind, FlagValue
from concertoit.field.cases.models import Case, CaseFlag, ComplexityAssessment, ComplexityDecision
from concertoit.field.cases.notifications import complexity as notifications
from concertoit.field.cases.policies import may_see_support
from concertoit.field.cases.queries.complexity import InForce, last_assessment, rules_in_force
from concertoit.field.cases.queries.complexity_facts import facts_of_many, open_cases_of
from concertoit.field.cases.rules.complexity import CaseFacts, Outcome, judge, open_to_all
from concertoit.field.cases.rules.complexity_edition import verdict_json
from concertoit.field.cases.services.log import journal
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer


@transaction.atomic
def assess(*, case: Case, cause: AssessmentCause) -> ComplexityAssessment | None:
    """Judge a case again; what it says is written only when something changed (idempotent). Closed cases rest."""
    if not case.is_open:
        return None
    return _assess_all([case], rules_in_force(case.space), cause)[0]


def case_moved(case: Case) -> None:
    """Somebody acted on a case: a visit, an observation, an order, a report that joins it."""
    assess(case=case, cause=AssessmentCause.MOVED)


def observed(viewer: Viewer, case: Case) -> None:
    """A point was observed, or a need told; the grade is written."""
    assess(case=case, cause=AssessmentCause.MOVED)


def case_opened(case: Case) -> None:
    """A case opened: it counts for its neighbours too."""
    assess_building(case=case)


@transaction.atomic
def assess_building(*, case: Case, cause: AssessmentCause = AssessmentCause.BUILDING) -> None:
    """Judge the case that opens and its neighbours: what is reported next door counts for them."""
    _assess_all(open_cases_of(case.space_id, building=case.building_id), rules_in_force(case.space), cause)


@transaction.atomic
def assess_space(*, space: Space, cause: AssessmentCause) -> int:
    """Judge every open case of a démarche; answers how many verdicts were written."""
    before = ComplexityAssessment.objects.filter(space=space).count()
    _assess_all(open_cases_of(space.pk), rules_in_force(space), cause)
    return ComplexityAssessment.objects.filter(space=space).count() - before


def _assess_all(cases: list[Case], rules: InForce, cause: AssessmentCause) -> list[ComplexityAssessment]:
    facts = facts_of_many(cases)
    return [_write(case, facts[case.pk], rules, cause) for case in cases]


def _write(case: Case, facts: CaseFacts, rules: InForce, cause: AssessmentCause) -> ComplexityAssessment:
    verdict = judge(rules.edition, facts)
    items, last = verdict_json(verdict), last_assessment(case)
    same_rules = last is not None and last.rules_id == (rules.row.pk if rules.row else None)
    if last is not None and same_rules and last.outcome == verdict.outcome and last.items == items:
        return last
    row = ComplexityAssessment(
        space_id=case.space_id, case=case, rules=rules.row, outcome=verdict.outcome.value, items=items, cause=cause,
        at=timezone.now(), open_outcome=judge(rules.edition, open_to_all(facts)).outcome.value,
    )  # fmt: skip
    unmoved = last is not None and same_rules and _open_view(last) == _open_view(row)
    row.open_at, row.open_cause = (last.open_at, last.open_cause) if last and unmoved else (row.at, row.cause)
    row.save()
    was = last is not None and last.outcome == Outcome.PROPOSED
    if was != (verdict.outcome is Outcome.PROPOSED):
        notifications.verdict_changed(case=case, assessment=row)
    was_open = last is not None and last.open_outcome == Outcome.PROPOSED
    if was_open != (row.open_outcome == Outcome.PROPOSED):  # the journal is read by the whole team
        journal(case, "cases.complex_proposed" if not was_open else "cases.complex_no_longer")
    return row


def _open_view(row: ComplexityAssessment) -> tuple[str, list[dict[str, Any]]]:
    """What somebody who does not accompany the household reads of a verdict."""
    return row.open_outcome, [item for item in row.items if not item["reserved"]]


@transaction.atomic
def decide(*, viewer: Viewer, case: Case, is_complex: bool, reason: str) -> ComplexityDecision:
    """Say whether a case is complex, and why. Raises ``NotAllowed`` but for the liaison, ``DomainError`` without why."""
    viewer.must("cases.lead")
    words = reason.strip()
    if not words:
        raise DomainError(_("Écrivez pourquoi : la décision se relira."), field="reason")
    row = ComplexityDecision.objects.create(
        space=viewer.space, case=case, assessment=last_assessment(case), complex=is_complex, reason=words,
        author=viewer.user, at=timezone.now(),
    )  # fmt: skip
    case.is_complex = is_complex
    case.save(update_fields=["is_complex", "updated_at"])
    journal(case, "cases.complex_decided" if is_complex else "cases.complex_declined", actor=viewer.user)
    return row


def may_answer(viewer: Viewer, case: Case, kind: FlagKind) -> bool:
    """Whether the viewer may say this of a case: the team; what is reserved, those who accompany."""
    return viewer.can("cases.work") and (kind not in RESERVED_FLAGS or may_see_support(viewer, case))


@transaction.atomic
def answer(*, viewer: Viewer, case: Case, kind: FlagKind, value: FlagValue, note: str = "") -> CaseFlag:
    """Record what a person knows of a case, and judge the case again. The same answer twice is one row."""
    if not may_answer(viewer, case, kind):
        raise NotAllowed("")
    last = CaseFlag.objects.filter(case=case, kind=kind).first()
    if last is not None and (last.value, last.note) == (value, note.strip()):
        return last
    row = CaseFlag.objects.create(
        space=viewer.space, case=case, kind=kind, value=value, note=note.strip()[:200], author=viewer.user,
        at=timezone.now(),
    )  # fmt: skip
    journal(case, "cases.complex_answered", actor=viewer.user)
    assess(case=case, cause=AssessmentCause.FLAG)
    return row


@transaction.atomic
def answer_many(*, viewer: Viewer, case: Case, answers: Iterable[tuple[FlagKind, FlagValue, str]]) -> Any:
    """Several answers at once, from one form."""
    return [answer(viewer=viewer, case=case, kind=kind, value=value, note=note) for kind, value, note in answers]
