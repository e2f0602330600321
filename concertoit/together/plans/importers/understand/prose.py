"""Plans without tables: labelled headings, numbered paragraphs, bullets, and ``Responsable : …`` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from concertoit.together.plans.importers.source import Cell, Paragraph, SourceDocument
from concertoit.together.plans.rules.document import Node, NodeKind
from concertoit.together.plans.rules.outline import read_number
from concertoit.together.plans.rules.wording import squeeze

from . import attributes
from .drafts import read_draft
from .headings import is_title_line
from .prose_layout import Layout, field_of, labelled
from .result import ColumnReading
from .roles import LEVEL_ROLES, Role
from .schedules import add_description, add_steps, give_period
from .work import Work

_NUMBERED_ITEM = re.compile(r"^\d{1,2}\s?[.)-]\s+\S")


@dataclass(slots=True)
class ProseReader:
    """Reads paragraphs one after another; ``awaited`` is what the next list items are (after ``Étapes :``)."""

    work: Work
    source: SourceDocument
    awaited: Role | None = None
    header: str = ""
    bulleted: int = 0
    layout: Layout = field(default_factory=Layout)

    def __post_init__(self) -> None:
        paragraphs = [block for block in self.source.blocks if isinstance(block, Paragraph)]
        self.layout = Layout.of(paragraphs, self.work.ledger.is_taken)

    def in_plan(self, block: Paragraph) -> bool:
        """True for a paragraph that certainly belongs to the plan: labelled, numbered, or named by the layout."""
        kind, _ = labelled(block.text)
        if kind is not None and len(block.text) < 400:
            return bool(self.work.tree.roots) or kind is not NodeKind.STEP
        if id(block) in self.layout.kinds or id(block) in self.layout.announcements:
            return True
        if self.awaited is Role.ACTION and block.list_level:
            return True
        number = read_number(block.text)
        return bool(self.work.tree.roots) and number is not None and number.depth in self.layout.depths

    def read(self, block: Paragraph) -> None:
        cell = Cell(text=block.text, place=block.place)
        self.work.ledger.stand_for(cell, block)
        if self._element(block, cell) or self._field(block, cell) or self._titles(block) or self._list(block, cell):
            return
        current = self.work.tree.deepest(above_steps=not block.list_level)
        if current is not None and not block.level:
            add_description(current, block.text)
            self.work.ledger.take(block)

    def _titles(self, block: Paragraph) -> bool:
        """``AXE 1`` alone on its line has its title on the next one."""
        node = self._subject()
        if node is None or node.title or not is_title_line(block):
            return False
        node.title = squeeze(block.text)
        self.work.ledger.take(block)
        return True

    def _element(self, block: Paragraph, cell: Cell) -> bool:
        if id(block) in self.layout.announcements:
            self.work.ledger.set_aside(cell, "étiquette")
            self.awaited, self.header, self.bulleted = Role.ACTION, block.text, 0
            return True
        kind, guessed = self._kind(block)
        draft = read_draft(kind, block.text, cell, self.work.ledger) if kind else None
        if kind is None or draft is None:
            return False
        known = self.work.tree.find(draft) if kind in {NodeKind.AXIS, NodeKind.OBJECTIVE} else None
        if known:
            self.work.ledger.set_aside(cell, "répété")
            self.work.tree.reopen(known)
        else:
            node = self.work.tree.add(draft, block.place)
            if guessed:
                node.guessed.append("kind")
        if kind is not NodeKind.STEP:
            self.awaited, self.bulleted = None, 0
        return True

    def _kind(self, block: Paragraph) -> tuple[NodeKind | None, bool]:
        """The level of a paragraph, and whether it was guessed from the layout."""
        kind, _ = labelled(block.text)
        if kind is not None:
            return kind, False
        if id(block) in self.layout.kinds:
            return self.layout.kinds[id(block)], True
        number = read_number(block.text)
        if number is None or number.depth < 2:
            return None, False
        action = self.work.tree.current.get(NodeKind.ACTION)
        above = self.work.tree.numbers.get(id(action)) if action else None
        if above and above.parts == number.parts[:-1]:
            return NodeKind.STEP, False
        return self.layout.depths.get(number.depth), False

    def _field(self, block: Paragraph, cell: Cell) -> bool:
        """``Responsable : X`` says something of the current element; ``Étapes :`` announces a list."""
        found = field_of(block.text)
        node = self._subject()
        if found is None or node is None:
            return False
        role, label, value = found
        self.work.ledger.set_aside(cell, "étiquette", label)
        self.header, self.awaited = label, role
        if value.strip():
            self._give(role, label, value, cell, node)
            self.awaited = role if role in {Role.STEP, Role.ACTION, Role.OUTCOME} else None
        return True

    def _subject(self) -> Node | None:
        """The element that fields are about: the deepest open one, steps apart."""
        return self.work.tree.deepest()

    def _list(self, block: Paragraph, cell: Cell) -> bool:
        if not (block.list_level or _NUMBERED_ITEM.match(block.text)):
            self.awaited = None if not block.list_level and self.awaited not in LEVEL_ROLES else self.awaited
            return False
        node = self._subject()
        if self.awaited is Role.ACTION:
            return self._awaited_action(block, cell)
        if node is None:
            return False
        if self.awaited is not None:
            self._give(self.awaited, self.header, block.text, cell, node)
            return True
        return self._bullet(block, cell, node)

    def _bullet(self, block: Paragraph, cell: Cell, node: Node) -> bool:
        """A list item under an axis or an objective is an action; a deeper item under that action is a step of it."""
        ours = self.work.tree.current.get(NodeKind.ACTION)
        listed = ours is not None and self.bulleted > 0
        if node.kind in {NodeKind.AXIS, NodeKind.OBJECTIVE} or (listed and max(block.list_level, 1) <= self.bulleted):
            return self._add_action(block, cell)
        if ours is not None and (listed or _NUMBERED_ITEM.match(block.text)):
            add_steps(ours if listed else node, block.text, cell, self.work, listed=True)
            self.work.ledger.take(cell)
            return True
        return False

    def _awaited_action(self, block: Paragraph, cell: Cell) -> bool:
        """Items after *Actions communes*: the outer ones are actions, the inner ones steps of them."""
        ours = self.work.tree.current.get(NodeKind.ACTION)
        if ours is not None and self.bulleted and block.list_level > self.bulleted:
            add_steps(ours, block.text, cell, self.work, listed=True)
            self.work.ledger.take(cell)
            return True
        return self._add_action(block, cell)

    def _add_action(self, block: Paragraph, cell: Cell) -> bool:
        draft = read_draft(NodeKind.ACTION, block.text, cell, self.work.ledger)
        if draft is None:
            return False
        self.work.tree.add(draft, block.place).guessed.append("kind")
        self.bulleted = max(block.list_level, 1)
        return True

    def _give(self, role: Role, label: str, value: str, cell: Cell, node: Node) -> None:
        work = self.work
        part = Cell(text=value.strip(), place=cell.place)
        work.ledger.stand_for(part, cell)
        if role in LEVEL_ROLES and role is not Role.STEP:
            draft = read_draft(LEVEL_ROLES[role], value, part, work.ledger)
            if draft:
                work.tree.add(draft, cell.place)
        elif role is Role.STEP:
            add_steps(node, value, part, work, listed=True)
        else:
            self._give_field(ColumnReading(0, squeeze(label), role, "exact"), part, node)
        work.ledger.take(part)

    def _give_field(self, column: ColumnReading, part: Cell, node: Node) -> None:
        role, work = column.role, self.work
        if role in attributes.ACTOR_ROLES:
            attributes.give_actors([node], column, part, work)
        elif role in {Role.PERIOD, Role.START, Role.END}:
            give_period(node, part, part.text, work)
        elif role in {Role.BUDGET, Role.SPENT}:
            attributes.give_budget([node], column, part, work)
        elif role in {Role.INDICATOR, Role.TARGET, Role.BASELINE}:
            attributes.give_indicators([node], column, part, work)
        elif role is Role.STATE:
            attributes.give_state([node], column, part, work)
        elif role is Role.CROSS_CUTTING:
            attributes.give_cross_cutting([node], part, work)
        else:
            attributes.give_note([node], column, part, work)
