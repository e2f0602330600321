"""Who may do what in a démarche. One definition answers both « may they? » and « which ones? ».

A *viewer* is a user looking at one démarche, with everything permissions need, read once per request.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from concertoit.ground.core.errors import NotAllowed
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Membership, Space

if TYPE_CHECKING:
    from concertoit.ground.identity.models import User

EVERYBODY = frozenset(Role)
TABLE = frozenset({Role.COORDINATION, Role.COCO, Role.PARTNER, Role.CONTRIBUTOR})
COCO = frozenset({Role.COORDINATION, Role.COCO})
COORDINATION = frozenset({Role.COORDINATION})
FIELD_LEAD = frozenset({Role.LIAISON})
FIELD_TEAM = frozenset({Role.LIAISON, Role.WORKER})
FIELD = FIELD_TEAM | {Role.RESPONDER}

# Verbs of every room that only depend on the role. Rooms add theirs with ``grant`` when they are wired.
_GRANTS: dict[str, frozenset[Role]] = {
    "space.view": EVERYBODY,
    "space.manage": COORDINATION,
    "people.view": EVERYBODY,
    "people.contact": TABLE,
    "people.personal": COORDINATION,
    "people.manage": COORDINATION,
    "journal.view": COCO,
}


def grant(verb: str, roles: frozenset[Role]) -> None:
    """Declare a verb and the roles that have it; declaring it twice differently is a programming error."""
    if _GRANTS.setdefault(verb, roles) != roles:
        raise ValueError(f"verb declared twice: {verb}")


@dataclass(frozen=True, slots=True)
class Viewer:
    """A user in a démarche: roles and organisations of the memberships in force today."""

    user: User
    space: Space
    roles: frozenset[Role]
    organisation_ids: frozenset[int] = frozenset()
    membership_ids: frozenset[int] = frozenset()
    committee_ids: frozenset[int] = field(default=frozenset())

    def can(self, verb: str) -> bool:
        """Whether one of the viewer's roles has this verb. An unknown verb is an error, not a refusal."""
        return not self.roles.isdisjoint(_GRANTS[verb])

    def must(self, verb: str) -> None:
        """Raise ``NotAllowed`` unless the viewer may."""
        if not self.can(verb):
            raise NotAllowed("")


def in_force(on: date | None = None) -> Q:
    """Memberships that hold on a date (today by default)."""
    day = on or timezone.localdate()
    return (Q(starts_on__isnull=True) | Q(starts_on__lte=day)) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def visible_to(user: Any) -> QuerySet[Space]:
    """Démarches a user may open: those where they hold a membership today."""
    if not user.is_authenticated or user.person_id is None:
        return Space.objects.none()
    mine = Membership.objects.filter(in_force(), person_id=user.person_id)
    return Space.objects.filter(pk__in=mine.values("space_id"))


def may_create_space(user: Any) -> bool:
    """Who opens a démarche: the administration of the installation, and whoever already coordinates one."""
    if not user.is_authenticated:
        return False
    if user.is_administrator:
        return True
    mine = Membership.objects.filter(in_force(), role=Role.COORDINATION, person_id=user.person_id)
    return user.person_id is not None and mine.exists()
