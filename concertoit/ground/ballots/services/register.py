"""The register of a vote: the electoral list, the codes, and the strikes of those who vote on paper.

No act here is dated in the register, and no strike goes to the journal: a time on each side would be a link.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.ballots.enums import ON_PAPER, BoxState, Channel, ElectorState
from concertoit.ground.ballots.models import Box, Elector
from concertoit.ground.ballots.services.box import OBJECT, locked
from concertoit.ground.ballots.services.voting import digest_of, new_code
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.identity.rules import fold
from concertoit.ground.spaces.policies import Viewer

NAME, DWELLING = 160, 160


@dataclass(frozen=True, slots=True)
class ElectorFacts:
    """Somebody who may vote. The dwelling tells apart two people of the same name."""

    name: str
    dwelling: str = ""
    email: str = ""


@transaction.atomic
def add_electors(*, viewer: Viewer, box: Box, people: Iterable[ElectorFacts]) -> tuple[int, list[str]]:
    """Write people on the list; answers how many were added, and the names that were there already.

    Raises ``DomainError`` once the list is frozen, or for a line without name, too long, or with a wrong address: then
    nothing at all is written.
    """
    row = _writable(viewer, box)
    known = set(row.electors.order_by("number").values_list("folded", flat=True))
    number = row.electors.aggregate(last=Max("number"))["last"] or 0
    new, again = [], []
    for place, facts in enumerate(people, 1):
        one = _checked(facts, place)
        folded = _folded(one)
        if folded in known:
            again.append(one.name)
            continue
        known.add(folded)
        number += 1
        new.append(
            Elector(
                space_id=row.space_id, box=row, number=number, name=one.name, dwelling=one.dwelling, email=one.email,
                folded=folded,
            )
        )  # fmt: skip
    Elector.objects.bulk_create(new, batch_size=500)
    if new:
        _journal(viewer, "ballot.list_written", row, after={"added": len(new), "electors": len(known)})
    return len(new), again


def _checked(facts: ElectorFacts, place: int) -> ElectorFacts:
    one = ElectorFacts(" ".join(facts.name.split()), " ".join(facts.dwelling.split()), facts.email.strip().lower())
    where = {"line": place}
    if not fold(one.name):
        raise DomainError(_("Ligne %(line)s : il manque le nom.") % where, field="people")
    if len(one.name) > NAME or len(one.dwelling) > DWELLING:
        raise DomainError(_("Ligne %(line)s : le nom ou le logement est trop long.") % where, field="people")
    if one.email:
        try:
            validate_email(one.email)
        except ValidationError:
            raise DomainError(
                _("Ligne %(line)s : cette adresse de courriel n’est pas complète.") % where, field="people"
            ) from None
    return one


def _folded(facts: ElectorFacts) -> str:
    return f"{fold(facts.name)}|{fold(facts.dwelling)}"


def _writable(viewer: Viewer, box: Box) -> Box:
    viewer.must("ballot.run")
    row = locked(box)
    if row.state != BoxState.PREPARED:
        raise DomainError(_("La liste électorale est figée depuis l’ouverture du scrutin."))
    return row


@transaction.atomic
def correct_elector(*, viewer: Viewer, box: Box, elector_id: int, facts: ElectorFacts) -> Elector:
    """Correct a line before the opening. Raises ``DomainError`` when another line says the same."""
    row = _writable(viewer, box)
    elector = _elector(row, elector_id)
    one = _checked(facts, elector.number)
    folded = _folded(one)
    if row.electors.filter(folded=folded).exclude(pk=elector.pk).exists():
        raise DomainError(_("Cette personne est déjà sur la liste, pour le même logement."), field="name")
    elector.name, elector.dwelling, elector.email, elector.folded = one.name, one.dwelling, one.email, folded
    elector.save()
    _journal(viewer, "ballot.list_corrected", row, note=_("n° %(number)s") % {"number": elector.number})
    return elector


@transaction.atomic
def remove_elector(*, viewer: Viewer, box: Box, elector_id: int) -> None:
    """Take a line away before the opening."""
    row = _writable(viewer, box)
    elector = _elector(row, elector_id)
    _journal(viewer, "ballot.list_removed", row, note=_("n° %(number)s") % {"number": elector.number})
    elector.delete()


def _elector(box: Box, elector_id: int) -> Elector:
    """A line of this register, held. Raises ``NotVisible`` for another's."""
    return must_exist(Elector.objects.select_for_update().filter(box=box, pk=elector_id).first())


@transaction.atomic
def issue_codes(*, viewer: Viewer, box: Box, elector_ids: Iterable[int] | None = None) -> list[tuple[Elector, str]]:
    """New codes for these electors, or for all who have none and did not vote: told once, kept nowhere.

    A new code ends the one before. The journal says for which lines, so that a code asked behind an elector's back is
    seen. Raises ``DomainError`` unless the vote is online and under way, or prepared.
    """
    viewer.must("ballot.run")
    row = locked(box)
    if row.state == BoxState.CLOSED:
        raise DomainError(_("Ce scrutin n’est pas ouvert."))
    if row.state == BoxState.OPEN and not row.online:
        raise DomainError(_("Les modalités de ce scrutin ne prévoient pas le vote en ligne."))
    waiting = row.electors.select_for_update().filter(state=ElectorState.LISTED).order_by("number")
    wanted = waiting.filter(pk__in=list(elector_ids)) if elector_ids is not None else waiting.filter(code_digest=None)
    told = []
    for elector in wanted:
        code = new_code()
        elector.code_digest, elector.codes_issued = digest_of(code), elector.codes_issued + 1
        told.append((elector, code))
    Elector.objects.bulk_update([one for one, _code in told], ["code_digest", "codes_issued"], batch_size=500)
    if told:
        numbers = ", ".join(str(one.number) for one, _code in told) if len(told) <= 20 else _("toute la liste")
        _journal(viewer, "ballot.codes_issued", row, after={"codes": len(told)}, note=numbers)
    return told


@transaction.atomic
def strike(*, viewer: Viewer, box: Box, elector_id: int, channel: str) -> Elector:
    """Strike off an elector who votes on paper: from now on, nobody votes in their name by another channel.

    Raises ``DomainError`` unless the vote is open, for a channel that was not adopted, or when they voted already.
    """
    viewer.must("ballot.run")
    row = locked(box)
    if row.state != BoxState.OPEN:
        raise DomainError(_("Ce scrutin n’est pas ouvert."))
    if channel not in ON_PAPER or channel not in row.channels:
        raise DomainError(_("Les modalités de ce scrutin ne prévoient pas cette façon de voter."))
    elector = _elector(row, elector_id)
    if elector.state != ElectorState.LISTED:
        raise DomainError(_("Cette personne a déjà voté : elle ne peut pas recevoir un autre bulletin."))
    elector.state, elector.channel = ElectorState.VOTED, channel
    elector.save(update_fields=["state", "channel"])
    return elector


@transaction.atomic
def undo_strike(*, viewer: Viewer, box: Box, elector_id: int) -> Elector:
    """Take back a strike made by mistake on paper, while the vote is open; the journal says for which line."""
    viewer.must("ballot.run")
    row = locked(box)
    elector = _elector(row, elector_id)
    if row.state != BoxState.OPEN or elector.state != ElectorState.VOTED:
        raise DomainError(_("Cet émargement ne peut plus être défait."))
    if elector.channel == Channel.ONLINE:
        raise DomainError(_("Un vote en ligne est dans l’urne : personne ne peut le reprendre."))
    elector.state, elector.channel = ElectorState.LISTED, ""
    elector.save(update_fields=["state", "channel"])
    _journal(viewer, "ballot.strike_undone", row, note=_("n° %(number)s") % {"number": elector.number})
    return elector


def _journal(viewer: Viewer, verb: str, box: Box, after: dict[str, int] | None = None, note: str = "") -> None:
    record(
        actor=viewer.user, verb=verb, object_type=OBJECT, object_id=box.pk, object_label=box.title,
        space_id=box.space_id, after=after, note=note,
    )  # fmt: skip
