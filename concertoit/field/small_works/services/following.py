"""What becomes of a request: admitted, matched, visited, done, followed up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.small_works import notifications
from concertoit.field.small_works.enums import Effect, RequestState
from concertoit.field.small_works.models import FollowUp, Handyperson, Request
from concertoit.field.small_works.queries.requests import admission_of, candidates
from concertoit.field.small_works.workflow import WITH_REASON, may_move
from concertoit.ground.audit.services import record_row
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer

# How long after the visit the link of who did the works still answers: a parameter of ours.
LINK_AFTER = timedelta(days=30)


def token_of(row: Request) -> str:
    """The secret of the link of who does the works: another person, or another match, has another."""
    return personal_links.token_of("small_works.visit", row, str(row.handyperson_id), row.state_at.isoformat())


def _locked(row: Request) -> Request:
    related = ("space", "applicant", "handyperson__person", "municipality")
    rows = Request.objects.select_for_update(of=("self",)).select_related(*related)
    return rows.get(pk=row.pk)


def _move(row: Request, to: str, actor: Any, *, reason: str = "", handyperson: bool = False, **after: Any) -> None:
    if not may_move(row.state, to, handyperson=handyperson):
        raise DomainError(
            _("La demande est « %(state)s » : ce geste ne s’y applique plus. Rechargez la page.")
            % {"state": row.get_state_display()}
        )
    if to in WITH_REASON and not reason.strip():
        raise DomainError(_("Dites pourquoi : la personne le demandera."), field="reason")
    before = {"state": row.state}
    row.state, row.state_at, row.reason = to, timezone.now(), reason.strip()
    row.save()
    record_row(
        row,
        row.reference,
        actor=actor,
        verb="works.moved",
        before=before,
        after={"state": to, **after},
        note=row.get_state_display(),
    )


@transaction.atomic
def complete(
    *, viewer: Viewer, row: Request, needs_trade: bool | None, landlord_must: bool | None, age_band: str, tenure: str
) -> Request:
    """Write what the call made clear; the rule is asked again."""
    viewer.must("works.view")
    row = _locked(row)
    row.needs_trade, row.landlord_must = needs_trade, landlord_must
    row.applicant.age_band, row.applicant.tenure = age_band, tenure
    row.applicant.save(update_fields=["age_band", "tenure", "updated_at"])
    row.verdict = admission_of(row).answer
    row.save()
    after = {"needs_trade": needs_trade, "landlord_must": landlord_must, "verdict": row.verdict}
    record_row(row, row.reference, actor=viewer.user, verb="works.changed", after=after)
    return row


@transaction.atomic
def decide(*, viewer: Viewer, row: Request, admitted: bool, reason: str = "") -> Request:
    """Admit a request or not. Against what the rule says, or while something is unknown, a reason is needed."""
    viewer.must("works.view")
    row = _locked(row)
    said = admission_of(row).answer
    if admitted and said != "yes" and not reason.strip():
        raise DomainError(
            _("La règle ne dit pas oui : écrivez pourquoi la demande est admise quand même."), field="reason"
        )
    _move(row, RequestState.ACCEPTED if admitted else RequestState.REFUSED, viewer.user, reason=reason, verdict=said)
    return row


@transaction.atomic
def match(*, viewer: Viewer, row: Request, handyperson: Handyperson, reason: str = "") -> Request:
    """Give a request to somebody and write to them, with a personal link when they have an e-mail.

    Raises ``DomainError`` when something stands in the way and nobody says why it does not matter.
    """
    viewer.must("works.view")
    row = _locked(row)
    found = {one.candidate.id: one for one in candidates(row)}
    chosen = found.get(handyperson.pk)
    if chosen is None:
        raise DomainError(_("Choisissez une personne de la liste."), field="handyperson")
    if "check" in chosen.obstacles or "ended" in chosen.obstacles:
        raise DomainError(
            _("Cette personne ne peut pas aller chez quelqu’un : vérification échue ou fin de sa participation."),
            field="handyperson",
        )
    if chosen.obstacles and not reason.strip():
        raise DomainError(_("Quelque chose s’y oppose : écrivez pourquoi vous la choisissez."), field="reason")
    row.handyperson, row.visit_at = handyperson, None
    _move(row, RequestState.MATCHED, viewer.user, reason=reason, handyperson_id=handyperson.pk)
    token = token_of(row)
    row.link_digest = personal_links.digest_of(token)
    row.save(update_fields=["link_digest", "updated_at"])
    if handyperson.email:
        notifications.matched(row, token)
    return row


@transaction.atomic
def plan_visit(*, row: Request, at: datetime, actor: Any = None) -> Request:
    """Say when the visit is. Called for the team, or for who does the works by their link."""
    row = _locked(row)
    if timezone.localdate(at) < timezone.localdate():
        raise DomainError(_("La visite est à venir : choisissez une date d’aujourd’hui ou plus tard."), field="day")
    row.visit_at = at
    _move(row, RequestState.PLANNED, actor, handyperson=actor is None, visit_at=at.isoformat())
    return row


@transaction.atomic
def give_back(*, row: Request, reason: str, actor: Any = None) -> Request:
    """Who was to do the works cannot: the request waits for somebody else, the link no longer answers."""
    row = _locked(row)
    if not reason.strip():
        raise DomainError(_("Dites en quelques mots pourquoi."), field="reason")
    row.handyperson, row.visit_at, row.link_digest = None, None, ""
    _move(row, RequestState.ACCEPTED, actor, reason=reason, handyperson=actor is None)
    return row


@dataclass(frozen=True, slots=True)
class DoneFacts:
    """What was done, and what it cost (dollars, taxes included)."""

    on: date
    report: str
    hours: Decimal | None = None
    materials: Decimal | None = None
    labour: Decimal | None = None
    paid_by_person: Decimal | None = None


@transaction.atomic
def report_done(*, row: Request, facts: DoneFacts, actor: Any = None) -> Request:
    """Say that the works are done, and their cost. Raises ``DomainError`` for a day to come or nothing said."""
    row = _locked(row)
    if facts.on > timezone.localdate():
        raise DomainError(_("Cette date est à venir."), field="on")
    if not facts.report.strip():
        raise DomainError(_("Dites en une phrase ce qui a été fait."), field="report")
    row.done_on, row.report = facts.on, facts.report.strip()
    row.hours, row.materials, row.labour = facts.hours, facts.materials, facts.labour
    row.paid_by_person = facts.paid_by_person
    _move(row, RequestState.DONE, actor, handyperson=actor is None, hours=str(facts.hours or ""))
    return row


@transaction.atomic
def cancel(*, viewer: Viewer, row: Request, reason: str) -> Request:
    """The person no longer asks."""
    viewer.must("works.view")
    row = _locked(row)
    row.link_digest = ""
    _move(row, RequestState.CANCELLED, viewer.user, reason=reason)
    return row


@transaction.atomic
def reopen(*, viewer: Viewer, row: Request) -> Request:
    """Take a request up again: the repair does not hold, or it was refused by mistake."""
    viewer.must("works.view")
    row = _locked(row)
    row.handyperson, row.visit_at, row.link_digest = None, None, ""
    _move(row, RequestState.ACCEPTED, viewer.user)
    return row


@transaction.atomic
def follow_up(
    *, viewer: Viewer, row: Request, satisfaction: int, holds: bool | None, effects: Sequence[str], words: str = ""
) -> FollowUp:
    """Take news some weeks later. Raises ``DomainError`` for a grade outside 1 to 5."""
    viewer.must("works.view")
    row = _locked(row)
    if not 1 <= satisfaction <= 5:
        raise DomainError(_("La satisfaction va de 1 à 5."), field="satisfaction")
    told, _new = FollowUp.objects.update_or_create(
        request=row,
        defaults={
            "space": row.space, "on": timezone.localdate(), "satisfaction": satisfaction, "holds": holds,
            "effects": [code for code in Effect.values if code in effects], "words": words.strip(),
        },
    )  # fmt: skip
    if row.state == RequestState.DONE:
        row.link_digest = ""
        _move(row, RequestState.FOLLOWED, viewer.user)
    else:
        record_row(row, row.reference, actor=viewer.user, verb="works.followed")
    return told
