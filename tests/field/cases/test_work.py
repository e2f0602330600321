"""Assignments, visits, orders, clocks and closing: what the services write, refuse and tell (I2, I8)."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from concertoit.field.cases import workflow
from concertoit.field.cases.enums import AssignmentState, CaseState
from concertoit.field.cases.models import Case, CaseMove, Milestone, Visit
from concertoit.field.cases.queries import histories
from concertoit.field.cases.queries.clocks import clocks_of, delays_of
from concertoit.field.cases.queries.figures import evidence, tables
from concertoit.field.cases.queries.home import home_of
from concertoit.field.cases.queries.page import orders_on, released_orders, visits_on
from concertoit.field.cases.rules.clocks import DueState
from concertoit.field.cases.rules.integration import CODES
from concertoit.field.cases.services import assigning, brigade, clocks, closing, following, orders, visits
from concertoit.field.cases.services.reminders import remind_partners, tell_overdue
from concertoit.field.cases.tasks.work import morning
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.notifications.models import Notice
from tests.field.cases import made_work as made
from tests.personas import Table

LEAD = "liaison"


def fresh(case: Case) -> Case:
    return Case.objects.select_related("space", "building__municipality").get(pk=case.pk)


def moved(table: Table, row: Any, to: str, who: str = "responder", **words: Any) -> Any:
    return assigning.move(viewer=table.viewer(who), assignment=row, to=to, **words)


class TestAssigning:
    def test_a_partner_without_the_competence_is_not_asked(self, table: Table) -> None:
        made.mandate_of(table, "town", ("inspection",))
        asked = assigning.Asked(table.organisations["town"], "fire")
        with pytest.raises(DomainError, match="Sécurité incendie"):
            assigning.assign(viewer=table.viewer(LEAD), case=made.case_of(table), asked=asked)

    def test_only_the_liaison_asks(self, table: Table) -> None:
        made.mandate_of(table)
        asked = assigning.Asked(table.organisations["town"], "inspection")
        for who in ("worker", "responder", "coordinator"):
            with pytest.raises(NotAllowed):
                assigning.assign(viewer=table.viewer(who), case=made.case_of(table), asked=asked)

    def test_the_answer_is_due_in_working_days(self, table: Table) -> None:
        row = made.asked(table)
        assert row.answer_by is not None
        assert row.answer_by > timezone.localdate()
        assert fresh(row.case).next_due_at is not None
        assert fresh(row.case).partners == "waiting"
        assert fresh(row.case).state == CaseState.ACTIVE

    def test_each_partner_has_its_own_state(self, table: Table) -> None:
        case = made.case_of(table)
        first = made.asked(table, case)
        made.asked(table, case, organisation="x", competence="fire")
        moved(table, first, "in_progress")
        assert sorted(case.assignments.values_list("state", flat=True)) == ["in_progress", "new"]
        assert fresh(case).partners == "working"

    def test_the_table_is_the_only_way(self, table: Table) -> None:
        row = made.asked(table)
        for state, to in product(AssignmentState, AssignmentState):
            row.state = state
            row.save()
            if workflow.step(workflow.ASSIGNMENT, state, to) is None:
                with pytest.raises(DomainError):
                    moved(table, row, to, LEAD, reason="Parce que", works="yes")
            else:
                assert moved(table, row, to, LEAD, reason="Parce que", works="yes").state == to
                assert CaseMove.objects.filter(assignment=row, before=state, after=to).exists()

    def test_refusing_asks_a_reason_and_ending_the_works(self, table: Table) -> None:
        row = made.asked(table)
        with pytest.raises(DomainError, match="pourquoi"):
            moved(table, row, "refused")
        moved(table, row, "in_progress")
        with pytest.raises(DomainError, match="travaux"):
            moved(table, row, "closed")
        assert moved(table, row, "closed", works="under_way").works == "under_way"

    def test_all_refused_is_seen(self, table: Table) -> None:
        row = made.asked(table)
        moved(table, row, "refused", reason="Hors du territoire")
        assert fresh(row.case).partners == "refused"
        assert home_of(table.viewer(LEAD)).counts["refuses"] == 1
        assert Notice.objects.filter(user=table.user(LEAD), kind="cases.answered").count() == 1

    def test_another_organisation_answers_nothing(self, table: Table) -> None:
        row = made.asked(table, organisation="x", competence="fire")
        with pytest.raises(NotAllowed):
            moved(table, row, "in_progress")

    def test_a_cancelled_case_is_no_longer_seen(self, table: Table) -> None:
        row = made.asked(table)
        moved(table, row, "cancelled", LEAD, reason="Erreur d’organisme")
        address = f"/demarches/{table.space.slug}/dossiers/{row.case.reference}/"
        assert table.client("responder").get(address).status_code == 404


class TestLink:
    def link_of(self, table: Table) -> Any:
        return assigning.send_link(viewer=table.viewer(LEAD), assignment=made.asked(table), email="Quai@Exemple.test")

    def test_a_partner_answers_once_without_an_account(self, table: Table, client: Any) -> None:
        link = self.link_of(table)
        address = f"/dossiers/partenaire/{assigning.token_of(link)}/"
        assert client.get(address).status_code == 200
        assert client.post(address, {"quoi": "refuser"}).status_code == 422
        assert client.post(address, {"quoi": "accepter"}).status_code == 302
        assert "Merci" in client.get(address).content.decode()
        link.assignment.refresh_from_db()
        assert link.assignment.state == "in_progress"
        with pytest.raises(DomainError):
            assigning.answer_link(token=assigning.token_of(link), accept=True)

    def test_a_new_link_closes_the_last_one(self, table: Table, client: Any) -> None:
        link = self.link_of(table)
        assigning.send_link(viewer=table.viewer(LEAD), assignment=link.assignment, email="autre@exemple.test")
        assert client.get(f"/dossiers/partenaire/{assigning.token_of(link)}/").status_code == 410

    def test_the_database_keeps_no_secret(self, table: Table) -> None:
        link = self.link_of(table)
        assert link.email == "quai@exemple.test"
        assert assigning.token_of(link) not in str(vars(link))

    def test_an_unknown_link_is_none_of_ours(self, client: Any, db: None) -> None:
        assert client.get("/dossiers/partenaire/abc/").status_code == 404


class TestVisits:
    def test_competences_decide_who_may_visit(self, table: Table) -> None:
        case = made.case_of(table)
        made.member_of(table)
        plan = visits.VisitPlan("inspection", timezone.now(), member=table.membership("worker"))
        with pytest.raises(DomainError, match="Inspection de bâtiments"):
            visits.plan_visit(viewer=table.viewer(LEAD), case=case, plan=plan)

    def test_a_partner_visits_for_what_it_accepted_only(self, table: Table) -> None:
        row = made.asked(table)
        plan = visits.VisitPlan("inspection", timezone.now(), organisation=row.organisation)
        with pytest.raises(NotAllowed):
            visits.plan_visit(viewer=table.viewer("responder"), case=row.case, plan=plan)
        moved(table, row, "in_progress")
        visit = visits.plan_visit(viewer=table.viewer("responder"), case=row.case, plan=plan)
        assert visits.tell_visit(viewer=table.viewer("responder"), visit=visit, state="no_answer").done_at is None

    def test_a_visit_done_stops_the_first_delay(self, table: Table) -> None:
        case = made.old_case(table, 3)
        made.done(table, made.visit_of(table, case))
        states = {one.clock.value: one.state for one in clocks_of(fresh(case), delays_of(table.space))}
        assert states["investigate"] is DueState.MET
        assert states["make_safe"] is DueState.RUNNING

    def test_a_refused_visit_stops_nothing(self, table: Table) -> None:
        case = made.case_of(table)
        made.done(table, made.visit_of(table, case), "refused")
        assert not Milestone.objects.filter(case=case).exists()
        with pytest.raises(DomainError, match="racontée"):
            made.done(table, Visit.objects.get(case=case))

    def test_accompaniment_is_read_apart(self, table: Table) -> None:
        case = made.case_of(table)
        made.accepted(table, case)
        made.visit_of(table, case, kind="support")
        assert len(visits_on(table.viewer("worker"), case)) == 1
        assert visits_on(table.viewer("responder"), case) == []

    def test_re_inspection_checks_a_document_of_the_case(self, table: Table) -> None:
        order = made.order_of(table)
        made.member_of(table, "worker", ("inspection",))
        plan = visits.VisitPlan("inspection", timezone.now(), "works", member=table.membership("worker"), order=order)
        assert visits.plan_visit(viewer=table.viewer(LEAD), case=order.case, plan=plan).re_inspection
        with pytest.raises(NotVisible):
            visits.plan_visit(viewer=table.viewer(LEAD), case=made.case_of(table, "9, rue Autre"), plan=plan)


class TestOrders:
    def test_before_its_date_the_team_and_the_issuer_alone_see_it(self, table: Table) -> None:
        case = made.case_of(table)
        made.accepted(table, case)
        made.accepted(table, case, organisation="x", competence="fire")
        later = timezone.localdate() + timedelta(days=3)
        ours = made.order_of(table, case, released_on=later)
        theirs = made.order_of(table, case, issuer=table.organisations["x"], released_on=None)
        assert {one.pk for one in orders_on(table.viewer("worker"), case)} == {ours.pk, theirs.pk}
        assert [one.pk for one in orders_on(table.viewer("responder"), case)] == [ours.pk]
        assert released_orders(case) == []

    def test_a_partner_writes_for_itself_once_it_accepted(self, table: Table) -> None:
        row = made.asked(table)
        facts = orders.OrderFacts("notice", timezone.localdate(), issuer=row.organisation)
        with pytest.raises(NotAllowed):
            orders.save_order(viewer=table.viewer("responder"), case=row.case, facts=facts)
        moved(table, row, "in_progress")
        order = orders.save_order(viewer=table.viewer("responder"), case=row.case, facts=facts)
        assert orders.settle(viewer=table.viewer("responder"), order=order, state="not_complied").state_on

    def test_dates_follow_one_another(self, table: Table) -> None:
        today = timezone.localdate()
        wrongs: list[dict[str, Any]] = [{name: today - timedelta(days=1)} for name in ("due_on", "released_on")]
        for wrong in wrongs:
            with pytest.raises(DomainError):
                made.order_of(table, **wrong)

    def test_an_order_is_a_deadline_of_the_case(self, table: Table) -> None:
        case = made.case_of(table)
        soon = timezone.localdate() + timedelta(days=1)
        order = made.order_of(table, case, due_on=soon)
        assert fresh(case).next_due == "order"
        orders.settle(viewer=table.viewer(LEAD), order=order, state="complied")
        assert fresh(case).next_due == "investigate"


class TestClosing:
    def closed(self, table: Table, case: Case, living: str = "better") -> Case:
        return closing.close(
            viewer=table.viewer(LEAD), case=case, closing=closing.Closing("works_done", living, "Travaux vus.")
        )

    def test_made_safe_is_not_resolved(self, table: Table) -> None:
        case = closing.move_case(viewer=table.viewer("worker"), case=made.case_of(table), to="made_safe")
        assert case.state == CaseState.MADE_SAFE
        assert case.made_safe_at
        assert case.next_due_at, "works are still expected"

    def test_the_team_resolves_and_the_liaison_closes(self, table: Table) -> None:
        case = made.case_of(table)
        closing.move_case(viewer=table.viewer(LEAD), case=case, to="made_safe")
        case = closing.move_case(viewer=table.viewer("worker"), case=case, to="resolved", words="Vu sur place")
        with pytest.raises(NotAllowed):
            closing.close(
                viewer=table.viewer("worker"), case=case, closing=closing.Closing("works_done", "better", ".")
            )
        assert self.closed(table, case).outcome == "works_done"
        assert fresh(case).next_due_at is None

    def test_closing_says_what_it_changed(self, table: Table) -> None:
        for outcome, living, note in (("", "better", "x"), ("left", "", "x"), ("left", "same", "")):
            with pytest.raises(DomainError):
                closing.close(
                    viewer=table.viewer(LEAD), case=made.case_of(table), closing=closing.Closing(outcome, living, note)
                )

    def test_what_had_not_begun_is_cancelled(self, table: Table) -> None:
        case = made.case_of(table)
        row, visit = made.asked(table, case), made.visit_of(table, case)
        self.closed(table, fresh(case))
        row.refresh_from_db()
        visit.refresh_from_db()
        assert (row.state, visit.state) == ("cancelled", "cancelled")

    def test_the_household_refuses_a_closure(self, table: Table) -> None:
        case = self.closed(table, made.case_of(table))
        with pytest.raises(DomainError):
            closing.refuse_closure(case=case, words=" ")
        again = closing.refuse_closure(case=case, words="Ça coule encore")
        assert (again.state, again.reopened_count, again.closed_at) == (CaseState.ACTIVE, 1, None)
        assert again.next_due == "investigate", "the clocks start again"
        assert Notice.objects.filter(user=table.user(LEAD), kind="cases.moved").count() == 1
        with pytest.raises(DomainError):
            closing.refuse_closure(case=again, words="Encore")

    def test_the_household_confirms_once(self, table: Table) -> None:
        case = closing.move_case(viewer=table.viewer(LEAD), case=self.active(table), to="resolved", words="Fait")
        for _turn in range(2):
            closing.confirm_closure(case=fresh(case))
        assert CaseMove.objects.filter(case=case, after="confirmed").count() == 1

    def active(self, table: Table) -> Case:
        case = made.case_of(table)
        made.asked(table, case)
        return fresh(case)

    def test_reopening_counts_the_delays_anew(self, table: Table) -> None:
        case = made.old_case(table, 90)
        made.done(table, made.visit_of(table, case))
        self.closed(table, fresh(case))
        again = closing.reopen(viewer=table.viewer(LEAD), case=fresh(case), words="C’est revenu")
        assert again.clock_at is not None
        assert {one.state for one in clocks_of(again, delays_of(table.space))} <= {
            DueState.RUNNING, DueState.FORESEEN
        }  # fmt: skip


class TestFollowing:
    def test_a_member_takes_a_case_that_nobody_follows(self, table: Table) -> None:
        made.member_of(table)
        case = made.case_of(table)
        following.follow(viewer=table.viewer("worker"), case=case, membership=table.membership("worker"))
        assert home_of(table.viewer(LEAD)).counts["sans_suivi"] == 0
        with pytest.raises(NotAllowed):
            following.follow(viewer=table.viewer("worker"), case=case, membership=table.membership(LEAD))

    def test_who_follows_is_of_the_brigade(self, table: Table) -> None:
        with pytest.raises(DomainError, match="brigade"):
            following.follow(
                viewer=table.viewer(LEAD), case=made.case_of(table), membership=table.membership("worker")
            )


class TestBrigade:
    def test_a_step_keeps_its_first_day(self, table: Table) -> None:
        facts = brigade.MemberFacts(("inspection",), steps=("safety", "confidentiality"))
        first = brigade.save_member(
            viewer=table.viewer(LEAD), membership=table.membership("worker"), facts=facts,
            on=timezone.localdate() - timedelta(days=30),
        )  # fmt: skip
        again = brigade.save_member(viewer=table.viewer(LEAD), membership=table.membership("worker"), facts=facts)
        assert again.integration == first.integration
        assert list(again.integration) == [code for code in CODES if code in again.integration]

    def test_the_brigade_is_the_field_team(self, table: Table) -> None:
        with pytest.raises(DomainError, match="équipe terrain"):
            made.member_of(table, "partner")
        with pytest.raises(DomainError, match="compétence"):
            made.member_of(table, competences=())

    def test_a_member_keeps_their_own_availability(self, table: Table) -> None:
        made.member_of(table)
        row = brigade.tell_availability(
            viewer=table.viewer("worker"), languages="créole", availability="soirs", on_call=True
        )
        assert (row.languages, row.on_call) == ("créole", True)
        with pytest.raises(NotVisible):
            brigade.tell_availability(viewer=table.viewer(LEAD), languages="", availability="", on_call=False)


class TestDelays:
    def test_a_delay_needs_its_source(self, table: Table) -> None:
        today = timezone.localdate()
        with pytest.raises(DomainError, match="vient"):
            clocks.set_delay(viewer=table.viewer(LEAD), code="clock.investigate", value=5, since=today, source=" ")
        with pytest.raises(NotAllowed):
            clocks.set_delay(viewer=table.viewer("worker"), code="clock.investigate", value=5, since=today, source="x")

    def test_open_cases_follow_a_new_delay(self, table: Table) -> None:
        case = made.case_of(table)
        before = fresh(case).next_due_at
        clocks.set_delay(
            viewer=table.viewer("coordinator"), code="clock.investigate", value=2, since=timezone.localdate(),
            source="Entente de novembre",
        )  # fmt: skip
        assert clocks.refresh_open(table.space) == 1
        after = fresh(case).next_due_at
        assert before is not None
        assert after is not None
        assert after < before

    def test_a_pause_says_why_and_ends(self, table: Table) -> None:
        case = made.case_of(table)
        with pytest.raises(DomainError):
            clocks.pause(viewer=table.viewer(LEAD), case=case, since=timezone.localdate(), reason=" ")
        clocks.pause(viewer=table.viewer(LEAD), case=case, since=timezone.localdate(), reason="Ménage absent")
        assert fresh(case).next_due_at is None
        clocks.resume(viewer=table.viewer(LEAD), case=case)
        assert fresh(case).next_due_at is not None

    def test_the_liaison_alone_says_that_a_step_is_not_needed(self, table: Table) -> None:
        case = made.case_of(table)
        with pytest.raises(NotAllowed):
            clocks.mark(viewer=table.viewer("worker"), case=case, code="make_safe", needed=False)
        clocks.mark(viewer=table.viewer(LEAD), case=case, code="make_safe", needed=False)
        states = {one.clock.value: one.state for one in clocks_of(fresh(case), delays_of(table.space))}
        assert states["make_safe"] is DueState.NOT_NEEDED


class TestMorning:
    def test_reminders_then_escalation_each_once(self, table: Table) -> None:
        row = made.asked(table)
        today = timezone.localdate()
        assert remind_partners(space=table.space, today=today) == 0
        later = today + timedelta(days=30)
        assert remind_partners(space=table.space, today=later) == 2
        assert remind_partners(space=table.space, today=later) == 0, "told once"
        assert {one.user_id for one in Notice.objects.filter(kind="cases.late")} == {
            table.user("responder").pk, table.user(LEAD).pk
        }  # fmt: skip
        assert row.case.reference in Notice.objects.filter(kind="cases.late").first().subject  # type: ignore[union-attr]

    def test_a_delay_that_passed_is_told_once(self, table: Table) -> None:
        made.old_case(table, 20)
        assert tell_overdue(space=table.space) == 1
        assert tell_overdue(space=table.space) == 0

    def test_the_morning_runs_twice_and_says_nothing_more(self, table: Table) -> None:
        made.old_case(table, 20)
        run = SimpleNamespace(payload={"day": "2026-11-20"}, space_id=table.space.pk)
        first, second = morning(run) or {}, morning(run) or {}
        assert first["refreshed"] == second["refreshed"] == 1
        assert second["told"] == 0


class TestFigures:
    def test_small_counts_are_masked(self, table: Table) -> None:
        made.case_of(table)
        today = timezone.localdate()
        state = next(one for one in tables(table.space, today, today) if one.code == "state")
        assert state.masked
        assert state.total is None

    def test_evidence_is_exact(self, table: Table) -> None:
        case = made.old_case(table, 5)
        made.done(table, made.visit_of(table, case))
        closing.close(
            viewer=table.viewer(LEAD), case=fresh(case), closing=closing.Closing("rehoused", "better", "Relogé")
        )
        today = timezone.localdate()
        facts = evidence(table.space, today - timedelta(days=30), today)
        assert facts["cases.opened"] == facts["cases.closed"] == facts["cases.visits"] == 1
        assert facts["cases.living.better"] == facts["cases.closed.rehoused"] == 1
        assert facts["cases.delay.investigate.met"] == 1


def test_the_history_of_a_member_leads_to_their_brigade(table: Table) -> None:
    """Members were looked for among mandates: their history led to the list of démarches, or to another démarche."""
    member = made.member_of(table)
    page = histories.PAGES["brigademember"]
    assert page(str(member.pk)) == reverse("cases:brigade", args=[table.space.slug])
