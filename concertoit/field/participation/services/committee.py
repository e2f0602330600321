"""The residents' committee: seats taken and left, advice asked and given (P1)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.participation.enums import AdviceSubject, Leaving, Recognition, SeatOrigin
from concertoit.field.participation.models import (
    AdviceRequest,
    Assembly,
    Complex,
    Mandate,
    ResidentsCommittee,
    TenantAssociation,
)
from concertoit.field.participation.queries.committee import committee_of
from concertoit.field.participation.queries.parameters import parameters_of
from concertoit.field.participation.rules import mandates
from concertoit.field.participation.rules.mandates import Body, Origin
from concertoit.field.participation.services import journal
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.identity.models import Person
from concertoit.ground.spaces.enums import BodyKind
from concertoit.ground.spaces.models import GoverningBody
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.services import BodyFacts, save_body


@transaction.atomic
def save_committee(
    *, viewer: Viewer, board_size: int | None, created_by_office_on: date | None = None
) -> ResidentsCommittee:
    """Make the committee of the office, or change what is known of it.

    It becomes a governing body of the démarche, so that its meetings are meetings like others. Raises ``DomainError`` for
    a board larger than the law allows.
    """
    viewer.must("participation.manage")
    most = parameters_of(viewer.space).number("board.members_max")
    if board_size is not None and most is not None and board_size > most:
        raise DomainError(
            _("Un conseil d’administration compte au plus %(most)s membres.") % {"most": most}, field="board_size"
        )
    row = committee_of(viewer.space) or ResidentsCommittee(space=viewer.space, body=_body(viewer))
    before, after = journal.assign(row, {"board_size": board_size, "created_by_office_on": created_by_office_on})
    row.save()
    if after:
        record_row(row, row, actor=viewer.user, verb="participation.committee_saved", before=before, after=after)
    return row


def _body(viewer: Viewer) -> GoverningBody:
    name = _("Comité consultatif des résidants")
    found = GoverningBody.objects.filter(space=viewer.space, name__iexact=name).order_by("pk").first()
    mandate = _(
        "Étudier les politiques qui touchent l’ensemble des locataires et faire des recommandations; promouvoir la "
        "participation et la vie associative; organiser l’élection des représentants."
    )
    facts = BodyFacts(name=name, kind=BodyKind.OTHER, short_name="CCR", mandate=mandate)
    return found or save_body(viewer=viewer, facts=facts)


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """Somebody who enters the committee. ``replaces``: the mandate that they finish."""

    person: Person
    origin: str
    starts_on: date
    association: TenantAssociation | None = None
    complex: Complex | None = None
    replaces: Mandate | None = None


@transaction.atomic
def take_seat(*, viewer: Viewer, facts: SeatFacts) -> Mandate:
    """Seat somebody. The end of the term follows from its beginning, or from the mandate that it finishes.

    Raises ``DomainError`` beyond the most members, for somebody seated already, for an association that is not
    recognised, or to replace somebody who has not left.
    """
    viewer.must("participation.manage")
    committee = _locked(viewer)
    parameters = parameters_of(viewer.space, facts.starts_on)
    _must_be_here(viewer, facts.association, facts.complex, facts.replaces)
    if facts.origin == SeatOrigin.ASSOCIATION and not _names_members(facts.association):
        raise DomainError(_("Choisissez l’association reconnue qui désigne cette personne."), field="association")
    sitting = committee.mandates.filter(left_on=None)
    if sitting.filter(person=facts.person).exists():
        raise DomainError(_("Cette personne siège déjà au comité."), field="person")
    most = parameters.number("ccr.members_max")
    if most is not None and sitting.count() >= most:
        raise DomainError(_("Le comité compte déjà %(most)s membres, le plus permis.") % {"most": most})
    mandate = Mandate.objects.create(
        space=viewer.space, committee=committee, person=facts.person, origin=facts.origin,
        association=facts.association if facts.origin == SeatOrigin.ASSOCIATION else None,
        complex=facts.complex, starts_on=facts.starts_on, replaces=facts.replaces,
        ends_on=_end(facts, parameters.number("ccr.mandate_years")),
    )  # fmt: skip
    after = journal.plain(mandate, ("origin", "association", "starts_on", "ends_on"))
    record_row(mandate, mandate, actor=viewer.user, verb="participation.seat_taken", after=after)
    return mandate


def _locked(viewer: Viewer) -> ResidentsCommittee:
    row = ResidentsCommittee.objects.select_for_update().filter(space=viewer.space).first()
    if row is None:
        raise DomainError(_("L’office n’a pas encore créé son comité consultatif."))
    return row


def _must_be_here(viewer: Viewer, *rows: TenantAssociation | Complex | Mandate | None) -> None:
    if any(row is not None and row.space_id != viewer.space.pk for row in rows):
        raise NotVisible("")


def _names_members(association: TenantAssociation | None) -> bool:
    return association is not None and association.recognition == Recognition.RECOGNISED


def _end(facts: SeatFacts, years: int | None) -> date:
    if facts.replaces is not None:
        replaced = Mandate.objects.get(pk=facts.replaces.pk)
        if replaced.replacements.exists():
            raise DomainError(_("Quelqu’un finit déjà ce mandat."), field="replaces")
        if replaced.left_on is None:
            raise DomainError(_("La personne à remplacer siège encore : mettez d’abord fin à son mandat."))
        if replaced.ends_on >= facts.starts_on:
            return replaced.ends_on
    if years is None:
        raise DomainError(_("La durée d’un mandat n’est pas confirmée : fixez-la dans les paramètres."))
    return mandates.term_end(facts.starts_on, years)


@transaction.atomic
def leave_seat(
    *, viewer: Viewer, mandate: Mandate, why: str, on: date | None = None, by: Assembly | None = None
) -> Mandate:
    """End a seat. Leaving the office's tenancy ends it; only the body that elected, or named, can dismiss.

    Raises ``DomainError`` before its beginning, when it ended already, or for a dismissal by another body.
    """
    viewer.must("participation.manage")
    row = Mandate.objects.select_for_update(of=("self",)).select_related("person").get(pk=mandate.pk)
    _must_be_here(viewer, row)
    day = on or timezone.localdate()
    if row.left_on is not None:
        raise DomainError(_("Ce mandat est déjà terminé."))
    if day < row.starts_on:
        raise DomainError(_("La fin doit suivre le début du mandat."), field="on")
    if by is not None and by.space_id != viewer.space.pk:
        raise NotVisible("")
    if why == Leaving.DISMISSED and not _may_dismiss(row, by):
        raise DomainError(
            _("Seule l’instance qui a élu ou désigné cette personne peut la destituer : choisissez son assemblée."),
            field="by",
        )
    row.left_on, row.left_why, row.left_by = day, why, by if why == Leaving.DISMISSED else None
    row.save()
    after = journal.plain(row, ("left_on", "left_why"))
    record_row(row, row, actor=viewer.user, verb="participation.seat_left", after=after)
    return row


def _may_dismiss(row: Mandate, by: Assembly | None) -> bool:
    """An assembly of all tenants dismisses who was elected, an association's whom it named, the office whom it named."""
    if by is None:
        body = Body(Origin.OFFICE)
    elif by.association_id is None:
        body = Body(Origin.ELECTED)
    else:
        body = Body(Origin.ASSOCIATION, by.association_id)
    return mandates.may_dismiss(Origin(row.origin), row.association_id, body)


@dataclass(frozen=True, slots=True)
class AdviceFacts:
    """What the office asks, what the committee answers, what the office does of it."""

    title: str
    asked_on: date
    subject: str = AdviceSubject.POLICY
    text: str = ""
    decides_on: date | None = None
    advice_on: date | None = None
    sense: str = ""
    advice: str = ""
    followed_on: date | None = None
    followed: str = ""
    answer: str = ""


@transaction.atomic
def save_advice(*, viewer: Viewer, facts: AdviceFacts, request: AdviceRequest | None = None) -> AdviceRequest:
    """Ask the committee's advice, or write its answer and what became of it.

    Raises ``DomainError`` for dates out of order, an advice without its sense, or an unfollowed advice without a reason.
    """
    viewer.must("participation.manage")
    _check(facts)
    row = request or AdviceRequest(space=viewer.space, committee=_locked(viewer))
    new = row.pk is None
    before, after = journal.assign(row, {one.name: getattr(facts, one.name) for one in fields(facts)})
    row.save()
    if after:
        verb = "participation.advice_asked" if new else "participation.advice_updated"
        record_row(row, row.title, actor=viewer.user, verb=verb, before=before, after=after)
    return row


def _check(facts: AdviceFacts) -> None:
    if facts.decides_on and facts.decides_on < facts.asked_on:
        raise DomainError(_("La décision suit la demande d’avis."), field="decides_on")
    if facts.advice_on and facts.advice_on < facts.asked_on:
        raise DomainError(_("L’avis suit la demande."), field="advice_on")
    if facts.advice_on and not facts.sense:
        raise DomainError(_("Dites le sens de l’avis."), field="sense")
    if facts.followed in ("no", "part") and not facts.answer.strip():
        raise DomainError(_("Dites au comité pourquoi son avis n’est pas suivi en tout."), field="answer")
