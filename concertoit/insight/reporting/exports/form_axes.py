"""The tables of the funder's form, one per axis: rows of results, with objectives and actions that span them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from concertoit.ground.core.typography import NBSP, money
from concertoit.insight.reporting.exports.form_texts import (
    indicator_text,
    lines_of,
    named,
    number_of,
    organisation,
    step_number,
)
from concertoit.together.plans.rules.document import ActorRole, BudgetKind, Node, NodeKind, PlanDocument

HEADERS = (
    "Objectifs",
    "Moyens, actions, projets",
    "Responsables et fiduciaires",
    "Partenaires",
    "Résultats (changements souhaités)",
    "Indices de progression",
    "Échéancier",
    "Étapes",
    "Budget",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a cell. ``kind``: ``strong``, ``text``, ``group``, or ``step`` (after its ``number``)."""

    text: str
    kind: str = "text"
    number: str = ""


@dataclass(slots=True)
class FormCell:
    """A cell and the number of rows it covers; 0 when a cell above covers it."""

    pieces: list[Piece] = field(default_factory=list)
    span: int = 1


@dataclass(slots=True)
class AxisTable:
    """An axis with what is said of the whole of it, and its rows of nine cells."""

    heading: str
    notes: list[str]
    rows: list[list[FormCell]]


def axis_tables(document: PlanDocument) -> list[AxisTable]:
    """One table per axis, in order; elements outside any axis stand together under a heading that says so."""
    tables: list[AxisTable] = []
    for axis, children in _groups(document.roots, NodeKind.AXIS) if document.roots else ():
        heading, notes = "Éléments hors axe", []
        if axis:
            number, title = number_of(axis), axis.title.replace("\n", " ")
            heading = f"Axe d’intervention {number}".strip() + (f"{NBSP}: {title}" if title else "")
            notes = [piece.text for piece in _annotations(axis)]
        tables.append(AxisTable(heading, notes, list(_objective_rows(children))))
    return tables


def _groups(nodes: list[Node], kind: NodeKind) -> Iterator[tuple[Node | None, list[Node]]]:
    """Elements of ``kind`` with their children; what stands beside them comes as a group without an element."""
    beside: list[Node] = []
    for node in nodes:
        if node.kind is not kind:
            beside.append(node)
            continue
        if beside:
            yield None, beside
            beside = []
        yield node, node.children
    if beside or not nodes:
        yield None, beside


def _objective_rows(nodes: list[Node]) -> Iterator[list[FormCell]]:
    for objective, children in _groups(nodes, NodeKind.OBJECTIVE):
        rows = [row for action, below in _groups(children, NodeKind.ACTION) for row in _action_rows(action, below)]
        cell = FormCell()
        if objective:
            cell.pieces = [Piece(named(objective), "strong"), *_annotations(objective)]
        yield from _spanned(cell, rows)


def _action_rows(action: Node | None, nodes: list[Node]) -> list[list[FormCell]]:
    """The rows of an action, from the cell of the action on.

    Organisations of the action count for each of its results; cells that say the same one above the other are one cell.
    A budget of the action stands on its first row, over all of them when the results have none.
    """
    own = action or Node("", NodeKind.ACTION)
    rows = [
        _outcome_cells(own, outcome or Node("", NodeKind.OUTCOME), steps)
        for outcome, steps in _groups(nodes, NodeKind.OUTCOME)
    ]
    rows[0][INDICATORS].pieces[:0] = _indicator_pieces(own)
    for column in (LEADS, PARTNERS):
        _merge_equal(rows, column)
    budget = _budget_pieces(own)
    if budget and not any(row[BUDGET].pieces for row in rows):
        rows[0][BUDGET].span = len(rows)
        for row in rows[1:]:
            row[BUDGET].span = 0
    rows[0][BUDGET].pieces[:0] = budget
    said = [Piece(named(own), "strong"), *map(Piece, _description(own)), *_link_pieces(own, nodes)]
    return list(_spanned(FormCell(said if action else []), rows))


# Places in the rows that ``_outcome_cells`` makes.
LEADS, PARTNERS, INDICATORS, BUDGET = 0, 1, 3, 6


def _outcome_cells(action: Node, outcome: Node, steps: list[Node]) -> list[FormCell]:
    """Leads, partners, result, indicators, period, steps, budget."""
    titles = [Piece(named(outcome))] if named(outcome) else []
    return [
        FormCell(_distinct(_lead_pieces(action) + _lead_pieces(outcome))),
        FormCell(_distinct(_partner_pieces(action) + _partner_pieces(outcome))),
        FormCell([*titles, *map(Piece, _description(outcome)), *_link_pieces(outcome, steps)]),
        FormCell(_indicator_pieces(outcome)),
        FormCell(_period_pieces(outcome) or _period_pieces(action)),
        FormCell(list(_step_pieces(steps))),
        FormCell(_budget_pieces(outcome)),
    ]


def _distinct(pieces: list[Piece]) -> list[Piece]:
    return list(dict.fromkeys(pieces))


def _merge_equal(rows: list[list[FormCell]], column: int) -> None:
    top = rows[0][column]
    for row in rows[1:]:
        cell = row[column]
        if cell.pieces and cell.pieces == top.pieces:
            top.span += 1
            cell.span, cell.pieces = 0, []
        else:
            top = cell


def _spanned(cell: FormCell, rows: list[list[FormCell]]) -> Iterator[list[FormCell]]:
    """Put ``cell`` before the rows, covering them all."""
    cell.span = len(rows)
    for place, row in enumerate(rows):
        yield [FormCell(span=0) if place else cell, *row]


def _description(node: Node) -> list[str]:
    priorities = [f"Priorité transversale{NBSP}: {name}" for name in node.cross_cutting]
    return [line.text for line in lines_of(node.description)] + priorities


def _lead_pieces(node: Node, *, labelled: bool = False) -> list[Piece]:
    leads = [
        Piece(f"Responsable{NBSP}: {organisation(a)}" if labelled else organisation(a))
        for a in node.actors_in(ActorRole.LEAD)
    ]
    return leads + [Piece(f"Fiduciaire{NBSP}: {organisation(a)}") for a in node.actors_in(ActorRole.FISCAL_AGENT)]


def _partner_pieces(node: Node) -> list[Piece]:
    partners = [Piece(organisation(actor)) for actor in node.actors_in(ActorRole.PARTNER)]
    contacts = node.actors_in(ActorRole.TO_CONTACT)
    return partners + [Piece(f"À mettre en relation{NBSP}: {organisation(actor)}") for actor in contacts]


def _indicator_pieces(node: Node) -> list[Piece]:
    return [Piece(indicator_text(indicator)) for indicator in node.indicators]


def _period_pieces(node: Node) -> list[Piece]:
    period = node.period
    if period.written:
        return [Piece(period.written)]
    days = [day.isoformat() for day in (period.start, period.end) if day]
    return [Piece(" au ".join(days) or "En continu")] if period or period.continuous else []


def _budget_pieces(node: Node) -> list[Piece]:
    planned = [line for line in node.budget_lines if line.kind is BudgetKind.PLANNED]
    pieces = [Piece(money(node.budget), "strong")] if node.budget is not None else []
    for line in planned:
        pieces.append(Piece(f"{line.year}{NBSP}: {money(line.amount)}" if line.year else money(line.amount)))
    return pieces


def _step_pieces(steps: list[Node]) -> Iterator[Piece]:
    group = ""
    for top in steps:
        for step in top.walk():
            if step.group and step.group != group:
                yield Piece(step.group, "group")
            group = step.group
            yield Piece(_step_text(step), "step", step_number(step))


def _step_text(step: Node) -> str:
    about = [line.text for line in lines_of(step.description)]
    about += [step.period.written] if step.period.written else []
    about += [piece.text for piece in _lead_pieces(step, labelled=True) + _partner_pieces(step) + _budget_pieces(step)]
    return f"{step.title} ({'; '.join(about)})" if about else step.title


def _link_pieces(outcome: Node, steps: list[Node]) -> list[Piece]:
    """Links that the texts of the result do not already say."""
    below = (f"{step.title} {step.description}" for top in steps for step in top.walk())
    said = " ".join([outcome.title, outcome.description, *below])
    targets = [
        link.target_written for link in outcome.links if link.target_written and link.target_written not in said
    ]
    return [Piece(f"Lien avec {', '.join(targets)}")] if targets else []


def _annotations(node: Node) -> list[Piece]:
    """What is said of an axis or an objective as a whole."""
    labelled = [
        *_description(node),
        *(f"Échéancier{NBSP}: {piece.text}" for piece in _period_pieces(node)),
        *(piece.text for piece in _lead_pieces(node, labelled=True)),
        *(f"Partenaire{NBSP}: {piece.text}" for piece in _partner_pieces(node)),
        *(f"Indice{NBSP}: {piece.text}" for piece in _indicator_pieces(node)),
        *(f"Budget{NBSP}: {piece.text}" for piece in _budget_pieces(node)),
    ]
    return [Piece(text) for text in labelled if text]
