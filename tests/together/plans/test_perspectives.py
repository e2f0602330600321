"""The same plan seen otherwise: filtered by its address, by step, link, actor, territory, priority, money."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.models import Committee
from concertoit.together.plans.exports import FORMATS
from concertoit.together.plans.filters import SHOWS, PlanFilter
from concertoit.together.plans.models import (
    BudgetLine,
    NodeActor,
    NodeLink,
    NodePriority,
    PlanItem,
    PlanNode,
    Spending,
)
from concertoit.together.plans.queries import perspectives
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.queries.items import item_for
from concertoit.together.plans.queries.narrow import kept_actions, only_axis, prune
from concertoit.together.plans.queries.tree import ActorName, add_actors, plan_tree, public_tree, tree_of
from concertoit.together.plans.rules.document import NodeKind, PlanDocument, StepState
from concertoit.together.plans.rules.schedule import Window
from concertoit.together.plans.services.arranging import arrange
from concertoit.together.plans.views.perspectives import scale
from concertoit.together.plans.views.show import WHO_SHOWN, who
from tests.hostile import assert_constant_queries
from tests.htmx import assert_fragment_is_page
from tests.personas import Table
from tests.together.plans.generated import plans
from tests.together.plans.test_writing import storable, write

pytestmark = pytest.mark.django_db


def url(table: Table, name: str, **kwargs: Any) -> str:
    return reverse(f"plans:{name}", kwargs={"slug": table.space.slug, **kwargs})


def grow(table: Table, size: int = 10) -> None:
    """As many more actions, each with an outcome, two steps, actors, an amount, a link and a priority."""
    version, parent = table.version, table.nodes["objective"]
    common: dict[str, Any] = {"space": table.space, "version": version}

    def node(kind: str, above: PlanNode, order: int, **values: Any) -> PlanNode:
        item = PlanItem.objects.create(space=table.space, plan=table.plan, kind=kind)
        return PlanNode.objects.create(
            **common, item=item, kind=kind, parent=above, order=order, title=f"{kind} {order}", **values
        )

    for number in range(size):
        base = 1000 + number * 10
        action = node("action", parent, base, budget=Decimal("10.00"), ends_on=date(2028, 1, 1))
        outcome = node("outcome", action, base + 1, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1))
        for step in (2, 3):
            node("step", outcome, base + step)
        NodeActor.objects.create(**common, node=action, role="lead", name="X", organisation=table.x)
        NodeActor.objects.create(
            **common, node=outcome, role="partner", name="C", committee=table.committee, kind="committee"
        )
        BudgetLine.objects.create(**common, node=action, year="An 1", amount=Decimal("10.00"))
        NodeLink.objects.create(**common, node=outcome, target=table.outcome, target_written="1.1.1.1")
        NodePriority.objects.create(**common, node=outcome, priority=table.priority)
        Spending.objects.create(
            space=table.space, item=action.item, kind="spent", on=date(2026, 5, 1), amount=Decimal("1.00")
        )
    arrange(version)


# --- pages


@pytest.mark.parametrize(
    "name", ["plan", "gantt", "board", "links", "actors", "territory", "priorities", "budget", "export"]
)
@pytest.mark.parametrize("query", ["", "?voir=en-retard"])
def test_a_page_costs_the_same_with_ten_times_the_rows(table: Table, name: str, query: str) -> None:
    grow(table, 2)
    client, address = table.client("partner"), url(table, name) + query
    assert_constant_queries(lambda: grow(table, 20), lambda: client.get(address))


@pytest.mark.parametrize("query", ["", "?voir=en-retard", "?voir=mes-actions", "?organisme=1"])
def test_the_list_alone_is_the_list_of_the_page(table: Table, query: str) -> None:
    grow(table, 2)
    assert_fragment_is_page(table.client("partner"), url(table, "plan") + query, "plan-liste")


def test_a_filtered_list_shows_what_it_keeps_and_its_totals_stay(table: Table) -> None:
    NodeActor.objects.filter(version=table.version, organisation=table.y).delete()
    page = table.client("contributor").get(url(table, "plan") + "?voir=mes-actions").content.decode()
    assert "Action d’essai" not in page
    page = table.client("partner").get(url(table, "plan") + "?voir=mes-actions").content.decode()
    assert "Action d’essai" in page


def test_a_large_plan_opens_one_axis_at_a_time(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concertoit.together.plans.views.plan.WHOLE_UP_TO", 0)
    item = PlanItem.objects.create(space=table.space, plan=table.plan, kind="axis")
    PlanNode.objects.create(
        space=table.space, version=table.version, item=item, kind="axis", title="Second axe", order=90
    )
    page = table.client("partner").get(url(table, "plan")).content.decode()
    assert "Action d’essai" in page
    page = table.client("partner").get(url(table, "plan") + f"?axe={item.pk}").content.decode()
    assert "Second axe" in page
    assert "Action d’essai" not in page


@pytest.mark.parametrize("name", ["plan", "gantt", "cycle", "export"])
def test_a_demarche_without_a_plan(table: Table, name: str) -> None:
    address = reverse(f"plans:{name}", kwargs={"slug": table.other.slug})
    assert table.client("stranger").get(address).status_code == 200


@pytest.mark.parametrize("name", ["plan", "gantt", "board", "links", "budget", "export"])
def test_a_draft_is_not_shown_to_partners_while_a_version_is_in_force(table: Table, name: str) -> None:
    address = url(table, name) + "?version=2"
    assert table.client("partner").get(address).status_code == 404
    assert table.client("coco").get(address).status_code == 200


def test_an_element_that_only_the_draft_has_is_not_shown_either(table: Table) -> None:
    item = PlanItem.objects.create(space=table.space, plan=table.plan, kind="action")
    PlanNode.objects.create(space=table.space, version=table.draft, item=item, kind="action", title="Secrète", order=9)
    with pytest.raises(NotVisible):
        item_for(table.viewer("partner"), item.pk)
    assert item_for(table.viewer("coco"), item.pk).node.title == "Secrète"
    assert item_for(table.viewer("partner"), table.step.pk).ancestors[0] == table.nodes["axis"]


# --- filters


@given(
    show=st.sampled_from([*SHOWS, "", "n’importe quoi"]),
    numbers=st.lists(st.none() | st.integers(1, 999_999_999), min_size=5, max_size=5),
    mrc=st.sampled_from(["", "61", "980"]),
)
def test_an_address_says_the_filter_and_the_filter_says_the_address(
    show: str, numbers: list[int | None], mrc: str
) -> None:
    names = dict(zip(("axe", "organisme", "comite", "priorite", "version"), numbers, strict=True))
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in names.items() if value} | {"voir": show, "mrc": mrc})
    found = PlanFilter.read(query)
    assert PlanFilter.read(QueryDict(found.query()[1:])) == found
    assert PlanFilter.read(QueryDict(found.clear()[1:])) == PlanFilter(version=found.version)
    assert found.is_narrow == any([found.show, found.axis, found.organisation, found.committee, found.priority, mrc])


@given(text=st.text(max_size=20))
def test_nonsense_in_an_address_is_no_filter(text: str) -> None:
    query = QueryDict(mutable=True)
    query.update(dict.fromkeys(["axe", "organisme", "version"], f"x{text}"))
    assert PlanFilter.read(query) == PlanFilter()


def test_what_each_filter_keeps(table: Table) -> None:
    grow(table, 1)
    first = table.nodes["action"].pk
    second = PlanNode.objects.exclude(pk=first).get(version=table.version, kind="action").pk
    PlanItem.objects.filter(pk=table.step.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    tree = plan_tree(table.viewer("partner"), table.version)
    viewer = table.viewer("partner")
    table.x.mrcs.add(table.municipality.mrc)

    def kept(**conditions: Any) -> set[int]:
        return kept_actions(viewer, tree, **conditions)

    assert kept() == {first, second}
    assert kept(show="mes-actions") == {first, second}
    assert kept(show="en-retard") == {first}
    assert kept(show="avec-budget") == {second}
    assert kept(organisation=table.y.pk) == {first}
    assert kept(committee=table.committee.pk) == {second}
    assert kept(priority=table.priority.pk) == {second}
    assert kept(mrc="980") == {first, second}
    assert kept(mrc="61") == set()
    assert kept(show="en-retard", organisation=table.x.pk) == {first}
    prune(tree, {second})
    assert [line.node.pk for line in tree.actions()] == [second]
    only_axis(tree, table.axis.pk)
    assert len(tree.roots) == 1
    only_axis(tree, 1_000_000)
    assert tree.roots == []


# --- queries


def test_the_tree_counts_without_loading(table: Table) -> None:
    grow(table, 3)
    PlanItem.objects.filter(pk=table.step.pk).update(state="done")
    tree = tree_of(table.version)
    assert (tree.progress.total, tree.progress.done) == (7, 1)
    assert tree.roots[0].progress == tree.progress
    assert sum((line.progress for line in tree.actions()), start=type(tree.progress)()) == tree.progress
    assert tree.actions()[0].node.title == "Action d’essai"
    assert tree.actions()[1].starts_on == date(2026, 1, 1), "an action goes as far as its outcomes"
    assert tree.window == Window(date(2026, 1, 1), date(2029, 3, 31))
    add_actors(tree)
    assert [actor.name for actor in tree.actions()[1].leads] == ["Organisme X"]
    assert [actor.name for actor in tree.actions()[1].partners] == ["Comité des actions"]


def test_steps_outside_any_action_still_count(table: Table) -> None:
    item = PlanItem.objects.create(space=table.space, plan=table.plan, kind="step")
    axis = table.nodes["axis"]
    PlanNode.objects.create(space=table.space, version=table.version, item=item, kind="step", parent=axis, order=99)
    arrange(table.version)
    tree = tree_of(table.version)
    assert (tree.progress.total, tree.roots[0].progress.total) == (2, 2)


def test_an_outcome_without_action_breaks_nothing(table: Table) -> None:
    item = PlanItem.objects.create(space=table.space, plan=table.plan, kind="outcome")
    common: dict[str, Any] = {"space": table.space, "version": table.version}
    node = PlanNode.objects.create(
        **common, item=item, kind="outcome", parent=table.nodes["axis"], order=99, title="Seul", budget=Decimal("5.00")
    )
    NodeActor.objects.create(**common, node=node, role="lead", name="X", organisation=table.x)
    NodePriority.objects.create(**common, node=node, priority=table.priority)
    arrange(table.version)
    for name in ("plan", "gantt", "board", "links", "actors", "territory", "priorities", "budget"):
        assert table.client("partner").get(url(table, name)).status_code == 200, name
    tree = tree_of(table.version)
    assert tree.budget == perspectives.budget(table.version, without="?").total.planned == Decimal("5.00")
    assert [line.node.title for line in tree.actions()] == ["Action d’essai", "Seul"], "it is followed as an action"
    assert "Seul" in table.client("partner").get(url(table, "plan")).content.decode()


@given(generated=plans())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_total_says_the_same_whatever_the_levels(table: Table, generated: PlanDocument) -> None:
    version, _written = write(table, storable(generated))
    tree, document = tree_of(version), document_of(version)
    assert tree.budget == perspectives.budget(version, without="?").total.planned == document.budget_total()
    assert tree.progress.total + tree.progress.dropped == len(document.of_kind(NodeKind.STEP))


def test_the_board(table: Table) -> None:
    grow(table, 3)
    columns = {column.state: column for column in perspectives.board(table.version, most=5)}
    assert (len(columns[StepState.TODO].steps), columns[StepState.TODO].total) == (5, 7)
    due = [step.effective for step in columns[StepState.TODO].steps]
    assert due == sorted(due), "soonest due first"
    assert columns[StepState.DONE].total == 0
    kept = {column.state: column for column in perspectives.board(table.version, {table.nodes["action"].pk})}
    assert kept[StepState.TODO].total == 1


def test_links_even_those_that_lead_nowhere(table: Table) -> None:
    grow(table, 1)
    NodeLink.objects.create(space=table.space, version=table.version, node=table.nodes["action"], target_written="9,9")
    NodeLink.objects.create(
        space=table.space, version=table.version, node=table.nodes["outcome"], target=table.outcome, target_written="x"
    )
    found = perspectives.links(table.version)
    assert [(view.target is None, view.is_loop) for view in found] == [(True, False), (False, True), (False, False)]
    assert "9,9" in table.client("partner").get(url(table, "links")).content.decode()


def test_by_actor(table: Table) -> None:
    grow(table, 2)
    Committee.objects.filter(pk=table.committee.pk).update(state="to_form")
    organisations, committees = perspectives.by_actor(tree_of(table.version))
    assert [(share.name, share.leads, share.partners) for share in organisations] == [
        ("Organisme X", 3, 0),
        ("Organisme porteur", 1, 0),
        ("Organisme Y", 0, 1),
    ]
    assert organisations[0].progress.total == 5
    assert [(share.partners, share.note) for share in committees] == [(2, "À former")]


def test_by_territory_and_by_priority(table: Table) -> None:
    grow(table, 2)
    table.y.mrcs.add(table.municipality.mrc)
    tree = tree_of(table.version)
    (mrc,), elsewhere = perspectives.by_territory(tree)
    assert (len(mrc.actions), mrc.progress.total, elsewhere) == (1, 1, 2)
    (priority,), untagged = perspectives.by_priority(tree)
    assert (len(priority.actions), priority.progress.total, untagged) == (2, 4, 1)


def test_the_budget_is_reconciled_whatever_way_it_is_cut(table: Table) -> None:
    grow(table, 2)
    action = table.nodes["action"]
    PlanNode.objects.filter(pk=action.pk).update(budget=Decimal("1500.55"))
    outcome = table.nodes["outcome"]
    PlanNode.objects.filter(pk=outcome.pk).update(budget=Decimal("700.00"))  # already in its action's
    Spending.objects.create(
        space=table.space, item=table.step, kind="committed", on=date(2026, 5, 1), amount=Decimal("3.33"), year="An 2"
    )
    found = perspectives.budget(table.version, without="Non précisé")
    assert found.total.planned == Decimal("1520.55") == tree_of(table.version).budget
    assert (found.total.committed, found.total.spent) == (Decimal("3.33"), Decimal("2.00"))
    for cut in (found.nodes, found.years, found.agents, found.sources):
        assert sum(part.planned for part in cut) == found.total.planned
        assert sum(part.committed for part in cut) == found.total.committed
        assert sum(part.spent for part in cut) == found.total.spent
    assert [part.label for part in found.years] == ["2026-2027", "An 1", "An 2", "Non précisé"]
    assert found.years[-1].planned == Decimal("300.55"), "what no line explains"
    page = table.client("partner").get(url(table, "budget")).content.decode()
    assert "520,55" in page


def test_the_scale_of_the_calendar() -> None:
    window = Window(date(2026, 4, 15), date(2028, 3, 31))
    assert [mark["label"] for mark in scale(window, months=False)] == ["2026", "2027", "2028"]
    months = scale(window, months=True)
    assert (len(months), months[0]["label"], months[-1]["label"]) == (24, "2026-04", "2028-03")
    assert [mark["at"] for mark in months] == sorted(mark["at"] for mark in months)
    assert scale(Window(date(2028, 2, 29), date(2029, 3, 1)), months=False)


def test_by_months_in_the_browser(table: Table) -> None:
    assert "2026-04" in table.client("partner").get(url(table, "gantt") + "?echelle=mois").content.decode()


def test_only_a_public_demarche_has_a_public_tree(table: Table) -> None:
    assert public_tree(table.space) is None
    table.space.is_public = True
    tree = public_tree(table.space)
    assert tree is not None
    assert tree.version == table.version


def test_many_partners_are_told_in_few_words(table: Table) -> None:
    def actors(number: int) -> list[ActorName]:
        return [ActorName(f"P{place}") for place in range(number)]

    assert who(actors(1), []) == "P0"
    assert who([], actors(2)) == "avec P0, P1"
    assert who(actors(1), actors(WHO_SHOWN + 3)).endswith("et 3 autres")
    assert who([ActorName("Comité", to_form=True)], []) == "Comité (à former)"


# --- files


@pytest.mark.parametrize("extension", sorted(FORMATS))
def test_a_plan_as_a_file(table: Table, extension: str) -> None:
    response = table.client("partner").get(url(table, "export_file", extension=extension))
    assert response.headers["Content-Type"] == FORMATS[extension].media_type
    assert f"chantier-essai-plan-v1.{extension}" in response.headers["Content-Disposition"]
    assert len(response.content) > 200
    assert table.client("partner").get(url(table, "export_file", extension="exe")).status_code == 404


def test_who_may_not_see_contacts_gets_the_plan_without_its_people(table: Table) -> None:
    address = url(table, "export_file", extension="json")
    assert "Alice Modèle" in table.client("partner").get(address).content.decode()
    assert "Alice Modèle" not in table.client("observer").get(address).content.decode()
