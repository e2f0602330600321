"""Who looks at which démarche."""

from collections.abc import Iterable
from typing import Any

from concertoit.ground.core.errors import NotVisible, must_exist
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import Viewer, in_force


def viewer_for(user: Any, slug: str) -> Viewer:
    """The viewer of a démarche, in one query.

    Raises ``NotVisible`` for a stranger, as for a démarche that does not exist.
    """
    if not user.is_authenticated or user.person_id is None:
        raise NotVisible("")
    memberships = list(
        Membership.objects.filter(in_force(), space__slug=slug, person_id=user.person_id)
        .select_related("space")
        .order_by("pk")
    )
    if not memberships:
        raise NotVisible("")
    return _viewer(user, memberships[0].space, memberships)


def viewer_among(viewers: Iterable[Viewer], slug: str) -> Viewer:
    """The viewer of a démarche among those already read. Raises ``NotVisible`` as ``viewer_for``."""
    return must_exist(next((viewer for viewer in viewers if viewer.space.slug == slug), None))


def viewers_of(user: Any) -> list[Viewer]:
    """The user as viewer of each of their démarches, by name, in one query."""
    if not user.is_authenticated or user.person_id is None:
        return []
    by_space: dict[int, list[Membership]] = {}
    for membership in (
        Membership.objects.filter(in_force(), person_id=user.person_id)
        .select_related("space")
        .order_by("space__name", "pk")
    ):
        by_space.setdefault(membership.space_id, []).append(membership)
    return [_viewer(user, rows[0].space, rows) for rows in by_space.values()]


def _viewer(user: Any, space: Space, memberships: list[Membership]) -> Viewer:
    return Viewer(
        user=user,
        space=space,
        roles=frozenset(Role(m.role) for m in memberships),
        organisation_ids=frozenset(m.organisation_id for m in memberships if m.organisation_id),
        membership_ids=frozenset(m.pk for m in memberships),
    )


def spaces_of(user: Any) -> list[Space]:
    """The démarches a user may open, by name, for the switcher."""
    return [viewer.space for viewer in viewers_of(user)]


def viewer_in(user: Any, space_id: int | None) -> Viewer | None:
    """The user as viewer of a démarche known by its id, or nothing for a stranger."""
    return next((viewer for viewer in viewers_of(user) if viewer.space.pk == space_id), None)
