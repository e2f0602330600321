"""Panels that plans bring to pages of other rooms: the desk, the page of an organisation."""

from collections.abc import Sequence
from typing import Any

from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.panels import Panel
from concertoit.together.plans.enums import ACTOR_ROLE_LABELS
from concertoit.together.plans.queries.desk import carried_by, moved, to_do


def viewers_in(viewer: Any, subject: Any) -> list[Viewer]:
    """The desk shows all the démarches of a person (a list of viewers), or the one it is asked for."""
    if isinstance(subject, Sequence) and all(isinstance(one, Viewer) for one in subject):
        return list(subject)
    return [viewer] if isinstance(viewer, Viewer) else []


def todo(viewer: Any, subject: Any) -> Panel | None:
    """« À faire » : what I carry that is late, blocked, or asked about."""
    viewers = viewers_in(viewer, subject)
    rows = to_do(viewers)
    if not rows:
        return None
    return Panel("plans.todo", "plans/_desk_todo.html", {"rows": rows, "several": len(viewers) > 1}, order=30)


def recent(viewer: Any, subject: Any) -> Panel | None:
    """« Ce qui a bougé » in the plans of my démarches."""
    viewers = viewers_in(viewer, subject)
    rows = moved(viewers)
    if not rows:
        return None
    return Panel("plans.moved", "plans/_desk_moved.html", {"rows": rows, "several": len(viewers) > 1}, order=30)


def organisation(viewer: Any, subject: Any) -> Panel | None:
    """What an organisation leads and takes part in."""
    if not isinstance(viewer, Viewer) or not isinstance(subject, Organisation) or not viewer.can("plan.view"):
        return None
    found = carried_by(viewer, subject)
    roles = [(label, found.roles[role]) for role, label in ACTOR_ROLE_LABELS.items() if role in found.roles]
    return Panel("plans.organisation", "plans/_organisation_panel.html", {"roles": roles}, order=20) if roles else None
