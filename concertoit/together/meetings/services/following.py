"""What one meeting leaves to the next one's agenda by itself: its minutes to adopt, its follow-ups not done yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import F
from django.utils.translation import gettext as _

from concertoit.ground.core.spoken import date_short
from concertoit.together.meetings import workflow
from concertoit.together.meetings.enums import ItemKind
from concertoit.together.meetings.models import AgendaItem, Meeting, MinutesVersion, Outcome
from concertoit.together.meetings.queries.minutes import open_follow_ups, to_approve
from concertoit.together.meetings.rules.agenda import BEFORE, Point
from concertoit.together.meetings.rules.recurrence import ZONE

# Minutes of a point put by itself where the template has none: parameters of ours.
ADOPTION_MINUTES, FOLLOW_UPS_MINUTES = 5, 10
FIRST = (ItemKind.WELCOME, ItemKind.AGENDA)
TITLE_MAX = 500


def with_what_follows(points: Sequence[Point], meeting: Meeting) -> list[Point]:
    """The points of an agenda, with minutes to adopt and follow-ups in their place, which is made when there is none."""
    made = list(points)
    adoptions = [_adoption(version) for version in to_approve(meeting)]
    if adoptions:
        made = _placed(made, ItemKind.MINUTES, adoptions, Point("minutes", ItemKind.MINUTES, adoptions[0].title,
                       ADOPTION_MINUTES))  # fmt: skip
    follow_ups = [_follow_up(row) for row in open_follow_ups(meeting)]
    if follow_ups:
        heading = Point("follow_ups", ItemKind.FOLLOW_UPS, _("Suites des rencontres passées"), FOLLOW_UPS_MINUTES)
        made = _placed(made, ItemKind.FOLLOW_UPS, follow_ups, heading)
    return made


def _placed(points: list[Point], kind: ItemKind, lines: list[Point], heading: Point) -> list[Point]:
    """Lines under the point of a kind; where there is none, under a heading put after the opening."""
    for place, point in enumerate(points):
        if point.kind == kind:
            return [*points[:place], replace(point, lines=tuple(lines)), *points[place + 1 :]]
    after = [at for at, point in enumerate(points) if point.kind in (*FIRST, ItemKind.MINUTES)]
    place = after[-1] + 1 if after else next((at for at, one in enumerate(points) if one.kind in BEFORE), 0)
    return [*points[:place], replace(heading, lines=tuple(lines)), *points[place:]]


def _adoption(version: MinutesVersion) -> Point:
    return Point(f"minutes:{version.meeting_id}", ItemKind.MINUTES, _title(version))


def _title(version: MinutesVersion) -> str:
    day = date_short(version.meeting.starts_at.astimezone(ZONE).date())
    return _("Adoption du compte rendu du %(day)s") % {"day": day}


def _follow_up(row: Outcome) -> Point:
    who = row.membership.person or row.membership.organisation if row.membership else row.organisation
    said = [str(who or row.who_written or "")]
    if row.due_on:
        said.append(_("pour le %(day)s") % {"day": date_short(row.due_on)})
    title = " ".join(row.text.split())[:TITLE_MAX]
    note = ", ".join(part for part in said if part)
    return Point(f"outcome:{row.pk}", ItemKind.FOLLOW_UPS, title, 0, note, row.plan_item_id)


def put_minutes_on_next(version: MinutesVersion) -> AgendaItem | None:
    """Put the adoption of minutes on the next agenda, where it is already made; making one puts it by itself."""
    meeting = version.meeting
    rows = Meeting.objects.filter(space=meeting.space_id, body=meeting.body_id, committee=meeting.committee_id)
    rows = rows.filter(starts_at__gt=meeting.starts_at, state__in=workflow.COMING).order_by("starts_at", "pk")
    following = rows.first()
    if following is None or following.built_at is None:
        return None
    key = f"minutes:{meeting.pk}"
    found = following.items.filter(key=key).first()
    if found is not None:
        return found
    heading = following.items.filter(kind=ItemKind.MINUTES, section=None, removed_at=None).first()
    before = heading or following.items.filter(kind__in=FIRST, section=None).order_by("-position").first()
    place = (before.position if before else 0) + 1
    following.items.filter(position__gte=place).update(position=F("position") + 1)
    return AgendaItem.objects.create(
        space_id=meeting.space_id, meeting=following, section=heading, key=key, kind=ItemKind.MINUTES,
        title=_title(version), position=place, minutes=0 if heading else ADOPTION_MINUTES,
    )  # fmt: skip
