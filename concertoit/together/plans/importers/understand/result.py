"""What understanding hands to the preview: the plan, everything doubtful, and everything that found no place."""

from __future__ import annotations

from dataclasses import dataclass, field

from concertoit.together.plans.rules.document import PlanDocument

from .messages import sentences
from .roles import Role


@dataclass(slots=True)
class Anomaly:
    """Something that a person should look at. ``kind`` is a stable code; ``message`` and ``suggestion`` are in French.

    ``params`` are the values of the sentences, so that they can be said again in another language.
    """

    kind: str
    place: str
    text: str
    message: str
    suggestion: str
    params: dict[str, str] = field(default_factory=dict)


def anomaly(kind: str, place: str, text: str, **params: object) -> Anomaly:
    """Make an anomaly with its sentences; a kind without sentences is a programming error (``KeyError``)."""
    values = {name: str(value) for name, value in params.items()}
    message, suggestion = sentences(kind, values)
    return Anomaly(kind, place, text, message, suggestion, values)


@dataclass(slots=True)
class ColumnReading:
    """What a column was taken for. ``how``: exact, part, start, year, content, inherited, chosen or unknown."""

    index: int
    header: str
    role: Role
    how: str
    alternatives: list[Role] = field(default_factory=list)
    label: str = ""


@dataclass(slots=True)
class TableReading:
    """A table as read: ``kind`` is plan, participants or other."""

    place: str
    name: str
    kind: str
    columns: list[ColumnReading] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Choices of the person who imports: by table place, the role of columns by index; they override recognition."""

    columns: dict[str, dict[int, Role]] = field(default_factory=dict)

    def of(self, place: str) -> dict[int, Role]:
        return self.columns.get(place, {})


@dataclass(slots=True)
class Furniture:
    """Text that is part of the form and not of the plan: headers, page footers, repeated cells, questions."""

    place: str
    text: str
    reason: str


@dataclass(slots=True)
class Understanding:
    """A source as understood. Every word of the source is in ``document``, ``unplaced`` or ``furniture``."""

    document: PlanDocument
    anomalies: list[Anomaly] = field(default_factory=list)
    unplaced: list[tuple[str, str]] = field(default_factory=list)
    mappings: list[TableReading] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
