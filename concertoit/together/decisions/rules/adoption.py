"""Adopting a plan part by part: what each part says, whether it changed since, which may open, what is minor.

Seed 000: adoption by consent of the plan one axis at a time, then of the budget, then of the fiscal agent; minor
corrections as heard, then the filing. Every word, amount and organisation of a draft belongs to exactly one part, so that
a change touches the part people consented to, and no other. Indicators are not a part: they are chosen later, and
belong to the follow-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from concertoit.together.decisions.rules.consent import SETTLED, Mode, RoundState, Subject
from concertoit.together.plans.rules.diff import ChangeKind, NodeChange, PlanDiff, compare
from concertoit.together.plans.rules.document import ActorRole, Node, NodeKind, PlanDocument
from concertoit.together.plans.rules.snapshot import canonical_text, digest


class Process(StrEnum):
    """What may carry out a step of the planning cycle."""

    WORKSHOP = "workshop"
    REVIEW = "review"
    PRIORITISATION = "prioritisation"
    CONSENT = "consent"
    DEPOSIT = "deposit"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a draft: its subject, the axis it is (id, title, number), and what it says as a document of its own."""

    subject: Subject
    title: str
    document: PlanDocument
    uid: str = ""
    code: str = ""

    @property
    def text(self) -> str:
        """What people see, canonical."""
        return canonical_text(self.document)

    @property
    def sha256(self) -> str:
        """The fingerprint of what people consent to."""
        return digest(canonical_text(essence(self.subject, self.document)))


def parts_of(document: PlanDocument) -> list[Part]:
    """The parts of a plan in the order of their adoption; the budget when there is money, and then a fiscal agent.

    Where the plan names no fiscal agent, that part says nothing by itself: the proposal is written in words.
    """
    axes = [root for root in document.roots if root.kind is NodeKind.AXIS]
    rest = [root for root in document.roots if root.kind is not NodeKind.AXIS]
    parts = [
        Part(Subject.AXIS, axis.title, _of([_words(axis)]), axis.id, axis.written or axis.canonical) for axis in axes
    ]
    if rest:
        parts.append(Part(Subject.REST, "", _of([_words(root) for root in rest])))
    budget = [_money(node) for node in document.walk() if node.budget is not None or node.budget_lines]
    if budget:
        parts.append(Part(Subject.BUDGET, "", _of(budget)))
    agents = [_agents(node) for node in document.walk() if _has_agent(node)]
    if budget or agents:
        parts.append(Part(Subject.FISCAL_AGENT, "", _of(agents)))
    return parts


def _of(roots: list[Node]) -> PlanDocument:
    return PlanDocument(roots=roots)


def _words(node: Node) -> Node:
    """A node and what is under it, without money, fiscal agents, indicators nor states."""
    return replace(
        node,
        state=None,
        budget=None,
        budget_lines=[],
        indicators=[],
        actors=[actor for actor in node.actors if actor.role is not ActorRole.FISCAL_AGENT],
        children=[_words(child) for child in node.children],
        guessed=[],
        source_place="",
        source_text="",
    )


def _bare(node: Node) -> Node:
    return Node(node.id, node.kind, node.title, node.written, node.canonical)


def _money(node: Node) -> Node:
    lines = [replace(line, fiscal_agent="") for line in node.budget_lines]
    return replace(_bare(node), budget=_stated(node), budget_lines=lines)


def _stated(node: Node) -> Decimal | None:
    """The total a node states, or that its lines make: writing the total down changes no amount."""
    if node.budget is not None or not node.budget_lines:
        return node.budget
    return sum((line.amount for line in node.budget_lines), Decimal("0.00"))


def _has_agent(node: Node) -> bool:
    return bool(node.actors_in(ActorRole.FISCAL_AGENT)) or any(line.fiscal_agent for line in node.budget_lines)


def _agents(node: Node) -> Node:
    lines = [line for line in node.budget_lines if line.fiscal_agent]
    return replace(_bare(node), actors=node.actors_in(ActorRole.FISCAL_AGENT), budget_lines=lines)


def essence(subject: Subject, document: PlanDocument) -> PlanDocument:
    """What of a part people consent to: titles only tell them where the amounts are."""
    if subject in (Subject.AXIS, Subject.REST):
        return _of([_without_place(root) for root in document.roots])
    return _of([replace(root, title="", written="", canonical="") for root in document.roots])


def _without_place(node: Node) -> Node:
    """Without the computed number: an axis that only moved in the plan says the same thing."""
    return replace(node, canonical="", children=[_without_place(child) for child in node.children])


def fingerprint(subject: Subject, document: PlanDocument) -> str:
    """The fingerprint of a part, from its document."""
    return digest(canonical_text(essence(subject, document)))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one part of the adoption stands: its subject, its state, whether what was adopted has changed since."""

    subject: Subject
    state: RoundState
    touched: bool = False

    @property
    def settled(self) -> bool:
        return self.state in SETTLED and not self.touched


def may_open(place: int, parts: Sequence[Standing], mode: Mode, under_way: Iterable[int]) -> bool:
    """Whether a part may open (again) now: axes first, then the budget, then the fiscal agent.

    In the room, one proposal at a time; from afar, axes may be open together. ``under_way``: places of those open.
    """
    mine, open_now = parts[place], set(under_way) - {place}
    if mode is Mode.ROOM and open_now:
        return False
    order = list(Subject)
    earlier = [one for one in parts if order.index(one.subject) < order.index(mine.subject)]
    if mine.subject in (Subject.AXIS, Subject.REST, Subject.TEXT):
        return True
    return all(one.settled for one in earlier)


class NotMinor(StrEnum):
    """Why a change is more than a correction of wording."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    AMOUNT = "amount"
    ORGANISATION = "organisation"
    PERIOD = "period"
    NUMBER = "number"
    OTHER = "other"


# What is only wording; in it, a number that changes is not.
WORDING = frozenset({"title", "description", "group", "written"})
_WHY = {
    "budget": NotMinor.AMOUNT,
    "budget_lines": NotMinor.AMOUNT,
    "actors": NotMinor.ORGANISATION,
    "period": NotMinor.PERIOD,
    "dates": NotMinor.PERIOD,
}
# In figures, or in the words that say a number and nothing else (« un » also says « a »).
_NUMBERS = re.compile(
    r"\d+(?:[\s\u00a0\u202f.,]\d+)*|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze"
    r"|seize|vingt|trente|quarante|cinquante|soixante|cents?|mille|millions?|doubler?|tripler?|moitié)\b",
    re.IGNORECASE,
)


def numbers_in(text: str) -> list[str]:
    """The numbers a text says, without the spaces inside them, sorted: their order is wording."""
    return sorted(re.sub(r"[\s\u00a0\u202f]", "", found).lower() for found in _NUMBERS.findall(text))


def why_not_minor(diff: PlanDiff) -> list[tuple[NodeChange, NotMinor]]:
    """Every change that is more than wording, with why; nothing when all of it is minor."""
    return [(change, why) for change in diff.nodes for why in _reasons(change)]


def _reasons(change: NodeChange) -> list[NotMinor]:
    if change.kind is ChangeKind.ADDED:
        return [NotMinor.ADDED]
    if change.kind is ChangeKind.REMOVED:
        return [NotMinor.REMOVED]
    found = [NotMinor.MOVED] if change.moved else []
    for one in change.fields:
        if one.field not in WORDING:
            found.append(_WHY.get(one.field, NotMinor.OTHER))
        elif one.field != "written" and numbers_in(one.before) != numbers_in(one.after):
            found.append(NotMinor.NUMBER)
    return list(dict.fromkeys(found))


def difference(before: PlanDocument, after: PlanDocument) -> PlanDiff:
    """What changed in the plan and its texts between two documents.

    The table and its cycle are not the plan; indicators belong to the follow-up, whatever the version.
    """
    whole = compare(_as_written(before), _as_written(after))
    return PlanDiff(whole.nodes, [change for change in whole.around if change.field.startswith("section:")])


def _as_written(document: PlanDocument) -> PlanDocument:
    """What a draft says by itself, its totals written down."""

    def stated(node: Node) -> Node:
        children = [stated(child) for child in node.children]
        return replace(node, budget=_stated(node), indicators=[], children=children)

    return replace(document, roots=[stated(root) for root in document.roots])
