"""The outcome of a review makes the next draft: seen first, applied at once, undoable, with its lineage (L4)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.core.errors import DomainError
from concertoit.together.decisions.models import ProposedAction, Review
from concertoit.together.decisions.services import review_outcome, reviews, sorting
from concertoit.together.plans.models import PlanNode, PlanVersion
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.rules.diff import compare
from concertoit.together.plans.services.content import change_node, content_of
from concertoit.together.plans.services.versions import put_in_force
from tests.personas import Table
from tests.together.decisions.made_workshops import reviewing, settled, with_ideas


def apply(table: Table, review: Review) -> Review:
    return review_outcome.apply(viewer=table.viewer("coordinator"), review_id=review.pk)


def preview(table: Table, review: Review) -> Any:
    url = reverse("decisions:review_apply", kwargs={"slug": table.space.slug, "review_id": review.pk})
    return table.client("coordinator").get(url)


class TestApplying:
    def test_stopped_leaves_the_draft_with_what_is_under_it(self, table: Table) -> None:
        review = settled(table, "stop")
        assert "avec 2 éléments dessous" in preview(table, review).content.decode()
        assert PlanNode.objects.filter(version=table.draft, kind="action").exists()  # seeing wrote nothing
        apply(table, review)
        assert not PlanNode.objects.filter(version=table.draft, kind__in=["action", "outcome", "step"]).exists()
        assert PlanNode.objects.filter(version=table.version, kind="action").exists()  # the plan in force is as it was

    def test_corrected_is_rewritten_and_keeps_what_it_had(self, table: Table) -> None:
        apply(table, settled(table, "fix", new_title="Action corrigée", new_description="Mieux dite."))
        node = PlanNode.objects.get(version=table.draft, kind="action")
        assert (node.title, node.description, node.item) == ("Action corrigée", "Mieux dite.", table.action)
        assert node.actors.count() == 3
        assert node.budget_lines.count() == 1

    def test_kept_changes_nothing(self, table: Table) -> None:
        before = document_of(table.draft)
        apply(table, settled(table, "keep", reason=""))
        assert not compare(before, document_of(table.draft))

    def test_a_draft_is_opened_when_there_is_none(self, table: Table) -> None:
        table.draft.delete()
        review = apply(table, settled(table, "fix", new_title="Corrigée"))
        assert review.draft is not None
        assert review.opened_draft
        assert PlanNode.objects.get(version=review.draft, kind="action").title == "Corrigée"

    def test_not_while_open_nor_with_an_action_left(self, table: Table) -> None:
        review, viewer = reviewing(table), table.viewer("coordinator")
        with pytest.raises(DomainError, match="Terminez"):
            apply(table, review)
        reviews.close_review(viewer=viewer, review_id=review.pk)
        with pytest.raises(DomainError, match="Fixez l’issue"):
            apply(table, review)
        assert "n’a pas d’issue" in preview(table, review).content.decode()

    def test_what_has_already_left_the_draft_is_said(self, table: Table) -> None:
        review = settled(table, "stop")
        PlanNode.objects.filter(version=table.draft, kind="action").delete()
        assert "Déjà absentes" in preview(table, review).content.decode()
        apply(table, review)


class TestUndoing:
    @pytest.mark.parametrize("outcome", ["stop", "fix"])
    def test_the_draft_is_exactly_as_before(self, table: Table, outcome: str) -> None:
        nodes = list(PlanNode.objects.filter(version=table.draft).order_by("pk").values())
        before = document_of(table.draft)
        review = apply(table, settled(table, outcome, new_title="Corrigée" if outcome == "fix" else ""))
        url = reverse("decisions:review_undo", kwargs={"slug": table.space.slug, "review_id": review.pk})
        assert table.client("coordinator").post(url).status_code == 302
        assert list(PlanNode.objects.filter(version=table.draft).order_by("pk").values()) == nodes
        assert document_of(table.draft) == before
        review.refresh_from_db()
        assert (review.state, review.draft, review.undo) == ("closed", None, "")
        apply(table, review)  # and again

    def test_a_draft_that_it_opened_goes_away(self, table: Table) -> None:
        table.draft.delete()
        review = apply(table, settled(table))
        review_outcome.undo(viewer=table.viewer("coordinator"), review_id=review.pk)
        assert not PlanVersion.objects.filter(plan=table.plan, state="draft").exists()

    def test_not_once_somebody_touched_the_draft(self, table: Table) -> None:
        review, viewer = apply(table, settled(table)), table.viewer("coordinator")
        node = PlanNode.objects.select_related("version__plan", "space", "item").get(version=table.draft, kind="axis")
        content = content_of(node)
        content.title = "Un autre titre"
        change_node(viewer=viewer, node=node, content=content)
        with pytest.raises(DomainError, match="ne s’annule plus"):
            review_outcome.undo(viewer=viewer, review_id=review.pk)
        assert "ne s’annule plus" in preview(table, review).content.decode()

    def test_not_once_it_is_adopted(self, table: Table) -> None:
        review, viewer = apply(table, settled(table)), table.viewer("coordinator")
        put_in_force(viewer=viewer, version=table.draft, adopted_on=timezone.localdate())
        with pytest.raises(DomainError):
            review_outcome.undo(viewer=viewer, review_id=review.pk)


class TestLineage:
    def test_the_differences_say_what_became_what_and_why(self, table: Table) -> None:
        viewer, workshop = table.viewer("coordinator"), with_ideas(table)
        ids = list(workshop.ideas.values_list("pk", flat=True))
        sorting.propose_action(
            viewer=viewer, workshop_id=workshop.pk, ids=ids, title="Ouvrir un guichet", description="",
            parent_item_id=table.axis.pk,
        )  # fmt: skip
        review = apply(table, settled(table, "fix", new_title="Action corrigée", reason="Trop vague."))
        page = table.client("coordinator").get(
            reverse("plans:compare", kwargs={"slug": table.space.slug}) + "?de=1&a=2"
        ).content.decode().replace("\u00a0", " ")  # fmt: skip
        assert "Ce que chaque action est devenue" in page
        assert "Révision « Révision d’essai » : corriger. Trop vague." in page
        assert "Vient de l’atelier « Atelier d’essai » (3 idées)." in page
        assert "1 nouvelle, d’un atelier" in page
        item = reverse("plans:item", kwargs={"slug": table.space.slug, "item_id": table.action.pk})
        shown = table.client("coordinator").get(item).content.decode().replace("\u00a0", " ")
        assert "D’où vient cette action" in shown
        assert review.title in shown
        assert ProposedAction.objects.count() == 1

    def test_stopped_says_why_where_it_was(self, table: Table) -> None:
        apply(table, settled(table, "stop", reason="Le besoin est comblé."))
        page = table.client("coordinator").get(
            reverse("plans:compare", kwargs={"slug": table.space.slug}) + "?de=1&a=2"
        ).content.decode()  # fmt: skip
        assert "cesser. Le besoin est comblé." in page

    def test_versions_without_a_review_say_nothing_more(self, table: Table) -> None:
        page = table.client("coordinator").get(reverse("plans:compare", kwargs={"slug": table.space.slug}))
        assert "Ce que chaque action est devenue" not in page.content.decode()
