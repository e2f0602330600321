"""Schedule cells: a period, steps under it, or both in one cell, once or for several elements."""

from __future__ import annotations

import re
from datetime import date, datetime

from concertoit.together.plans.importers.source import Cell
from concertoit.together.plans.rules.document import Node, NodeKind, Period
from concertoit.together.plans.rules.enumerations import Item, read_enumeration
from concertoit.together.plans.rules.periods import from_serial, is_only_period, leading_period, read_period
from concertoit.together.plans.rules.statuses import split_state
from concertoit.together.plans.rules.wording import squeeze

from .ledger import Ledger
from .links import is_note
from .tree import Tree
from .work import Work

#: A cell that is filled in to say that there is nothing to say.
NOTHING = re.compile(r"^(?:[-–—/.*_]+|n/?a|s\.?o\.?|aucune?|néant|nil)$", re.IGNORECASE)
_WHEN = re.compile(r"\s*\((?P<when>[^()]*[^\W\d_][^()]*)\)\s*\.?$")
_SERIAL = re.compile(r"(?:3[6-9]|[4-6]\d)\d{3}(?:\.0+)?$")


def split_schedules(text: str) -> list[tuple[str, str]]:
    """(period, what follows) for each period that starts the text or one of its lines; ``("", text)`` when none does."""
    pieces: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        period = leading_period(line.strip())
        if period and (not pieces or not is_only_period(line) or pieces[-1][1]):
            pieces.append((period, [line.strip()[len(period) :].strip(" :")]))
        elif pieces:
            pieces[-1][1].append(line)
        else:
            pieces.append(("", [line]))
    if len(pieces) > 1 and all(period and not "".join(rest).strip() for period, rest in pieces):
        return [(" ".join(period for period, _ in pieces), "")]
    return [(period, "\n".join(part for part in rest if part.strip())) for period, rest in pieces]


def read_cell_period(cell: Cell, text: str, work: Work) -> Period:
    """The period of a cell: its typed date, a spreadsheet's date number, or its words; the words are always kept."""
    value = cell.value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date) and text == cell.text.strip():
        return Period(written=squeeze(text), start=value, end=value)
    if _SERIAL.match(text.strip()):
        day = from_serial(float(text))
        if day is not None:
            work.report("serial_date", cell.place, text, written=text.strip(), value=day.isoformat())
            return Period(written=text.strip(), start=day, end=day)
    period = read_period(text, plan_start=work.plan_start)
    if period is None:
        work.report("unreadable_period", cell.place, text, written=squeeze(text))
        return Period(written=squeeze(text))
    return period


def give_period(node: Node, cell: Cell, text: str, work: Work) -> None:
    """Set a node's period; a second one is kept in the description and reported."""
    if NOTHING.match(text.strip()):
        work.ledger.set_aside(cell, "sans objet", text)
        return
    if node.period and squeeze(text) != node.period.written:
        work.report("second_period", cell.place, text, node=node.written or node.title, written=squeeze(text))
        add_description(node, squeeze(text))
        return
    node.period = read_cell_period(cell, text, work)


def period_of_title(node: Node, work: Work) -> None:
    """An element without schedule whose title ends with one in parentheses (``… (d'ici juin 2026)``) happens then.

    A year alone, or a range of years, may belong to the name of what is done (``le plan (2024-2028)``): it stays.
    """
    match = _WHEN.search(node.title)
    if match is None or node.period or not is_only_period(match["when"]):
        return
    period = read_period(match["when"], plan_start=work.plan_start)
    if period is not None and (period.start or period.end or period.continuous):
        node.period, node.title = period, node.title[: match.start()]


def add_description(node: Node, text: str) -> None:
    if text.strip():
        node.description = f"{node.description}\n{text.strip()}" if node.description else text.strip()


def add_steps(node: Node, text: str, cell: Cell, work: Work, *, listed: bool) -> list[Node]:
    """Steps written in a text, added under a node. ``listed`` says the column holds steps, so that a plain text is one.

    What stands around the list is kept: headings as the steps' group, notes in the node's description.
    """
    found = read_enumeration(text)
    items = found.items
    if len(items) < 2 and len(cell.items) > 1:
        items, before = [Item(squeeze(entry)) for entry in cell.items], ""
        found.before = before
    notes = list(found.notes)
    before = found.before
    if items and before:
        notes, before = _headings(items, before, notes)
    elif listed and before:
        items = _plain_steps(before)
    elif before:
        notes.append(before)
    for note in notes:
        add_description(node, note)
    return [_add_step(node, item, cell, work.tree, work.ledger) for item in items if item.title]


def _headings(items: list[Item], before: str, notes: list[str]) -> tuple[list[str], str]:
    """Text before a list: links and remarks are notes, the last other line heads the first items."""
    lines = [line.strip() for line in before.split("\n") if line.strip()]
    heads = [line for line in lines if not is_note(line)]
    notes = [line for line in lines if is_note(line)] + notes
    if heads and not items[0].group:
        heading = squeeze(" ".join(heads)).rstrip(" :")
        if len(heading) <= 120:
            for item in items:
                if item.group:
                    break
                item.group = heading
        else:
            notes = [heading, *notes]
    else:
        notes = heads + notes
    return notes, ""


def _plain_steps(text: str) -> list[Item]:
    """A steps' cell without numbers: one step per line when each line starts like one, else a single step."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or not all(line[0].isupper() or line[0].isdigit() for line in lines):
        lines = [squeeze(text)]
    return [_numbered_item(line) for line in lines]


def _numbered_item(line: str) -> Item:
    match = re.match(r"(?P<number>\d{1,2}(?:[.,]\d{1,2})*)\s?[.):°-]\s+(?=\S)", line)
    return Item(line[match.end() :], match["number"]) if match else Item(line)


def _add_step(node: Node, item: Item, cell: Cell, tree: Tree, ledger: Ledger) -> Node:
    title, state, words = split_state(squeeze(item.title))
    if state:
        ledger.set_aside(cell, "état", words)
    step = Node(id="", kind=NodeKind.STEP, title=title, written=item.written, group=item.group, state=state)
    step.source_place, step.source_text = cell.place, item.title
    if item.number_lost:
        step.guessed.append("written")
    node.children.append(step)
    return step
