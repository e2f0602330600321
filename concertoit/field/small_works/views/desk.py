"""What small works say on « Ma table »: requests that wait for the team."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concertoit.field.small_works.queries.requests import to_follow
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.desk import Brought, Todo

MOST = 8
_NEXT = {
    "received": (gettext_noop("Demande de menus travaux à décider"), gettext_noop("Décider")),
    "accepted": (gettext_noop("Demande de menus travaux à jumeler"), gettext_noop("Jumeler")),
    "done": (gettext_noop("Travaux faits : prendre des nouvelles"), gettext_noop("Appeler")),
}


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """One question, whatever the number of démarches."""
    slugs = {viewer.space.pk: viewer.space.slug for viewer in viewers if viewer.can("works.view")}
    if not slugs:
        return Brought()
    return Brought(
        todos=[
            Todo(
                title=f"{row.reference}, {row.municipality.name}", note=_(_NEXT[row.state][0]),
                action=_(_NEXT[row.state][1]), icon="tools", tone="brick" if row.fall_risk else "sun",
                href=reverse(
                    "small_works:request", kwargs={"slug": slugs[row.space_id], "reference": row.reference}
                ),
                now=row.fall_risk and row.state != "done", space_id=row.space_id,
            )
            for row in to_follow(list(slugs))[:MOST]
        ]
    )  # fmt: skip
