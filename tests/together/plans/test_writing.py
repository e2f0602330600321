"""A document into the database and back is the same document."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.models import Committee
from concertoit.together.plans.models import NodeActor, Plan, PlanItem, PlanNode, PlanVersion, Spending
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.rules.document import (
    Actor,
    ActorKind,
    ActorRole,
    BudgetKind,
    BudgetLine,
    Link,
    Node,
    NodeKind,
    Period,
    PlanDocument,
    StepState,
    as_plain,
)
from concertoit.together.plans.rules.matching import fold
from concertoit.together.plans.rules.normal_form import normal_form
from concertoit.together.plans.services.actors import Resolver
from concertoit.together.plans.services.arranging import arrange
from concertoit.together.plans.services.writing import Written, write_document
from tests.hostile import assert_queries
from tests.personas import Table
from tests.together.plans.generated import plans

pytestmark = pytest.mark.django_db


def blank(table: Table) -> PlanVersion:
    """The draft of a plan of its own, with nothing in it."""
    plan = Plan.objects.create(space=table.space, title="Plan")
    return PlanVersion.objects.create(space=table.space, plan=plan, number=1)


def write(table: Table, document: PlanDocument, version: PlanVersion | None = None) -> tuple[PlanVersion, Written]:
    version = version or blank(table)
    return version, write_document(version=version, document=document, resolver=Resolver(table.space))


def storable(document: PlanDocument) -> PlanDocument:
    """What the columns of a version hold of a document: bounded texts, sound amounts and dates, planned money only."""
    plan = normal_form(document)
    plan.title, plan.period, plan.participants, plan.cycle = "Plan", Period(), [], []
    names: dict[str, str] = {}
    ids = {node.id: f"n{place}" for place, node in enumerate(plan.walk())}
    for node in plan.walk():
        node.id = ids[node.id]
        node.written, node.canonical = node.written[:40], node.canonical[:40]
        node.state = (node.state or StepState.TODO) if node.kind is NodeKind.STEP else None
        node.budget = abs(node.budget) if node.budget is not None else None
        if node.period.start and node.period.end and node.period.start > node.period.end:
            node.period.start, node.period.end = node.period.end, node.period.start
        node.budget_lines = [b for b in node.budget_lines if b.kind is BudgetKind.PLANNED]
        for line in node.budget_lines:
            line.year = line.year[:40]
        for indicator in node.indicators:
            indicator.unit = indicator.unit[:40]
        for link in node.links:
            link.target = ids.get(link.target or "")
            link.target_written = link.target_written[:60]
            if link.kind not in ("related", "depends"):
                link.kind = "related"
        named = [names.setdefault(fold(name), name) for name in node.cross_cutting if fold(name)]
        node.cross_cutting = list(dict.fromkeys(named))
    places = {name: place for place, name in enumerate(names.values())}
    for node in plan.walk():
        node.cross_cutting.sort(key=places.__getitem__)
    return plan


def plainly(document: PlanDocument) -> Any:
    """The document with the ids of its places, as plain values."""
    document = copy.deepcopy(document)
    ids = {node.id: f"n{place}" for place, node in enumerate(document.walk())}
    for node in document.walk():
        node.id = ids[node.id]
        for link in node.links:
            link.target = ids.get(link.target or "")
    return as_plain(document)


@given(generated=plans())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_there_and_back(table: Table, generated: PlanDocument) -> None:
    table.space.priorities.all().delete()
    document = storable(generated)
    version, _written = write(table, document)
    assert plainly(document_of(version, with_states=True, with_participants=False)) == plainly(document)


@given(generated=plans())
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_arranging_twice_changes_nothing_and_follows_the_reading(table: Table, generated: PlanDocument) -> None:
    version, _written = write(table, storable(generated))
    before = [node.title for node in document_of(version).walk()]
    arrange(version)
    assert [node.title for node in document_of(version).walk()] == before
    rows = list(PlanNode.objects.filter(version=version).order_by("order"))
    assert [row.order for row in rows] == list(range(1, len(rows) + 1))
    places = [row.canonical for row in rows]
    assert len(places) == len(set(places)), "two elements never have one place"
    with assert_queries(1):
        arrange(version)


def test_an_element_of_the_plan_stays_itself_and_its_follow_up_is_not_rewritten(table: Table) -> None:
    PlanItem.objects.filter(pk=table.step.pk).update(state="done")
    draft, items = table.draft, PlanItem.objects.count()
    document = document_of(draft, with_states=True)
    draft.nodes.all().delete()
    for node in document.walk():
        node.state = StepState.TODO if node.kind is NodeKind.STEP else None
    _version, written = write(table, document, draft)
    assert written.items == []
    assert PlanItem.objects.count() == items
    assert PlanItem.objects.get(pk=table.step.pk).state == "done"


def test_a_new_step_takes_the_state_that_the_document_says(table: Table) -> None:
    step = Node("s", NodeKind.STEP, "Consulter", state=StepState.DOING)
    version, _written = write(table, PlanDocument(roots=[Node("a", NodeKind.ACTION, "A", children=[step])]))
    item = PlanItem.objects.get(plan=version.plan, kind="step")
    assert (item.state, item.state_on is not None) == ("doing", True)


def test_what_is_derived(table: Table) -> None:
    step = Node("s", NodeKind.STEP, "Consulter")
    outcome = Node("o", NodeKind.OUTCOME, "R", period=Period("", None, date(2027, 3, 31)), children=[step])
    axis = Node("x", NodeKind.AXIS, "X", children=[Node("a", NodeKind.ACTION, "A", children=[outcome])])
    version, _written = write(table, PlanDocument(roots=[axis]))
    row = PlanNode.objects.select_related("action", "axis").get(version=version, kind="step")
    assert (row.due_on, row.action.title, row.axis.title) == (date(2027, 3, 31), "A", "X")  # type: ignore[union-attr]


def test_who_carries_becomes_an_organisation_and_a_partner_does_not(table: Table) -> None:
    names = {
        ActorRole.LEAD: ("Organisme neuf", ActorKind.ORGANISATION),
        ActorRole.PARTNER: ("Quelques voisins", ActorKind.ORGANISATION),
        ActorRole.TO_CONTACT: ("Comité des voisins", ActorKind.COMMITTEE_TO_FORM),
    }
    actors = [Actor(role, name, kind) for role, (name, kind) in names.items()]
    actors.append(Actor(ActorRole.PARTNER, "organisme x"))
    resolver = Resolver(table.space)
    document = PlanDocument(roots=[Node("a", NodeKind.ACTION, "A", actors=actors)])
    version = blank(table)
    write_document(version=version, document=document, resolver=resolver)
    rows = {row.name: row for row in NodeActor.objects.filter(version=version)}
    assert rows["organisme x"].organisation == table.x
    assert rows["Quelques voisins"].organisation is None
    assert resolver.created_organisations == [rows["Organisme neuf"].organisation_id]
    assert Committee.objects.get(pk=resolver.created_committees[0]).state == "to_form"


def test_a_resolver_may_be_asked_to_open_nothing(table: Table) -> None:
    before = Organisation.objects.count()
    resolver = Resolver(table.space, create=False)
    assert resolver.resolve(Actor(ActorRole.LEAD, "Organisme neuf")) == (None, None)
    assert resolver.resolve(Actor(ActorRole.LEAD, "Un comité", ActorKind.COMMITTEE)) == (None, None)
    assert resolver.resolve(Actor(ActorRole.LEAD, "  ")) == (None, None)
    assert Organisation.objects.count() == before


def test_money_spent_is_not_planned(table: Table) -> None:
    lines = [BudgetLine(Decimal("10.00"), "An 1"), BudgetLine(Decimal("4.00"), "An 1", BudgetKind.SPENT)]
    version, written = write(table, PlanDocument(roots=[Node("a", NodeKind.ACTION, "A", budget_lines=lines)]))
    assert [line.amount for line in document_of(version).roots[0].budget_lines] == [Decimal("10.00")]
    spending = Spending.objects.get(pk__in=written.spendings)
    assert (spending.kind, spending.amount, spending.year) == ("spent", Decimal("4.00"), "An 1")


def test_what_is_too_long_for_its_column_is_kept_whole_in_the_description(table: Table) -> None:
    prose = "d’ici la fin des travaux, " * 20
    node = Node("a", NodeKind.ACTION, "A", description="Mots.", period=Period(prose))
    node.links = [Link("2.1", None, "prolonge", "x")]
    version, _written = write(table, PlanDocument(roots=[node]))
    back = document_of(version).roots[0]
    assert back.description == f"Mots.\n{prose}"
    assert (back.links[0].kind, back.links[0].note) == ("related", "prolonge x")


def test_the_number_of_queries_does_not_follow_the_size(table: Table) -> None:
    def plan(size: int) -> PlanDocument:
        actions = [
            Node(f"a{n}", NodeKind.ACTION, "A", actors=[Actor(ActorRole.PARTNER, "Organisme Y")],
                 budget_lines=[BudgetLine(Decimal(1))], links=[Link("1", "a0")], cross_cutting=["Petite enfance"],
                 children=[Node(f"s{n}", NodeKind.STEP, "S")])
            for n in range(size)
        ]  # fmt: skip
        return PlanDocument(roots=actions)

    versions = [write(table, plan(size))[0] for size in (4, 40)]
    with assert_queries(14) as few:
        document_of(versions[0])
    with assert_queries(len(few)):
        document_of(versions[1])
    empty = [blank(table), blank(table)]
    with assert_queries(30) as few:
        write(table, plan(4), empty[0])
    with assert_queries(len(few) + 2):  # a database takes so many values in one statement
        write(table, plan(40), empty[1])
