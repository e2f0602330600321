"""A row of a plan's table as a record: its cells by role, and the elements of the plan that it is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from concertoit.together.plans.rules.document import Node

from .grid import Slot
from .result import ColumnReading
from .roles import Role

Found = tuple[ColumnReading, Slot]


@dataclass(slots=True)
class Record:
    """A row: its cells by role, and the elements it is about."""

    cells: dict[Role, list[Found]]
    place: str
    nodes: list[Node] = field(default_factory=list)
    opened: bool = False
    steps: list[Node] = field(default_factory=list)

    def first(self, role: Role) -> Slot | None:
        found = self.cells.get(role)
        return found[0][1] if found else None

    def own(self, role: Role) -> str:
        slot = self.first(role)
        return slot.own if slot else ""
