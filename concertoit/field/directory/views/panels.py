"""What the directory brings to the page of an organisation: the services it offers."""

from __future__ import annotations

from typing import Any

from concertoit.field.directory.queries.bundles import shown
from concertoit.ground.ui.panels import Panel


def organisation(viewer: Any, organisation: Any) -> Panel | None:
    """Its services in the démarche's directory; nothing when there are none."""
    if not viewer.can("directory.view") or not viewer.space.uses("directory"):
        return None
    rows = list(shown(viewer.space).filter(organisation=organisation, retired_at=None))
    if not rows:
        return None
    return Panel("directory.services", "directory/_organisation.html", {"services": rows, "space": viewer.space}, 60)
