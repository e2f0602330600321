"""What meetings bring to « Ma table »: answers wanted, tasks taken on, what to convene or close, what comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup, escape

from concertoit.ground.core.spoken import time_of_day
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.desk import Brought, Coming, Move, Todo
from concertoit.ground.ui.moments import near
from concertoit.together.meetings import workflow
from concertoit.together.meetings.models import Meeting, Outcome
from concertoit.together.meetings.queries import desk
from concertoit.together.meetings.views.overview import local

# Lines of one day, the most pressing first.
ANSWER, CLOSE, TASK, CONVENE = 15, 25, 35, 42
MOVES = {
    "meeting.convened": (gettext_lazy("{who} a convoqué {what}"), "envelope", "spruce"),
    "meeting.moved": (gettext_lazy("{who} a déplacé {what}"), "calendar-event", "sun"),
    "meeting.cancelled": (gettext_lazy("{who} a annulé {what}"), "calendar-x", "late"),
    "meeting.closed": (gettext_lazy("{what} a eu lieu"), "check2-circle", "ok"),
}


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Everything meetings have to say to this person; four queries."""
    seen = [viewer for viewer in viewers if viewer.can("meetings.view")]
    if not seen:
        return Brought()
    by_space = {viewer.space.pk: viewer for viewer in seen}
    now, today = timezone.now(), timezone.localdate()
    whole = Brought()
    for meeting in desk.meetings(seen):
        viewer = by_space[meeting.space_id]
        if meeting.ends_at > now:
            whole.coming.append(_coming(viewer, meeting))
        if viewer.can("meetings.edit"):
            whole.todos += _to_prepare(viewer, meeting, today, over=meeting.ends_at <= now)
    for row in desk.unanswered(seen):
        whole.todos.append(_answer(by_space[row.space_id], row.meeting))
    whole.todos += [_task(by_space[one.space_id], one, today) for one in desk.tasks(seen)]
    whole.moves = [_move(by_space[entry.space_id], entry) for entry in desk.moved(seen, user)]
    return whole


def _address(viewer: Viewer, name: str, meeting_id: int) -> str:
    return reverse(f"meetings:{name}", kwargs={"slug": viewer.space.slug, "meeting_id": meeting_id})


def _coming(viewer: Viewer, meeting: Meeting) -> Coming:
    at = local(meeting)
    note = [time_of_day(at), meeting.place]
    if meeting.state == workflow.PREPARED:
        note.append(_("pas encore convoquée"))
    return Coming(
        title=meeting.title,
        href=_address(viewer, "meeting", meeting.pk),
        on=at.date(),
        note=" · ".join(part for part in note if part),
        space_id=meeting.space_id,
    )


def _answer(viewer: Viewer, meeting: Meeting) -> Todo:
    day = local(meeting).date()
    return Todo(
        title=_("Dire si vous serez là : %(title)s") % {"title": meeting.title},
        href=_address(viewer, "meeting", meeting.pk) + "#reponse",
        action=_("Répondre"),
        note=_("La rencontre a lieu %(day)s") % {"day": near(day)},
        icon="calendar-check",
        tone="brick",
        due=day,
        order=ANSWER,
        space_id=meeting.space_id,
    )


def _to_prepare(viewer: Viewer, meeting: Meeting, today: date, *, over: bool) -> Iterator[Todo]:
    """What the coordination still has to do: close what is over, convene what is near."""
    day = local(meeting).date()
    if over:
        yield Todo(
            title=_("Clore la rencontre : %(title)s") % {"title": meeting.title},
            href=_address(viewer, "meeting", meeting.pk),
            action=_("Ouvrir"),
            note=_("Elle devait avoir lieu %(day)s") % {"day": near(day)},
            icon="calendar-check",
            tone="sun",
            due=day,
            order=CLOSE,
            space_id=meeting.space_id,
        )
        return
    notice = timedelta(days=meeting.series.notice_days if meeting.series else 14)
    if meeting.state == workflow.PREPARED and day - notice <= today:
        yield Todo(
            title=_("Convoquer : %(title)s") % {"title": meeting.title},
            href=_address(viewer, "convene" if meeting.built_at else "agenda", meeting.pk),
            action=_("Convoquer") if meeting.built_at else _("Bâtir l’ordre du jour"),
            note=_("La rencontre a lieu %(day)s") % {"day": near(day)},
            icon="envelope",
            tone="sky",
            due=day,
            order=CONVENE,
            space_id=meeting.space_id,
        )


def _task(viewer: Viewer, one: Outcome, today: date) -> Todo:
    text = " ".join(one.text.split())
    late = one.due_on is not None and one.due_on < today
    return Todo(
        title=text if len(text) <= 110 else text[:108].rsplit(" ", 1)[0] + "…",
        href=reverse("meetings:outcome", kwargs={"slug": viewer.space.slug, "outcome_id": one.pk}),
        action=_("C’est fait"),
        note=_("Suite de « %(title)s »") % {"title": one.meeting.title},
        icon="check2-square",
        tone="late" if late else "brick",
        due=one.due_on,
        now=late,
        order=TASK,
        space_id=one.space_id,
    )


def _move(viewer: Viewer, entry: Any) -> Move:
    sentence, icon, tone = MOVES[entry.verb]
    what = Markup('<a href="{}">{}</a>').format(_address(viewer, "meeting", int(entry.object_id)), entry.object_label)
    who = Markup("<strong>{}</strong>").format(entry.actor_label or "Concertoit")
    return Move(entry.at, escape(str(sentence)).format(who=who, what=what), icon, tone, entry.space_id)
