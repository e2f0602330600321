"""Where an item stands: who may say it, what is refused, what the journal keeps, how one takes it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from concertoit.ground.audit import services as journal
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.together.plans.enums import OutlookValue, Phase
from concertoit.together.plans.models import PlanItem, ProgressNote
from concertoit.together.plans.queries.feed import said_about
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.services import followup
from tests.personas import Table
from tests.together.plans.test_item_page import address

LEAD, PARTNER_ONLY = "partner", "contributor"  # organisation x leads the action, organisation y is only a partner


def set_state(table: Table, who: str, state: StepState, **values: Any) -> followup.Change:
    return followup.set_state(viewer=table.viewer(who), item_id=table.step.pk, state=state, **values)


def fresh(item: PlanItem) -> PlanItem:
    return PlanItem.objects.get(pk=item.pk)


def last_entry() -> Entry:
    return Entry.objects.latest("pk")


class TestState:
    def test_the_lead_says_it_is_done(self, table: Table) -> None:
        change = set_state(table, LEAD, StepState.DONE)
        step = fresh(table.step)
        assert (change.changed, step.state, step.state_on) == (1, "done", timezone.localdate())
        entry = last_entry()
        assert (entry.verb, entry.object_type, entry.object_id) == ("plan.state_changed", "plans.item", str(step.pk))
        assert (entry.before["state"], entry.after["state"]) == ("todo", "done")
        assert entry.actor_id == table.user(LEAD).pk

    def test_everything_above_has_given_news(self, table: Table) -> None:
        set_state(table, LEAD, StepState.DOING)
        assert all(fresh(item).last_news_at for item in (table.step, table.outcome, table.action, table.axis))

    @pytest.mark.parametrize("who", [PARTNER_ONLY, "elected", "observer", "funder"])
    def test_others_do_not(self, table: Table, who: str) -> None:
        with pytest.raises(NotAllowed):
            set_state(table, who, StepState.DONE)
        assert fresh(table.step).state == "todo"
        assert not Entry.objects.filter(object_type="plans.item").exists()

    def test_an_item_of_another_space_does_not_exist(self, table: Table) -> None:
        other = PlanItem.objects.create(space=table.other, plan=table.plan, kind="step")
        with pytest.raises(NotVisible):
            followup.set_state(viewer=table.viewer("coordinator"), item_id=other.pk, state=StepState.DONE)

    def test_blocking_keeps_the_condition_until_it_is_unblocked(self, table: Table) -> None:
        set_state(table, LEAD, StepState.BLOCKED, explanation=" la réponse de la Ville ")
        assert fresh(table.step).state_note == "la réponse de la Ville"
        set_state(table, LEAD, StepState.DOING, explanation="ignoré")
        assert fresh(table.step).state_note == ""

    def test_without_a_reason_nothing_is_dropped(self, table: Table) -> None:
        with pytest.raises(DomainError, match="pourquoi") as refused:
            set_state(table, LEAD, StepState.DROPPED)
        assert refused.value.field == "note"

    def test_the_same_state_again_writes_nothing(self, table: Table) -> None:
        assert set_state(table, LEAD, StepState.TODO).changed == 0
        assert not Entry.objects.filter(object_type="plans.item").exists()

    def test_somebody_changed_it_meanwhile(self, table: Table) -> None:
        set_state(table, "coordinator", StepState.DONE)
        with pytest.raises(DomainError, match="«\u00a0Faite\u00a0»"):
            set_state(table, LEAD, StepState.DOING, seen="todo")

    def test_an_action_with_steps_has_no_state_of_its_own(self, table: Table) -> None:
        for item in (table.axis, table.action, table.outcome):
            with pytest.raises(DomainError):
                followup.set_state(viewer=table.viewer("coordinator"), item_id=item.pk, state=StepState.DONE)

    def test_an_action_without_steps_has_one(self, table: Table) -> None:
        table.nodes["outcome"].delete()
        change = followup.set_state(viewer=table.viewer(LEAD), item_id=table.action.pk, state=StepState.DONE)
        assert change.changed == 1


class TestUndo:
    def test_gives_the_whole_state_back(self, table: Table) -> None:
        set_state(table, LEAD, StepState.BLOCKED, explanation="un local")
        change = set_state(table, LEAD, StepState.DONE)
        assert followup.undo_states(viewer=table.viewer(LEAD), token=change.undo) == 1
        step = fresh(table.step)
        assert (step.state, step.state_note) == ("blocked", "un local")
        assert last_entry().verb == "plan.state_restored"

    def test_never_over_a_later_change(self, table: Table) -> None:
        change = set_state(table, LEAD, StepState.DONE)
        set_state(table, "coordinator", StepState.DOING)
        assert followup.undo_states(viewer=table.viewer(LEAD), token=change.undo) == 0
        assert fresh(table.step).state == "doing"

    def test_not_by_somebody_who_may_not_change_it(self, table: Table) -> None:
        change = set_state(table, LEAD, StepState.DONE)
        with pytest.raises(NotAllowed):
            followup.undo_states(viewer=table.viewer("observer"), token=change.undo)

    def test_not_after_an_hour_nor_with_a_forged_token(self, table: Table) -> None:
        with time_machine.travel("2026-10-01T12:00:00-04:00", tick=False) as clock:
            change = set_state(table, LEAD, StepState.DONE)
            clock.shift(timedelta(hours=1, seconds=5))
            with pytest.raises(DomainError, match="trop tard"):
                followup.undo_states(viewer=table.viewer(LEAD), token=change.undo)
        forged = signing.dumps([[table.step.pk, "done", "todo", "", None]], salt="autre chose")
        with pytest.raises(DomainError):
            followup.undo_states(viewer=table.viewer(LEAD), token=forged)


class TestWords:
    def test_a_note_is_signed_and_dated(self, table: Table) -> None:
        note = followup.add_note(viewer=table.viewer(LEAD), item_id=table.action.pk, body=" Une **première** visite. ")
        assert (note.body, note.author_label) == ("Une **première** visite.", "Carole Témoin (Organisme X)")
        assert last_entry().after == {"note": "Une **première** visite."}
        with pytest.raises(DomainError, match="vide"):
            followup.add_note(viewer=table.viewer(LEAD), item_id=table.action.pk, body="  ")

    def test_a_correction_stands_in_the_place_of_the_note(self, table: Table) -> None:
        viewer, pk = table.viewer(LEAD), table.action.pk
        first = followup.add_note(viewer=viewer, item_id=pk, body="Dix visites.")
        second = followup.correct_note(viewer=viewer, item_id=pk, note_id=first.pk, body="Douze visites.")
        assert second.at == first.at
        assert [said.text for said in said_about([pk])] == ["Douze visites."]
        assert ProgressNote.objects.filter(pk=first.pk, body="Dix visites.").exists()
        with pytest.raises(NotVisible):
            followup.correct_note(viewer=viewer, item_id=pk, note_id=first.pk, body="Encore.")

    def test_only_the_coordination_corrects_the_note_of_another(self, table: Table) -> None:
        pk = table.action.pk
        note = followup.add_note(viewer=table.viewer("coordinator"), item_id=pk, body="Fait.")
        with pytest.raises(NotAllowed):
            followup.correct_note(viewer=table.viewer(LEAD), item_id=pk, note_id=note.pk, body="Pas fait.")
        theirs = followup.add_note(viewer=table.viewer(LEAD), item_id=pk, body="Presque fait.")
        followup.correct_note(viewer=table.viewer("coordinator"), item_id=pk, note_id=theirs.pk, body="Fait.")

    def test_a_meteo_always_has_its_reason(self, table: Table) -> None:
        viewer, pk = table.viewer(LEAD), table.action.pk
        with pytest.raises(DomainError, match="pourquoi"):
            followup.set_outlook(viewer=viewer, item_id=pk, value=OutlookValue.TROUBLE, reason=" ")
        followup.set_outlook(viewer=viewer, item_id=pk, value=OutlookValue.GOOD, reason="Tout avance.")
        followup.set_outlook(viewer=viewer, item_id=pk, value=OutlookValue.TROUBLE, reason="Le local est perdu.")
        assert fresh(table.action).outlook.value == "trouble"  # type: ignore[union-attr]
        assert [said.value for said in said_about([pk])] == ["trouble", "good"]
        assert last_entry().before == {"outlook": "good", "reason": "Tout avance."}

    def test_a_step_has_neither_phase_nor_meteo(self, table: Table) -> None:
        with pytest.raises(DomainError):
            followup.set_phase(viewer=table.viewer(LEAD), item_id=table.step.pk, phase=Phase.STARTED)
        with pytest.raises(DomainError):
            followup.set_outlook(
                viewer=table.viewer(LEAD), item_id=table.step.pk, value=OutlookValue.GOOD, reason="oui"
            )

    def test_a_phase_is_a_fact_written_once(self, table: Table) -> None:
        for _twice in range(2):
            followup.set_phase(viewer=table.viewer(LEAD), item_id=table.action.pk, phase=Phase.STARTED)
        entries = Entry.objects.filter(verb="plan.phase_set")
        assert [(e.before, e.after) for e in entries] == [({"phase": "planned"}, {"phase": "started"})]


class TestDue:
    def test_a_date_by_hand_and_back_to_the_period(self, table: Table) -> None:
        viewer, pk = table.viewer(LEAD), table.step.pk
        assert followup.set_due(viewer=viewer, item_id=pk, due_on=date(2026, 12, 1)).due_on == date(2026, 12, 1)
        assert followup.set_due(viewer=viewer, item_id=pk, due_on=None).due_on is None

    @pytest.mark.parametrize("day", [date(2025, 1, 1), date(2206, 1, 1)])
    def test_nonsense_is_refused(self, table: Table, day: date) -> None:
        with pytest.raises(DomainError):
            followup.set_due(viewer=table.viewer(LEAD), item_id=table.step.pk, due_on=day)


class TestPages:
    def test_a_step_is_done_without_javascript_and_undone_from_the_toast(self, table: Table) -> None:
        client = table.client(LEAD)
        response = client.post(
            address(table, table.step, "item_state"), {"state": "done", "page": table.action.pk, "seen": "todo"}
        )
        assert response.status_code == 302
        assert response.headers["Location"].startswith(address(table, table.action))
        page = client.get(response.headers["Location"]).content.decode()
        assert "1 étape faite sur 1" in page
        undo = page.split('action="/demarches/chantier-essai/plan/suivi/retablir/')[1].split('"')[0]
        client.post(f"/demarches/chantier-essai/plan/suivi/retablir/{undo}".replace("&amp;", "&"))
        assert fresh(table.step).state == "todo"

    def test_with_htmx_the_counts_come_along(self, table: Table) -> None:
        response = table.client(LEAD).post(
            address(table, table.step, "item_state"),
            {"state": "done", "page": table.action.pk},
            headers={"HX-Request": "true", "HX-Target": "suivi"},
        )
        body = response.content.decode()
        assert response.status_code == 200
        assert "<html" not in body
        assert "1 étape faite sur 1" in body

    @pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true", "HX-Target": "suivi"}])
    def test_what_was_typed_comes_back_with_the_error(self, table: Table, htmx: dict[str, str]) -> None:
        set_state(table, LEAD, StepState.DONE)
        response = table.client(LEAD).post(
            address(table, table.step, "item_state"),
            {"state": "dropped", "explanation": "mon explication", "page": table.action.pk},
            headers=htmx,
        )
        body = response.content.decode()
        assert response.status_code == 422
        assert "Remettez-la d’abord en cours" in body
        assert "mon explication" in body

    def test_a_note_a_meteo_and_a_comment(self, table: Table) -> None:
        client = table.client(LEAD)
        client.post(
            address(table, table.action, "item_note"), {"note-body": "Première **visite**. <script>x</script>"}
        )
        client.post(
            address(table, table.action, "item_outlook"),
            {"meteo-value": "support", "meteo-reason": "Il manque un toit."},
        )
        page = client.get(address(table, table.action)).content.decode()
        assert "<strong>visite</strong>" in page
        assert "<script>x" not in page
        assert "Il manque un toit." in page
        wrong = client.post(address(table, table.action, "item_outlook"), {"meteo-reason": "Sans valeur."})
        assert wrong.status_code == 422
        assert "Sans valeur." in wrong.content.decode()

    def test_correcting_a_note(self, table: Table) -> None:
        note = followup.add_note(viewer=table.viewer(LEAD), item_id=table.action.pk, body="Dix visites.")
        url = address(table, table.action, "note_correct", note_id=note.pk)
        assert "Dix visites." in table.client(LEAD).get(url).content.decode()
        assert table.client(LEAD).post(url, {"note-body": ""}).status_code == 422
        assert table.client(LEAD).post(url, {"note-body": "Douze visites."}).status_code == 302
        assert table.client(LEAD).get(url).status_code == 404


class TestJournal:
    def test_state_phase_and_due_date_are_put_back_from_the_history(self, table: Table) -> None:
        lead, step = table.viewer(LEAD), table.step.pk
        set_state(table, LEAD, StepState.BLOCKED, explanation="un local")
        set_state(table, LEAD, StepState.DONE)
        followup.set_due(viewer=lead, item_id=step, due_on=date(2026, 12, 1))
        followup.set_phase(viewer=lead, item_id=table.action.pk, phase=Phase.FINISHED)
        verbs = ["plan.state_changed", "plan.due_set", "plan.phase_set"]
        for entry in Entry.objects.filter(verb__in=verbs).order_by("pk")[1:]:
            journal.restore(actor=table.user("coordinator"), entry_id=entry.pk)
        assert (fresh(table.step).state, fresh(table.step).state_note) == ("blocked", "un local")
        assert fresh(table.step).due_on is None
        assert fresh(table.action).phase == "planned"

    def test_a_note_is_not_put_back(self, table: Table) -> None:
        first = followup.add_note(viewer=table.viewer(LEAD), item_id=table.action.pk, body="Dix.")
        followup.correct_note(viewer=table.viewer(LEAD), item_id=table.action.pk, note_id=first.pk, body="Douze.")
        with pytest.raises(NotAllowed):
            journal.restore(actor=table.user("coordinator"), entry_id=last_entry().pk)

    def test_the_history_opens_from_the_item(self, table: Table) -> None:
        set_state(table, LEAD, StepState.DONE)
        page = table.client("coordinator").get(f"/journal/plans.item/{table.step.pk}/")
        assert page.status_code == 200
        assert "a changé l’état" in page.content.decode()
        assert table.client("observer").get(f"/journal/plans.item/{table.step.pk}/").status_code == 404
