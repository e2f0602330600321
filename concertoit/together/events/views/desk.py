"""What events bring to « Ma table »: what comes, and presence to take."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.desk import Brought, Coming, Todo
from concertoit.together.events.models import Session
from concertoit.together.events.queries.events import coming_for, presence_to_take

ORDER = 55


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Two queries for all the démarches of a person."""
    if not viewers:
        return Brought()
    return Brought(
        todos=[_todo(one) for one in presence_to_take(viewers)],
        coming=[_coming(one, registered) for one, registered in coming_for(user, viewers)],
    )


def _todo(session: Session) -> Todo:
    kwargs = {"slug": session.event.space.slug, "event_id": session.event_id, "session_id": session.pk}
    day = timezone.localtime(session.starts_at).date()
    return Todo(
        title=session.event.title,
        href=reverse("events:people", kwargs=kwargs),
        action=_("Prendre les présences"),
        note=_("Séance du %(day)s") % {"day": date_short(day)},
        icon="calendar-heart",
        tone="sun",
        due=day,
        order=ORDER,
        space_id=session.space_id,
    )


def _coming(session: Session, registered: bool) -> Coming:
    kwargs = {"slug": session.event.space.slug, "event_id": session.event_id}
    return Coming(
        title=session.event.title,
        href=reverse("events:event", kwargs=kwargs),
        on=timezone.localtime(session.starts_at).date(),
        note=_("votre place est réservée") if registered else session.event.get_kind_display(),
        space_id=session.space_id,
    )
