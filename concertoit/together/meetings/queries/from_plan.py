"""What the plan has to say to a meeting: axis by axis, what is late, due before it, changed since the last one, waiting
for consent. Four queries, whatever the size of the plan.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit import queries as journal
from concertoit.together.meetings.models import Meeting
from concertoit.together.meetings.queries import sources
from concertoit.together.meetings.rules.agenda import PROJECT_MINUTES, Point
from concertoit.together.plans.models import NodeActor, PlanNode
from concertoit.together.plans.queries.worklist import shown_versions
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.workflow import SETTLED

# How many of each kind an agenda shows under an element; the others are counted.
SHOWN = 4
EXCERPT = 160
# What happened to an element that a meeting should hear of.
HEARD = frozenset(
    {
        "plan.state_changed",
        "plan.phase_set",
        "plan.outlook_set",
        "plan.note_added",
        "plan.measure_added",
        "plan.measure_contested",
        "plan.spending_added",
    }
)
_COLUMNS = (
    "pk",
    "item_id",
    "parent_id",
    "kind",
    "written",
    "canonical",
    "title",
    "due_on",
    "item__due_on",
    "item__state",
    "item__phase",
)


@dataclass(slots=True)
class _Node:
    """A node of a followed version, as the agenda needs it."""

    pk: int
    item_id: int
    parent_id: int | None
    kind: str
    written: str
    canonical: str
    title: str
    own_due: date | None
    set_due: date | None
    state: str
    phase: str
    has_children: bool = False

    @property
    def label(self) -> str:
        return f"{self.written or self.canonical} {self.title}".strip()

    @property
    def due(self) -> date | None:
        return self.set_due or self.own_due

    @property
    def waits(self) -> bool:
        """Whether it has a state of its own that somebody waits for."""
        own = self.kind == "step" or (self.kind in ("action", "outcome") and not self.has_children)
        return own and StepState(self.state) not in SETTLED


@dataclass(slots=True)
class PlanMatter:
    """What the plan brings: one point per axis with its lines, then what waits for consent and is about no element of it;
    and one point per project that only has to be told in turn.
    """

    axes: list[Point] = field(default_factory=list)
    projects: list[Point] = field(default_factory=list)


class _Reading:
    """The nodes of the followed versions, with the element under which each is told and the axis above it."""

    def __init__(self, meeting: Meeting) -> None:
        versions = shown_versions([meeting.space])
        rows = PlanNode.objects.filter(version__in=versions).order_by("version_id", "order", "id")
        self.nodes = {row[0]: _Node(*row) for row in rows.values_list(*_COLUMNS)}
        self.told: dict[int, _Node] = {}
        self.root: dict[int, _Node] = {}
        for node in self.nodes.values():  # in reading order: what is above comes first
            above = self.nodes.get(node.parent_id or 0)
            self.root[node.pk] = self.root[above.pk] if above else node
            self.told[node.pk] = self._told_under(node, above)
            if above:
                above.has_children = True
        self.by_item = {node.item_id: node for node in self.nodes.values()}
        self.wanted = self._linked(meeting, versions)

    def _told_under(self, node: _Node, above: _Node | None) -> _Node:
        """An action takes what is under it; an outcome or a step that stands under none takes itself."""
        if above is None or above.kind in ("axis", "objective"):
            return node
        return self.told[above.pk]

    def _linked(self, meeting: Meeting, versions: list[int]) -> set[int] | None:
        """For a committee, the elements that the plan gives it; everything for a governing body."""
        if meeting.committee_id is None:
            return None
        actors = NodeActor.objects.filter(version__in=versions, committee=meeting.committee_id)
        named = set(actors.values_list("node_id", flat=True))
        return {self.told[pk].pk for pk in self.nodes if self._under(pk, named)}

    def _under(self, pk: int, named: set[int]) -> bool:
        """Whether an element, or one above it, is among those named."""
        node: _Node | None = self.nodes[pk]
        while node is not None:
            if node.pk in named:
                return True
            node = self.nodes.get(node.parent_id or 0)
        return False

    def keeps(self, node: _Node) -> bool:
        return self.wanted is None or node.pk in self.wanted


def matter_of(meeting: Meeting, at: datetime) -> PlanMatter:
    """What the plans of the démarche bring to a meeting, as of a moment."""
    reading = _Reading(meeting)
    facts: dict[int, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    _add_dates(reading, facts, timezone.localtime(at).date(), timezone.localtime(meeting.starts_at).date())
    _add_changes(reading, facts, meeting, at)
    loose = _add_consents(reading, facts, meeting)
    matter = _matter(reading, facts)
    matter.axes += loose
    return matter


def _add_dates(reading: _Reading, facts: Any, today: date, day: date) -> None:
    for node in reading.nodes.values():
        if not node.waits or node.due is None or node.due > day:
            continue
        why = "late" if node.due < today else "due"
        under = reading.told[node.pk]
        what = "" if under is node else _short(node.title)
        facts[under.pk][why].append({"what": what, "on": node.due.isoformat(), "state": node.state})


def _add_changes(reading: _Reading, facts: Any, meeting: Meeting, until: datetime) -> None:
    if meeting.since is None:
        return
    told: set[tuple[str, str]] = set()
    entries = journal.recent({HEARD: [meeting.space_id]}, since=meeting.since, apart=None)
    rows = entries.filter(object_type="plans.item", at__lte=until).values_list(
        "at", "verb", "object_id", "actor_label", "after"
    )
    for at, verb, object_id, who, after in rows:
        node = reading.by_item.get(int(object_id))
        if node is None or (verb, object_id) in told:
            continue
        told.add((verb, object_id))
        under = reading.told[node.pk]
        facts[under.pk]["changed"].append(
            {
                "verb": verb,
                "what": "" if under is node else _short(node.title),
                "on": timezone.localtime(at).date().isoformat(),
                "state": str(after.get("outlook") or after.get("state") or after.get("phase") or ""),
                "text": _short(str(after.get("note") or after.get("reason") or "")),
                "who": who,
            }
        )


def _add_consents(reading: _Reading, facts: Any, meeting: Meeting) -> list[Point]:
    """What waits for consent: told under its element, or by itself when it is about none (a budget, a text)."""
    loose = []
    for one in sources.awaiting(sources.CONSENT, meeting.space, meeting):
        node, fact = reading.by_item.get(one.plan_item or 0), {"what": one.title, "url": one.url}
        if node is not None:
            facts[reading.told[node.pk].pk]["consent"].append(fact)
        else:
            own = _cut({"consent": [fact]})
            loose.append(Point(one.key, "text", one.title, one.minutes, one.note, facts=own))
    return loose


def _matter(reading: _Reading, facts: dict[int, dict[str, list[dict[str, Any]]]]) -> PlanMatter:
    matter = PlanMatter()
    lines: dict[int, list[Point]] = defaultdict(list)
    doing = {reading.told[node.pk].pk for node in reading.nodes.values() if node.state == StepState.DOING}
    roots: dict[int, _Node] = {}
    for node in reading.nodes.values():
        root = reading.root[node.pk]
        if reading.told[node.pk] is not node or not reading.keeps(node):
            continue
        roots.setdefault(root.pk, root)
        if node is root:
            continue
        if node.pk in facts:
            lines[root.pk].append(_line(node, facts[node.pk]))
        elif node.kind in ("action", "outcome") and (node.phase == "started" or node.pk in doing):
            matter.projects.append(
                Point(f"action:{node.item_id}", "action", node.label, PROJECT_MINUTES, "", node.item_id)
            )
    for root in roots.values():
        own = _cut(facts[root.pk]) if root.pk in facts else {}
        matter.axes.append(
            Point(
                f"axis:{root.item_id}",
                "axis",
                _heading(root),
                plan_item=root.item_id,
                facts=own,
                lines=tuple(lines[root.pk]),
            )
        )
    return matter


def _line(node: _Node, facts: dict[str, list[dict[str, Any]]]) -> Point:
    return Point(f"action:{node.item_id}", "action", node.label, plan_item=node.item_id, facts=_cut(facts))


def _cut(facts: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """The first of each kind, and how many there are in all."""
    kept: dict[str, Any] = {why: rows[:SHOWN] for why, rows in facts.items()}
    kept["count"] = {why: len(rows) for why, rows in facts.items()}
    return kept


# What people write to give their words a form is not their words.
_MARKS = re.compile(r"[*_`#>]+")


def _heading(root: _Node) -> str:
    """« Axe 2 : Vision et voix régionales », so that its number is not taken for that of the point."""
    code = root.written or root.canonical
    if root.kind != "axis" or not code or code.casefold().startswith("axe"):
        return root.label
    return _("Axe %(code)s : %(title)s") % {"code": code, "title": root.title}


def _short(text: str) -> str:
    line = " ".join(_MARKS.sub("", text).split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rsplit(" ", 1)[0] + "…"


def support_points(meeting: Meeting) -> Iterable[Point]:
    """Requests for support that wait, where a room brings some."""
    for one in sources.awaiting(sources.SUPPORT, meeting.space, meeting):
        yield Point(
            f"support:{one.key}", "text", one.title, one.minutes, one.note, one.plan_item, facts={"url": one.url}
        )
