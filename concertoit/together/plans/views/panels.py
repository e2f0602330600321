"""Panels that plans bring to pages of other rooms."""

from typing import Any

from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.panels import Panel
from concertoit.together.plans.enums import ACTOR_ROLE_LABELS
from concertoit.together.plans.queries.carried import carried_by


def organisation(viewer: Any, subject: Any) -> Panel | None:
    """What an organisation leads and takes part in, on its page."""
    if not isinstance(viewer, Viewer) or not isinstance(subject, Organisation) or not viewer.can("plan.view"):
        return None
    found = carried_by(viewer, subject)
    roles = [(label, found.roles[role]) for role, label in ACTOR_ROLE_LABELS.items() if role in found.roles]
    return Panel("plans.organisation", "plans/_organisation_panel.html", {"roles": roles}, order=20) if roles else None
