"""What a person corrects in the preview."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from concertoit.together.plans.rules import corrections
from concertoit.together.plans.rules.corrections import Correction
from concertoit.together.plans.rules.document import (
    Actor,
    ActorRole,
    BudgetLine,
    Link,
    Node,
    NodeKind,
    Period,
    PlanDocument,
)


@pytest.fixture
def document() -> PlanDocument:
    step = Node("step", NodeKind.STEP, "Consulter", source_place="tableau 1, ligne 3", source_text="Consulter")
    action = Node(
        "action",
        NodeKind.ACTION,
        "Registre",
        "1.1",
        "1.1",
        period=Period("26-28", date(2026, 1, 1), date(2028, 12, 31)),
        actors=[Actor(ActorRole.LEAD, "X"), Actor(ActorRole.FISCAL_AGENT, "Y"), Actor(ActorRole.PARTNER, "Z")],
        budget=Decimal("30.00"),
        budget_lines=[BudgetLine(Decimal("10.00"), "An 1"), BudgetLine(Decimal("20.00"), "An 2")],
        children=[step],
        guessed=["title", "period"],
    )
    other = Node("other", NodeKind.ACTION, "Autre", links=[Link("1.1", "action"), Link("1", "axis")])
    return PlanDocument(roots=[Node("axis", NodeKind.AXIS, "Axe", "1", "1", children=[action, other])])


def node_of(document: PlanDocument, node_id: str) -> Node:
    node = corrections.find(document, node_id)
    assert node is not None
    return node


def test_find_and_siblings(document: PlanDocument) -> None:
    assert corrections.find(document, "nobody") is None
    assert [n.id for n in corrections.siblings_of(document, "other")] == ["action", "other"]
    assert corrections.siblings_of(document, "axis") is document.roots
    with pytest.raises(KeyError):
        corrections.siblings_of(document, "nobody")


@pytest.mark.parametrize(
    ("kind", "fits"),
    [("axis", False), ("objective", True), ("action", True), ("outcome", True), ("step", False)],
)
def test_a_level_fits_under_its_parent_and_above_its_children(document: PlanDocument, kind: str, fits: bool) -> None:
    assert corrections.may_be(document, node_of(document, "action"), NodeKind(kind)) is fits


def test_what_was_decided_is_no_longer_a_guess(document: PlanDocument) -> None:
    node = node_of(document, "action")
    leads = [Actor(ActorRole.LEAD, "W")]
    correction = Correction(NodeKind.ACTION, " Tenir un registre ", "1.1", "", "26-28", Decimal("30.00"), leads)
    corrections.correct(document, node, correction)
    assert (node.title, node.guessed) == ("Tenir un registre", [])
    assert node.period == Period("26-28", date(2026, 1, 1), date(2028, 12, 31))
    assert [(a.role, a.name) for a in node.actors] == [(ActorRole.LEAD, "W"), (ActorRole.FISCAL_AGENT, "Y")]
    assert len(node.budget_lines) == 2


def test_another_period_is_read_again(document: PlanDocument) -> None:
    node = node_of(document, "action")
    corrections.correct(document, node, Correction(NodeKind.ACTION, "R", period="2027-2028"))
    assert (node.period.written, node.period.end) == ("2027-2028", date(2028, 12, 31))
    corrections.correct(document, node, Correction(NodeKind.ACTION, "R", period="à court terme"))
    assert node.period == Period("à court terme")


def test_another_total_drops_the_parts_that_no_longer_make_it(document: PlanDocument) -> None:
    node = node_of(document, "action")
    corrections.correct(document, node, Correction(NodeKind.ACTION, "R", budget=Decimal("31.00")))
    assert (node.budget, node.budget_lines) == (Decimal("31.00"), [])


def test_what_is_removed_is_handed_back_whole_and_no_link_dangles(document: PlanDocument) -> None:
    taken = corrections.remove(document, "action")
    assert [node.id for node in taken] == ["action", "step"]
    assert [node.id for node in document.walk()] == ["axis", "other"]
    assert [link.target for link in node_of(document, "other").links] == [None, "axis"]


def test_a_text_finds_its_place(document: PlanDocument) -> None:
    made = corrections.place(document, "Une suite", "paragraphe 4", parent_id="axis", kind=NodeKind.ACTION)
    assert (made.title, made.canonical, made.source_place) == ("Une suite", "1.3", "paragraphe 4")
    assert node_of(document, "axis").children[-1] is made
    again = corrections.place(document, "Des mots", "paragraphe 5", parent_id="action", kind=None)
    assert again.description == "Des mots"
    ids = [node.id for node in document.walk()]
    assert len(ids) == len(set(ids))


def test_a_text_does_not_stand_anywhere(document: PlanDocument) -> None:
    with pytest.raises(KeyError):
        corrections.place(document, "x", "", parent_id="nobody", kind=None)
    with pytest.raises(ValueError, match="axis"):
        corrections.place(document, "x", "", parent_id="action", kind=NodeKind.AXIS)
