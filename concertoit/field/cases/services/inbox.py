"""What the team does with a report: open a case, join it to one, set it aside, complete its address, ask the person."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums import Channel, Urgency
from concertoit.field.cases.enums.intake import Problem, ReportState, SetAside, WordKind
from concertoit.field.cases.models import Case, Household, Report, ReportWord
from concertoit.field.cases.policies import visible_cases
from concertoit.field.cases.services.intake import journal
from concertoit.field.cases.services.opening import CaseFacts, moved, open_case
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.places.models import Municipality
from concertoit.ground.places.services import Place, find_or_create_place
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer


def _mine(viewer: Viewer, report: Report) -> Report:
    """The report, locked, for who is of the team. Raises ``NotAllowed`` or ``NotVisible``."""
    viewer.must("cases.work")
    return must_exist(Report.objects.select_for_update(of=("self",)).filter(pk=report.pk, space=viewer.space).first())


def _waiting(viewer: Viewer, report: Report) -> Report:
    row = _mine(viewer, report)
    if not row.waits:
        raise DomainError(_("Ce signalement est déjà traité. Remettez-le à regarder pour changer ce qui a été fait."))
    return row


def summary_of(report: Report) -> str:
    """What a case is about in a few words, made of what was ticked: nothing that a person wrote, so no name."""
    labels = [str(Problem(code).label) for code in report.problems]
    return ", ".join(labels)[:200] or _("Signalement à préciser")


@transaction.atomic
def open_from(
    *, viewer: Viewer, report: Report, follower: Membership | None = None, urgent: bool | None = None
) -> Case:
    """Open a case from a report that waits; the clock starts when the report was received.

    ``urgent`` unknown follows what the person ticked. Raises ``DomainError`` when the address is not known yet.
    """
    row = _waiting(viewer, report)
    if row.building is None:
        raise DomainError(_("Complétez d’abord l’adresse : un dossier tient à un immeuble."))
    emergency = row.is_urgent if urgent is None else urgent
    case = open_case(
        space=viewer.space,
        actor=viewer.user,
        facts=CaseFacts(
            place=Place(row.building, row.dwelling, False), channel=Channel(row.channel), summary=summary_of(row),
            problems=row.problems, urgency=Urgency.EMERGENCY if emergency else Urgency.STANDARD,
            household=row.household, follower=follower, known_at=row.received_at,
        ),
    )  # fmt: skip
    _decide(viewer, row, ReportState.OPENED, case=case)
    journal(viewer.user, "cases.report_opened", row, after={"case": case.reference})
    return case


@transaction.atomic
def attach_to(*, viewer: Viewer, report: Report, case_reference: str) -> Case:
    """Join a report to an existing case of the same building. Its household becomes the case's when it has none.

    Raises ``DomainError`` for a case of another building: two buildings are never one case.
    """
    row = _waiting(viewer, report)
    case = must_exist(visible_cases(viewer).select_for_update(of=("self",)).filter(reference=case_reference).first())
    if not case.is_open:
        raise DomainError(_("Ce dossier est fermé. Rouvrez-le d’abord."), field="case")
    if row.building_id and row.building_id != case.building_id:
        raise DomainError(_("Ce dossier est celui d’un autre immeuble."), field="case")
    if case.household_id is None and row.household_id and case.dwelling_id in (None, row.dwelling_id):
        case.household = row.household
        case.save(update_fields=["household", "updated_at"])
    if row.building_id is None:
        row.building_id = case.building_id
        Household.objects.filter(pk=row.household_id or 0, building=None).update(building_id=case.building_id)
    _decide(viewer, row, ReportState.ATTACHED, case=case)
    moved(case)
    journal(viewer.user, "cases.report_attached", row, after={"case": case.reference})
    return case


@transaction.atomic
def set_aside(*, viewer: Viewer, report: Report, why: str, note: str = "") -> Report:
    """Follow no further, with the reason that the person reads on their page."""
    row = _waiting(viewer, report)
    if why not in SetAside.values:
        raise DomainError(_("Dites pourquoi."), field="why")
    row.set_aside, row.note = why, note.strip()[:200]
    _decide(viewer, row, ReportState.SET_ASIDE)
    journal(viewer.user, "cases.report_set_aside", row, after={"why": why})
    return row


@transaction.atomic
def reconsider(*, viewer: Viewer, report: Report) -> Report:
    """Take back setting aside, or joining to a case. A case opened from a report stays: it is closed like any other."""
    row = _mine(viewer, report)
    if row.state == ReportState.OPENED:
        raise DomainError(_("Un dossier est ouvert à partir de ce signalement : il se ferme depuis le dossier."))
    if row.case_id:
        Case.objects.filter(pk=row.case_id, household_id=row.household_id or 0).update(household=None)
    row.state, row.case, row.set_aside, row.note, row.decided_at = ReportState.NEW, None, "", "", None
    row.save()
    journal(viewer.user, "cases.report_reconsidered", row)
    return row


def _decide(viewer: Viewer, row: Report, state: ReportState, case: Case | None = None) -> None:
    row.state, row.case, row.decided_at = state, case or row.case, timezone.now()
    row.save()


@transaction.atomic
def place(*, viewer: Viewer, report: Report, municipality: Municipality, address: str, unit: str = "") -> Report:
    """Complete or correct the address of a report that waits. Raises ``DomainError`` for what cannot be read."""
    row = _waiting(viewer, report)
    found = find_or_create_place(municipality=municipality, written=address, unit=unit)
    row.municipality, row.building, row.dwelling = municipality, found.building, found.dwelling
    row.save()
    Household.objects.filter(pk=row.household_id or 0).update(building=found.building, dwelling=found.dwelling)
    journal(viewer.user, "cases.report_placed", row)
    return row


@transaction.atomic
def ask(*, viewer: Viewer, report: Report, text: str) -> ReportWord:
    """Ask the person something: they answer on their page, with their code."""
    row = _mine(viewer, report)
    if not text.strip():
        raise DomainError(_("Écrivez la question."), field="text")
    word = ReportWord.objects.create(
        space=row.space, report=row, kind=WordKind.QUESTION, text=text.strip()[:1000], author=viewer.user,
        at=timezone.now(),
    )  # fmt: skip
    journal(viewer.user, "cases.report_question", row)
    return word


@transaction.atomic
def handle(*, viewer: Viewer, report: Report, word_id: int) -> Any:
    """Note that what a person asked for (a correction) is done."""
    row = _mine(viewer, report)
    word = must_exist(row.words.filter(pk=word_id, kind=WordKind.CORRECTION, handled_at=None).first())
    word.handled_at = timezone.now()
    word.save(update_fields=["handled_at", "updated_at"])
    journal(viewer.user, "cases.report_handled", row)
    return word
