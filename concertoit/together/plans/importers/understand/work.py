"""What all parts of understanding share while a document is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from concertoit.together.plans.importers.source import Cell, Paragraph
from concertoit.together.plans.rules.document import Node, PlanDocument

from .alignment import Habits
from .ledger import Ledger
from .result import Anomaly, Mapping, TableReading, anomaly
from .tree import Tree


@dataclass(slots=True)
class Work:
    ledger: Ledger
    mapping: Mapping
    document: PlanDocument = field(default_factory=PlanDocument)
    tree: Tree = field(default_factory=Tree)
    habits: Habits = field(default_factory=Habits)
    anomalies: list[Anomaly] = field(default_factory=list)
    readings: list[TableReading] = field(default_factory=list)
    plan_start: date | None = None
    totals: list[tuple[str, str, Decimal, Decimal]] = field(default_factory=list)
    opened: list[Node] = field(default_factory=list)
    announced: list[tuple[Node, Paragraph]] = field(default_factory=list)
    when: Paragraph | None = None
    """A heading that is only a date (``Année 2026``): when what stands under it happens, unless it says so itself."""
    guessed_banners: list[tuple[Node, Cell | Paragraph]] = field(default_factory=list)

    def report(self, kind: str, place: str, text: str, **params: object) -> None:
        self.anomalies.append(anomaly(kind, place, text, **params))
