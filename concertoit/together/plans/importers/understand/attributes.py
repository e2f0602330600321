"""What the other cells of a row say about an element: organisations, money, indicators, state, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from concertoit.together.plans.importers.source import Cell
from concertoit.together.plans.rules.amounts import Unread, read_amount, read_yearly_amounts
from concertoit.together.plans.rules.document import ActorRole, BudgetKind, BudgetLine, Indicator, Node
from concertoit.together.plans.rules.enumerations import read_enumeration
from concertoit.together.plans.rules.names import split_actors
from concertoit.together.plans.rules.statuses import leading_state, read_state
from concertoit.together.plans.rules.wording import fold, squeeze

from .result import ColumnReading
from .roles import Role, recognise
from .schedules import NOTHING, add_description
from .work import Work

ACTOR_ROLES = {Role.LEAD: ActorRole.LEAD, Role.PARTNER: ActorRole.PARTNER, Role.FISCAL_AGENT: ActorRole.FISCAL_AGENT}
MARKS = {
    "x",
    "xx",
    "oui",
    "✓",
    "✔",
    "✗",
    "✘",
    "■",
    "●",
    "•",
    "▪",
    "☒",
    "☑",
    "✅",
    "o",
    "1",
    "→",
    "*",
    "√",
    "▓",
    "█",
    "vrai",
    "true",
}
_ROLE_LINE = re.compile(r"^[^\W\d][^:\n]{2,40}?(?=\s*:)", re.MULTILINE)


def codes_of(nodes: Sequence[Node]) -> str:
    return ", ".join(node.written or f"«\u00a0{node.title[:60]}\u00a0»" for node in nodes)


def share(cell: Cell, count: int) -> list[str] | None:
    """The cell's text for each of ``count`` elements, when it plainly holds as many parts; else None."""
    if count == 1:
        return [cell.text.strip()]
    if len(cell.items) == count:
        return list(cell.items)
    lines = [line.strip() for line in cell.text.split("\n") if line.strip()]
    if len(lines) == count:
        return lines
    blocks = [block.strip() for block in re.split(r"\n\s*\n", cell.text) if block.strip()]
    return blocks if len(blocks) == count else None


def give_actors(nodes: Sequence[Node], column: ColumnReading, cell: Cell, work: Work) -> None:
    """Organisations of a cell for each element of the row; lines such as ``Partenaires : …`` say their own role."""
    if _give_named(nodes, cell, work):
        return
    role = ACTOR_ROLES[column.role]
    parts = share(cell, len(nodes))
    if parts is None and "\n" in cell.text.strip():
        work.report("ambiguous_distribution", cell.place, cell.text, codes=codes_of(nodes))
    for index, node in enumerate(nodes):
        text = parts[index] if parts else cell.text
        items = cell.items if parts is None or len(nodes) == 1 else None
        actors = split_actors(text, role, items=_whole_list(cell, items))
        node.actors.extend(actor for actor in actors if actor not in node.actors)
        if parts is None and role.value not in node.guessed:
            node.guessed.append("leads" if role is ActorRole.LEAD else "partners")
    if any(node.actors for node in nodes):
        work.ledger.take(cell)
    else:
        work.ledger.set_aside(cell, "sans objet")


def _give_named(nodes: Sequence[Node], cell: Cell, work: Work) -> bool:
    """True when the cell says the roles of its organisations itself."""
    for named, names in _named_roles(cell.text):
        for node in nodes:
            node.actors.extend(a for a in split_actors(names, ACTOR_ROLES[named]) if a not in node.actors)
    if not _named_roles(cell.text) or not all(node.actors for node in nodes):
        return False
    work.ledger.set_aside(cell, "étiquette", " ".join(_ROLE_LINE.findall(cell.text)))
    work.ledger.take(cell)
    return True


def _named_roles(text: str) -> list[tuple[Role, str]]:
    """Roles and names of a cell whose every line, or the first one and others, starts with a role's label."""
    found: list[tuple[Role, str]] = []
    for line in text.strip().split("\n"):
        match = _ROLE_LINE.match(line)
        label = recognise(match[0]) if match else None
        if match and label and label.role in ACTOR_ROLES:
            found.append((label.role, line[match.end() :].lstrip(" :\u00a0")))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
        else:
            return []
    return [(role, names.strip()) for role, names in found]


def _whole_list(cell: Cell, items: list[str] | None) -> list[str] | None:
    """The real list of a cell, only when it holds all of the cell's words."""
    if not items:
        return None
    return (
        items if len(fold("".join(items)).replace(" ", "")) * 10 >= len(fold(cell.text).replace(" ", "")) * 9 else None
    )


def give_budget(nodes: Sequence[Node], column: ColumnReading, cell: Cell, work: Work) -> None:
    """An amount for the element; what cannot be read is kept in the description and reported."""
    parts = share(cell, len(nodes))
    if parts is not None and len(nodes) > 1 and not all(read_amount(part).amounts for part in parts):
        parts = None
    if parts is None:
        work.report("shared_budget", cell.place, cell.text, codes=codes_of(nodes))
        nodes[0].guessed.append("budget")
        parts = [cell.text]
    for node, text in zip(nodes, parts, strict=False):
        _one_budget(node, column, cell, text, work)


def _one_budget(node: Node, column: ColumnReading, cell: Cell, text: str, work: Work) -> None:
    reading = read_amount(text)
    value = cell.value
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and text == cell.text.strip():
        amounts = [BudgetLine(Decimal(str(value)).quantize(Decimal("0.01")), column.label)]
        reading_rest = ""
    else:
        amounts = [BudgetLine(amount.value, amount.label or column.label) for amount in reading.amounts]
        reading_rest = reading.rest
    if not amounts:
        _unread_budget(node, cell, text, reading.reason, work)
        return
    for amount in reading.amounts:
        if amount.per:
            work.report("amount_per", cell.place, text, written=squeeze(text))
        if amount.computed:
            work.report("amount_computed", cell.place, text, written=squeeze(text), value=amount.value)
    _add_budget(node, column, amounts)
    work.ledger.take(cell)
    work.ledger.set_aside(cell, "montant", text)
    if re.search(
        r"[^\W\d]{2,}", re.sub(r"\b(?:budget|total|cad|dollars?|an|annee|par|millions?|mille)\b", " ", reading_rest)
    ):
        add_description(node, f"{column.header or 'Budget'}\u00a0: {squeeze(text)}")


def _add_budget(node: Node, column: ColumnReading, lines: list[BudgetLine]) -> None:
    """A labelled column or several amounts make lines; the total is what the plain budget column says, else their sum."""
    if column.role is Role.SPENT:
        for line in lines:
            line.kind = BudgetKind.SPENT
        node.budget_lines.extend(lines)
        return
    if column.label:
        node.budget_lines.extend(lines)
        return
    total = sum((line.amount for line in lines), Decimal("0.00"))
    if node.budget is not None:
        if not node.budget_lines:
            node.budget_lines.append(BudgetLine(node.budget))
        node.budget_lines.extend(lines)
        node.budget += total
        return
    node.budget = total
    if len(lines) > 1 or lines[0].year:
        node.budget_lines.extend(lines)


def _unread_budget(node: Node, cell: Cell, text: str, reason: Unread | None, work: Work) -> None:
    if reason in {Unread.EMPTY, None}:
        return
    if reason is Unread.NONE:
        work.ledger.set_aside(cell, "sans objet")
        return
    kind = "amount_to_determine" if reason is Unread.TO_DETERMINE else "unreadable_amount"
    work.report(kind, cell.place, text, written=squeeze(text))
    add_description(node, f"Budget\u00a0: {squeeze(text)}")
    work.ledger.take(cell)


def give_indicators(nodes: Sequence[Node], column: ColumnReading, cell: Cell, work: Work) -> None:
    """Indicators, targets and baselines; amounts by year written there are read as the budget's split."""
    node = nodes[0]
    yearly = read_yearly_amounts(cell.text)
    if yearly:
        node.budget_lines.extend(BudgetLine(amount.value, _year_written(cell.text, amount.label)) for amount in yearly)
        work.report("budget_in_other_column", cell.place, cell.text, column=column.header)
        work.ledger.set_aside(cell, "montant")
        return
    parts = share(cell, len(nodes))
    for index, target in enumerate(nodes if parts else nodes[:1]):
        _one_indicator(target, column.role, parts[index] if parts else cell.text, cell)
    work.ledger.take(cell)


def _year_written(text: str, label: str) -> str:
    """The label with the capitals of the source (labels are found in folded text)."""
    at = fold(text).find(label)
    source = squeeze(text)
    return source[at : at + len(label)] if at >= 0 and fold(source[at : at + len(label)]) == label else label


def _one_indicator(node: Node, role: Role, text: str, cell: Cell) -> None:
    titles = _entries(text, cell)
    if role is Role.INDICATOR:
        blank = [indicator for indicator in node.indicators if not indicator.title]
        for index, title in enumerate(titles):
            if index < len(blank):
                blank[index].title = title
            else:
                node.indicators.append(Indicator(title))
        return
    if len(titles) != len(node.indicators):
        titles = [squeeze(text)]
    if not node.indicators:
        node.indicators.append(Indicator(""))
    for indicator, title in zip(node.indicators, titles, strict=False):
        if role is Role.TARGET:
            indicator.target = "; ".join(filter(None, (indicator.target, title)))
        else:
            indicator.baseline = "; ".join(filter(None, (indicator.baseline, title)))


def _entries(text: str, cell: Cell) -> list[str]:
    whole = _whole_list(cell, cell.items) if text.strip() == cell.text.strip() else None
    if whole:
        return [squeeze(item) for item in whole]
    found = read_enumeration(text)
    if len(found.items) > 1 and not found.before and not found.notes:
        return [squeeze(item.title) for item in found.items]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(line[0].isupper() or line[0].isdigit() for line in lines):
        return lines
    return [squeeze(text)]


def give_state(nodes: Sequence[Node], column: ColumnReading, cell: Cell, work: Work) -> None:
    """The state of the row's elements; other words are kept in the description."""
    text = cell.text.strip()
    state = read_state(column.label) if column.label and fold(text) in MARKS else read_state(text)
    if state is not None:
        for node in nodes:
            node.state = state
        work.ledger.set_aside(cell, "état")
        return
    if NOTHING.match(text):
        work.ledger.set_aside(cell, "sans objet")
        return
    state = leading_state(text)
    for node in nodes if state else ():
        node.state = state
    if not state and not re.fullmatch(r"\d{1,3}\s?%|0?[.,]\d+|[01]", text):
        work.report("unknown_state", cell.place, text, written=squeeze(text))
    give_note(nodes, column, cell, work)


def give_note(nodes: Sequence[Node], column: ColumnReading, cell: Cell, work: Work) -> None:
    """Text of a column that has no field of its own: kept in the description under the column's name."""
    if NOTHING.match(cell.text.strip()):
        work.ledger.set_aside(cell, "sans objet")
        return
    parts = share(cell, len(nodes))
    label = f"{squeeze(column.header)}\u00a0: " if column.header else ""
    for index, node in enumerate(nodes if parts else nodes[:1]):
        add_description(node, label + (parts[index] if parts else cell.text.strip()))
    work.ledger.take(cell)


def give_cross_cutting(nodes: Sequence[Node], cell: Cell, work: Work) -> None:
    names = [squeeze(part) for part in re.split(r"[\n;,•]+", cell.text) if part.strip()]
    for node in nodes:
        node.cross_cutting.extend(name for name in names if name not in node.cross_cutting)
    work.ledger.take(cell)
