"""What the directory says on « Ma table »: what organisations answered about their records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.field.directory.enums import Answer
from concertoit.field.directory.queries.records import waiting
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.desk import Brought, Todo


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """One query, whatever the number of démarches."""
    slugs = {viewer.space.pk: viewer.space.slug for viewer in viewers}
    whole = Brought()
    for ask in waiting(viewers):
        ended = ask.answer == Answer.ENDED
        what = {"service": ask.service}
        whole.todos.append(
            Todo(
                title=(_("« %(service)s » n’existe plus") if ended else _("Fiche à corriger : « %(service)s »")) % what,
                href=reverse(
                    "directory:service", kwargs={"slug": slugs[ask.space_id], "service_id": ask.service_id}
                ) + "#confirmation",
                action=_("Voir la réponse"), note=ask.words[:120] or str(ask.service.organisation),
                icon="journal-bookmark", tone="sun", now=True, order=60, space_id=ask.space_id,
            )
        )  # fmt: skip
    return whole
