"""Who takes part in a démarche: adding, changing, ending a participation."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity.models import Organisation, Person
from concertoit.ground.spaces import rules
from concertoit.ground.spaces.enums import Capacity, Role
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer, in_force
from concertoit.ground.spaces.services import indexing

OBJECT = "spaces.membership"
FIELDS = ("capacity", "capacity_note", "role", "starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class MembershipFacts:
    """A participation: a person, an organisation or both; in what capacity, with what role, from when to when."""

    person: Person | None = None
    organisation: Organisation | None = None
    capacity: str = Capacity.ORGANISATION
    capacity_note: str = ""
    role: str = Role.PARTNER
    starts_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def add_membership(*, viewer: Viewer, facts: MembershipFacts) -> Membership:
    """Add a participation. Raises ``DomainError`` without anybody, with dates in disorder, or twice the same."""
    viewer.must("people.manage")
    last = Membership.objects.filter(space=viewer.space).aggregate(last=Max("position"))["last"]
    membership = _nameless(viewer, facts) or Membership(space=viewer.space, position=(last or 0) + 1)
    _write(membership, facts)
    indexing.participation_changed(membership)
    record(
        actor=viewer.user, verb="membership.added", object_type=OBJECT, object_id=membership.pk,
        object_label=str(membership), space_id=viewer.space.pk, after=values_of(membership),
    )  # fmt: skip
    return membership


def _nameless(viewer: Viewer, facts: MembershipFacts) -> Membership | None:
    """The organisation already took part with this role, without anybody named: the person takes that place."""
    if not (facts.person and facts.organisation):
        return None
    same = Membership.objects.filter(in_force(), space=viewer.space, organisation=facts.organisation, role=facts.role)
    return same.filter(person=None).first()


@transaction.atomic
def change_membership(*, viewer: Viewer, membership: Membership, facts: MembershipFacts) -> Membership:
    """Change a participation. Raises ``DomainError`` as adding does, or when nobody would coordinate any more."""
    viewer.must("people.manage")
    before, person, organisation = values_of(membership), membership.person_id, membership.organisation_id
    _write(membership, facts)
    indexing.participation_changed(membership, person=person, organisation=organisation)
    _refuse_nobody_coordinating(viewer)
    after = values_of(membership)
    if before != after:
        record(
            actor=viewer.user, verb="membership.changed", object_type=OBJECT, object_id=membership.pk,
            object_label=str(membership), space_id=viewer.space.pk, before=before, after=after,
        )  # fmt: skip
    return membership


@transaction.atomic
def end_membership(*, viewer: Viewer, membership: Membership, on: date | None = None) -> Membership:
    """End a participation (yesterday unless said otherwise, so that it opens nothing today) and its seats.

    Raises ``DomainError`` when nobody would coordinate the démarche any more.
    """
    viewer.must("people.manage")
    before = values_of(membership)
    day = on or timezone.localdate() - timedelta(days=1)
    membership.ends_on = max(day, membership.starts_on or day)
    membership.save(update_fields=["ends_on", "updated_at"])
    membership.seats.filter(ends_on=None).update(ends_on=membership.ends_on)
    _refuse_nobody_coordinating(viewer)
    record(
        actor=viewer.user, verb="membership.ended", object_type=OBJECT, object_id=membership.pk,
        object_label=str(membership), space_id=viewer.space.pk, before=before, after=values_of(membership),
    )  # fmt: skip
    return membership


def values_of(membership: Membership) -> dict[str, Any]:
    """A participation as plain values, for the journal."""
    dates = {name: str(getattr(membership, name) or "") for name in ("starts_on", "ends_on")}
    return {
        "person": membership.person.full_name if membership.person else "",
        "organisation": str(membership.organisation or ""),
        **{name: getattr(membership, name) for name in ("capacity", "capacity_note", "role")},
        **dates,
    }


def _write(membership: Membership, facts: MembershipFacts) -> None:
    if facts.person is None and facts.organisation is None:
        raise DomainError(_("Nommez une personne, un organisme, ou les deux."))
    if not rules.dates_in_order(facts.starts_on, facts.ends_on):
        raise DomainError(_("La fin doit suivre le début."), field="ends_on")
    _refuse_twice(membership, facts)
    membership.person, membership.organisation = facts.person, facts.organisation
    for name in FIELDS:
        setattr(membership, name, getattr(facts, name))
    membership.save()


def _refuse_twice(membership: Membership, facts: MembershipFacts) -> None:
    same = Membership.objects.filter(
        in_force(), space_id=membership.space_id, person=facts.person, organisation=facts.organisation, role=facts.role
    ).exclude(pk=membership.pk)
    if same.exists():
        raise DomainError(_("Cette participation existe déjà avec ce rôle."))


def _refuse_nobody_coordinating(viewer: Viewer) -> None:
    left = Membership.objects.filter(in_force(), space=viewer.space, role=Role.COORDINATION, person__isnull=False)
    if not left.exists():
        raise DomainError(_("Quelqu’un doit coordonner la démarche. Nommez d’abord une autre personne."))
