"""Sorting: merges and their undoing, groups, axes, and the action of the draft that knows its ideas (L3)."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.urls import reverse
from docx import Document

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.together.decisions.models import Idea, IdeaGroup, ProposedAction, Workshop
from concertoit.together.decisions.services import sorting
from concertoit.together.plans.models import PlanNode, PlanVersion
from tests.personas import Table
from tests.together.decisions.made_workshops import opened, said, with_ideas


def address(table: Table, name: str, workshop: Workshop, **kwargs: Any) -> str:
    return reverse(
        f"decisions:{name}", kwargs={"slug": table.space.slug, "workshop_id": workshop.pk, **kwargs}
    )  # fmt: skip


def post(table: Table, workshop: Workshop, **values: Any) -> Any:
    return table.client("coordinator").post(address(table, "workshop_sort", workshop), values)


class TestMerging:
    def test_the_first_said_stands_for_all_and_it_can_be_undone(self, table: Table) -> None:
        workshop = opened(table)
        first, second, third = said(workshop, "Un guichet", "Un seul guichet", "Guichet unique")
        assert post(table, workshop, quoi="fusionner", idee=[second.pk, third.pk]).status_code == 302
        post(table, workshop, quoi="fusionner", idee=[first.pk, second.pk])
        assert set(Idea.objects.filter(merged_into=first)) == {second, third}
        undo = address(table, "workshop_idea", workshop, idea_id=first.pk) + "?quoi=separer"
        assert undo in table.client("coordinator").get(address(table, "workshop_sort", workshop)).content.decode()
        table.client("coordinator").post(undo)
        assert not Idea.objects.exclude(merged_into=None).exists()

    def test_one_idea_is_no_merge(self, table: Table) -> None:
        workshop = opened(table)
        idea = said(workshop, "Seule")[0]
        with pytest.raises(DomainError, match="au moins deux"):
            sorting.merge(viewer=table.viewer("coordinator"), workshop_id=workshop.pk, ids=[idea.pk])
        with pytest.raises(NotVisible):
            sorting.merge(viewer=table.viewer("coordinator"), workshop_id=workshop.pk, ids=[idea.pk, 10**9])


class TestGroups:
    def test_a_new_group_then_another_idea_then_out(self, table: Table) -> None:
        workshop = opened(table)
        first, second = said(workshop, "Un guichet", "Des visites")
        post(table, workshop, quoi="grouper", idee=[first.pk], nouveau="Accueil")
        group = IdeaGroup.objects.get()
        post(table, workshop, quoi="grouper", idee=[second.pk], groupe=group.pk)
        assert group.ideas.count() == 2
        post(table, workshop, quoi="degrouper", idee=[first.pk])
        assert list(group.ideas.all()) == [second]
        move = address(table, "workshop_idea", workshop, idea_id=first.pk)
        table.client("coordinator").post(move, {"quoi": "deplacer", "groupe": group.pk})  # what dragging posts
        assert group.ideas.count() == 2
        assert post(table, workshop, quoi="grouper", idee=[first.pk]).status_code == 422

    def test_a_group_has_a_title_an_axis_and_may_be_undone(self, table: Table) -> None:
        workshop = opened(table)
        idea = said(workshop, "Un guichet")[0]
        post(table, workshop, quoi="grouper", idee=[idea.pk], nouveau="Accueil")
        group = IdeaGroup.objects.get()
        url, client = address(table, "workshop_group", workshop, group_id=group.pk), table.client("coordinator")
        assert client.post(url, {"title": "", "axis": ""}).status_code == 422
        assert client.post(url, {"title": "Accueillir", "axis": table.axis.pk}).status_code == 302
        group.refresh_from_db()
        assert (group.title, group.axis) == ("Accueillir", table.axis)
        client.post(url, {"quoi": "defaire"})
        idea.refresh_from_db()
        assert idea.group is None

    def test_ideas_under_an_axis(self, table: Table) -> None:
        workshop = opened(table)
        idea = said(workshop, "Un guichet")[0]
        post(table, workshop, quoi="axe", idee=[idea.pk], axe=table.axis.pk)
        idea.refresh_from_db()
        assert idea.axis == table.axis
        assert post(table, workshop, quoi="axe", idee=[idea.pk], axe=table.action.pk).status_code == 404

    def test_off_the_wall_and_back(self, table: Table) -> None:
        workshop = opened(table)
        idea = said(workshop, "Une insulte")[0]
        url, client = address(table, "workshop_idea", workshop, idea_id=idea.pk), table.client("coordinator")
        client.post(url, {"quoi": "retirer"})
        assert "Une insulte" not in client.get(address(table, "workshop_wall", workshop)).content.decode()
        client.post(url + "?quoi=remettre")
        assert "Une insulte" in client.get(address(table, "workshop_wall", workshop)).content.decode()


class TestActions:
    def test_a_group_becomes_an_action_of_the_draft_which_knows_its_ideas(self, table: Table) -> None:
        workshop = opened(table)
        first, second = said(workshop, "Un guichet", "Un seul guichet")
        viewer = table.viewer("coordinator")
        sorting.merge(viewer=viewer, workshop_id=workshop.pk, ids=[first.pk, second.pk])
        post(table, workshop, quoi="grouper", idee=[first.pk], nouveau="Guichet")
        group = IdeaGroup.objects.get()
        url, client = address(table, "workshop_action", workshop) + f"?groupe={group.pk}", table.client("coordinator")
        page = client.get(url).content.decode()
        assert "- Un guichet\n- Un seul guichet" in page
        place = table.drafted("axis").item_id
        answer = client.post(url, {"title": "Ouvrir un guichet", "parent": place, "description": ""})
        assert answer.status_code == 302
        node = PlanNode.objects.get(version=table.draft, title="Ouvrir un guichet")
        assert node.parent == table.drafted("axis")
        proposal = ProposedAction.objects.get()
        assert (proposal.item, proposal.group) == (node.item, group)
        assert set(proposal.ideas.all()) == {first, second}
        assert not PlanNode.objects.filter(version=table.version, item=node.item).exists()
        item = reverse("plans:item", kwargs={"slug": table.space.slug, "item_id": node.item_id})
        shown = client.get(item).content.decode()
        assert "D’où vient cette action" in shown
        assert "Un seul guichet" in shown

    def test_a_draft_is_opened_when_there_is_none(self, table: Table) -> None:
        workshop = with_ideas(table)
        table.draft.delete()
        ids = list(workshop.ideas.values_list("pk", flat=True))
        sorting.propose_action(
            viewer=table.viewer("coordinator"), workshop_id=workshop.pk, ids=ids, title="Agir", description="",
            parent_item_id=table.axis.pk,
        )  # fmt: skip
        draft = PlanVersion.objects.get(plan=table.plan, state="draft")
        assert draft.nodes.filter(title="Agir").exists()

    def test_an_error_keeps_what_was_typed(self, table: Table) -> None:
        workshop = with_ideas(table)
        idea = workshop.ideas.first()
        assert idea is not None
        url = address(table, "workshop_action", workshop) + f"?idee={idea.pk}"
        answer = table.client("coordinator").post(url, {"title": "", "description": "Mes mots", "parent": ""})
        assert answer.status_code == 422
        assert "Mes mots" in answer.content.decode()
        nothing = table.client("coordinator").get(address(table, "workshop_action", workshop))
        assert nothing.status_code == 422

    def test_abandoning_the_draft_takes_the_proposal_not_the_ideas(self, table: Table) -> None:
        from concertoit.together.plans.services.versions import abandon_draft

        workshop = with_ideas(table)
        viewer, ids = table.viewer("coordinator"), list(workshop.ideas.values_list("pk", flat=True))
        sorting.propose_action(
            viewer=viewer, workshop_id=workshop.pk, ids=ids, title="Agir", description="", parent_item_id=None
        )
        abandon_draft(viewer=viewer, version=table.draft)
        assert ProposedAction.objects.get().item is None
        page = table.client("coordinator").get(address(table, "workshop_summary", workshop)).content.decode()
        assert "Actions proposées" not in page
        assert workshop.ideas.count() == 3


class TestOut:
    def test_csv_and_word(self, table: Table) -> None:
        workshop = opened(table, "organisation")
        said(workshop, "=1+1", "Des visites")
        client = table.client("partner")
        text = client.get(address(table, "workshop_file", workshop, extension="csv")).content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert rows[0][:3] == ["Chapeau", "Idée", "Signature"]
        assert rows[1][1] == "'=1+1"
        word = client.get(address(table, "workshop_file", workshop, extension="docx")).content
        document = Document(io.BytesIO(word))
        assert "Des visites" in [cell.text for one in document.tables for row in one.rows for cell in row.cells]
        assert client.get(address(table, "workshop_file", workshop, extension="exe")).status_code == 404

    def test_the_journal_says_what_the_facilitation_did(self, table: Table) -> None:
        workshop = opened(table)
        verbs = list(
            Entry.objects.filter(object_type="decisions.workshop").order_by("pk").values_list("verb", flat=True)
        )
        assert verbs == ["workshop.created", "workshop.opened", "workshop.hat_opened"]
        history = reverse("audit:history", kwargs={"object_type": "decisions.workshop", "object_id": workshop.pk})
        page = table.client("coordinator").get(history).content.decode()
        assert "Chapeau blanc" in page
        assert table.client("stranger").get(history).status_code == 404
