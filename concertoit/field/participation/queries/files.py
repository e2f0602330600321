"""Files of assemblies and elections: read by the démarche (an election's by the coordination), written by it."""

from __future__ import annotations

from typing import Any

from concertoit.field.participation.models import Assembly, Election
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for

ASSEMBLY, ELECTION = "participation.assembly", "participation.election"
_MODELS: dict[str, type[Assembly] | type[Election]] = {ASSEMBLY: Assembly, ELECTION: Election}


def _viewer(kind: str, user: Any, object_id: str) -> Viewer | None:
    if not object_id.isascii() or not object_id.isdigit() or len(object_id) > 18:
        return None
    row = _MODELS[kind]._default_manager.select_related("space").filter(pk=int(object_id)).first()
    try:
        return viewer_for(user, row.space.slug) if row else None
    except NotVisible:
        return None


def may_read(kind: str, user: Any, object_id: str) -> bool:
    """Everybody reads the files of an assembly; those of an election may name electors."""
    viewer = _viewer(kind, user, object_id)
    return viewer is not None and viewer.can("participation.manage" if kind == ELECTION else "participation.view")


def may_write(kind: str, user: Any, object_id: str) -> bool:
    """The coordination."""
    viewer = _viewer(kind, user, object_id)
    return viewer is not None and viewer.can("participation.manage")


def space_of(kind: str, object_id: str) -> int | None:
    """The démarche of the object."""
    return _MODELS[kind]._default_manager.filter(pk=object_id).values_list("space_id", flat=True).first()
