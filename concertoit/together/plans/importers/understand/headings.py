"""Headings that say where a table stands: ``Axe 2 : …`` above it, the sheet's name, or an unlabelled heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from concertoit.together.plans.importers.source import Cell, Paragraph, Table
from concertoit.together.plans.rules.document import Node, NodeKind
from concertoit.together.plans.rules.outline import read_number
from concertoit.together.plans.rules.periods import is_only_period
from concertoit.together.plans.rules.wording import fold, squeeze

from .drafts import read_draft
from .roles import Role, labelled_kind
from .tables import Sorted
from .work import Work

_GENERIC = re.compile(
    r"(?:feuil(?:le)?|fiches?|sheet|tableau|table|plan|page|onglet|data|donnees|annexe|suivi|budget|echeancier)\b",
    re.IGNORECASE,
)
_NOT_AXIS = re.compile(
    r"plan d'action|plan de travail|tableau|annexe|introduction|legende|conclusion|preambule|contexte|budget"
    r"|echeancier|mise en oeuvre"
)


@dataclass(slots=True)
class HeadingReader:
    work: Work
    plan_count: int
    stack: list[Paragraph] = field(default_factory=list)
    sheet: str = ""
    untitled: Node | None = None

    def labelled(self, block: Paragraph) -> bool:
        """A paragraph that names an axis or an objective with its label: it opens that level."""
        kind = labelled_kind(block.text)
        if kind is None or block.list_level or len(block.text) > 300:
            return False
        draft = read_draft(kind, block.text, self._cell(block), self.work.ledger)
        if draft is None or (not draft.title and draft.number is None):
            return False
        known = self.work.tree.find(draft)
        if known is not None:
            self.work.ledger.set_aside(block, "répété")
            self.work.tree.reopen(known)
        else:
            node = self.work.tree.add(draft, block.place)
            self.work.announced.append((node, block))
            self.work.ledger.take(block)
            self.untitled = None if node.title else node
        self.stack, self.work.when = [], None
        return True

    def titles(self, block: Paragraph) -> bool:
        """``PRIORITÉ 1`` alone on its line has its title on the next one."""
        node, self.untitled = self.untitled, None
        if node is None or not is_title_line(block):
            return False
        node.title = squeeze(block.text)
        self.work.ledger.take(block)
        return True

    def _cell(self, block: Paragraph) -> Cell:
        cell = Cell(text=squeeze(block.text), place=block.place)
        self.work.ledger.stand_for(cell, block)
        return cell

    def remember(self, block: Paragraph) -> None:
        """The heading nearest above a table may turn out to be its axis."""
        heading = block.level > 0 or block.bold or _short_numbered(block.text)
        if heading:
            self.work.when = block if is_only_period(block.text) else None
        heading = heading and self.work.when is None
        if heading and not block.list_level and len(block.text) <= 160 and not _NOT_AXIS.search(fold(block.text)):
            rank = block.level or 10
            self.stack = [*(other for other in self.stack if (other.level or 10) < rank), block]

    def before_table(self, entry: Sorted) -> None:
        """Open the axis that a plan's table stands under, from its sheet's name or the heading above."""
        table = entry.table
        named = any(labelled_kind(line.text) for line in entry.above)
        if not entry.plan or entry.header is None:
            return
        has_axis = any(f and f.role is Role.AXIS for f in entry.header.found)
        if table.name and table.name != self.sheet and not named and self._from_sheet(table, has_axis):
            return
        headings = [block for block in self.stack if not self.work.ledger.is_whole(block)]
        if named or has_axis or self.plan_count < 2 or not headings:
            return
        current = self.work.tree.current.get(NodeKind.AXIS)
        if current is not None and "kind" not in current.guessed:
            return
        has_objective = any(f and f.role is Role.OBJECTIVE for f in entry.header.found)
        if len(headings) > 1 and not has_objective and not self._is_open(headings[0]):
            self._open_guessed(headings[0], NodeKind.AXIS)
        if len(headings) > 1 and not has_objective:
            self._open_guessed(headings[-1], NodeKind.OBJECTIVE)
        else:
            self._open_guessed(headings[-1], NodeKind.AXIS)

    def _is_open(self, heading: Paragraph) -> bool:
        return any(piece is heading for _, piece in self.work.guessed_banners)

    def _open_guessed(self, heading: Paragraph, kind: NodeKind) -> None:
        cell = self._cell(heading)
        draft = read_draft(kind, heading.text, cell, self.work.ledger)
        if draft is None:
            return
        known = self.work.tree.find(draft)
        if known is not None:
            self.work.tree.reopen(known)
            if not self._is_open(heading):
                self.work.ledger.set_aside(heading, "répété")
            return
        node = self.work.tree.add(draft, heading.place)
        node.guessed.append("kind")
        self.work.guessed_banners.append((node, heading))

    def _from_sheet(self, table: Table, has_axis: bool) -> bool:
        self.sheet = table.name
        kind = labelled_kind(table.name)
        plain = (
            not _GENERIC.match(fold(table.name)) and self.plan_count > 1 and not has_axis and not table.name.isdigit()
        )
        labelled_axis = any(n.kind is NodeKind.AXIS and "kind" not in n.guessed for n in self.work.tree.roots)
        if kind is None and (not plain or labelled_axis):
            return False
        kind = kind or NodeKind.AXIS
        if has_axis and kind is NodeKind.AXIS:
            return False
        draft = read_draft(kind, table.name, Cell(table.name, table.place), self.work.ledger)
        if draft is None:
            return False
        draft.title = draft.title or squeeze(table.name)
        known = self.work.tree.find(draft)
        node = known or self.work.tree.add(draft, table.place)
        self.work.tree.open(node)
        if known is None and labelled_kind(table.name) is None:
            node.guessed.append("kind")
        return True


def is_title_line(block: Paragraph) -> bool:
    return len(block.text) <= 120 and not block.list_level and not block.text.rstrip().endswith((".", ":", ";", "?"))


def _short_numbered(text: str) -> bool:
    return len(text) <= 100 and read_number(text) is not None and not text.rstrip().endswith((".", ";"))
