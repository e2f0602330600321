"""A plan as the rows of our template, before any file format: the part that Word, Excel and CSV share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from concertoit.together.plans.rules import template_columns as template
from concertoit.together.plans.rules.document import ActorRole, Node, NodeKind, PlanDocument, Section
from concertoit.together.plans.rules.normal_form import normal_form
from concertoit.together.plans.rules.template_cells import (
    NOTHING,
    default_canonical,
    escape,
    write_actor,
    write_labelled,
)

CONTINUED = re.compile(rf"\\*{re.escape(template.CONTINUED)}")

Value = str | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one row by column code; in the plan's table, the element's ``level``, and a root's ``heading``."""

    values: dict[str, Value]
    level: NodeKind | None = None
    heading: str = ""


@dataclass(slots=True)
class Written:
    """One table of the template with its rows."""

    sheet: template.Sheet
    rows: list[Row]


class References:
    """Short references (``#12``) in document order for the elements, so that nobody has to look at long identifiers."""

    def __init__(self, document: PlanDocument) -> None:
        self.nodes = list(document.walk())
        self.by_id: dict[str, str] = {}
        self.by_object: dict[int, str] = {}
        for place, node in enumerate(self.nodes, 1):
            self.by_object[id(node)] = f"#{place}"
            self.by_id.setdefault(node.id, f"#{place}")
        self.outside: dict[str, str] = {}

    def of(self, node: Node) -> str:
        return self.by_object[id(node)]

    def target(self, identifier: str | None) -> str:
        """The reference of a link's target; an element of another plan gets one of its own."""
        if identifier is None:
            return ""
        if identifier in self.by_id:
            return self.by_id[identifier]
        return self.outside.setdefault(identifier, f"#{len(self.nodes) + len(self.outside) + 1}")


def tables(document: PlanDocument, *, gathered: bool = False) -> list[Written]:
    """Every table of the template for ``document`` (taken in normal form); the plan's own table has one row per element.

    ``gathered`` is for narrow pages: dates stand in the cell of the period, the outline's place in that of the number.
    """
    plan = normal_form(document)
    references = References(plan)
    written = [
        Written(template.PLAN, list(_plan_rows(plan.roots, references, gathered))),
        _table(template.BUDGET, _per_node(references, _budget_rows)),
        _table(template.INDICATORS, _per_node(references, _indicator_rows)),
        _table(template.LINKS, _per_node(references, _link_rows)),
        _table(template.PARTICIPANTS, (_participant(p.organisation, p.person, p.capacity) for p in plan.participants)),
        _table(template.CYCLE, _cycle_rows(plan)),
        _table(template.SECTIONS, map(_section, plan.sections)),
        _table(template.IDENTITY, _identity_rows(plan)),
        _table(template.REFERENCES, ()),
    ]
    written[-1].rows.extend(_reference_rows(references))
    return written


def _table(sheet: template.Sheet, rows: Iterator[dict[str, Value]] | map[dict[str, Value]] | tuple[()]) -> Written:
    first = sheet.columns[0].key
    return Written(sheet, [Row({**values, first: _escaped(values[first])}) for values in rows])


def _escaped(value: Value) -> Value:
    """A text that would be taken for the mark of a row that continues the one above gets a backslash."""
    return f"\\{value}" if isinstance(value, str) and CONTINUED.fullmatch(value) else value


def label(node: Node) -> str:
    """How an element is named to the eye: its kind, its number, its title."""
    number = node.written or node.canonical
    return f"{template.NODE_KINDS[node.kind]} {number} {node.title}".replace("  ", " ").replace("\n", " ").strip()


def _plan_rows(nodes: list[Node], references: References, gathered: bool, parent: Node | None = None) -> Iterator[Row]:
    under = references.of(parent) if parent else template.ROOT
    for node in nodes:
        gathers = _gathered(node, parent) if gathered else {}
        values = {"ref": references.of(node), "under": under, **node_values(node), **gathers}
        yield Row(values, node.kind, template.root_heading(node) if parent is None else "")
        yield from _plan_rows(node.children, references, gathered, node)


def node_values(node: Node) -> dict[str, Value]:
    """The values of one element, one per separate column of the plan's table."""
    actors = {role.value: "\n".join(map(write_actor, node.actors_in(role))) for role in ActorRole}
    return {
        "kind": template.NODE_KINDS[node.kind],
        "number": write_labelled(node.written, template.NUMBER_LABELS, ()),
        "canonical": node.canonical,
        "title": node.title,
        "description": node.description,
        "group": node.group,
        "period": write_labelled(node.period.written, template.PERIOD_LABELS, ()),
        "start": node.period.start,
        "end": node.period.end,
        "continuous": template.YES if node.period.continuous else "",
        "state": template.STATES[node.state] if node.state else "",
        **actors,
        "budget": node.budget,
        "cross_cutting": "\n".join(map(escape, node.cross_cutting)),
    }


def _gathered(node: Node, parent: Node | None) -> dict[str, Value]:
    """The values of the cells that hold several columns at once."""
    rank = [("Rang", escape(node.canonical) or NOTHING)]
    if node.canonical == default_canonical(node.written, parent.canonical if parent else ""):
        rank = []
    dates = [("Début", node.period.start), ("Fin", node.period.end)]
    period = [(name, day.isoformat()) for name, day in dates if day]
    if node.period.continuous:
        period.append(("En continu", template.YES))
    details = [("Regroupement", escape(node.group))] if node.group else []
    details += [("Priorité transversale", escape(name)) for name in node.cross_cutting]
    actors = ((template.ROLES[actor.role], write_actor(actor)) for actor in node.actors)
    return {
        "number": write_labelled(node.written, template.NUMBER_LABELS, rank),
        "period": write_labelled(node.period.written, template.PERIOD_LABELS, period),
        "details": write_labelled(node.description, template.DETAIL_LABELS, details),
        "organisations": write_labelled("", template.ROLE_LABELS, actors),
    }


def _per_node(
    references: References, rows: Callable[[Node, References], Iterator[dict[str, Value]]]
) -> Iterator[dict[str, Value]]:
    for node in references.nodes:
        for values in rows(node, references):
            yield {"ref": references.of(node), "element": label(node), **values}


def _budget_rows(node: Node, _references: References) -> Iterator[dict[str, Value]]:
    for line in node.budget_lines:
        yield {
            "year": line.year,
            "budget_kind": template.BUDGET_KINDS[line.kind],
            "amount": line.amount,
            "budget_agent": line.fiscal_agent,
            "source": line.source,
        }


def _indicator_rows(node: Node, _references: References) -> Iterator[dict[str, Value]]:
    for indicator in node.indicators:
        yield {
            "indicator": indicator.title,
            "unit": indicator.unit,
            "baseline": indicator.baseline,
            "target": indicator.target,
        }


def _link_rows(node: Node, references: References) -> Iterator[dict[str, Value]]:
    words = set(template.LINK_KINDS.values())
    for link in node.links:
        kind = template.LINK_KINDS.get(link.kind) or ("\\" + link.kind if link.kind in words else link.kind)
        yield {
            "link_written": link.target_written,
            "link_ref": references.target(link.target),
            "link_kind": kind,
            "note": link.note,
        }


def _participant(organisation: str, person: str, capacity: str) -> dict[str, Value]:
    return {"organisation": organisation, "person": person, "capacity": capacity}


def _cycle_rows(plan: PlanDocument) -> Iterator[dict[str, Value]]:
    for step in plan.cycle:
        yield {
            "when": step.when,
            "cycle_date": step.date,
            "body": step.body,
            "cycle_title": step.title,
            "detail": step.detail,
        }


def _section(section: Section) -> dict[str, Value]:
    return {
        "section_kind": template.SECTION_KINDS[section.kind],
        "section_heading": section.heading,
        "section_body": section.body,
    }


def _identity_rows(plan: PlanDocument) -> Iterator[dict[str, Value]]:
    period = plan.period
    values: tuple[Value, ...] = (
        template.MODEL,
        plan.title,
        period.written,
        period.start,
        period.end,
        template.YES if period.continuous else "",
    )
    for name, value in zip(template.IDENTITY_FIELDS, values, strict=True):
        yield {"field": name, "value": value}


def _reference_rows(references: References) -> Iterator[Row]:
    for node in references.nodes:
        yield Row({"ref": references.of(node), "element": label(node), "identifier": node.id})
    for identifier, ref in references.outside.items():
        yield Row({"ref": ref, "element": "Élément d'un autre plan", "identifier": identifier})
