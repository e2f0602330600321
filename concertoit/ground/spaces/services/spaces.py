"""Opening a démarche and changing what it says of itself."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.identity.models import Organisation, Person, User
from concertoit.ground.places.models import Mrc
from concertoit.ground.spaces import rules
from concertoit.ground.spaces.enums import Capacity, Role, SpaceKind, Tool
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import Viewer, may_create_space
from concertoit.ground.spaces.services import indexing

OBJECT = "spaces.space"
FIELDS = ("name", "kind", "mission", "funder_name", "is_public", "tools")


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """What a démarche says of itself."""

    name: str
    kind: str = SpaceKind.CHANTIER
    mission: str = ""
    mrcs: tuple[Mrc, ...] = ()
    home: Organisation | None = None
    funder_name: str = ""
    is_public: bool = False
    tools: tuple[str, ...] = ()


@transaction.atomic
def create_space(*, user: User, facts: SpaceFacts) -> Space:
    """Open a démarche; who opens it coordinates it, until they hand it over.

    Raises ``NotAllowed`` to who neither administers the installation nor coordinates a démarche.
    """
    if not may_create_space(user):
        raise NotAllowed(
            _("Une démarche est ouverte par l’administration ou par la coordination d’une autre démarche.")
        )
    taken = set(Space.objects.values_list("slug", flat=True))
    space = Space(slug=rules.slug_for(facts.name, taken))
    _write(space, facts)
    Membership.objects.create(
        space=space, person=person_of(user), role=Role.COORDINATION, capacity=Capacity.COORDINATION,
        organisation=facts.home, starts_on=timezone.localdate(),
    )  # fmt: skip
    indexing.space_changed(space)
    indexing.people_changed([person_of(user).pk], space)
    record(
        actor=user, verb="space.created", object_type=OBJECT, object_id=space.pk, object_label=space.name,
        space_id=space.pk, after=values_of(space),
    )  # fmt: skip
    return space


@transaction.atomic
def update_space(*, viewer: Viewer, facts: SpaceFacts) -> Space:
    """Change the démarche; its address stays, so that links that people keep go on working."""
    viewer.must("space.manage")
    space = viewer.space
    before, home = values_of(space), space.home_id
    _write(space, facts)
    indexing.space_changed(space)
    if home and home != space.home_id:
        indexing.organisations_changed([home], space)
    after = values_of(space)
    if before != after:
        record(
            actor=viewer.user, verb="space.updated", object_type=OBJECT, object_id=space.pk, object_label=space.name,
            space_id=space.pk, before=before, after=after,
        )  # fmt: skip
    return space


def person_of(user: User) -> Person:
    """The person behind an account; an administrator's account may not have one yet."""
    if user.person is None:
        given, _space, family = (user.name or user.email).partition(" ")
        user.person = Person.objects.create(given_name=given, family_name=family)
        user.save(update_fields=["person"])
    return user.person


def values_of(space: Space) -> dict[str, Any]:
    """A démarche as plain values, for the journal."""
    territory = Space.mrcs.through._default_manager.filter(space=space)
    return {
        **{name: getattr(space, name) for name in FIELDS},
        "home": str(space.home or ""),
        "mrcs": list(territory.order_by("mrc__code").values_list("mrc__code", flat=True)),
    }


def _write(space: Space, facts: SpaceFacts) -> None:
    if not facts.name.strip():
        raise DomainError(_("Donnez un nom à la démarche."), field="name")
    space.name, space.kind, space.mission = facts.name.strip(), facts.kind, facts.mission
    space.home, space.funder_name, space.is_public = facts.home, facts.funder_name, facts.is_public
    space.tools = [tool for tool in Tool.values if tool in facts.tools]
    space.save()
    space.mrcs.set(facts.mrcs)
