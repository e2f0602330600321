"""The grade as it is kept, its confirmation, decisions of authorities, and what a household says of itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases import policies
from concertoit.field.cases.enums.grid import COMPETENCE_OF, DecisionKind, GradeStatus, Mandate, Need, Vulnerability
from concertoit.field.cases.models import AuthorityDecision, Case, GradeRecord, HouseholdNeed, Sheet
from concertoit.field.cases.queries.observations import CaseGrade, read_case
from concertoit.field.cases.services.grids import ensure_grid
from concertoit.field.cases.services.log import journal
from concertoit.field.cases.services.opening import moved
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.files.services import attach
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer

DECISIONS = "cases.decision"
# Called in the transaction after every change of what is observed or needed, with the case and who acted.
after_observation: list[Callable[[Viewer, Case], object]] = []


def record_grade(*, case: Case, sheet: Sheet | None) -> GradeRecord | None:
    """Keep the grade as it comes out now. One row per sheet while it is being filled, and one for any other change.

    Nothing is written when nothing changed. Called in a transaction.
    """
    found = read_case(case)
    values = _values(found)
    last = found.record
    if last and last.confirmed_by_id is None and sheet is not None and last.sheet_id == sheet.pk:
        for name, value in values.items():
            setattr(last, name, value)
        last.save()
        return last
    if last and all(getattr(last, name) == value for name, value in values.items()):
        return last
    return GradeRecord.objects.create(
        space_id=case.space_id,
        case=case,
        version=found.grid.version or ensure_grid(case.space),
        sheet=sheet,
        at=timezone.now(),
        **values,
    )


def _values(found: CaseGrade) -> dict[str, Any]:
    grade = found.grade
    return {
        "level": None if grade.level is None else int(grade.level),
        "building": None if grade.building is None else int(grade.building),
        "causes": list(grade.causes),
        "dimensions": {one.code: None if one.level is None else int(one.level) for one in grade.dimensions},
        "checked": grade.checked, "of": grade.of, "proved": grade.proved, "problems": grade.problems,
    }  # fmt: skip


def may_confirm(held: Collection[str], found: CaseGrade) -> bool:
    """Whether these competences hold the mandate of a point that causes the grade (any, where nothing causes it)."""
    causes = set(found.grade.causes)
    mandates = {code for one in found.grid.items if one.code in causes or not causes for code in one.mandates}
    wanted = {COMPETENCE_OF[Mandate(code)] for code in mandates}
    return found.status == GradeStatus.OBSERVED and found.grade.level is not None and not wanted.isdisjoint(held)


@transaction.atomic
def confirm(*, viewer: Viewer, case: Case) -> GradeRecord:
    """Say, as holder of the mandate, that the grade is right. It holds until a level or a cause changes.

    Raises ``NotAllowed`` for who does not hold the mandate, ``DomainError`` before anybody went there.
    """
    found = read_case(case)
    if found.status == GradeStatus.PRESUMED:
        raise DomainError(_("Une cote se confirme après une visite."))
    if found.status == GradeStatus.CONFIRMED and found.confirmation:
        return found.confirmation
    if not may_confirm(policies.observes_as(viewer, case), found):
        raise NotAllowed("")
    seat = Organisation.objects.filter(pk__in=viewer.organisation_ids).order_by("pk").first()
    row = GradeRecord.objects.create(
        space_id=case.space_id, case=case, version=found.grid.version or ensure_grid(case.space), at=timezone.now(),
        confirmed_by=viewer.user,
        organisation=seat, **_values(found),
    )  # fmt: skip
    journal(case, "cases.grade_confirmed", actor=viewer.user, note=f"N{row.level}")
    moved(case)
    return row


@transaction.atomic
def record_decision(
    *, viewer: Viewer, case: Case, kind: str, authority: Organisation, decided_on: date, number: str = "",
    note: str = "", document: UploadedFile[Any] | None = None,
) -> AuthorityDecision:  # fmt: skip
    """Write down what an authority decided, in its own words; the grade does not move.

    By the team, or by the authority itself once it accepted the case. Raises ``DomainError`` for a day to come.
    """
    ours = authority.pk in viewer.organisation_ids and policies.has_accepted(viewer, case)
    if not (policies.is_team(viewer) or ours):
        raise NotAllowed("")
    if decided_on > timezone.localdate():
        raise DomainError(_("La date est à venir."), field="decided_on")
    row = AuthorityDecision.objects.create(
        space_id=case.space_id, case=case, kind=DecisionKind(kind), authority=authority, decided_on=decided_on,
        number=number.strip(), note=note.strip(),
    )  # fmt: skip
    if document:
        attach(actor=viewer.user, upload=document, object_type=DECISIONS, object_id=row.pk, space_id=case.space_id)
    journal(case, "cases.decision_recorded", actor=viewer.user, note=row.kind)
    moved(case)
    return row


@transaction.atomic
def tell_need(
    *, viewer: Viewer, case: Case, need: str, vulnerabilities: Sequence[str] = (), note: str = "",
    on: date | None = None,
) -> HouseholdNeed:  # fmt: skip
    """Write what the household says of itself and the accompaniment it needs; what was said before is kept.

    Only for who reads the accompaniment track. The journal says that it was written, never what.
    """
    policies.must_see_support(viewer, case)
    known = [code for code in Vulnerability.values if code in set(vulnerabilities)]
    row = HouseholdNeed.objects.create(
        space_id=case.space_id, case=case, need=Need(need), vulnerabilities=known, note=note.strip()[:280],
        on=on or timezone.localdate(), author=viewer.user,
    )  # fmt: skip
    journal(case, "cases.need_told", actor=viewer.user)
    changed(viewer, case)
    return row


def changed(viewer: Viewer, case: Case, *, sheet: Sheet | None = None) -> None:
    """What every change brings: the case moved, its grade is written, others are told. Called in a transaction."""
    moved(case)
    record_grade(case=case, sheet=sheet)
    for hook in after_observation:
        hook(viewer, case)
