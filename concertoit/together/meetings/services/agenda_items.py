"""The agenda as people write on it: points added, rewritten, moved, taken out and put back."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings.enums import ItemKind
from concertoit.together.meetings.models import AgendaItem, KeptItem, Meeting
from concertoit.together.meetings.services import indexing
from concertoit.together.meetings.services.agenda import TITLE_MAX
from concertoit.together.meetings.services.finding import held_meeting, item_in, journal, must_be_writable
from concertoit.together.plans.models import PlanItem

MINUTES_MAX = 600


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """A point as a person writes it."""

    title: str
    minutes: int = 5
    note: str = ""
    presenter: Membership | None = None
    plan_item: PlanItem | None = None


@transaction.atomic
def add_item(*, viewer: Viewer, meeting_id: int, facts: ItemFacts, section_id: int | None = None) -> AgendaItem:
    """Add a point at the end, or a line at the end of a point. Raises ``DomainError`` for an empty title."""
    meeting = held_meeting(viewer, meeting_id)
    must_be_writable(meeting)
    section = item_in(meeting, section_id) if section_id else None
    if section is not None and section.section_id:
        raise DomainError(_("Un point a des lignes; une ligne n’en a pas."))
    row = AgendaItem(
        space_id=meeting.space_id,
        meeting=meeting,
        key=f"hand:{uuid.uuid4().hex}",
        section=section,
        kind=ItemKind.ACTION if facts.plan_item else ItemKind.TEXT,
        position=1 + max(meeting.items.order_by("-position").values_list("position", flat=True)[:1], default=0),
    )
    _fill(row, facts, viewer)
    row.save()
    renumber(meeting)
    indexing.meeting_changed(meeting)
    journal(viewer, "meeting.item_added", meeting, after={"title": row.title, "minutes": row.minutes})
    return row


@transaction.atomic
def edit_item(*, viewer: Viewer, meeting_id: int, item_id: int, facts: ItemFacts) -> AgendaItem:
    """Rewrite a point. What a person wrote stays when the agenda is made again."""
    meeting = held_meeting(viewer, meeting_id)
    must_be_writable(meeting)
    row = item_in(meeting, item_id)
    before = {"title": row.title, "minutes": row.minutes, "note": row.note}
    kept_link = row.plan_item_id
    _fill(row, facts, viewer)
    if kept_link and not facts.plan_item and row.kind != ItemKind.TEXT:
        row.plan_item_id = kept_link
    after = {"title": row.title, "minutes": row.minutes, "note": row.note}
    _by_hand(row, *(name for name, value in after.items() if before[name] != value))
    row.save()
    indexing.meeting_changed(meeting)
    if before != after:
        journal(viewer, "meeting.item_edited", meeting, before=before, after=after)
    return row


def _fill(row: AgendaItem, facts: ItemFacts, viewer: Viewer) -> None:
    title = " ".join(facts.title.split())
    if not title:
        raise DomainError(_("Donnez un titre au point."), field="title")
    if not 0 <= facts.minutes <= MINUTES_MAX:
        raise DomainError(_("Écrivez une durée de 0 à %(max)s minutes.") % {"max": MINUTES_MAX}, field="minutes")
    if facts.plan_item is not None and facts.plan_item.space_id != viewer.space.pk:
        raise NotVisible("")
    if facts.presenter is not None and facts.presenter.space_id != viewer.space.pk:
        raise NotVisible("")
    row.title, row.note, row.minutes = title[:TITLE_MAX], facts.note.strip(), facts.minutes
    row.presenter, row.plan_item = facts.presenter, facts.plan_item


def _by_hand(row: AgendaItem, *names: str) -> None:
    row.by_hand = sorted({*row.by_hand, *names})


@transaction.atomic
def move_item(*, viewer: Viewer, meeting_id: int, item_id: int, up: bool) -> AgendaItem:
    """Exchange a point with the one before or after it on its level; nothing at the end of the road."""
    meeting = held_meeting(viewer, meeting_id)
    must_be_writable(meeting)
    row = item_in(meeting, item_id)
    level = list(
        meeting.items.filter(section=row.section_id, removed_at=None)
        .order_by("position", "pk")
        .values_list("pk", flat=True)
    )
    place = level.index(row.pk) if row.pk in level else -1
    other = place - 1 if up else place + 1
    if place < 0 or not 0 <= other < len(level):
        return row
    level[place], level[other] = level[other], level[place]
    _by_hand(row, "position")
    row.save(update_fields=["by_hand", "updated_at"])
    renumber(meeting, {row.section_id: level})
    journal(viewer, "meeting.item_moved", meeting, after={"title": row.title})
    return row


def renumber(meeting: Meeting, levels: dict[int | None, list[int]] | None = None) -> None:
    """Number the points in reading order; ``levels`` gives the new order of some of them."""
    rows = {row.pk: row for row in meeting.items.order_by("position", "pk")}
    under: dict[int | None, list[int]] = {}
    for row in rows.values():
        under.setdefault(row.section_id, []).append(row.pk)
    for section, order in (levels or {}).items():
        under[section] = [*order, *(pk for pk in under.get(section, []) if pk not in order)]
    order = [pk for top in under.get(None, []) for pk in (top, *under.get(top, []))]
    moved = []
    for position, pk in enumerate(order, 1):
        if rows[pk].position != position:
            rows[pk].position = position
            moved.append(rows[pk])
    AgendaItem.objects.bulk_update(moved, ["position"], batch_size=200)


@transaction.atomic
def remove_item(*, viewer: Viewer, meeting_id: int, item_id: int) -> AgendaItem:
    """Take a point out, with the lines under it; it can be put back. A kept point goes back among those kept."""
    meeting = held_meeting(viewer, meeting_id)
    must_be_writable(meeting)
    row = item_in(meeting, item_id)
    if row.record or row.outcomes.filter(withdrawn_at=None).exists():
        raise DomainError(_("Ce point a déjà un compte rendu ou une suite : il reste à l’ordre du jour."))
    KeptItem.objects.filter(placed__in=[row.pk, *row.lines.order_by().values_list("pk", flat=True)]).update(
        placed=None
    )
    row.removed_at = timezone.now()
    _by_hand(row, "removed")
    row.save(update_fields=["removed_at", "by_hand", "updated_at"])
    indexing.meeting_changed(meeting)
    journal(viewer, "meeting.item_removed", meeting, before={"title": row.title})
    return row


@transaction.atomic
def restore_item(*, viewer: Viewer, meeting_id: int, item_id: int) -> AgendaItem:
    """Put back a point that was taken out."""
    meeting = held_meeting(viewer, meeting_id)
    must_be_writable(meeting)
    row = item_in(meeting, item_id)
    row.removed_at = None
    row.by_hand = [name for name in row.by_hand if name != "removed"]
    row.save(update_fields=["removed_at", "by_hand", "updated_at"])
    kept = (row.key if row.key.startswith("kept:") else row.facts.get("kept") or "").removeprefix("kept:")
    if kept.isdigit():
        KeptItem.objects.filter(pk=int(kept), placed=None, dropped_at=None).update(placed=row)
    indexing.meeting_changed(meeting)
    journal(viewer, "meeting.item_restored", meeting, after={"title": row.title})
    return row
