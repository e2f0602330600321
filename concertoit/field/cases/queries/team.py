"""Who of the démarche is told of cases."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from concertoit.field.cases.models import Case
from concertoit.ground.identity.models import User
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import FIELD_LEAD, in_force


def liaisons_of(space: Space) -> list[User]:
    """The accounts of those who lead the field team today."""
    people = Membership.objects.filter(in_force(), space=space, role__in=FIELD_LEAD).exclude(person=None)
    return list(User.objects.filter(person__in=people.values("person_id"), is_active=True).order_by("pk"))


def responders_of(space: Space, organisation_id: int) -> list[User]:
    """The accounts of those who answer for a partner organisation today."""
    rows = Membership.objects.filter(
        in_force(), space=space, role=Role.RESPONDER, organisation_id=organisation_id
    ).exclude(person=None)
    return _accounts(rows)


def followers_of(case: Case) -> list[User]:
    """The account of who follows a case, if somebody does."""
    return _accounts(Membership.objects.filter(pk=case.follower_id).exclude(person=None)) if case.follower_id else []


def accounts_of(membership_ids: Iterable[int]) -> list[User]:
    """The accounts behind memberships."""
    return _accounts(Membership.objects.filter(pk__in=membership_ids).exclude(person=None))


def _accounts(rows: QuerySet[Membership]) -> list[User]:
    return list(User.objects.filter(person__in=rows.values("person_id"), is_active=True).order_by("pk"))
