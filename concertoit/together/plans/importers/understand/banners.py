"""Rows that are not records: a heading across the table, a repeated header, a total."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from concertoit.together.plans.rules.amounts import read_amount
from concertoit.together.plans.rules.document import Node, NodeKind
from concertoit.together.plans.rules.outline import read_number
from concertoit.together.plans.rules.wording import fold, squeeze

from .columns import PlanTable
from .drafts import CellText, read_drafts
from .grid import Row, Slot, own_texts
from .roles import LEVEL_ROLES, Role, level_label
from .work import Work

_TOTAL = ("total", "sous-total", "sous total", "grand total", "budget total", "totaux", "cout total", "montant total")
_LONGEST = 220
_REMARK = re.compile(
    r"\*|\(?\d?\)?\s?(?:legende|notes?\b|n\.?b\.?\b|sources?\s?:|mise? a jour|derniere mise|version\b|page \d|document )"
)


@dataclass(slots=True)
class Banners:
    """Recognises banner rows of one table and puts them in the outline."""

    table: PlanTable
    work: Work
    previous_was_banner: bool = False
    styles: dict[str, NodeKind] = field(default_factory=dict)

    def read(self, row: Row) -> bool:
        """True when the row was a banner or a total, and has been dealt with."""
        if self._total(row) or is_remark(row):
            return True
        slot = self._single(row)
        kind = self._kind(row, slot) if slot else None
        if slot is None or kind is None:
            self.previous_was_banner = False
            return False
        self._place(slot, *kind)
        self.previous_was_banner = True
        return True

    def _single(self, row: Row) -> Slot | None:
        owned = [slot for slot in row if slot.own]
        return owned[0] if len(owned) == 1 and not any(slot.down and slot.text for slot in row) else None

    def _kind(self, row: Row, slot: Slot) -> tuple[NodeKind, bool] | None:
        """The level of a heading row, and whether it was guessed; None when the row is an ordinary one."""
        label = level_label(slot.own)
        if label and label[0] in {Role.AXIS, Role.OBJECTIVE, Role.SPECIFIC} and _is_labelled(label[2]):
            return (NodeKind.AXIS if label[0] is Role.AXIS else NodeKind.OBJECTIVE), False
        column = next(c for c, s in zip(self.table.columns, row, strict=False) if s is slot)
        wide = slot.cell.colspan * 10 >= len(row) * 6 and slot.cell.colspan > 1
        number = read_number(slot.own)
        depths = self.work.habits.depths
        if number and (wide or column.role not in {Role.ACTION, Role.STEP, Role.OUTCOME}):
            for role in (Role.AXIS, Role.OBJECTIVE):
                if number.depth in depths.get(role, set()) and number.depth not in depths.get(Role.ACTION, set()):
                    return LEVEL_ROLES[role], False
        if not wide and not (slot.own.isupper() and len(slot.own) > 3 and column.index <= 1):
            return None
        if len(slot.own) > _LONGEST or (self.table.having(Role.AXIS) and self.table.having(Role.OBJECTIVE)):
            return None
        return self._guess(slot, number.depth if number else 0), not number

    def _guess(self, slot: Slot, depth: int) -> NodeKind:
        """Without a level word: the outermost level that the table does not have, or the one under the heading above."""
        style = f"{slot.own.isupper()}{slot.cell.bold}{slot.cell.colspan}{depth}"
        if style in self.styles:
            return self.styles[style]
        axis_taken = bool(self.table.having(Role.AXIS)) or NodeKind.AXIS in self.styles.values()
        outside = self.work.tree.current.get(NodeKind.AXIS)
        if axis_taken or (outside is not None and not self.styles and "kind" not in outside.guessed):
            kind = NodeKind.OBJECTIVE
        else:
            kind = NodeKind.AXIS
        self.styles[style] = kind
        return kind

    def _place(self, slot: Slot, kind: NodeKind, guessed: bool) -> None:
        work = self.work
        for draft in read_drafts(kind, CellText.of(slot.cell), work.ledger):
            known = work.tree.find(draft)
            if known is not None:
                work.ledger.set_aside(slot.cell, "répété")
                work.tree.reopen(known)
                continue
            node = work.tree.add(draft, slot.cell.place)
            if guessed:
                node.guessed.append("kind")
                work.guessed_banners.append((node, slot.cell))

    def _total(self, row: Row) -> bool:
        texts = own_texts(row)
        if not texts or not any(fold(t).startswith(_TOTAL) and len(t) < 60 for t in texts):
            return False
        levels = self.table.having(Role.ACTION, Role.OBJECTIVE, Role.OUTCOME)
        if sum(bool(row[c.index].own) for c in levels) > 1:
            return False
        for column in self.table.having(Role.BUDGET):
            amount = read_amount(row[column.index].own).total
            if amount is not None and not column.label and not fold(texts[0]).startswith("sous"):
                read = sum((node.budget or Decimal(0) for node in self.work.opened), Decimal("0.00"))
                self.work.totals.append((row[column.index].cell.place, row[column.index].own, amount, read))
        for slot in row:
            if slot.own:
                self.work.ledger.set_aside(slot.cell, "total")
        return True


def is_remark(row: Row) -> bool:
    """A lone note under a table (``* Sous réserve…``, ``Légende : …``, ``Mise à jour : …``): it stays unplaced."""
    texts = own_texts(row)
    return len(texts) == 1 and bool(_REMARK.match(fold(texts[0])))


def _is_labelled(rest: str) -> bool:
    return read_number(rest, labelled=True) is not None or rest.lstrip()[:1] in {":", "–", "—", "-"}


def check_totals(work: Work) -> None:
    """Compare each total written in the document with what was read in its table, and in the whole document."""
    computed = sum((_budget(root) for root in work.tree.roots), Decimal("0.00"))
    for place, text, amount, read in work.totals:
        if amount not in {computed, read}:
            work.report("total_mismatch", place, text, written=squeeze(text), computed=f"{read:.2f}")


def _budget(node: Node) -> Decimal:
    if node.budget is not None:
        return node.budget
    return sum((_budget(child) for child in node.children), Decimal("0.00"))


def prune_guessed(work: Work) -> None:
    """A heading taken for a level, under which nothing stands, was not one: its text goes to the unplaced list."""
    for node, cell in reversed(work.guessed_banners):
        if node.children or node.actors or node.period:
            work.report("guessed_level", cell.place, cell.text, title=node.title, level=_LEVEL_NAMES[node.kind])
            continue
        work.tree.remove(node)
        work.ledger.release(cell)


def prune_announced(work: Work) -> None:
    """An axis named in an introduction, and again where its actions are, is one axis: the introduction is only text."""
    filled = {(node.kind, *_marks_of(node, work)) for node in work.tree.nodes() if node.children}
    for node, block in work.announced:
        number, title = _marks_of(node, work)
        twin = any(kind is node.kind and ((number and number == n) or title == t) for kind, n, t in filled)
        if twin and not node.children and not node.actors and not node.description:
            work.tree.remove(node)
            work.ledger.release(block)


def _marks_of(node: Node, work: Work) -> tuple[tuple[int, ...], str]:
    number = work.tree.numbers.get(id(node))
    return (number.parts if number else ()), fold(node.title)


_LEVEL_NAMES = {NodeKind.AXIS: "un axe", NodeKind.OBJECTIVE: "un objectif", NodeKind.ACTION: "une action"}
