"""Several steps at once, and everything I carry on one page."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.ui import panels
from concertoit.together.plans.models import PlanItem, PlanNode, ProgressNote
from concertoit.together.plans.queries.worklist import work_of
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.services import followup
from tests.hostile import assert_constant_queries
from tests.htmx import assert_fragment_is_page
from tests.personas import Table
from tests.together.plans.test_item_page import address, more_steps


def url(table: Table, name: str = "bulk") -> str:
    return reverse(f"plans:{name}", kwargs={"slug": table.space.slug})


def states(table: Table) -> list[str]:
    return list(PlanItem.objects.filter(plan=table.plan, kind="step").order_by("pk").values_list("state", flat=True))


class TestService:
    def test_one_state_and_one_note_for_all(self, table: Table) -> None:
        steps = [table.step.pk, *more_steps(table, 3)]
        change = followup.set_states(
            viewer=table.viewer("partner"), item_ids=steps, state=StepState.DONE, note="Fait en atelier."
        )
        assert (change.changed, change.refused) == (4, [])
        assert set(states(table)) == {"done"}
        assert ProgressNote.objects.filter(body="Fait en atelier.").count() == 4
        assert PlanItem.objects.get(pk=table.action.pk).last_news_at is not None
        assert followup.undo_states(viewer=table.viewer("partner"), token=change.undo) == 4
        assert set(states(table)) == {"todo"}

    def test_those_that_cannot_are_told_and_the_others_change(self, table: Table) -> None:
        first, second = more_steps(table, 2)
        PlanItem.objects.filter(pk=first).update(state="done")
        change = followup.set_states(
            viewer=table.viewer("coordinator"), item_ids=[first, second, table.outcome.pk], state=StepState.DROPPED,
            explanation="Le projet s’arrête.",
        )  # fmt: skip
        assert change.changed == 1
        assert {node.item_id for node, _why in change.refused} == {first, table.outcome.pk}

    def test_a_missing_reason_is_missing_for_all(self, table: Table) -> None:
        with pytest.raises(DomainError, match="débloquerait"):
            followup.set_states(
                viewer=table.viewer("partner"), item_ids=[table.step.pk], state=StepState.BLOCKED, note="Voir."
            )
        assert not ProgressNote.objects.exists()

    def test_who_carries_only_one_of_them_changes_none(self, table: Table) -> None:
        alone = PlanItem.objects.create(space=table.space, plan=table.plan, kind="step")
        PlanNode.objects.create(
            space=table.space, version=table.version, item=alone, kind="step", order=99, title="D’un autre"
        )
        with pytest.raises(NotAllowed):
            followup.set_states(
                viewer=table.viewer("partner"), item_ids=[table.step.pk, alone.pk], state=StepState.DONE
            )
        with pytest.raises(NotVisible):
            followup.set_states(viewer=table.viewer("partner"), item_ids=[10_000_000], state=StepState.DONE)
        with pytest.raises(DomainError):
            followup.set_states(viewer=table.viewer("partner"), item_ids=[table.step.pk], state=None)


class TestList:
    def test_filters_are_in_the_address(self, table: Table) -> None:
        more_steps(table, 2)
        PlanItem.objects.filter(pk=table.step.pk).update(state="blocked", due_on=date(2026, 5, 1))
        client = table.client("observer")

        def titles(query: str) -> int:
            return client.get(url(table) + query).content.decode().count('class="step-title"')

        assert titles("") == 3
        assert titles("?etat=blocked") == titles("?retard=1") == titles("?q=1.1.1.1.1") == 1
        assert titles(f"?axe={table.axis.pk}") == titles(f"?organisme={table.x.pk}") == 3
        assert titles(f"?organisme={table.y.pk}") == titles("?etat=done") == 0
        assert titles("?etat=nimporte&axe=abc&organisme=-1") == 3

    def test_only_mine(self, table: Table) -> None:
        assert 'class="step-title"' in table.client("partner").get(url(table) + "?a-moi=1").content.decode()
        assert 'class="step-title"' not in table.client("contributor").get(url(table) + "?a-moi=1").content.decode()

    def test_several_at_once_and_back_to_the_same_list(self, table: Table) -> None:
        steps = [table.step.pk, *more_steps(table, 2)]
        client = table.client("partner")
        here = url(table) + "?etat=todo"
        response = client.post(here, {"items": steps, "state": "doing", "note": "Lancé."})
        assert (response.status_code, response.headers["Location"]) == (302, here)
        assert set(states(table)) == {"doing"}
        page = client.get(here).content.decode()
        assert "3 éléments mis à jour." in page
        assert "suivi/retablir/" in page

    def test_what_was_checked_and_typed_comes_back(self, table: Table) -> None:
        response = table.client("partner").post(
            url(table), {"items": [table.step.pk], "state": "dropped", "note": "Une note à garder."}
        )
        body = response.content.decode()
        assert response.status_code == 422
        assert "Dites pourquoi" in body
        assert "Une note à garder." in body
        assert f'id="choix-{table.step.pk}"' in body
        assert "checked" in body.split(f'id="choix-{table.step.pk}"')[1].split(">")[0]

    def test_nothing_checked_is_said(self, table: Table) -> None:
        response = table.client("partner").post(url(table), {"state": "done"})
        assert response.status_code == 422
        assert "Cochez au moins une étape." in response.content.decode()

    def test_the_list_alone_is_the_list_of_the_page(self, table: Table) -> None:
        assert_fragment_is_page(table.client("partner"), url(table) + "?q=1", "liste")

    @pytest.mark.parametrize("who", ["coordinator", "partner"])
    def test_queries_do_not_grow(self, table: Table, who: str) -> None:
        client = table.client(who)
        assert_constant_queries(lambda: more_steps(table, 20), lambda: client.get(url(table)), at_most=10)


class TestMine:
    def test_the_most_pressing_first(self, table: Table) -> None:
        late, blocked = more_steps(table, 2)
        PlanItem.objects.filter(pk=late).update(due_on=date(2026, 5, 1))
        PlanItem.objects.filter(pk=blocked).update(state="blocked", state_note="un local")
        work = work_of(table.viewer("partner"))
        assert [node.item_id for node in work.all] == [late, blocked, table.step.pk]
        assert not work_of(table.viewer("contributor"))
        assert not work_of(table.viewer("observer"))

    def test_one_minute(self, table: Table) -> None:
        first, second = more_steps(table, 2)
        response = table.client("partner").post(
            url(table, "mine"),
            {f"etat-{table.step.pk}": "done", f"etat-{first}": "todo", f"etat-{second}": "blocked",
             f"motif-{second}": "la Ville"},
        )  # fmt: skip
        assert response.status_code == 302
        assert states(table) == ["done", "todo", "blocked"]
        assert "2 étapes mises à jour" in table.client("partner").get(url(table, "mine")).content.decode()

    def test_what_was_refused_comes_back_with_what_was_typed_and_the_rest_is_kept(self, table: Table) -> None:
        [other] = more_steps(table, 1)
        response = table.client("partner").post(
            url(table, "mine"), {f"etat-{table.step.pk}": "dropped", f"etat-{other}": "done"}
        )
        assert response.status_code == 422
        assert "Dites pourquoi" in response.content.decode()
        assert states(table) == ["todo", "done"]

    def test_nothing_to_say_is_said(self, table: Table) -> None:
        assert "Rien n’attend de vous" in table.client("contributor").get(url(table, "mine")).content.decode()

    def test_nobody_writes_what_they_do_not_carry(self, table: Table) -> None:
        table.client("contributor").post(url(table, "mine"), {f"etat-{table.step.pk}": "done"})
        assert states(table) == ["todo"]

    def test_queries_do_not_grow(self, table: Table) -> None:
        client = table.client("partner")
        assert_constant_queries(lambda: more_steps(table, 20), lambda: client.get(url(table, "mine")), at_most=6)


def test_the_item_page_answers_the_same_queries_with_ten_times_the_steps(table: Table) -> None:
    client = table.client("coordinator")
    more_steps(table, 3)

    def more() -> None:
        for pk in more_steps(table, 30):
            followup.add_note(viewer=table.viewer("partner"), item_id=pk, body="Une visite.")

    followup.add_note(viewer=table.viewer("partner"), item_id=table.step.pk, body="Une visite.")
    # Rooms that bring a panel to the page may ask once each whether they have something to say.
    rooms = len(panels._providers["plans.item"])
    assert_constant_queries(more, lambda: client.get(address(table, table.action)), at_most=12 + rooms)
