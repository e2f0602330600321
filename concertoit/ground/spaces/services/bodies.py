"""Governing bodies, committees and their seats."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces import rules, workflow
from concertoit.ground.spaces.enums import BodyKind
from concertoit.ground.spaces.models import BodyMembership, Committee, GoverningBody, Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.services import indexing

BODY, COMMITTEE, SEAT = "spaces.governingbody", "spaces.committee", "spaces.bodymembership"


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """A governing body as a person describes it."""

    name: str
    kind: str = BodyKind.OTHER
    short_name: str = ""
    mandate: str = ""
    rhythm: str = ""
    duration_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class CommitteeFacts:
    """A committee as a person describes it; its state has its own service."""

    name: str
    short_name: str = ""
    mandate: str = ""


@transaction.atomic
def save_body(*, viewer: Viewer, facts: BodyFacts, body: GoverningBody | None = None) -> GoverningBody:
    """Add a governing body, or change one. Raises ``DomainError`` when another bears its name."""
    viewer.must("space.manage")
    _refuse_same_name(GoverningBody, viewer, facts.name, body)
    row = body or GoverningBody(space=viewer.space)
    _save(viewer, row, facts, BODY, "body")
    indexing.body_changed(row)
    return row


@transaction.atomic
def save_committee(*, viewer: Viewer, facts: CommitteeFacts, committee: Committee | None = None) -> Committee:
    """Announce a committee (« à former »), or change one. Raises ``DomainError`` when another bears its name."""
    viewer.must("space.manage")
    _refuse_same_name(Committee, viewer, facts.name, committee)
    row = committee or Committee(space=viewer.space)
    _save(viewer, row, facts, COMMITTEE, "committee")
    indexing.body_changed(row)
    return row


@transaction.atomic
def move_committee(*, viewer: Viewer, committee: Committee, state: str, on: date | None = None) -> Committee:
    """Form a committee, end it or take it up again (``workflow.COMMITTEE``), on a date (today by default).

    Raises ``DomainError`` when its state does not lead there.
    """
    viewer.must("space.manage")
    if not workflow.allowed(committee.state, state):
        raise DomainError(_("Ce comité ne peut pas passer à cet état."))
    before = {"state": committee.state}
    day = on or timezone.localdate()
    committee.state = state
    if state == workflow.ACTIVE:
        committee.formed_on, committee.closed_on = committee.formed_on or day, None
    else:
        committee.closed_on = day
        committee.seats.filter(ends_on=None).update(ends_on=day)
    committee.save()
    record(
        actor=viewer.user, verb=f"committee.{state}", object_type=COMMITTEE, object_id=committee.pk,
        object_label=committee.name, space_id=viewer.space.pk, before=before, after={"state": state, "on": str(day)},
    )  # fmt: skip
    return committee


@transaction.atomic
def add_seat(
    *,
    viewer: Viewer,
    membership: Membership,
    place: GoverningBody | Committee,
    function: str = "",
    starts_on: date | None = None,
) -> BodyMembership:
    """Seat a participation in a body or a committee of the same démarche.

    Raises ``DomainError`` for another démarche's, for somebody already seated, or in a committee that has ended.
    """
    viewer.must("space.manage")
    if {membership.space_id, place.space_id} != {viewer.space.pk}:
        raise DomainError(_("Cette personne ne prend pas part à la démarche."), field="membership")
    if isinstance(place, Committee) and place.state == workflow.CLOSED:
        raise DomainError(_("Ce comité est terminé."))
    column = "body" if isinstance(place, GoverningBody) else "committee"
    if membership.seats.filter(ends_on=None, **{column: place}).exists():
        raise DomainError(_("Cette personne y siège déjà."), field="membership")
    seat = BodyMembership.objects.create(
        space=viewer.space, membership=membership, function=function, starts_on=starts_on, **{column: place}
    )
    record(
        actor=viewer.user, verb="seat.added", object_type=SEAT, object_id=seat.pk, object_label=str(membership),
        space_id=viewer.space.pk, after={"place": place.name, "member": str(membership), "function": function},
    )  # fmt: skip
    return seat


@transaction.atomic
def end_seat(*, viewer: Viewer, seat: BodyMembership, on: date | None = None) -> BodyMembership:
    """End a seat; the row stays, so that one knows who sat when. Raises ``DomainError`` before its beginning."""
    viewer.must("space.manage")
    day = on or timezone.localdate()
    if not rules.dates_in_order(seat.starts_on, day):
        raise DomainError(_("La fin doit suivre le début."))
    seat.ends_on = day
    seat.save(update_fields=["ends_on", "updated_at"])
    who = {"place": seat.place.name, "member": str(seat.membership)}
    record(
        actor=viewer.user, verb="seat.ended", object_type=SEAT, object_id=seat.pk, object_label=str(seat.membership),
        space_id=viewer.space.pk, before=who, after={"on": str(day)},
    )  # fmt: skip
    return seat


def _refuse_same_name(
    model: type[GoverningBody] | type[Committee], viewer: Viewer, name: str, row: GoverningBody | Committee | None
) -> None:
    others = model._default_manager.filter(space=viewer.space, name__iexact=name.strip())
    if any(other.pk != getattr(row, "pk", None) for other in others.order_by("pk")):
        raise DomainError(_("La démarche en a déjà un de ce nom."), field="name")


def _save(viewer: Viewer, row: Any, facts: BodyFacts | CommitteeFacts, object_type: str, noun: str) -> None:
    new = row.pk is None
    names = type(facts).__slots__
    before = {} if new else {name: getattr(row, name) for name in names}
    for name in names:
        setattr(row, name, getattr(facts, name))
    row.save()
    after = {name: getattr(row, name) for name in names}
    if before != after:
        record(
            actor=viewer.user, verb=f"{noun}.{'created' if new else 'updated'}", object_type=object_type,
            object_id=row.pk, object_label=row.name, space_id=viewer.space.pk, before=before, after=after,
        )  # fmt: skip
