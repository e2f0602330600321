"""A whole plan as one value: what an import understands, a version freezes, an export writes, a difference compares.

Five levels (axis > objective > action > outcome > step) come from the regional form (seed 000), but a real document may
skip any of them: an action may stand alone, a step may stand directly under an action. A missing level is simply absent;
nothing is invented to fill it.

Every text is plain text; line breaks are kept. Amounts are ``Decimal`` dollars with two places. Dates are ``date``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class NodeKind(StrEnum):
    """The five levels, outermost first."""

    AXIS = "axis"
    OBJECTIVE = "objective"
    ACTION = "action"
    OUTCOME = "outcome"
    STEP = "step"


LEVEL: dict[NodeKind, int] = {kind: level for level, kind in enumerate(NodeKind)}


class ActorRole(StrEnum):
    """What an organisation or a committee does on a node."""

    LEAD = "lead"
    FISCAL_AGENT = "fiscal_agent"
    PARTNER = "partner"
    TO_CONTACT = "to_contact"


class ActorKind(StrEnum):
    """What the written name stands for; ``TEXT`` when it is a description and not a name."""

    ORGANISATION = "organisation"
    COMMITTEE = "committee"
    COMMITTEE_TO_FORM = "committee_to_form"
    TEXT = "text"


class StepState(StrEnum):
    """Where a step (or an action that has no steps) stands."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"
    BLOCKED = "blocked"


class SectionKind(StrEnum):
    """The texts that surround the tables in the funder's form."""

    FOLLOW_UP = "follow_up"
    COMPLEMENTARITY = "complementarity"
    CROSS_CUTTING = "cross_cutting"
    PREAMBLE = "preamble"
    OTHER = "other"


class BudgetKind(StrEnum):
    PLANNED = "planned"
    COMMITTED = "committed"
    SPENT = "spent"


@dataclass(slots=True)
class Period:
    """A schedule as written (``26-28``) and as understood; both ends inclusive, either may be unknown."""

    written: str = ""
    start: date | None = None
    end: date | None = None
    continuous: bool = False

    def __bool__(self) -> bool:
        return bool(self.written or self.start or self.end)


@dataclass(slots=True)
class Actor:
    """An organisation or committee in a role. ``name`` is one name as written; ``precision`` is free text."""

    role: ActorRole
    name: str
    kind: ActorKind = ActorKind.ORGANISATION
    precision: str = ""


@dataclass(slots=True)
class BudgetLine:
    """An amount. ``year`` is the year as written (``An 1``, ``2026-2027``) or empty for the whole period."""

    amount: Decimal
    year: str = ""
    kind: BudgetKind = BudgetKind.PLANNED
    fiscal_agent: str = ""
    source: str = ""


@dataclass(slots=True)
class Link:
    """A link written in one node towards another. ``target`` is the id of a node of the same document, once resolved."""

    target_written: str
    target: str | None = None
    kind: str = "related"
    note: str = ""


@dataclass(slots=True)
class Indicator:
    """A sign of progress; everything but its title is optional."""

    title: str
    unit: str = ""
    baseline: str = ""
    target: str = ""


@dataclass(slots=True)
class Node:
    """One element of the plan.

    ``id`` is stable inside a document (and is the item's UUID once the plan lives in the database). ``written`` is the
    number as the document has it (``1.1.1 3``, ``2.1,2,1``), ``canonical`` its place in the outline (``1.1.1.3``).
    ``budget`` is the total the document states; ``budget_lines`` its parts. ``group`` is the heading under which a step
    stands (``AN 1``, ``Visites terrains``). ``guessed`` names the fields that were deduced and not read.
    ``source_place`` and ``source_text`` say where in the source the node was read (for the preview).
    """

    id: str
    kind: NodeKind
    title: str = ""
    written: str = ""
    canonical: str = ""
    description: str = ""
    group: str = ""
    period: Period = field(default_factory=Period)
    state: StepState | None = None
    actors: list[Actor] = field(default_factory=list)
    budget: Decimal | None = None
    budget_lines: list[BudgetLine] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    cross_cutting: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)
    source_place: str = ""
    source_text: str = ""

    def walk(self) -> Iterator[Node]:
        """This node, then everything under it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def actors_in(self, role: ActorRole) -> list[Actor]:
        return [actor for actor in self.actors if actor.role is role]


@dataclass(slots=True)
class Participant:
    """One line of the list of participants, as written: an organisation or a capacity, and maybe a person."""

    organisation: str
    person: str = ""
    capacity: str = ""


@dataclass(slots=True)
class CycleStep:
    """A step of the planning cycle: when (as written), the body that holds it, and what was done."""

    when: str
    title: str
    body: str = ""
    detail: str = ""
    date: date | None = None


@dataclass(slots=True)
class Section:
    """A text of the form. ``heading`` is the cross-cutting priority's name for ``CROSS_CUTTING``."""

    kind: SectionKind
    body: str
    heading: str = ""


@dataclass(slots=True)
class PlanDocument:
    """A whole plan with what surrounds it. ``roots`` are usually axes, but may be of any level."""

    title: str = ""
    period: Period = field(default_factory=Period)
    participants: list[Participant] = field(default_factory=list)
    cycle: list[CycleStep] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    roots: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Every node in document order."""
        for root in self.roots:
            yield from root.walk()

    def of_kind(self, kind: NodeKind) -> list[Node]:
        return [node for node in self.walk() if node.kind is kind]

    def parents(self) -> dict[str, Node]:
        """Parent of each node that has one, by the child's id."""
        return {child.id: node for node in self.walk() for child in node.children}

    def budget_total(self) -> Decimal:
        """Sum of the stated budgets, each counted once: a parent's stated total stands for everything under it."""

        def total(node: Node) -> Decimal:
            if node.budget is not None:
                return node.budget
            return sum((total(child) for child in node.children), Decimal("0.00"))

        return sum((total(root) for root in self.roots), Decimal("0.00"))


def as_plain(value: object) -> object:
    """Turn a document (or any part of it) into plain JSON types, deterministically; dates ISO, amounts as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [as_plain(item) for item in value]
    return value
