"""An agenda as a page shows it: points with their lines, when each starts, how long it all takes; one query."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from concertoit.together.meetings.models import AgendaItem, Meeting
from concertoit.together.meetings.rules.durations import Timing, of_section, timing


@dataclass(slots=True)
class Section:
    """A point, the lines under it, and when it comes."""

    item: AgendaItem
    lines: list[AgendaItem] = field(default_factory=list)
    minutes: int = 0
    starts_at: datetime | None = None
    number: int = 0


@dataclass(slots=True)
class Agenda:
    """The whole agenda. ``removed``: points taken out, that may be put back."""

    meeting: Meeting
    sections: list[Section]
    removed: list[AgendaItem]
    timing: Timing

    @property
    def spare(self) -> int:
        """Minutes that nothing takes; negative when the agenda is longer than the meeting."""
        return -self.timing.over

    @property
    def points(self) -> int:
        return sum(1 + len(section.lines) for section in self.sections)


def agenda_of(meeting: Meeting) -> Agenda:
    """The agenda of a meeting that the caller may show."""
    rows = AgendaItem.objects.filter(meeting=meeting).select_related(
        "presenter__person", "presenter__organisation", "carried_from__meeting"
    )
    sections: dict[int, Section] = {}
    removed, lines = [], []
    for row in rows.order_by("position", "pk"):
        if row.removed_at is not None:
            removed.append(row)
        elif row.section_id is None:
            sections[row.pk] = Section(row)
        else:
            lines.append(row)
    for line in lines:
        if line.section_id in sections:
            sections[line.section_id].lines.append(line)
    found = list(sections.values())
    for number, section in enumerate(found, 1):
        section.number = number
        section.minutes = of_section(section.item.minutes, [line.minutes for line in section.lines])
    told = timing([section.minutes for section in found], meeting.starts_at, meeting.length_minutes)
    for section, starts_at in zip(found, told.starts, strict=True):
        section.starts_at = starts_at
    return Agenda(meeting, found, removed, told)
