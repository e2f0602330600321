"""The budget of the funder's form: every dollar counted once, by element, year, fiscal agent and source, to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from concertoit.together.plans.rules.document import ActorRole, BudgetKind, BudgetLine, Node, PlanDocument

ZERO = Decimal("0.00")
NO_YEAR = "Sans année précisée"
NO_AGENT = "Fiduciaire à préciser"
NO_SOURCE = "Source à préciser"


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount of the form with everything that it is counted under."""

    node: Node
    amount: Decimal
    year: str
    fiscal_agent: str
    source: str


@dataclass(frozen=True, slots=True)
class Gap:
    """An element whose yearly amounts go beyond the total that it states; ``amount`` is by how much."""

    node: Node
    stated: Decimal
    parts: Decimal

    @property
    def amount(self) -> Decimal:
        return self.parts - self.stated


@dataclass(slots=True)
class Budget:
    """The entries of a plan, the gaps found, and the years in the order to show them."""

    entries: list[Entry]
    gaps: list[Gap]

    @property
    def total(self) -> Decimal:
        return total(self.entries)

    @property
    def years(self) -> list[str]:
        """The years as written, in alphabetical order, then the amounts that have none."""
        written = {entry.year for entry in self.entries}
        return sorted(written - {NO_YEAR}) + ([NO_YEAR] if NO_YEAR in written else [])


def total(entries: Iterable[Entry]) -> Decimal:
    return sum((entry.amount for entry in entries), ZERO)


def budget_of(document: PlanDocument) -> Budget:
    """Count the planned budget of a plan.

    A stated total stands for everything under it (as in ``PlanDocument.budget_total``); its parts are its own yearly
    lines, or else those under it; what the parts leave is an entry without a year, so that the sum of the entries is
    the stated total. Parts beyond the stated total are a gap: the form then shows the parts and says it. An element
    without a stated total counts its lines.
    """
    entries: list[Entry] = []
    gaps: list[Gap] = []
    for root in document.roots:
        entries.extend(_entries(root, "", gaps))
    return Budget(_same_years(entries), gaps)


def _same_years(entries: list[Entry]) -> list[Entry]:
    """Count ``an 1`` and ``An 1`` as one year, written as it is first met, with a capital."""
    first: dict[str, str] = {}
    for entry in entries:
        first.setdefault(_folded(entry.year), entry.year[:1].upper() + entry.year[1:])
    return [replace(entry, year=first[_folded(entry.year)]) for entry in entries]


def _folded(year: str) -> str:
    return " ".join(year.casefold().split())


def _entries(node: Node, agent: str, gaps: list[Gap]) -> Iterator[Entry]:
    agent = _agent(node) or agent
    own = [_entry(node, line, agent) for line in node.budget_lines if line.kind is BudgetKind.PLANNED]
    if node.budget is None:
        yield from own
        for child in node.children:
            yield from _entries(child, agent, gaps)
        return
    parts = own or [entry for child in node.children for entry in _entries(child, agent, gaps)]
    yield from parts
    rest = node.budget - total(parts)
    if rest < 0:
        gaps.append(Gap(node, node.budget, total(parts)))
    elif rest or not parts:
        yield Entry(node, rest, NO_YEAR, agent or NO_AGENT, NO_SOURCE)


def _entry(node: Node, line: BudgetLine, agent: str) -> Entry:
    return Entry(
        node, line.amount, line.year or NO_YEAR, line.fiscal_agent or agent or NO_AGENT, line.source or NO_SOURCE
    )


def _agent(node: Node) -> str:
    return ", ".join(actor.name for actor in node.actors_in(ActorRole.FISCAL_AGENT))
