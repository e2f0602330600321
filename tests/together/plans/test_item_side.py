"""Beside an element, who and when: what its plan does not say there is told by what stands under it, and it says so."""

from __future__ import annotations

import pytest
from django.urls import reverse

from concertoit.ground.audit.models import Entry
from concertoit.ground.audit.services import record
from concertoit.ground.spaces.models import CrossCuttingPriority
from concertoit.together.plans.models import NodeActor, NodePriority, PlanNode
from concertoit.together.plans.queries.narrow import prune
from concertoit.together.plans.queries.perspectives import by_priority
from concertoit.together.plans.queries.tree import tree_of
from concertoit.together.plans.services.restoring import show
from tests.personas import Table

pytestmark = pytest.mark.django_db


def side(table: Table, kind: str = "action") -> str:
    address = reverse("plans:item", kwargs={"slug": table.space.slug, "item_id": table.nodes[kind].item_id})
    return table.client("observer").get(address).content.decode()


def test_an_action_that_names_nobody_is_led_by_whom_its_outcomes_name(table: Table) -> None:
    NodeActor.objects.filter(node=table.nodes["action"]).update(node=table.nodes["outcome"])
    text = side(table)
    assert "Organisme X" in text
    assert "selon les résultats" in text
    assert "Le plan ne nomme pas de responsable" not in text


def test_an_action_that_names_its_lead_keeps_it(table: Table) -> None:
    assert "selon les résultats" not in side(table)


def test_an_action_without_a_period_has_that_of_its_outcomes(table: Table) -> None:
    nodes = PlanNode.objects.filter(version=table.version)
    nodes.filter(pk=table.nodes["action"].pk).update(period_written="", starts_on=None, ends_on=None, due_on=None)
    text = side(table)
    assert "2026-04-01 – 2027-03-31" in text
    assert text.count("(d’après les résultats)") == 2
    nodes.update(period_written="", starts_on=None, ends_on=None, due_on=None)
    assert "Non précisée" in side(table)


def test_the_journal_says_codes_in_words() -> None:
    assert show("state", "accepted") == "Accepté"
    assert show("kind", "contributes") == "contribue à"
    assert show("actors", ["lead: Organisme X", "Table : ronde"]) == "Organisme X (responsable), Table : ronde"
    assert show("title", "Un titre") is None


def test_an_empty_history_has_no_button(table: Table) -> None:
    item = table.nodes["step"].item
    address = reverse("plans:item", kwargs={"slug": table.space.slug, "item_id": item.pk})
    history = reverse("audit:history", kwargs={"object_type": "plans.item", "object_id": item.pk})
    assert not Entry.objects.filter(object_type="plans.item", object_id=str(item.pk)).exists()
    assert history not in table.client("coordinator").get(address).content.decode()
    record(
        actor=table.users["coordinator"], verb="plan.note_added", object_type="plans.item", object_id=item.pk,
        object_label="Étape", space_id=table.space.pk,
    )  # fmt: skip
    assert history in table.client("coordinator").get(address).content.decode()
    assert table.client("coordinator").get(history).status_code == 200
    assert history not in table.client("observer").get(address).content.decode()


def test_priorities_of_a_filtered_plan_count_what_is_shown(table: Table) -> None:
    priority = CrossCuttingPriority.objects.create(space=table.space, name="Services de proximité")
    NodePriority.objects.create(
        space=table.space, version=table.version, node=table.nodes["action"], priority=priority
    )
    tree = tree_of(table.version)
    shares, untagged = by_priority(tree)
    assert ([share.name for share in shares if share.actions], untagged) == (["Services de proximité"], 0)
    prune(tree, set())
    shares, untagged = by_priority(tree)
    assert ([share.name for share in shares if share.actions], untagged) == ([], 0)


def test_a_demarche_without_a_plan_says_so_where_its_steps_would_be(table: Table) -> None:
    text = table.client("stranger").get(reverse("plans:cycle", kwargs={"slug": table.other.slug})).content.decode()
    assert "La démarche n’a pas encore de plan" in text
