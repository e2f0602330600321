"""Writing a draft in the browser: a form saved as it was shown changes nothing; what it cannot show is kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from concertoit.together.plans.forms.lines import read_actors, read_steps, show_actor
from concertoit.together.plans.forms.node import NodeForm, initial_of, kind_choices
from concertoit.together.plans.models import BudgetLine, NodeActor, NodeLink, Plan, PlanNode, PlanSection
from concertoit.together.plans.rules.document import Actor, ActorKind, ActorRole, NodeKind
from concertoit.together.plans.services.content import content_of
from concertoit.together.plans.services.editing import rows_of
from tests.personas import Table

pytestmark = pytest.mark.django_db


def url(table: Table, name: str, **kwargs: Any) -> str:
    return reverse(f"plans:{name}", kwargs={"slug": table.space.slug, **kwargs})


def posted(node: PlanNode, **changes: Any) -> dict[str, Any]:
    """The form of a node as a browser sends it back, some fields changed."""
    form = NodeForm(version=node.version, kind=NodeKind(node.kind), node=node)
    data = {name: form.initial[name] for name in form.fields if form.initial.get(name) not in (None, "")}
    return {
        name: value.replace("\n", "\r\n") if isinstance(value, str) else value for name, value in data.items()
    } | changes


def furnish(table: Table, node: PlanNode) -> None:
    """Things that a list of lines cannot say by itself."""
    common: dict[str, Any] = {"space": table.space, "version": node.version, "node": node}
    PlanNode.objects.filter(pk=node.pk).update(
        group="AN 1", description="Deux\nlignes", period_written="26-28", starts_on="2026-02-01", ends_on="2028-12-31"
    )
    for position, (role, kind, name, precision) in enumerate(
        [
            ("to_contact", "committee_to_form", "Comité (local)", ""),
            ("lead", "text", "Quelqu’un de bien", "volet (2)"),
            ("partner", "organisation", "Nom\nsur deux lignes", "x"),
            ("fiscal_agent", "organisation", "Organisme Y", ""),
        ]
    ):
        NodeActor.objects.create(**common, role=role, kind=kind, name=name, precision=precision, position=position)
    NodeLink.objects.create(**common, target_written="9,9,9 4", kind="depends", note="prévu plus tard")
    NodeLink.objects.create(**common, target=table.outcome, target_written="1.1.1.1", kind="overlaps")
    BudgetLine.objects.filter(node=node).delete()
    BudgetLine.objects.create(**common, year="An 1", amount=Decimal("1234.50"), fiscal_agent="Y", source="")
    BudgetLine.objects.create(**common, year="", amount=Decimal("10.00"), source="Fonds")


@pytest.mark.parametrize("kind", [kind.value for kind in NodeKind])
def test_a_form_saved_as_it_was_shown_changes_nothing(table: Table, kind: str) -> None:
    node = table.drafted(kind)
    NodeActor.objects.filter(node=node).delete()
    furnish(table, node)
    node = PlanNode.objects.get(pk=node.pk)
    before = content_of(node)
    before.budget = before.budget or Decimal("1244.50")  # the parts make the total
    steps = list(node.children.values_list("pk", "title"))
    response = table.client("coordinator").post(url(table, "node_edit", node_id=node.pk), posted(node))
    assert response.status_code == 302, response.content.decode()[:3000]
    again = PlanNode.objects.get(pk=node.pk)
    assert content_of(again) == before
    assert list(again.children.values_list("pk", "title")) == steps


def test_another_period_gives_other_dates(table: Table) -> None:
    node = table.drafted("action")
    address = url(table, "node_edit", node_id=node.pk)
    table.client("coordinator").post(address, posted(node, period_written="2027-2028"))
    node.refresh_from_db()
    assert (node.period_written, str(node.ends_on)) == ("2027-2028", "2028-12-31")
    table.client("coordinator").post(address, posted(node, period_written="en continu"))
    node.refresh_from_db()
    assert (node.starts_on, node.ends_on, node.continuous) == (None, None, True)
    table.client("coordinator").post(address, posted(node, starts_on="2026-06-01"))
    node.refresh_from_db()
    assert (str(node.starts_on), node.continuous) == ("2026-06-01", False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("budget", "Entre 200 et 500"),
        ("budget", "-5"),
        ("lines", "An 1 ; beaucoup"),
        ("links", "9.9.9 rien"),
        ("title", " "),
        ("ends_on", "2001-01-01"),
        ("period_written", "x" * 201),
        ("partners", f"X ({'y' * 301})"),
    ],
)
def test_what_is_refused_is_shown_beside_what_was_typed(table: Table, field: str, value: str) -> None:
    node = table.drafted("action")
    response = table.client("coordinator").post(
        url(table, "node_edit", node_id=node.pk), posted(node, **{field: value})
    )
    assert response.status_code == 422
    assert content_of(PlanNode.objects.get(pk=node.pk)) == content_of(node)


def test_an_action_with_its_steps_in_one_form(table: Table) -> None:
    address = url(table, "node_add", parent_id=table.drafted("objective").pk, kind="action")
    data = {
        "title": "Visiter",
        "leads": "Organisme X\nComité des actions",
        "partners": "Organisme Y (prêt de locaux)",
        "lines": "An 1 ; 7 590,00 ; Organisme Y ; Fonds\n2 410",
        "links": "dépend de 1.1.1.1 retombées",
        "priorities": [table.priority.pk],
        "steps": "Consulter\n## AN 1\nVisiter\nÉcrire",
    }
    assert table.client("coordinator").post(address, data).status_code == 302
    node = PlanNode.objects.get(version=table.draft, title="Visiter", kind="action")
    content = content_of(node)
    assert content.budget == Decimal("10000.00")
    assert content.links == [(table.outcome.pk, "1.1.1.1", "depends", "retombées")]
    assert content.priorities == [table.priority.pk]
    kinds = [(actor.kind, actor.precision) for actor in content.actors]
    assert kinds == [
        (ActorKind.ORGANISATION, ""),
        (ActorKind.COMMITTEE, ""),
        (ActorKind.ORGANISATION, "prêt de locaux"),
    ]
    steps = node.children.order_by("order").values_list("group", "title")
    assert list(steps) == [("", "Consulter"), ("AN 1", "Visiter"), ("AN 1", "Écrire")]


def test_an_axis_shows_no_steps_and_a_step_no_money(table: Table) -> None:
    axis = NodeForm(version=table.draft, kind=NodeKind.AXIS)
    step = NodeForm(version=table.draft, kind=NodeKind.STEP)
    assert "steps" not in axis.fields
    assert "budget" not in step.fields
    assert [code for code, _label in kind_choices(table.drafted("action"))] == ["outcome", "step"]
    assert kind_choices(table.drafted("step")) == []


def test_lines_of_actors() -> None:
    known = [Actor(ActorRole.LEAD, "X (Y)", ActorKind.TEXT)]
    assert read_actors("X (Y)\n\nZ (w)", ActorRole.LEAD, known) == [
        known[0],
        Actor(ActorRole.LEAD, "Z", ActorKind.ORGANISATION, "w"),
    ]
    assert show_actor(Actor(ActorRole.LEAD, "Z", precision="w")) == "Z (w)"
    announced = read_actors("Création d’un comité des aînés", ActorRole.PARTNER)
    assert announced[0].kind is ActorKind.COMMITTEE_TO_FORM


def test_lines_of_steps() -> None:
    assert read_steps("## AN 1\nA\n\n##\nB") == [("AN 1", "A"), ("", "B")]


def test_the_pages_of_a_draft(table: Table) -> None:
    client, action = table.client("coordinator"), table.drafted("action")
    outline = client.get(url(table, "outline")).content.decode()
    assert "Action d’essai" in outline
    assert client.post(url(table, "node_shift", node_id=action.pk), {"sens": "haut"}).status_code == 302
    places = client.get(url(table, "node_move", node_id=action.pk)).content.decode()
    assert "Axis d’essai" in places
    assert "Outcome d’essai" not in places, "nothing stands under itself"
    axis = table.drafted("axis")
    assert client.post(url(table, "node_move", node_id=action.pk), {"parent": axis.pk}).status_code == 302
    assert table.drafted("action").parent == axis
    outcome = table.drafted("outcome")
    assert client.post(url(table, "node_move", node_id=action.pk), {"parent": outcome.pk}).status_code == 404
    assert client.post(url(table, "renumber")).status_code == 302
    assert table.drafted("action").written == "1.2"
    assert client.get(url(table, "node_remove", node_id=action.pk)).status_code == 200
    assert client.post(url(table, "node_remove", node_id=action.pk)).status_code == 302
    assert not PlanNode.objects.filter(version=table.draft, kind="step").exists()
    assert client.get(url(table, "node_add", parent_id=axis.pk, kind="axis")).status_code == 404


def test_the_texts_of_a_draft(table: Table) -> None:
    client = table.client("coordinator")
    data = {"kind": "follow_up", "heading": "", "body": "Deux rencontres."}
    assert client.post(url(table, "section_add"), data).status_code == 302
    made = PlanSection.objects.get(version=table.draft)
    address = url(table, "section", section_id=made.pk)
    assert "Deux rencontres." in client.get(address).content.decode()
    assert client.post(address, data | {"kind": "other", "heading": "Suivi"}).status_code == 302
    assert PlanSection.objects.get(version=table.draft).heading == "Suivi"
    assert client.post(url(table, "section_add"), {"kind": "nothing"}).status_code == 422


def test_a_plan_from_a_blank_sheet(table: Table) -> None:
    client, address = table.client("coordinator"), url(table, "create")
    data = {"title": "Feuille", "kind": "roadmap", "starts_on": "2027-01-01", "ends_on": "2026-01-01"}
    assert client.post(address, data).status_code == 422
    assert client.post(address, data | {"ends_on": ""}).status_code == 302
    assert Plan.objects.get(title="Feuille").versions.get().state == "draft"
    assert client.get(url(table, "outline")).status_code == 200


def test_what_the_form_shows(table: Table) -> None:
    shown = initial_of(table.drafted("action"), rows_of(table.drafted("action")))
    assert (shown["leads"], shown["lines"]) == ("Organisme X", "2026-2027 ; 1200,00")
