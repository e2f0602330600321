"""The difference between two plans: empty for the same plan, and telling what a person did to it."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concertoit.together.plans.rules.diff import ChangeKind, PlanDiff, compare
from concertoit.together.plans.rules.document import (
    Actor,
    ActorRole,
    Node,
    NodeKind,
    Participant,
    Period,
    PlanDocument,
    Section,
    SectionKind,
    StepState,
)
from tests.together.plans.generated import plans

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def plan() -> PlanDocument:
    """Two axes; the first has three actions."""
    actions = [Node(letter, NodeKind.ACTION, f"Action {letter}", f"1.{n}") for n, letter in enumerate("abc", 1)]
    return PlanDocument(
        "Plan",
        roots=[Node("1", NodeKind.AXIS, "Se loger", "1", children=actions), Node("2", NodeKind.AXIS, "Durer", "2")],
    )


def after(change: object) -> PlanDiff:
    """The difference made by a function that edits a copy of the plan."""
    changed = copy.deepcopy(plan())
    change(changed)  # type: ignore[operator]
    return compare(plan(), changed)


def found(document: PlanDocument, node_id: str) -> Node:
    return next(node for node in document.walk() if node.id == node_id)


@given(document=plans())
@SLOW
def test_a_plan_does_not_differ_from_itself(document: PlanDocument) -> None:
    assert not compare(document, copy.deepcopy(document))


@given(before=plans(), now=plans())
@SLOW
def test_each_node_is_told_once_and_both_ways_agree(before: PlanDocument, now: PlanDocument) -> None:
    there, back = compare(before, now), compare(now, before)
    assert there.count(ChangeKind.ADDED) == back.count(ChangeKind.REMOVED)
    assert there.count(ChangeKind.CHANGED) == back.count(ChangeKind.CHANGED)
    ids = [change.node.id for change in there.nodes]
    assert len(ids) == len(set(ids))
    assert {c.field for c in there.around} == {c.field for c in back.around}


@given(document=plans(), data=st.data())
@SLOW
def test_any_other_order_is_seen(document: PlanDocument, data: st.DataObject) -> None:
    families = [node.children for node in document.walk() if len(node.children) > 1]
    if not families:
        return
    changed = copy.deepcopy(document)
    which = data.draw(st.integers(0, len(families) - 1))
    siblings = [node.children for node in changed.walk() if len(node.children) > 1][which]
    siblings.reverse()
    diff = compare(document, changed)
    assert len(diff.nodes) == len(siblings) - 1, "the fewest that explain the new order"
    assert all(change.moved and not change.fields for change in diff.nodes)


def test_what_came_and_what_went_stand_where_they_were() -> None:
    def edit(document: PlanDocument) -> None:
        children = document.roots[0].children
        children[1] = Node("new", NodeKind.ACTION, "Neuve")

    diff = after(edit)
    assert [(change.kind, change.node.id, change.axis) for change in diff.nodes] == [
        (ChangeKind.REMOVED, "b", "1 Se loger"),
        (ChangeKind.ADDED, "new", "1 Se loger"),
    ]
    assert list(diff.by_axis()) == ["1 Se loger"]


def test_one_action_put_elsewhere_is_the_only_one_that_moved() -> None:
    diff = after(lambda document: document.roots[0].children.insert(0, document.roots[0].children.pop()))
    assert [(change.node.id, change.moved) for change in diff.nodes] == [("c", True)]
    diff = after(lambda document: document.roots[1].children.append(document.roots[0].children.pop()))
    assert [(change.node.id, change.moved, change.axis) for change in diff.nodes] == [("c", True, "2 Durer")]


def test_a_field_before_and_after() -> None:
    def edit(document: PlanDocument) -> None:
        node = found(document, "a")
        node.title, node.budget = "Action a, mieux dite", Decimal("12.5")
        node.actors = [Actor(ActorRole.LEAD, "Organisme X", precision="volet 2")]

    (change,) = after(edit).nodes
    assert change.kind is ChangeKind.CHANGED
    assert {one.field: one.after for one in change.fields} == {
        "title": "Action a, mieux dite",
        "budget": "12.50",
        "actors": "lead|organisation|Organisme X (volet 2)",
    }


def test_dates_are_told_when_the_words_of_the_period_stay() -> None:
    def dates_only(document: PlanDocument) -> None:
        found(document, "a").period = Period("", date(2026, 4, 1), date(2027, 3, 31))

    def words(document: PlanDocument) -> None:
        found(document, "a").period = Period("26-28", date(2026, 1, 1), date(2028, 12, 31))

    assert [(f.field, f.after) for f in after(dates_only).nodes[0].fields] == [("dates", "2026-04-01 – 2027-03-31")]
    assert [(f.field, f.after) for f in after(words).nodes[0].fields] == [("period", "26-28")]


def test_follow_up_and_traces_of_reading_are_not_content() -> None:
    def edit(document: PlanDocument) -> None:
        node = found(document, "a")
        node.state, node.guessed, node.source_text, node.canonical = StepState.DONE, ["title"], "x", "9.9"

    assert not after(edit)


def test_what_surrounds_the_tables() -> None:
    def edit(document: PlanDocument) -> None:
        document.participants = [Participant("Organisme X")]
        document.sections = [Section(SectionKind.CROSS_CUTTING, "Comment.", "Petite enfance")]

    assert [one.field for one in after(edit).around] == ["participants", "section:cross_cutting:Petite enfance"]


def test_how_roles_are_interleaved_says_nothing() -> None:
    lead, first, second = Actor(ActorRole.LEAD, "A"), Actor(ActorRole.PARTNER, "B"), Actor(ActorRole.PARTNER, "C")
    before, after = plan(), plan()
    before.roots[1].actors, after.roots[1].actors = [first, lead, second], [lead, first, second]
    assert not compare(before, after)
    after.roots[1].actors = [lead, second, first]
    assert compare(before, after)
