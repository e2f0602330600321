"""What the logbook says on « Ma table » to a worker: today's entries, or that nothing was written for a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from concertoit.field.logbook.queries.entries import last_days
from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.desk import Brought, Move, Todo

SILENT = timedelta(days=7)
"""After how long a logbook without entries is recalled; a choice of ours."""


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """One query, whatever the number of démarches."""
    keep = {one.space.pk: one.space for one in viewers if one.can("logbook.write") and one.space.uses("logbook")}
    today, whole = timezone.localdate(), Brought()
    for space_id, last in last_days(viewers, today).items():
        space = keep.get(space_id)
        if space is None or last.day is None:
            continue
        href = reverse("logbook:logbook", kwargs={"slug": space.slug})
        if last.today and last.at:
            said = ngettext("%(n)s intervention aujourd’hui", "%(n)s interventions aujourd’hui", last.today)
            words = Markup('<a href="{}">{}</a>').format(href, said % {"n": last.today})
            whole.moves.append(Move(at=last.at, sentence=words, icon="journal-text", space_id=space_id))
        elif last.day < today - SILENT:
            whole.todos.append(
                Todo(
                    title=_("Journal de bord : rien depuis le %(day)s") % {"day": date_short(last.day)}, href=href,
                    action=_("Inscrire"), icon="journal-text", tone="sun", due=last.day + SILENT, order=60,
                    space_id=space_id,
                )
            )  # fmt: skip
    return whole
