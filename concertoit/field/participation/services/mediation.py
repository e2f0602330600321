"""Peer mediation as who coordinates it sees it: requests, consents, designation, outcome, follow-up (S12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.participation import notifications
from concertoit.field.participation.enums import (
    ConsentAnswer,
    FollowUpAnswer,
    MediationChannel,
    MediationOutcome,
    MediationState,
    SessionKind,
)
from concertoit.field.participation.models import (
    Complex,
    MediationConflict,
    MediationOpinion,
    MediationParty,
    MediationRequest,
    MediationSeat,
    MediationSession,
    Mediator,
)
from concertoit.field.participation.queries.mediation import verdict_of
from concertoit.field.participation.queries.parameters import parameters_of
from concertoit.field.participation.rules.mediation import months_after
from concertoit.ground.audit.services import record_row
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer

SEATS = 2
LONG_MINUTES = 600


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A party: role, where they live, and only what is needed to reach them."""

    role: str
    complex: Complex | None = None
    name: str = ""
    reach: str = ""
    mediator: Mediator | None = None


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """A request: the party that asks first, then the other."""

    subject: str
    channel: str
    parties: Sequence[PartyFacts]
    language: str = ""
    received_on: date | None = None
    consents: bool = field(default=False)


@transaction.atomic
def receive(*, viewer: Viewer, facts: RequestFacts) -> MediationRequest:
    """Write a request that came in person or by phone. Raises ``DomainError`` without two parties."""
    viewer.must("mediation.work")
    return _receive(viewer.space, viewer.user, facts)


@transaction.atomic
def receive_online(*, space: Space, facts: RequestFacts) -> MediationRequest:
    """A request from the public form; the page has asked whether the démarche uses mediation."""
    return _receive(space, None, facts)


def _receive(space: Space, actor: object, facts: RequestFacts) -> MediationRequest:
    if len(facts.parties) != SEATS:
        raise DomainError(_("Une médiation a deux parties."))
    for party in facts.parties:
        if party.complex is not None and party.complex.space_id != space.pk:
            raise NotVisible("")
    day = facts.received_on or timezone.localdate()
    row = MediationRequest.objects.create(
        space=space, number=_next_number(space, day.year), received_on=day, subject=facts.subject,
        channel=MediationChannel(facts.channel), language=facts.language.strip()[:40],
    )  # fmt: skip
    for place, party in enumerate(facts.parties):
        agrees = facts.consents and place == 0
        MediationParty.objects.create(
            space=space, request=row, role=party.role, complex=party.complex, name=party.name.strip()[:80],
            reach=party.reach.strip()[:120], mediator=party.mediator, asked=place == 0,
            consent=ConsentAnswer.YES if agrees else ConsentAnswer.WAITING, consent_on=day if agrees else None,
        )  # fmt: skip
    _journal(actor, "mediation.received", row)
    return row


def _next_number(space: Space, year: int) -> str:
    """``M-2026-001``: the démarche's row is locked so that two requests never take one number."""
    Space.objects.select_for_update().get(pk=space.pk)
    last = MediationRequest.objects.filter(space=space, number__startswith=f"M-{year}-").order_by("-number").first()
    return f"M-{year}-{int(last.number.rsplit('-', 1)[1]) + 1 if last else 1:03d}"


@transaction.atomic
def answer_consent(*, viewer: Viewer, party: MediationParty, answer: str, on: date | None = None) -> MediationParty:
    """Write what a party answers. A refusal ends the mediation. Raises ``DomainError`` once it is over."""
    viewer.must("mediation.work")
    _must_be_open(party.request)
    party.consent, party.consent_on = ConsentAnswer(answer), on or timezone.localdate()
    party.save(update_fields=["consent", "consent_on", "updated_at"])
    _journal(viewer.user, "mediation.consent", party.request, after={"consent": str(party.consent)})
    if party.consent == ConsentAnswer.NO:
        close(viewer=viewer, row=party.request, outcome=MediationOutcome.WITHDRAWN, on=party.consent_on)
    return party


@transaction.atomic
def designate(*, viewer: Viewer, row: MediationRequest, mediator: Mediator) -> MediationSeat:
    """Designate somebody who has no conflict of interest; the link leaves to their address.

    Raises ``DomainError`` before both parties consent, for a third mediator, or with every reason that forbids it.
    """
    viewer.must("mediation.work")
    _must_be_open(row)
    if mediator.space_id != row.space_id:
        raise NotVisible("")
    parties = list(row.parties.order_by("pk"))
    if any(party.consent != ConsentAnswer.YES for party in parties):
        raise DomainError(_("Les deux parties doivent d’abord consentir."))
    seats = list(row.seats.filter(declined_on=None).order_by("pk"))
    if len(seats) >= SEATS:
        raise DomainError(_("Deux personnes sont déjà désignées."))
    verdict = verdict_of(row, mediator)
    if not verdict.allowed:
        raise DomainError(
            _("Conflit d’intérêts : %(why)s") % {"why": " ".join(str(one.label) for one in verdict.lines)}
        )
    seat = MediationSeat.objects.create(
        space=row.space,
        request=row,
        mediator=mediator,
        email=mediator.email,
        explained=[str(w) for w in verdict.found],
    )
    if row.state == MediationState.NEW:
        row.state = MediationState.ASSIGNED
        row.save(update_fields=["state", "updated_at"])
    _journal(viewer.user, "mediation.designated", row, after={"checked": seat.explained})
    send_link(seat)
    return seat


def token_of(seat: MediationSeat) -> str:
    """The secret of a mediator's link, made again from the installation's key and the address of the designation."""
    return personal_links.token_of("participation.mediation", seat, seat.email)


def send_link(seat: MediationSeat) -> None:
    """Send the link (again) to the address of the designation. Called in a transaction."""
    if not seat.email:
        return
    token = token_of(seat)
    seat.token_digest = personal_links.digest_of(token)
    seat.save(update_fields=["token_digest", "updated_at"])
    notifications.seated(seat=seat, token=token)


@transaction.atomic
def declare_conflict(
    *, row: MediationRequest, mediator: Mediator, viewer: Viewer | None = None
) -> None:  # fmt: skip
    """Write that somebody should not mediate this request, and free their place. Without viewer: they say it."""
    if viewer is not None:
        viewer.must("mediation.work")
    if mediator.space_id != row.space_id:
        raise NotVisible("")
    _must_be_open(row)
    MediationConflict.objects.get_or_create(
        request=row, mediator=mediator, defaults={"space": row.space, "on": timezone.localdate()}
    )
    freed = row.seats.filter(mediator=mediator, declined_on=None).update(declined_on=timezone.localdate())
    if freed and row.state == MediationState.ASSIGNED and not row.seats.filter(declined_on=None).exists():
        row.state = MediationState.NEW
        row.save(update_fields=["state", "updated_at"])
    _journal(viewer.user if viewer else None, "mediation.conflict", row)


@transaction.atomic
def add_session(
    *, row: MediationRequest, on: date, kind: str, minutes: int | None = None, viewer: Viewer | None = None
) -> MediationSession:
    """Write that a meeting took place; what was said is written nowhere. Without viewer: a mediator, by their link."""
    if viewer is not None:
        viewer.must("mediation.work")
    _must_be_open(row)
    if not row.seats.filter(declined_on=None).exists():
        raise DomainError(_("Désignez d’abord qui fait la médiation."))
    if not row.received_on <= on <= timezone.localdate():
        raise DomainError(_("La rencontre suit la demande, et n’est pas à venir."), field="on")
    session = MediationSession.objects.create(
        space=row.space, request=row, on=on, kind=SessionKind(kind), minutes=minutes
    )
    if row.state != MediationState.UNDER_WAY:
        row.state = MediationState.UNDER_WAY
        row.save(update_fields=["state", "updated_at"])
    _journal(viewer.user if viewer else None, "mediation.session", row, after={"kind": str(session.kind)})
    return session


@transaction.atomic
def close(
    *, row: MediationRequest, outcome: str, on: date | None = None, viewer: Viewer | None = None
) -> MediationRequest:
    """End a mediation with its outcome, and plan its follow-up when there was an agreement.

    Raises ``DomainError`` when it is over, for a day to come, or an agreement without any meeting.
    """
    if viewer is not None:
        viewer.must("mediation.work")
    _must_be_open(row)
    day = on or timezone.localdate()
    if not row.received_on <= day <= timezone.localdate():
        raise DomainError(_("La fin suit la demande, et n’est pas à venir."), field="on")
    agreed = outcome in (MediationOutcome.AGREEMENT, MediationOutcome.PARTIAL)
    if agreed and not row.sessions.exists():
        raise DomainError(_("Inscrivez d’abord au moins une rencontre."), field="outcome")
    row.outcome, row.closed_on, row.state = MediationOutcome(outcome), day, MediationState.CLOSED
    months = parameters_of(row.space, day).number("mediation.follow_up_months")
    row.follow_up_by = months_after(day, months) if agreed and months else None
    row.save()
    _journal(viewer.user if viewer else None, "mediation.closed", row, after={"outcome": str(row.outcome)})
    return row


@transaction.atomic
def follow_up(*, viewer: Viewer, row: MediationRequest, answer: str, on: date | None = None) -> MediationRequest:
    """Write what the parties say some months later. Raises ``DomainError`` before the end, or for a day to come."""
    viewer.must("mediation.work")
    day = on or timezone.localdate()
    if row.closed_on is None or not row.closed_on <= day <= timezone.localdate():
        raise DomainError(_("Le suivi vient après la fin de la médiation, et n’est pas à venir."), field="on")
    row.follow_up, row.follow_up_on = FollowUpAnswer(answer), day
    row.save(update_fields=["follow_up", "follow_up_on", "updated_at"])
    _journal(viewer.user, "mediation.followed_up", row, after={"follow_up": str(row.follow_up)})
    return row


@transaction.atomic
def give_opinion(*, viewer: Viewer, party: MediationParty, heard: int, again: int) -> None:
    """Keep two answers of a party apart from everything that could lead to it. Raises ``DomainError`` the second time."""
    viewer.must("mediation.work")
    if party.request.closed_on is None:
        raise DomainError(_("Les deux questions se posent après la fin de la médiation."))
    if party.satisfaction_told:
        raise DomainError(_("Cette partie a déjà répondu."))
    party.satisfaction_told = True
    party.save(update_fields=["satisfaction_told", "updated_at"])
    MediationOpinion.objects.create(space=party.space, year=party.request.closed_on.year, heard=heard, again=again)


def _must_be_open(row: MediationRequest) -> None:
    if row.state == MediationState.CLOSED:
        raise DomainError(_("Cette médiation est terminée."))


def _journal(actor: object, verb: str, row: MediationRequest, after: dict[str, object] | None = None) -> None:
    """Numbers and codes; never a party, never what was said."""
    record_row(row, row.number, actor=actor, verb=verb, after=after)
