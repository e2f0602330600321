"""What the life around meetings brings to « Ma table »: news of linked démarches, newcomers to welcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.desk import Brought, Coming, Move, Todo
from concertoit.ground.ui.moments import near
from concertoit.together.meetings.models import NewsReceived
from concertoit.together.meetings.queries.news import heard
from concertoit.together.meetings.queries.welcome import Newcomer, own_welcomes, to_welcome

# A newcomer should be welcomed within this time: a parameter of ours.
WELCOME_WITHIN, WELCOME = timedelta(days=30), 45


def news_brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """News that came to the reader's démarches, and their own integration meeting; two queries."""
    seen = {viewer.space.pk: viewer for viewer in viewers if viewer.can("meetings.view")}
    whole = Brought(moves=[_news(seen[row.space_id], row) for row in heard(list(seen.values()))])
    for one in own_welcomes(viewers):
        href = reverse("spaces:home", kwargs={"slug": seen[one.space_id].space.slug})
        title = _("Votre rencontre d’intégration")
        whole.coming.append(Coming(title, href, on=one.on, note=one.place, space_id=one.space_id))
    return whole


def _news(viewer: Viewer, row: NewsReceived) -> Move:
    address = reverse("meetings:news", kwargs={"slug": viewer.space.slug}) + f"#nouvelle-{row.pk}"
    sentence = Markup('<strong>{}</strong> : <a href="{}">{}</a>').format(row.news.space.name, address, row.news.title)
    return Move(row.news.at, sentence, "megaphone", "sky", row.space_id)


def welcome_brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Newcomers that the coordination has to welcome; one query, two when there are some."""
    by_space = {viewer.space.pk: viewer for viewer in viewers}
    return Brought(todos=[_welcome(by_space[one.membership.space_id], one) for one in to_welcome(viewers)])


def _welcome(viewer: Viewer, one: Newcomer) -> Todo:
    day = one.day
    note = _("Rencontre d’intégration %(day)s") % {"day": near(day)} if day else _("Rencontre et trousse à prévoir")
    due = day or (one.since + WELCOME_WITHIN if one.since else None)
    return Todo(
        title=_("Accueillir %(name)s") % {"name": one.name},
        href=reverse("meetings:welcome_one", kwargs={"slug": viewer.space.slug, "membership_id": one.membership.pk}),
        action=_("Accueillir"),
        note=note,
        icon="person-plus",
        tone="sky",
        due=due,
        now=due is not None and due < timezone.localdate(),
        order=WELCOME,
        space_id=viewer.space.pk,
    )
