"""Writing a draft: what is added, changed, moved and removed; what is refused; what never gets lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.together.plans.models import NodeActor, NodeLink, PlanItem, PlanNode, PlanSection
from concertoit.together.plans.rules.document import Actor, ActorKind, ActorRole, NodeKind
from concertoit.together.plans.services.arranging import arrange
from concertoit.together.plans.services.content import (
    NodeContent,
    add_node,
    change_node,
    content_of,
    move_node,
    remove_node,
    shift_node,
)
from concertoit.together.plans.services.numbering import renumber
from concertoit.together.plans.services.sections import write_section
from concertoit.together.plans.services.steps import set_steps
from tests.personas import Table

pytestmark = pytest.mark.django_db


def add(table: Table, kind: str, parent: PlanNode | None, title: str, **content: Any) -> PlanNode:
    return add_node(
        viewer=table.viewer("coordinator"),
        version=table.draft,
        kind=NodeKind(kind),
        parent=parent,
        content=NodeContent(title, **content),
    )


def titles(table: Table) -> list[str]:
    rows = PlanNode.objects.filter(version=table.draft).order_by("order")
    return [f"{row.canonical} {row.title}" for row in rows]


def test_an_element_is_added_at_the_end_of_its_parent(table: Table) -> None:
    node = add(table, "action", table.drafted("objective"), " Neuve\r\nà deux lignes ", period_written="26-28")
    assert node.title == "Neuve\nà deux lignes"
    assert (node.canonical, node.axis_id) == ("1.1.2", table.drafted("axis").pk)
    assert (node.ends_on, node.due_on) == (date(2028, 12, 31), date(2028, 12, 31))
    assert titles(table)[-1] == "1.1.2 Neuve\nà deux lignes"
    entry = Entry.objects.filter(verb="plan.node_added").latest("pk")
    assert entry.after["period"] == "26-28"


def test_prose_that_says_no_date_stays_prose(table: Table) -> None:
    node = add(table, "action", None, "A", period_written="quand les fonds le permettront")
    assert (node.starts_on, node.ends_on, node.continuous) == (None, None, False)
    assert add(table, "action", None, "B", period_written="en continu").continuous


@pytest.mark.parametrize(("kind", "under"), [("axis", "axis"), ("objective", "action"), ("action", "step")])
def test_a_level_stands_under_a_higher_one(table: Table, kind: str, under: str) -> None:
    with pytest.raises(DomainError, match="ne peut pas être placé sous"):
        add(table, kind, table.drafted(under), "A")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"title": "  "}, "titre"),
        ({"title": "A", "starts_on": date(2027, 1, 1), "ends_on": date(2026, 1, 1)}, "suivre"),
        ({"title": "A", "budget": Decimal(5), "lines": [("An 1", Decimal(4), "", "")]}, "4.00"),
        ({"title": "A", "budget": Decimal(-5)}, "négatif"),
        ({"title": "A", "budget": Decimal("123456789012.00")}, "chiffres"),
        ({"title": "A", "written": "1" * 41}, "40"),
        ({"title": "A", "lines": [("x" * 41, Decimal(1), "", "")]}, "40"),
        ({"title": "A", "actors": [Actor(ActorRole.LEAD, "X", precision="x" * 301)]}, "300"),
        ({"title": "A", "links": [(None, "1.1", "related", "x" * 301)]}, "300"),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_written(table: Table, content: dict[str, Any], words: str) -> None:
    before = PlanNode.objects.count(), PlanItem.objects.count()
    with pytest.raises(DomainError, match=words):
        add(table, "action", None, **content)
    assert (PlanNode.objects.count(), PlanItem.objects.count()) == before


def test_the_parts_of_a_budget_make_its_total(table: Table) -> None:
    lines = [("An 1", Decimal("10.50"), "Y", ""), ("An 2", Decimal("9.50"), "", "Fonds")]
    node = add(table, "action", None, "A", lines=lines)
    assert node.budget == Decimal("20.00")
    assert content_of(node).lines == lines


def test_rewriting_what_an_element_says_changes_nothing_else(table: Table) -> None:
    """Everything ``content_of`` reads is written back, a match made by hand included."""
    node = table.drafted("action")
    NodeActor.objects.create(
        space=table.space, version=table.draft, node=node, role="partner", name="Écrit autrement", position=9,
        organisation=table.y,
    )  # fmt: skip
    NodeLink.objects.create(space=table.space, version=table.draft, node=node, target_written="9,9", kind="depends")
    before = content_of(node)
    before.budget = Decimal("1200.00")  # its parts make its total
    change_node(viewer=table.viewer("coordinator"), node=node, content=before)
    assert content_of(table.drafted("action")) == before
    assert NodeActor.objects.get(version=table.draft, name="Écrit autrement").organisation == table.y


def test_moving_puts_before_a_sibling_or_at_the_end(table: Table) -> None:
    viewer, parent = table.viewer("coordinator"), table.drafted("objective")
    b, c = add(table, "action", parent, "B"), add(table, "action", parent, "C")
    move_node(viewer=viewer, node=c, parent=parent, before=b)
    assert [t for t in titles(table) if t.count(".") == 2] == ["1.1.1 Action d’essai", "1.1.2 C", "1.1.3 B"]
    move_node(viewer=viewer, node=b, parent=None)
    assert titles(table)[-1] == "2 B"
    shift_node(viewer=viewer, node=PlanNode.objects.get(pk=c.pk), up=True)
    assert [t for t in titles(table) if t.count(".") == 2] == ["1.1.1 C", "1.1.2 Action d’essai"]
    shift_node(viewer=viewer, node=PlanNode.objects.get(pk=c.pk), up=True)
    shift_node(viewer=viewer, node=PlanNode.objects.get(pk=c.pk), up=False)
    shift_node(viewer=viewer, node=PlanNode.objects.get(pk=c.pk), up=False)
    assert [t for t in titles(table) if t.count(".") == 2] == ["1.1.1 Action d’essai", "1.1.2 C"]


def test_an_element_never_stands_under_itself(table: Table) -> None:
    viewer, action = table.viewer("coordinator"), table.drafted("action")
    outcome = table.drafted("outcome")
    with pytest.raises(DomainError):
        move_node(viewer=viewer, node=action, parent=action)
    PlanNode.objects.filter(pk=outcome.pk).update(kind="objective")  # as if it could stand above an action
    with pytest.raises(DomainError, match="sous lui-même"):
        move_node(viewer=viewer, node=action, parent=PlanNode.objects.get(pk=outcome.pk))
    with pytest.raises(DomainError, match="voisin"):
        move_node(viewer=viewer, node=action, parent=None, before=outcome)


def test_removing_takes_what_is_under_and_keeps_the_items(table: Table) -> None:
    items = PlanItem.objects.count()
    remove_node(viewer=table.viewer("coordinator"), node=table.drafted("action"))
    assert titles(table) == ["1 Axis d’essai", "1.1 Objective d’essai"]
    assert PlanItem.objects.count() == items


def test_two_levels_under_one_element_have_two_places(table: Table) -> None:
    add(table, "action", table.drafted("axis"), "Seule")
    places = [row.canonical for row in PlanNode.objects.filter(version=table.draft)]
    assert len(places) == len(set(places))


def test_renumbering_keeps_links(table: Table) -> None:
    viewer = table.viewer("coordinator")
    first = table.drafted("objective")
    other = add(table, "objective", table.drafted("axis"), "Autre", written="Z-9")
    link = NodeLink.objects.create(
        space=table.space, version=table.draft, node=first, target=other.item, target_written="Z-9"
    )
    loose = NodeLink.objects.create(space=table.space, version=table.draft, node=first, target_written="8,8")
    move_node(viewer=viewer, node=other, parent=table.drafted("axis"), before=first)
    assert renumber(viewer=viewer, version=table.draft) == 4
    link.refresh_from_db()
    loose.refresh_from_db()
    assert (link.target_id, link.target_written, loose.target_written) == (other.item_id, "1.1", "8,8")
    assert PlanNode.objects.get(pk=other.pk).written == "1.1"
    assert renumber(viewer=viewer, version=table.draft) == 0


def step_items(table: Table) -> dict[str, int]:
    rows = PlanNode.objects.filter(version=table.draft, kind="step").order_by("order")
    return {f"{row.group}|{row.title}": row.item_id for row in rows}


def test_steps_keep_what_happened_to_them(table: Table) -> None:
    viewer, node = table.viewer("coordinator"), table.drafted("outcome")
    first = table.step.pk
    set_steps(viewer=viewer, node=node, steps=[("", "Step d’essai"), ("AN 1", "Visiter"), ("AN 2", "Écrire")])
    made = step_items(table)
    assert made["|Step d’essai"] == first
    steps = [("AN 1", "Écrire"), ("AN 1", "Consulter"), ("", "Step d’essai, revu")]
    set_steps(viewer=viewer, node=node, steps=steps)
    again = step_items(table)
    assert list(again) == ["AN 1|Écrire", "AN 1|Consulter", "|Step d’essai, revu"]
    assert again["AN 1|Écrire"] == made["AN 2|Écrire"]
    entries = Entry.objects.filter(verb="plan.steps_written").count()
    set_steps(viewer=viewer, node=node, steps=steps)
    assert Entry.objects.filter(verb="plan.steps_written").count() == entries, "nothing changed, nothing is told"


def test_line_breaks_of_a_step_survive_a_form_that_cannot_show_them(table: Table) -> None:
    step = table.drafted("step")
    PlanNode.objects.filter(pk=step.pk).update(title="Deux\nlignes")
    viewer, node = table.viewer("coordinator"), table.drafted("outcome")
    set_steps(viewer=viewer, node=node, steps=[("", "Deux lignes"), ("", "Neuve")])
    assert PlanNode.objects.get(pk=step.pk).title == "Deux\nlignes"


def test_texts_are_written_renamed_and_emptied(table: Table) -> None:
    viewer = table.viewer("coordinator")

    def write(heading: str, body: str, section: PlanSection | None = None) -> PlanSection | None:
        return write_section(
            viewer=viewer, version=table.draft, kind="cross_cutting", heading=heading, body=body, section=section
        )

    made = write("Enfance", "Un\r\nmot")
    assert made is not None
    assert made.body == "Un\nmot"
    assert write("Enfance", "Autre") == made, "the same text is rewritten"
    renamed = write("Petite enfance", "Autre", made)
    assert (renamed, PlanSection.objects.filter(version=table.draft).count()) == (made, 1)
    other = write("Aînés", "Un mot")
    with pytest.raises(DomainError, match="déjà ce titre"):
        write("Petite enfance", "x", other)
    assert write("", "", other) is None
    assert PlanSection.objects.filter(version=table.draft).count() == 1


WRITINGS: dict[str, Callable[[Table, Any], Any]] = {
    "add": lambda t, v: add_node(
        viewer=v, version=t.version, kind=NodeKind.AXIS, parent=None, content=NodeContent("A")
    ),
    "change": lambda t, v: change_node(viewer=v, node=t.nodes["action"], content=NodeContent("A")),
    "move": lambda t, v: move_node(viewer=v, node=t.nodes["action"], parent=None),
    "remove": lambda t, v: remove_node(viewer=v, node=t.nodes["action"]),
    "renumber": lambda t, v: renumber(viewer=v, version=t.version),
    "section": lambda t, v: write_section(viewer=v, version=t.version, kind="other", heading="", body="x"),
    "steps": lambda t, v: set_steps(viewer=v, node=t.nodes["outcome"], steps=[]),
}


@pytest.mark.parametrize("name", WRITINGS)
def test_only_a_draft_is_written_and_only_by_the_coordination(table: Table, name: str) -> None:
    with pytest.raises(DomainError, match="figée"):
        WRITINGS[name](table, table.viewer("coordinator"))
    with pytest.raises(NotAllowed):
        WRITINGS[name](table, table.viewer("coco"))


def test_arranging_writes_only_what_changed(table: Table) -> None:
    arrange(table.draft)
    kinds = list(PlanNode.objects.filter(version=table.draft).order_by("order").values_list("kind", flat=True))
    assert kinds == ["axis", "objective", "action", "outcome", "step"]


def test_a_committee_to_form_is_announced(table: Table) -> None:
    actors = [Actor(ActorRole.TO_CONTACT, "Création d’un comité des aînés", ActorKind.COMMITTEE_TO_FORM)]
    node = add(table, "action", None, "A", actors=actors)
    row = node.actors.select_related("committee").get()
    assert row.committee is not None
    assert row.committee.state == "to_form"
