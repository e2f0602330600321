"""What the layout of a plan without tables says before it is read: depths of numbers, action sheets, lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from concertoit.together.plans.importers.source import Paragraph
from concertoit.together.plans.rules.document import LEVEL, NodeKind
from concertoit.together.plans.rules.outline import read_number

from .roles import LEVEL_ROLES, Role, level_label, recognise

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
_FIELDS |= {
    Role.BUDGET,
    Role.STATE,
    Role.CROSS_CUTTING,
    Role.NOTE,
    Role.SOURCE,
    Role.STEP,
    Role.OUTCOME,
    Role.ACTION,
    Role.MEANS,
}
_SHEET_FIELDS = {Role.LEAD, Role.PERIOD, Role.PARTNER, Role.BUDGET}
_ORDER = (NodeKind.AXIS, NodeKind.OBJECTIVE, NodeKind.ACTION, NodeKind.OUTCOME)


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
    found = recognise(match["label"]) if match else None
    if match is None or found is None or found.role not in _FIELDS:
        return None
    return (Role.STEP if found.role is Role.MEANS else found.role), match["label"], match["value"]


@dataclass(slots=True)
class Layout:
    """``depths``: level of numbers by depth; ``kinds``: level of unlabelled paragraphs (by identity), guessed;
    ``announcements``: paragraphs such as *Actions communes* after which a list of actions comes."""

    depths: dict[int, NodeKind] = field(default_factory=dict)
    kinds: dict[int, NodeKind] = field(default_factory=dict)
    announcements: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph], is_taken: Callable[[Paragraph], bool]) -> Layout:
        layout = cls()
        free = [block for block in paragraphs if not is_taken(block)]
        layout._learn_depths(free)
        layout._find_sheets(free)
        if not layout.kinds and not any(labelled(block.text)[0] is NodeKind.ACTION for block in free):
            layout._find_heads(free)
        return layout

    def _learn_depths(self, paragraphs: Sequence[Paragraph]) -> None:
        """What the numbers of each depth stand for: from labels where there are some, else from the deepest one."""
        seen: set[int] = set()
        for block in paragraphs:
            kind, depth = labelled(block.text)
            if kind is not None and depth:
                self.depths.setdefault(depth, kind)
            number = read_number(block.text)
            if number and number.depth >= 2:
                seen.add(number.depth)
        known = {d: LEVEL[k] for d, k in self.depths.items()}
        for depth in sorted(seen - set(self.depths)):
            lower = max((known[d] for d in known if d < depth), default=depth - 2)
            last = depth == max(seen) and NodeKind.ACTION not in self.depths.values()
            kind = NodeKind.ACTION if last and lower < LEVEL[NodeKind.ACTION] else _ORDER[min(lower + 1, 3)]
            self.depths[depth], known[depth] = kind, LEVEL[kind]

    def _find_sheets(self, paragraphs: Sequence[Paragraph]) -> None:
        """Unlabelled headings directly followed by ``Responsable :`` lines are actions; those above are their parents."""
        open_headings: list[Paragraph] = []
        for block in paragraphs:
            if block.level:
                open_headings = [*(h for h in open_headings if h.level < block.level), block]
                continue
            found = field_of(block.text)
            if not open_headings or found is None or found[0] not in _SHEET_FIELDS:
                continue
            self._name(open_headings[-1], NodeKind.ACTION)
            for place, parent in enumerate(open_headings[:-1]):
                self._name(parent, NodeKind.AXIS if place == 0 else NodeKind.OBJECTIVE)

    def _name(self, block: Paragraph, kind: NodeKind) -> None:
        if labelled(block.text)[0] is None:
            self.kinds.setdefault(id(block), kind)

    def _find_heads(self, paragraphs: Sequence[Paragraph]) -> None:
        """Without labelled actions, a line followed by a list under an axis is an action (an objective if a heading)."""
        under_axis = False
        for block, following in zip(paragraphs, [*paragraphs[1:], None], strict=False):
            under_axis = under_axis or labelled(block.text)[0] in {NodeKind.AXIS, NodeKind.OBJECTIVE}
            if following is None or not following.list_level or block.list_level or len(block.text) > 200:
                continue
            if labelled(block.text)[0] or field_of(block.text) or read_number(block.text):
                continue
            if announces_actions(block.text):
                self.announcements.add(id(block))
            elif under_axis and not block.text.rstrip().endswith((":", ".", ";", "?")):
                self.kinds[id(block)] = NodeKind.OBJECTIVE if block.level else NodeKind.ACTION


def announces_actions(text: str) -> bool:
    """True for a short heading of a list of actions: *Actions communes*, *Mesures proposées :*."""
    label = level_label(text)
    bare = text.strip().rstrip(" :")
    return bool(
        label
        and label[0] is Role.ACTION
        and label[1].lower().endswith("s")
        and len(bare.split()) <= 5
        and not bare.endswith(".")
    )
