"""An election from its modalities to the closing of the vote (P2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from concertoit.field.participation import workflow
from concertoit.field.participation.enums import Secrecy
from concertoit.field.participation.models import Assembly, Candidacy, Complex, Election, Scrutineer
from concertoit.field.participation.queries.elections import accepted
from concertoit.field.participation.queries.parameters import parameters_of
from concertoit.field.participation.rules import elections as rules
from concertoit.field.participation.services import journal
from concertoit.ground.audit.services import record_row
from concertoit.ground.ballots.enums import BoxState, Channel
from concertoit.ground.ballots.services import box as boxes
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.identity.models import Person
from concertoit.ground.spaces.policies import Viewer

PURPOSE = "participation.count"


@dataclass(frozen=True, slots=True)
class ElectionFacts:
    """An election as the assembly wants it. Paper in the room unless it adopted otherwise."""

    title: str
    places: int = 2
    assembly: Assembly | None = None
    channels: tuple[str, ...] = (Channel.ROOM.value,)
    secrecy: str = Secrecy.ORGANISATIONAL
    modalities: str = ""
    modalities_on: date | None = None
    president: str = ""
    external_url: str = ""

    def values(self) -> dict[str, Any]:
        names = ("title", "places", "assembly", "secrecy", "modalities", "modalities_on", "president", "external_url")
        return {**{name: getattr(self, name) for name in names}, "channels": list(self.channels)}


@transaction.atomic
def save_election(*, viewer: Viewer, facts: ElectionFacts, election: Election | None = None) -> Election:
    """Prepare an election, or change it before the vote opens.

    Ways of voting other than paper in the room are what the tenants' assembly adopts: they need the day it did. Raises
    ``DomainError`` without it, or for a verifiable election without its address.
    """
    viewer.must("participation.manage")
    if facts.assembly and facts.assembly.space_id != viewer.space.pk:
        raise NotVisible("")
    if set(facts.channels) - {Channel.ROOM, Channel.ASSISTED} and facts.modalities_on is None:
        raise DomainError(
            _("Le vote par la poste ou en ligne demande que l’assemblée l’ait adopté : dites quand."),
            field="modalities_on",
        )
    if facts.secrecy == Secrecy.VERIFIABLE and not facts.external_url:
        raise DomainError(_("Donnez l’adresse de l’élection sur Belenios."), field="external_url")
    row = locked(election) if election else _new(viewer, facts)
    _must_be(row, workflow.PREPARING, _("L’élection est commencée : ses modalités ne changent plus."))
    new = row.pk is None
    before, after = journal.assign(row, facts.values())
    row.save()
    if after:
        record_row(
            row,
            row,
            actor=viewer.user,
            verb="election.created" if new else "election.updated",
            before=before,
            after=after,
        )
    return row


def _new(viewer: Viewer, facts: ElectionFacts) -> Election:
    threshold = parameters_of(viewer.space).number("election.threshold") or 0
    box = boxes.prepare(viewer=viewer, title=facts.title, threshold=threshold)
    return Election(space=viewer.space, box=box)


def locked(election: Election) -> Election:
    """The row of an election, held until the end of the transaction."""
    rows = Election.objects.select_for_update(of=("self",)).select_related("space", "box", "assembly")
    return rows.get(pk=election.pk)


def _must_be(election: Election, state: str, message: str) -> None:
    if election.state != state:
        raise DomainError(message)


def _move(election: Election, to: str) -> None:
    if not workflow.allowed(workflow.ELECTION, election.state, to):
        raise DomainError(_("L’élection ne peut pas passer à cet état."))
    election.state = to


@transaction.atomic
def declare_candidacy(
    *, viewer: Viewer, election: Election, person: Person, complex: Complex | None = None, statement: str = ""
) -> Candidacy:
    """Receive a candidacy. Raises ``DomainError`` once the vote is open, or for somebody who is a candidate already."""
    viewer.must("participation.manage")
    row = locked(election)
    _must_be(row, workflow.PREPARING, _("Les candidatures sont closes."))
    if complex is not None and complex.space_id != viewer.space.pk:
        raise NotVisible("")
    if row.candidacies.filter(person=person).exists():
        raise DomainError(_("Cette personne est déjà candidate."), field="person")
    candidacy = Candidacy.objects.create(
        space=viewer.space, election=row, person=person, complex=complex, statement=statement
    )
    record_row(row, row, actor=viewer.user, verb="election.candidacy_declared", note=person)
    return candidacy


@transaction.atomic
def move_candidacy(*, viewer: Viewer, candidacy: Candidacy, state: str, reason: str = "") -> Candidacy:
    """Accept, refuse or withdraw a candidacy, before the vote. A refusal says why."""
    viewer.must("participation.manage")
    row = Candidacy.objects.select_for_update(of=("self",)).select_related("person", "election").get(pk=candidacy.pk)
    _must_be(locked(row.election), workflow.PREPARING, _("Les candidatures sont closes."))
    if not workflow.allowed(workflow.CANDIDACY, row.state, state):
        raise DomainError(_("Cette candidature ne peut pas passer à cet état."))
    if state == workflow.REFUSED and not reason.strip():
        raise DomainError(_("Dites pourquoi la candidature est refusée."), field="reason")
    row.state, row.reason = state, reason.strip()
    row.save()
    record_row(
        row.election,
        row.election,
        actor=viewer.user,
        verb="election.candidacy_moved",
        after={"state": state, "reason": row.reason},
        note=row.person,
    )
    return row


@transaction.atomic
def add_scrutineer(*, viewer: Viewer, election: Election, name: str) -> Scrutineer:
    """Name somebody who counts. Raises ``DomainError`` for the same name twice, for a candidate, or after the count."""
    viewer.must("participation.manage")
    row = locked(election)
    if row.state not in (workflow.PREPARING, workflow.OPEN, workflow.CLOSED):
        raise DomainError(_("Le dépouillement est terminé."))
    if row.scrutineers.filter(name__iexact=name.strip()).exists():
        raise DomainError(_("Cette personne compte déjà les bulletins."), field="name")
    if any(str(one.person).lower() == name.strip().lower() for one in row.candidacies.select_related("person")):
        raise DomainError(_("Une candidate ou un candidat ne compte pas les bulletins."), field="name")
    one = Scrutineer.objects.create(
        space=viewer.space, election=row, name=name.strip(), token_digest=get_random_string(64)
    )
    one.token_digest = personal_links.digest_of(token_of(one))
    one.save(update_fields=["token_digest", "updated_at"])
    record_row(row, row, actor=viewer.user, verb="election.scrutineer_added", note=one.name)
    return one


def token_of(scrutineer: Scrutineer) -> str:
    """The secret of a scrutineer's link, made again from the installation's key."""
    return personal_links.token_of(PURPOSE, scrutineer)


@transaction.atomic
def open_vote(*, viewer: Viewer, election: Election) -> Election:
    """Freeze the list and the ballot and open the vote.

    With no more candidates than seats nobody votes: they are elected by acclamation. Raises ``DomainError`` without
    anybody accepted, while a candidacy waits for an answer, or for what the box refuses.
    """
    viewer.must("participation.manage")
    row = locked(election)
    _must_be(row, workflow.PREPARING, _("Ce scrutin a déjà été ouvert."))
    if row.candidacies.filter(state=workflow.DECLARED).exists():
        raise DomainError(_("Une candidature attend encore : acceptez-la ou refusez-la."))
    candidates = accepted(
        Election.objects.prefetch_related("candidacies__person", "candidacies__complex").get(pk=row.pk)
    )
    if not candidates:
        raise DomainError(_("Aucune candidature n’est acceptée."))
    if rules.acclaimed(len(candidates), row.places):
        _move(row, workflow.ACCLAIMED)
        row.save()
        record_row(
            row, row, actor=viewer.user, verb="election.acclaimed", after={"elected": [str(one) for one in candidates]}
        )
        return row
    assert row.box is not None  # noqa: S101 - made with the election, never taken away
    options = [
        boxes.Option(str(one.key), str(one.person), str(one.complex or ""))
        for one in sorted(candidates, key=lambda one: (one.person.family_name, one.person.given_name, one.pk))
    ]
    boxes.open_box(viewer=viewer, box=row.box, options=options, max_choices=row.places, channels=_channels(row))
    _move(row, workflow.OPEN)
    row.save()
    record_row(row, row, actor=viewer.user, verb="election.opened", after={"channels": row.channels})
    return row


def _channels(election: Election) -> list[str]:
    """Ways of voting of the box: where the vote is on Belenios, only paper is received here."""
    if election.secrecy == Secrecy.VERIFIABLE:
        return [one for one in election.channels if one != Channel.ONLINE] or [Channel.ROOM.value]
    return list(election.channels)


@transaction.atomic
def close_vote(*, viewer: Viewer, election: Election) -> Election:
    """Close the vote; counting begins."""
    viewer.must("participation.manage")
    row = locked(election)
    _must_be(row, workflow.OPEN, _("Ce scrutin n’est pas ouvert."))
    assert row.box is not None  # noqa: S101 - made with the election, never taken away
    row.box = boxes.close_box(viewer=viewer, box=row.box)
    _move(row, workflow.CLOSED)
    row.save()
    record_row(row, row, actor=viewer.user, verb="election.closed")
    return row


@transaction.atomic
def annul(*, viewer: Viewer, election: Election, why: str) -> Election:
    """Annul an election that is not proclaimed, and say why. A vote under way is closed."""
    viewer.must("participation.manage")
    row = locked(election)
    if not why.strip():
        raise DomainError(_("Dites pourquoi l’élection est annulée."), field="why")
    if row.box is not None and row.box.state == BoxState.OPEN:
        boxes.close_box(viewer=viewer, box=row.box)
    _move(row, workflow.ANNULLED)
    row.annulled_why = why.strip()
    row.save()
    record_row(row, row, actor=viewer.user, verb="election.annulled", after={"reason": row.annulled_why})
    return row
