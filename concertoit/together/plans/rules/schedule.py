"""Due dates derived from periods, staleness, and the place of a period on a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from concertoit.together.plans.rules.document import Node


@dataclass(frozen=True, slots=True)
class Window:
    """The days a plan covers; both ends inclusive."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def offset(self, day: date) -> float:
        """Place of a day in the window, in percent from its start, kept inside."""
        return min(max((day - self.start).days * 100 / self.days, 0.0), 100.0)

    def years(self) -> list[int]:
        return list(range(self.start.year, self.end.year + 1))


def due_dates(roots: list[Node]) -> dict[str, date | None]:
    """Due date of each node by id: the end of its own period, else of the nearest ancestor that has one.

    What is continuous has no due date: « en continu » is never late.
    """
    found: dict[str, date | None] = {}

    def visit(node: Node, inherited: date | None) -> None:
        due = inherited
        if node.period.continuous:
            due = None
        elif node.period.end:
            due = node.period.end
        found[node.id] = due
        for child in node.children:
            visit(child, due)

    for root in roots:
        visit(root, None)
    return found


# How long without news before an item in progress is called silent. A parameter of ours, not a rule of the field.
SILENT_AFTER = timedelta(days=60)


def is_silent(last_news: date | None, started: date | None, today: date) -> bool:
    """Whether nothing was heard of a started item for ``SILENT_AFTER``; before its start nobody owes any news."""
    if started is None or started > today:
        return False
    return today - max(last_news or started, started) > SILENT_AFTER
