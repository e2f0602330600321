"""Versions: a draft says what the version in force says, putting it in force freezes it, abandoning it leaves nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.together.plans.models import (
    BudgetLine,
    Indicator,
    Measure,
    NodeActor,
    NodeLink,
    NodePriority,
    PlanItem,
    PlanNode,
    PlanSection,
    PlanVersion,
)
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.queries.items import plan_of, versions_for
from concertoit.together.plans.rules.diff import compare
from concertoit.together.plans.rules.snapshot import read_canonical
from concertoit.together.plans.services import filing, versions
from concertoit.together.plans.services.filing import is_unchanged
from tests.personas import Table
from tests.together.plans.followed import note_of

pytestmark = pytest.mark.django_db

PARTS = (PlanNode, NodeActor, NodeLink, BudgetLine, NodePriority, PlanSection)


def only_a_draft(table: Table) -> None:
    """As before anything is adopted."""
    PlanVersion.objects.filter(pk=table.draft.pk).update(based_on=None)
    table.version.delete()


def furnish(table: Table) -> None:
    """Give the version in force one of everything that hangs on a node."""
    node = table.nodes["action"]
    common = {"space": table.space, "version": table.version}
    NodeLink.objects.create(**common, node=node, target=table.outcome, target_written="1.1.1.1", kind="feeds")
    NodePriority.objects.create(**common, node=node, priority=table.priority, narrative="Comment.")
    PlanSection.objects.create(**common, kind="follow_up", body="Deux rencontres.")
    NodeActor.objects.create(**common, node=node, role="partner", name="Écrit autrement", organisation=table.y)


def test_a_draft_is_a_copy_of_the_version_in_force(table: Table) -> None:
    furnish(table)
    table.draft.delete()
    viewer = table.viewer("coordinator")
    draft = versions.open_draft(viewer=viewer, plan=table.plan)
    assert (draft.state, draft.based_on, draft.number) == ("draft", table.version, 2)
    assert not compare(document_of(table.version), document_of(draft))
    for model in PARTS:
        rows = model._default_manager.filter(version=table.version).count()
        assert model._default_manager.filter(version=draft).count() == rows, model
    matched = NodeActor.objects.get(version=draft, name="Écrit autrement")
    assert matched.organisation == table.y, "what people matched by hand stays matched"
    step = PlanNode.objects.select_related("parent", "action", "axis").get(version=draft, kind="step")
    assert {step.parent.version_id, step.action.version_id, step.axis.version_id} == {draft.pk}  # type: ignore[union-attr]
    assert versions.open_draft(viewer=viewer, plan=table.plan) == draft, "one draft at a time"


def test_the_first_draft_of_a_new_plan_is_empty(table: Table) -> None:
    viewer = table.viewer("coordinator")
    plan = versions.create_plan(viewer=viewer, title="Feuille de route", kind="roadmap")
    draft = versions.open_draft(viewer=viewer, plan=plan)
    assert (draft.number, draft.nodes.count(), plan_of(table.space)) == (1, 0, plan)


def test_putting_in_force_freezes_and_archives(table: Table) -> None:
    viewer = table.viewer("coordinator")
    now = versions.put_in_force(viewer=viewer, version=table.draft, adopted_on=date(2026, 5, 1), note="Unanime.")
    table.version.refresh_from_db()
    assert (now.state, table.version.state) == ("current", "archived")
    assert now.is_frozen
    assert (now.frozen_by, now.adopted_on, now.note) == (table.user("coordinator"), date(2026, 5, 1), "Unanime.")
    assert is_unchanged(now)
    assert not compare(read_canonical(now.snapshot), document_of(now))
    assert Entry.objects.filter(verb="plan.put_in_force").exists()


def test_a_tampered_version_is_told(table: Table) -> None:
    viewer = table.viewer("coordinator")
    now = versions.put_in_force(viewer=viewer, version=table.draft, adopted_on=date(2026, 5, 1))
    PlanVersion.objects.filter(pk=now.pk).update(snapshot=now.snapshot.replace("Action d’essai", "Autre action"))
    now.refresh_from_db()
    assert not is_unchanged(now)
    page = table.client("partner").get(reverse("plans:version", args=[table.space.slug, now.number]))
    assert "ne correspond" in page.content.decode() or "modifié" in page.content.decode()


def test_what_does_not_enter_in_force(table: Table) -> None:
    viewer = table.viewer("coordinator")
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(DomainError, match="futur"):
        versions.put_in_force(viewer=viewer, version=table.draft, adopted_on=tomorrow)
    with pytest.raises(DomainError, match="Seule une ébauche"):
        versions.put_in_force(viewer=viewer, version=table.version, adopted_on=date(2026, 5, 1))
    table.draft.nodes.all().delete()
    with pytest.raises(DomainError, match="vide"):
        versions.put_in_force(viewer=viewer, version=table.draft, adopted_on=date(2026, 5, 1))
    with pytest.raises(NotAllowed):
        versions.put_in_force(viewer=table.viewer("coco"), version=table.draft, adopted_on=date(2026, 5, 1))


def test_abandoning_a_draft_leaves_nothing_of_it(table: Table) -> None:
    viewer = table.viewer("coordinator")
    items = set(PlanItem.objects.values_list("pk", flat=True))
    added = PlanItem.objects.create(space=table.space, plan=table.plan, kind="action")
    PlanNode.objects.create(space=table.space, version=table.draft, item=added, kind="action", title="Neuve", order=9)
    versions.abandon_draft(viewer=viewer, version=table.draft)
    assert set(PlanItem.objects.values_list("pk", flat=True)) == items
    assert not PlanVersion.objects.filter(number=2).exists()
    with pytest.raises(DomainError, match="Seule une ébauche"):
        versions.abandon_draft(viewer=viewer, version=table.version)


def test_abandoning_keeps_what_people_wrote_about_an_element(table: Table) -> None:
    """An element that only the draft has goes away with it, unless somebody measured or noted something there."""
    rows = [PlanItem.objects.create(space=table.space, plan=table.plan, kind="action") for _ in range(3)]
    for order, item in enumerate(rows, start=10):
        PlanNode.objects.create(space=table.space, version=table.draft, item=item, kind="action", order=order)
    note = note_of(table)
    note.item = rows[0]
    note.save()
    indicator = Indicator.objects.create(space=table.space, item=rows[1], title="Visites")
    Measure.objects.create(space=table.space, indicator=indicator, on=date(2026, 5, 1), value=3)
    versions.abandon_draft(viewer=table.viewer("coordinator"), version=table.draft)
    left = PlanItem.objects.filter(pk__in=[row.pk for row in rows])
    assert set(left) == {rows[0], rows[1]}
    assert Measure.objects.exists()


def test_while_a_version_is_in_force_a_draft_is_for_those_who_prepare_it(table: Table) -> None:
    def seen(who: str) -> list[int]:
        return [version.number for version in versions_for(table.viewer(who), table.plan)]

    assert seen("coco") == [2, 1]
    assert seen("partner") == [1]
    only_a_draft(table)
    assert seen("partner") == [2], "before any version is in force, the draft is what the table has"


@pytest.mark.parametrize("who", ["coordinator", "partner", "observer"])
@pytest.mark.parametrize("name", ["plan", "versions", "compare", "export", "cycle"])
def test_pages_of_a_plan_that_only_has_a_draft(table: Table, who: str, name: str) -> None:
    only_a_draft(table)
    response = table.client(who).get(reverse(f"plans:{name}", args=[table.space.slug]))
    assert response.status_code == 200
    assert table.client(who).get(reverse("plans:version", args=[table.space.slug, 2])).status_code == 200


@pytest.mark.parametrize("query", ["?a=1&de=2", "?a=99&de=x", f"?a={'9' * 5000}", "?a=2&de=2"])
def test_any_two_versions_are_compared(table: Table, query: str) -> None:
    address = reverse("plans:compare", args=[table.space.slug]) + query
    assert table.client("coordinator").get(address).status_code == 200


def test_the_difference_shows_words_gone_and_come(table: Table) -> None:
    PlanNode.objects.filter(version=table.draft, kind="action").update(title="Action mieux dite", budget=30)
    page = table.client("coordinator").get(reverse("plans:compare", args=[table.space.slug])).content.decode()
    assert "<ins" in page
    assert "<del" in page
    assert "30,00" in page


def test_adopting_in_the_browser(table: Table) -> None:
    address = reverse("plans:adopt", args=[table.space.slug])
    client = table.client("coordinator")
    assert client.post(address, {"adopted_on": "2999-01-01"}).status_code == 422
    assert client.post(address, {"adopted_on": "2026-05-01", "note": ""}).status_code == 302
    assert PlanVersion.objects.get(number=2).state == "current"
    without_draft = client.get(reverse("plans:outline", args=[table.space.slug]))
    assert without_draft["Location"] == reverse("plans:plan", args=[table.space.slug])
    assert client.post(reverse("plans:draft_open", args=[table.space.slug])).status_code == 302
    assert PlanVersion.objects.get(number=3).state == "draft"


def test_abandoning_asks_for_the_title(table: Table) -> None:
    address = reverse("plans:abandon", args=[table.space.slug])
    client = table.client("coordinator")
    assert client.post(address, {"titre": "autre"}).status_code == 422
    assert PlanVersion.objects.filter(number=2).exists()
    assert client.post(address, {"titre": " Plan d’essai "}).status_code == 302
    assert not PlanVersion.objects.filter(number=2).exists()


def test_what_is_told_afterwards_is_written_on_its_day(table: Table) -> None:
    day = timezone.now() - timedelta(days=40)
    made = versions.put_in_force(
        viewer=table.viewer("coordinator"), version=table.draft, adopted_on=day.date(), at=day
    )
    assert made.frozen_at == day
    assert Entry.objects.get(verb="plan.put_in_force").at == day
    filing.file_plan(
        viewer=table.viewer("coordinator"), version=made, recipient="Bailleur", filed_on=day.date(), at=day
    )
    assert Entry.objects.get(verb="plan.filed").at == day


def test_the_plan_leads_to_its_versions(table: Table) -> None:
    page = table.client("observer").get(reverse("plans:plan", kwargs={"slug": table.space.slug})).content.decode()
    assert f'href="{reverse("plans:versions", kwargs={"slug": table.space.slug})}"' in page
