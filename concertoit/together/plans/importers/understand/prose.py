"""Plans without tables: labelled headings, numbered paragraphs, bullets, and ``Responsable : …`` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from concertoit.together.plans.importers.source import Cell, Paragraph, SourceDocument
from concertoit.together.plans.rules.document import LEVEL, Node, NodeKind
from concertoit.together.plans.rules.outline import read_number
from concertoit.together.plans.rules.wording import squeeze

from . import attributes
from .drafts import read_draft
from .result import ColumnReading
from .roles import LEVEL_ROLES, Role, level_label, recognise
from .schedules import add_description, add_steps, give_period
from .work import Work

_FIELD = re.compile(r"^(?P<label>[^:\n]{2,60}?)\s*:\s*(?P<value>.*)$", re.DOTALL)
_FIELDS = {
    Role.LEAD,
    Role.PARTNER,
    Role.FISCAL_AGENT,
    Role.INDICATOR,
    Role.TARGET,
    Role.BASELINE,
    Role.PERIOD,
    Role.START,
    Role.END,
}
_FIELDS |= {Role.BUDGET, Role.STATE, Role.CROSS_CUTTING, Role.NOTE, Role.SOURCE}
_NUMBERED_ITEM = re.compile(r"^\d{1,2}\s?[.)-]\s+\S")


@dataclass(slots=True)
class ProseReader:
    """Reads paragraphs one after another; ``awaited`` is what the next list items are (after ``Étapes :``)."""

    work: Work
    source: SourceDocument
    awaited: Role | None = None
    header: str = ""
    depths: dict[int, NodeKind] = field(default_factory=dict)
    actions: set[int] = field(default_factory=set)
    parents: set[int] = field(default_factory=set)
    actions_level: int = 0

    def __post_init__(self) -> None:
        paragraphs = [b for b in self.source.blocks if isinstance(b, Paragraph)]
        self._learn_depths(paragraphs)
        self._find_sheets(paragraphs)

    def _learn_depths(self, paragraphs: list[Paragraph]) -> None:
        """What the numbers of each depth stand for: from labels where there are some, else from the deepest one."""
        seen: set[int] = set()
        for block in paragraphs:
            kind, depth = labelled(block.text)
            if kind is not None and depth:
                self.depths.setdefault(depth, kind)
            number = read_number(block.text)
            if number and number.depth >= 2:
                seen.add(number.depth)
        order = [NodeKind.AXIS, NodeKind.OBJECTIVE, NodeKind.ACTION, NodeKind.OUTCOME]
        known = {d: LEVEL[k] for d, k in self.depths.items()}
        for depth in sorted(seen):
            if depth in self.depths:
                continue
            lower = max((known[d] for d in known if d < depth), default=depth - 2)
            last = depth == max(seen) and not any(k is NodeKind.ACTION for k in self.depths.values())
            kind = NodeKind.ACTION if last and lower < LEVEL[NodeKind.ACTION] else order[min(lower + 1, 3)]
            self.depths[depth], known[depth] = kind, LEVEL[kind]

    def _find_sheets(self, paragraphs: list[Paragraph]) -> None:
        """Unlabelled headings directly followed by ``Responsable :`` lines are actions; those above them are parents."""
        open_headings: list[Paragraph] = []
        for block in paragraphs:
            if block.level:
                open_headings = [h for h in open_headings if h.level < block.level]
                open_headings.append(block)
                continue
            field_role = field_of(block.text)
            if open_headings and field_role and field_role[0] in {Role.LEAD, Role.PERIOD, Role.PARTNER, Role.BUDGET}:
                head = open_headings[-1]
                if labelled(head.text)[0] is None:
                    self.actions.add(id(head))
                self.parents.update(id(h) for h in open_headings[:-1] if not self.work.ledger.is_taken(h))

    def in_plan(self, block: Paragraph) -> bool:
        """True for a paragraph that certainly belongs to the plan: a label with a number or colon, or a numbered element."""
        kind, _ = labelled(block.text)
        if kind is not None and len(block.text) < 400:
            return bool(self.work.tree.roots) or kind is not NodeKind.STEP
        if id(block) in self.actions or id(block) in self.parents:
            return True
        number = read_number(block.text)
        return bool(self.work.tree.roots) and number is not None and number.depth in self.depths

    def read(self, block: Paragraph) -> None:
        cell = Cell(text=block.text, place=block.place)
        self.work.ledger.stand_for(cell, block)
        if self._element(block, cell) or self._field(block, cell) or self._list(block, cell):
            return
        current = self.work.tree.deepest(above_steps=not block.list_level)
        if current is not None and not block.level:
            add_description(current, block.text)
            self.work.ledger.take(block)

    def _element(self, block: Paragraph, cell: Cell) -> bool:
        kind, _ = labelled(block.text)
        if kind is None and id(block) in self.actions:
            kind = NodeKind.ACTION
        if kind is None and id(block) in self.parents:
            kind = (
                NodeKind.AXIS
                if NodeKind.AXIS not in self.work.tree.current or block.level <= 2
                else NodeKind.OBJECTIVE
            )
        if kind is None:
            number = read_number(block.text)
            kind = self.depths.get(number.depth) if number and number.depth >= 2 else None
        if kind is None:
            return False
        draft = read_draft(kind, block.text, cell, self.work.ledger)
        if draft is None:
            return False
        known = self.work.tree.find(draft) if kind in {NodeKind.AXIS, NodeKind.OBJECTIVE} else None
        if known:
            self.work.ledger.set_aside(cell, "répété")
            self.work.tree.open(known)
        else:
            self.work.tree.add(draft, block.place)
        self.awaited = None
        return True

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
        if node is None:
            return False
        if self.awaited is not None:
            self._give(self.awaited, self.header, block.text, cell, node)
            return True
        return self._bullet(block, cell, node)

    def _bullet(self, block: Paragraph, cell: Cell, node: Node) -> bool:
        """A bullet under an axis or an objective is an action; a deeper bullet under that action is a step of it."""
        ours = self.work.tree.current.get(NodeKind.ACTION)
        if node.kind in {NodeKind.AXIS, NodeKind.OBJECTIVE} or (
            ours is not None and "kind" in ours.guessed and block.list_level <= self.actions_level
        ):
            draft = read_draft(NodeKind.ACTION, block.text, cell, self.work.ledger)
            if draft is None:
                return False
            self.work.tree.add(draft, block.place).guessed.append("kind")
            self.actions_level = max(block.list_level, 1)
            return True
        if ours is not None and "kind" in ours.guessed:
            add_steps(ours, block.text, cell, self.work, listed=True)
            self.work.ledger.take(cell)
            return True
        if _NUMBERED_ITEM.match(block.text) and node.kind in {NodeKind.ACTION, NodeKind.OUTCOME}:
            add_steps(node, block.text, cell, self.work, listed=True)
            self.work.ledger.take(cell)
            return True
        return False

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


def labelled(text: str) -> tuple[NodeKind | None, int]:
    """Kind and depth of the number of a labelled element (``Action 1.1.1 : …``), else (None, 0)."""
    label = level_label(text)
    if label is None:
        return None, 0
    role = Role.OBJECTIVE if label[0] is Role.SPECIFIC else label[0]
    kind = LEVEL_ROLES.get(role)
    number = read_number(label[2], labelled=True)
    if kind is None:
        return None, 0
    if number is not None and (number.rest or kind in {NodeKind.AXIS, NodeKind.OBJECTIVE}):
        return kind, number.depth
    singular = not label[1].rstrip().lower().endswith("s")
    return (kind, 0) if singular and re.match(r"\s*[:–—]\s*\S", label[2]) else (None, 0)


def field_of(text: str) -> tuple[Role, str, str] | None:
    """Role, label and value of a ``Label : value`` line whose label is known, else None."""
    match = _FIELD.match(text.strip())
    if match is None:
        return None
    found = recognise(match["label"])
    if found is None or found.role not in _FIELDS | {Role.STEP, Role.OUTCOME, Role.ACTION, Role.MEANS}:
        return None
    role = Role.STEP if found.role is Role.MEANS else found.role
    return role, match["label"], match["value"]
