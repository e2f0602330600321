"""The agenda made from the template, the plan and what is carried; and made again without losing what people wrote."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import workflow
from concertoit.together.meetings.enums import ItemKind, ItemState
from concertoit.together.meetings.models import AgendaItem, KeptItem, Meeting, StandingItem
from concertoit.together.meetings.queries import from_plan
from concertoit.together.meetings.queries.meetings import last_held
from concertoit.together.meetings.rules.agenda import Material, Point, built, kept_on_rebuild, woven
from concertoit.together.meetings.services import indexing, news
from concertoit.together.meetings.services.finding import held_meeting, journal
from concertoit.together.meetings.services.following import with_what_follows
from concertoit.together.meetings.services.series import first_points

# Columns that making the agenda writes.
WRITTEN = (
    "title", "note", "minutes", "kind", "plan_item_id", "carried_from_id", "facts", "section_id", "position",
)  # fmt: skip
BATCH = 200
TITLE_MAX = 500
# Before a first meeting of a series, what changed is told over this time.
SINCE_FIRST = timedelta(days=60)


def template_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The standing items of the series as plain values, to be copied into a meeting; the usual ones without a series."""
    if meeting.series_id is None:
        return [
            {"key": f"usual:{kind}", "kind": kind.value, "title": str(kind.label), "note": "", "minutes": minutes}
            for kind, minutes in first_points(body=meeting.body_id is not None)
        ]
    rows = StandingItem.objects.filter(series=meeting.series_id).order_by("position", "id")
    return [
        {"key": f"standing:{row.pk}", "kind": row.kind, "title": row.title, "note": row.note, "minutes": row.minutes}
        for row in rows
    ]


@transaction.atomic
def build(*, viewer: Viewer, meeting_id: int, fresh: bool = False, now: datetime | None = None) -> Meeting:
    """Make the agenda from the template, the plan and what is carried; or make it again, as of ``now``.

    The template is copied the first time; ``fresh`` copies it anew, for a meeting still in preparation. What people
    wrote, moved or took out stays. Raises ``DomainError`` once the meeting is open.
    """
    meeting = held_meeting(viewer, meeting_id)
    if meeting.state not in (workflow.PREPARED, workflow.CONVENED):
        raise DomainError(_("La rencontre est commencée : ajoutez un point, l’ordre du jour ne se refait plus."))
    if not meeting.template or (fresh and meeting.state == workflow.PREPARED):
        meeting.template = template_of(meeting)
    before = last_held(meeting)
    at = now or timezone.now()
    meeting.since = (before.opened_at or before.starts_at) if before else at - SINCE_FIRST
    meeting.built_at = at
    meeting.save(update_fields=["template", "since", "built_at", "updated_at"])
    kept = _kept(meeting)
    points = [
        one if one.title else replace(one, title=_("Points reportés")) for one in built(_material(meeting, kept, at))
    ]
    points = news.with_news(with_what_follows(points, meeting), meeting)
    rows = _write(meeting, points)
    _place(kept, rows)
    news.note_places(meeting, rows)
    indexing.meeting_changed(meeting)
    journal(viewer, "meeting.agenda_built", meeting, after={"points": len(points)})
    return meeting


def _kept(meeting: Meeting) -> list[KeptItem]:
    """What is kept for this series and has no place yet, or has its place here."""
    if meeting.series_id is None:
        return []
    rows = KeptItem.objects.filter(series=meeting.series_id, dropped_at=None).select_related("placed")
    return [row for row in rows.order_by("pk") if row.placed is None or row.placed.meeting_id == meeting.pk]


def _material(meeting: Meeting, kept: Iterable[KeptItem], at: datetime) -> Material:
    matter = from_plan.matter_of(meeting, at)
    standing = [Point(one["key"], one["kind"], one["title"], one["minutes"], one["note"]) for one in meeting.template]
    carried = [
        Point(
            f"kept:{row.pk}",
            ItemKind.ACTION if row.plan_item_id else ItemKind.TEXT,
            row.title,
            row.minutes,
            row.note,
            row.plan_item_id,
            row.source_id,
        )
        for row in kept
    ]
    return Material(standing, matter.axes, matter.projects, carried, list(from_plan.support_points(meeting)))


def _write(meeting: Meeting, points: Sequence[Point]) -> dict[str, AgendaItem]:
    """Bring the rows of a meeting to what is wanted, without touching what people wrote; a constant number of queries."""
    rows = {row.key: row for row in AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk")}
    was = {row.pk: _state(row) for row in rows.values()}
    wanted = {point.key: point for top in points for point in (top, *top.lines)}
    above = {line.key: top.key for top in points for line in top.lines}
    gone = [row.pk for row in rows.values() if not _stays(row, wanted)]
    rows = {key: row for key, row in rows.items() if row.pk not in gone}
    if gone:
        # A point whose heading goes away stands by itself.
        AgendaItem.objects.filter(meeting=meeting, section__in=gone).exclude(pk__in=gone).update(section=None)
        AgendaItem.objects.filter(pk__in=gone).delete()
    for key, row in rows.items():
        row.section_id = None if row.section_id in gone else row.section_id
        if key in wanted:
            _take(row, wanted[key])
    for some in (points, [line for top in points for line in top.lines]):
        _create(meeting, rows, some, above)
    _order(rows, points, above)
    changed = [row for row in rows.values() if was.get(row.pk) != _state(row)]
    AgendaItem.objects.bulk_update(changed, WRITTEN, batch_size=BATCH)
    return rows


def _state(row: AgendaItem) -> list[Any]:
    """What making the agenda may change of a row."""
    return [getattr(row, name) for name in WRITTEN]


def _stays(row: AgendaItem, wanted: dict[str, Point]) -> bool:
    touched = bool(row.record) or row.state != ItemState.TODO
    return kept_on_rebuild(row.key, row.by_hand, wanted=row.key in wanted, touched=touched)


def _take(row: AgendaItem, point: Point) -> None:
    """Copy a point into a row, column by column, unless a person wrote the column."""
    for name, value in {**_columns(point), "facts": point.facts}.items():
        if name not in row.by_hand:
            setattr(row, name, value)


def _columns(point: Point) -> dict[str, Any]:
    return {
        "title": point.title[:TITLE_MAX],
        "note": point.note,
        "minutes": point.minutes,
        "kind": point.kind,
        "plan_item_id": point.plan_item,
        "carried_from_id": point.carried_from,
    }


def _create(meeting: Meeting, rows: dict[str, AgendaItem], points: Iterable[Point], above: dict[str, str]) -> None:
    new = [
        AgendaItem(
            space_id=meeting.space_id,
            meeting=meeting,
            key=point.key,
            section=rows.get(above.get(point.key, "")),
            facts=point.facts,
            **_columns(point),
        )
        for point in points
        if point.key not in rows
    ]
    rows.update({row.key: row for row in AgendaItem.objects.bulk_create(new, batch_size=BATCH)})


def _order(rows: dict[str, AgendaItem], points: Sequence[Point], above: dict[str, str]) -> None:
    """Number the rows in reading order: as the plan gives them, or as people put them where they moved some."""
    pks = {row.pk: row.key for row in rows.values()}
    for key, row in rows.items():
        if key in above and "section_id" not in row.by_hand:
            row.section_id = rows[above[key]].pk
    parent = {key: pks.get(row.section_id or 0, "") for key, row in rows.items()}
    position = 0
    for top in _level(rows, parent, "", [point.key for point in points]):
        lines = next((point.lines for point in points if point.key == top), ())
        for key in (top, *_level(rows, parent, top, [line.key for line in lines])):
            rows[key].position = position = position + 1


def _level(rows: dict[str, AgendaItem], parent: dict[str, str], above: str, wanted: list[str]) -> list[str]:
    present = sorted((key for key in rows if parent[key] == above), key=lambda key: (rows[key].position, rows[key].pk))
    here = [key for key in wanted if parent.get(key) == above]
    old = [key for key in present if rows[key].position]
    moved = any("position" in rows[key].by_hand for key in present)
    order = woven(old, here) if moved else woven(here, old)
    return [key for key in order if key in rows]


def _place(kept: Iterable[KeptItem], rows: dict[str, AgendaItem]) -> None:
    """Note where each kept point stands now."""
    marked = {row.facts.get("kept"): row for row in rows.values() if row.facts.get("kept")}
    changed = []
    for one in kept:
        key = f"kept:{one.pk}"
        row = rows.get(key) or marked.get(key)
        place = row if row is not None and row.removed_at is None else None
        if one.placed_id != (place.pk if place else None):
            one.placed = place
            changed.append(one)
    KeptItem.objects.bulk_update(changed, ["placed"])
