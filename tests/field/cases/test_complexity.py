"""Cases judged when something happens, decided by people, rules edited, tried and adopted (I4)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from concertoit.field.cases.enums import CaseState, Competence, Outcome
from concertoit.field.cases.enums.complexity import AssessmentCause, FlagKind, FlagValue
from concertoit.field.cases.enums.work import OwnerKind, VisitKind, VisitState
from concertoit.field.cases.models import (
    Assignment,
    BrigadeMember,
    Case,
    CaseFlag,
    ComplexityAssessment,
    ComplexityRules,
    HouseholdNeed,
    Order,
    Owner,
    Ownership,
    Visit,
)
from concertoit.field.cases.privacy import cell as privacy
from concertoit.field.cases.queries.complexity import intact, judged_cases, last_assessment, rules_in_force
from concertoit.field.cases.queries.complexity_facts import facts_of, facts_of_many
from concertoit.field.cases.queries.complexity_simulation import simulate
from concertoit.field.cases.queries.complexity_words import criterion_text, known_text, verdict_lines
from concertoit.field.cases.rules.complexity import FACTS, Condition, Criterion, Op, Span, Weight, unknown
from concertoit.field.cases.rules.complexity_edition import START, with_criterion
from concertoit.field.cases.services import complexity as services
from concertoit.field.cases.services import complexity_rules
from concertoit.field.cases.services.opening import moved
from concertoit.field.cases.tasks.complexity import complexity as nightly
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.notifications.models import Notice
from tests.field.cases import made_cell as made
from tests.hostile import assert_constant_queries
from tests.personas import Table

pytestmark = pytest.mark.django_db


def url(table: Table, end: str) -> str:
    return f"/demarches/{table.space.slug}/{end}"


def page(table: Table, case: Case) -> str:
    return url(table, f"dossiers/{case.reference}/complexite/")


def last(case: Case) -> ComplexityAssessment:
    found = last_assessment(case)
    assert found is not None
    return found


# What is known of a case


def test_facts_are_gathered_from_every_part(table: Table) -> None:
    case = made.case_of(table, dwellings=None)
    facts = facts_of(case)
    assert facts.span("dwellings") == Span(1, None)  # one dwelling is known, the number is not
    assert facts.span("grade") == unknown("grade")
    made.graded(case, 3)
    town, x = table.organisations["town"], table.x
    now, today = timezone.now(), timezone.localdate()
    for organisation, state in ((town, "in_progress"), (x, "new"), (table.y, "refused")):
        Assignment.objects.create(
            space=table.space, case=case, organisation=organisation, competence=Competence.FIRE, state=state,
            state_at=now, due_on=today - timedelta(days=1), answer_by=today - timedelta(days=4),
        )  # fmt: skip
    Order.objects.create(space=table.space, case=case, kind="order", issued_on=today, due_on=today - timedelta(days=2))
    Visit.objects.create(
        space=table.space, case=case, kind=VisitKind.OBSERVATION, competence=Competence.INSPECTION, planned_at=now,
        state=VisitState.REFUSED,
    )  # fmt: skip
    HouseholdNeed.objects.create(
        space=table.space, case=case, need="P2", vulnerabilities=["reprisals"], on=today, author=table.users["worker"]
    )
    owner = Owner.objects.create(space=table.space, kind=OwnerKind.COMPANY, name="Gestion Exemple", reachable=False)
    other = made.case_of(table, "40, rue des Essais")
    for building in (case.building, other.building):
        Ownership.objects.create(space=table.space, owner=owner, building=building)
    facts = facts_of(case)
    expected = {
        "grade": 3, "mandates": 2, "missed_deadlines": 3, "refused_visits": 1, "need": 2, "fear_of_reprisals": 1,
        "owner_unreachable": 1, "owner_buildings": 2, "days_open": 0,
    }  # fmt: skip
    assert {code: facts.span(code) for code in expected} == {code: Span.of(value) for code, value in expected.items()}
    assert facts.span("possible_evacuation") == unknown("possible_evacuation")


def test_the_building_counts_and_the_problem_that_comes_back(table: Table) -> None:
    first = made.case_of(table, unit="1")
    Case.objects.filter(pk=first.pk).update(
        state=CaseState.CLOSED, outcome=Outcome.WORKS_DONE, closed_at=timezone.now() - timedelta(days=30),
        known_at=timezone.now() - timedelta(days=90),
    )  # fmt: skip
    made.case_of(table, unit="2")
    again = made.case_of(table, unit="1")
    facts = facts_of(again)
    assert facts.span("dwellings_reported", 12) == Span.of(2)
    assert facts.span("recurrences", 12) == Span.of(1)
    Case.objects.filter(pk=first.pk).update(outcome=Outcome.UNFOUNDED)
    assert facts_of(again).span("recurrences", 12) == Span.of(0)


def test_facts_cost_the_same_for_many_cases(table: Table, django_assert_num_queries: Any) -> None:
    for place in range(4):
        made.case_of(table, f"{place + 1}, rue des Essais")
    cases = list(Case.objects.select_related("building", "household").order_by("pk"))
    with django_assert_num_queries(11):
        facts_of_many(cases)


# Verdicts


def test_a_verdict_is_written_once_and_follows_what_happens(table: Table) -> None:
    case = made.case_of(table)
    assert last(case).outcome == "to_check"
    assert services.assess(case=case, cause=AssessmentCause.MOVED) == last(case)
    made.graded(case, 2)
    moved(case)
    assert last(case).outcome == "proposed"
    moved(case)
    assert ComplexityAssessment.objects.filter(case=case).count() == 2
    notice = Notice.objects.get(kind="cases.complexity")
    assert notice.user == table.users["liaison"]
    assert case.reference in notice.subject
    assert "12" in notice.subject
    made.graded(case, 1)
    moved(case)
    assert Notice.objects.filter(kind="cases.complexity").count() == 2
    assert set(Entry.objects.filter(verb__startswith="cases.complex_").values_list("verb", flat=True)) == {
        "cases.complex_proposed", "cases.complex_no_longer",
    }  # fmt: skip


def test_an_unknown_number_of_dwellings_is_to_be_checked(table: Table) -> None:
    case = made.case_of(table, dwellings=None)
    made.graded(case, 2)
    moved(case)
    item = last(case).items[0]
    assert (item["code"], item["answer"]) == ("large_building", "check")
    assert last(case).outcome == "to_check"


def test_a_closed_case_rests(table: Table) -> None:
    case = made.case_of(table)
    case.state = CaseState.CLOSED
    assert services.assess(case=case, cause=AssessmentCause.MOVED) is None


def test_what_is_reported_next_door_is_judged_here_too(table: Table) -> None:
    first = made.case_of(table, unit="1")
    for unit in ("2", "3"):
        made.case_of(table, unit=unit)
    codes = {item["code"]: item["answer"] for item in last(first).items}
    assert codes["several_dwellings"] == "yes"
    assert last(first).cause == AssessmentCause.BUILDING


def test_time_passes_at_night(table: Table) -> None:
    case = made.case_of(table)
    Case.objects.filter(pk=case.pk).update(reopened_count=1)
    before = ComplexityAssessment.objects.count()
    assert nightly(None) == {"verdicts": 1}  # type: ignore[arg-type]
    assert ComplexityAssessment.objects.count() == before + 1


# People


def test_the_liaison_decides_and_says_why(table: Table) -> None:
    case = made.case_of(table)
    made.graded(case, 4)
    moved(case)
    client = table.client("liaison")
    answer = client.post(page(table, case), {"quoi": "decider", "complex": "yes", "reason": ""})
    assert answer.status_code == 422
    client.post(page(table, case), {"quoi": "decider", "complex": "yes", "reason": "Plancher et gaz"})
    case.refresh_from_db()
    assert case.is_complex
    text = client.get(page(table, case)).content.decode()
    assert "Plancher et gaz" in text
    assert "La cote est N4 ou plus" in text
    assert table.client("worker").post(page(table, case), {"quoi": "decider"}).status_code == 403
    with pytest.raises(DomainError):
        services.decide(viewer=table.viewer("liaison"), case=case, is_complex=False, reason=" ")


def test_answers_of_people_are_dated_signed_and_judged(table: Table) -> None:
    case = made.case_of(table)
    data = {"quoi": "repondre", "possible_evacuation": "yes", "owner_refuses": "no", "owner_unreachable": "unknown"}
    table.client("worker").post(page(table, case), data)
    assert {row.kind: row.value for row in CaseFlag.objects.all()} == {
        "possible_evacuation": "yes", "owner_refuses": "no"
    }  # fmt: skip
    assert {item["code"]: item["answer"] for item in last(case).items}["evacuation"] == "yes"
    services.answer(
        viewer=table.viewer("worker"), case=case, kind=FlagKind.EVACUATION, value=FlagValue.YES
    )  # the same again is one row
    assert CaseFlag.objects.count() == 2
    answer = table.client("worker").post(page(table, case), {"quoi": "repondre", "possible_evacuation": "peut-être"})
    assert answer.status_code == 422


def test_fear_of_reprisals_is_read_by_those_who_accompany(table: Table) -> None:
    case = made.case_of(table)
    liaison, worker = table.viewer("liaison"), table.viewer("worker")
    with pytest.raises(NotAllowed):
        services.answer(viewer=worker, case=case, kind=FlagKind.REPRISALS, value=FlagValue.YES)
    services.answer(viewer=liaison, case=case, kind=FlagKind.REPRISALS, value=FlagValue.YES)
    items = last(case).items
    hidden = {line.title: line for line in verdict_lines(items, reserved=False)}["Crainte de représailles"]
    assert (hidden.hidden, hidden.answer, hidden.knows) == (True, "", ())
    assert "Le ménage craint des représailles." not in table.client("worker").get(page(table, case)).content.decode()
    assert "Le ménage craint des représailles." in table.client("liaison").get(page(table, case)).content.decode()
    BrigadeMember.objects.create(
        space=table.space, membership=table.membership("worker"), competences=[Competence.PSYCHOSOCIAL]
    )
    assert "Le ménage craint des représailles." in table.client("worker").get(page(table, case)).content.decode()
    assert not Entry.objects.filter(note__icontains="représailles").exists()


def test_a_verdict_tells_nothing_of_what_is_reserved(table: Table) -> None:
    """Two cases alike but for what the household fears: whoever does not accompany it reads the same of both.

    Whatever page: the case, its explanation, the list and its counts, the building, the journal; and the same on the day
    before and the day after the answer.
    """
    rules = with_criterion(START, Criterion("reprisals", Weight.CERTAIN, START.criteria[8].groups))
    complexity_rules.open_draft(viewer=table.viewer("liaison"))
    complexity_rules.save_criterion(viewer=table.viewer("liaison"), criterion=rules.criteria[8])
    complexity_rules.adopt(
        viewer=table.viewer("liaison"), adopted_on=timezone.localdate(), adopted_in="Les partenaires"
    )
    quiet, afraid = made.case_of(table, "12, rue Calme"), made.case_of(table, "13, rue Calme")
    slug = {"slug": table.space.slug}
    history = {"object_type": "cases.case", "object_id": afraid.pk}

    def read(who: str, case: Case) -> list[str]:
        where = {**slug, "reference": case.reference}
        pages = [
            reverse("cases:case", kwargs=where), reverse("cases:complexity_case", kwargs=where),
            reverse("cases:building", kwargs={**slug, "building_id": case.building_id}),
            *(reverse("cases:complexity", kwargs=slug) + f"?etat={state}" for state in ("a-decider", "a-verifier")),
            reverse("audit:history", kwargs={**history, "object_id": case.pk}),
        ]  # fmt: skip
        shown = [table.client(who).get(one).content.decode() for one in pages]
        return [re.sub(r'(nonce|value)="[^"]*"|"X-CSRFToken": "[^"]*"', "", one) for one in shown]

    for key in ("worker", "liaison"):
        read(key, afraid)  # what is written at a first reading
    before = read("worker", afraid)
    services.answer(viewer=table.viewer("liaison"), case=afraid, kind=FlagKind.REPRISALS, value=FlagValue.YES)
    assert last(afraid).outcome == "proposed"
    assert last(afraid).open_outcome == last(quiet).open_outcome == "to_check"
    after = read("worker", afraid)
    for one in (before[0], before[1], before[2], before[3], before[4]):
        assert "Proposé comme complexe" not in one
    assert [one.count("Proposé comme complexe") for one in after] == [0] * len(after)
    assert before[1:5] == after[1:5]
    assert "Proposé comme complexe" in read("liaison", afraid)[1]


def test_what_people_answered_goes_away_with_time(table: Table) -> None:
    case = made.case_of(table)
    services.answer(viewer=table.viewer("liaison"), case=case, kind=FlagKind.REPRISALS, value=FlagValue.YES)
    Case.objects.filter(pk=case.pk).update(
        state=CaseState.CLOSED, closed_at=timezone.now() - timedelta(days=800), outcome=Outcome.WORKS_DONE
    )
    due = privacy._flags_due(timezone.localdate())
    assert due == [case.pk]
    privacy._flags_remove(due)
    assert privacy._flags_due(timezone.localdate()) == []
    assert not CaseFlag.objects.exists()
    assert not any(item["reserved"] for item in last(case).items)


# Pages


def test_the_list_says_what_waits(table: Table) -> None:
    case = made.case_of(table)
    made.graded(case, 4)
    moved(case)
    client = table.client("liaison")
    assert case.reference in client.get(url(table, "cas-complexes/")).content.decode()
    services.decide(viewer=table.viewer("liaison"), case=case, is_complex=True, reason="Danger")
    assert case.reference not in client.get(url(table, "cas-complexes/")).content.decode()
    assert case.reference in client.get(url(table, "cas-complexes/?etat=complexes")).content.decode()
    shown = client.get(url(table, f"dossiers/{case.reference}/")).content.decode()
    assert "Cas complexe" in shown
    assert judged_cases(table.viewer("responder")).count() == 0


def test_the_list_costs_the_same(table: Table) -> None:
    def more() -> None:
        case = made.case_of(table, f"{Case.objects.count() + 1}, rue des Essais")
        made.graded(case, 4)
        moved(case)

    more()
    client = table.client("liaison")
    assert_constant_queries(more, lambda: client.get(url(table, "cas-complexes/")))


# Rules


def test_a_draft_is_edited_tried_and_adopted(table: Table) -> None:
    case = made.case_of(table, dwellings=6)
    made.graded(case, 2)
    moved(case)
    assert last(case).outcome == "to_check"
    client, rules = table.client("liaison"), url(table, "cas-complexes/regles/")
    assert "Règles de départ" in client.get(rules).content.decode()
    client.post(f"{rules}ebauche/ouvrir/")
    form = f"{rules}ebauche/critere/large_building/"
    assert client.post(form, {"weight": "certain", "value_0": "", "value_1": "2"}).status_code == 422
    client.post(form, {"weight": "certain", "value_0": "5", "value_1": "2"})
    assert "L’immeuble a plus de 5 logements" in client.get(f"{rules}ebauche/").content.decode()
    tried = client.get(f"{rules}ebauche/essayer/").content.decode()
    assert case.reference in tried
    assert "l’immeuble a 6 logements" in tried
    assert last(case).outcome == "to_check"  # nothing was written
    assert client.post(f"{rules}ebauche/adopter/", {"adopted_on": "2026-05-12", "adopted_in": ""}).status_code == 422
    client.post(
        f"{rules}ebauche/adopter/", {"adopted_on": "2026-05-12", "adopted_in": "La brigade", "note": "Plus tôt"}
    )
    row = ComplexityRules.objects.get()
    assert (row.number, row.state, intact(row)) == (1, "adopted", True)
    assert last(case).outcome == "proposed"
    assert last(case).rules == row
    assert "La brigade" in client.get(f"{rules}version/1/").content.decode()
    row.edition["others_needed"] = 1
    row.save()
    assert "L’empreinte ne correspond plus" in client.get(rules).content.decode()


def test_criteria_are_turned_off_added_and_taken_away(table: Table) -> None:
    made.draft_of(table)
    client, draft = table.client("coordinator"), url(table, "cas-complexes/regles/ebauche/")
    client.post(f"{draft}changer/", {"quoi": "desactiver", "code": "danger"})
    own = {
        "title": "Jeunes enfants", "weight": "certain", "join": "all", "fact_0": "children", "op_0": "at_least",
        "value_0": "1", "fact_1": "grade", "op_1": "at_least", "value_1": "3", "fact_2": "possible_evacuation",
        "op_2": "more", "value_2": "1",
    }  # fmt: skip
    assert client.post(f"{draft}critere/", own | {"value_1": "9"}).status_code == 422
    assert client.post(f"{draft}critere/", own | {"months_0": "3"}).status_code == 422
    assert client.post(f"{draft}critere/", own).status_code == 302
    text = client.get(draft).content.decode()
    assert "Le ménage compte au moins 1 enfant de moins de 14 ans et la cote est N3 ou plus" in text
    assert "Désactivé" in text
    assert client.get(f"{draft}critere/own-1/").status_code == 200
    assert client.post(f"{draft}changer/", {"quoi": "retirer", "code": "danger"}).status_code == 422
    client.post(f"{draft}changer/", {"quoi": "retirer", "code": "own-1"})
    assert "Jeunes enfants" not in client.get(draft).content.decode()
    assert client.get(f"{draft}critere/own-1/").status_code == 404
    client.post(draft, {"others_needed": "3"})
    assert "Enregistré" in client.get(draft).content.decode()
    assert client.post(draft, {"others_needed": "0"}).status_code == 422
    client.post(f"{draft}changer/", {"quoi": "jeter"})
    assert not ComplexityRules.objects.exists()


def test_adopted_rules_are_frozen(table: Table) -> None:
    made.adopted_of(table)
    client = table.client("liaison")
    assert client.get(url(table, "cas-complexes/regles/ebauche/")).status_code == 404
    draft = complexity_rules.open_draft(viewer=table.viewer("liaison"))
    assert draft.number == 2
    assert complexity_rules.open_draft(viewer=table.viewer("liaison")) == draft
    assert rules_in_force(table.space).number == 1
    assert client.get(url(table, "cas-complexes/regles/version/2/")).status_code == 302


def test_the_coordination_tries_rules_without_reading_cases(table: Table) -> None:
    case = made.case_of(table, dwellings=6)
    made.graded(case, 2)
    made.draft_of(table)
    viewer = table.viewer("liaison")
    first = START.criteria[0]
    groups = ((Condition("dwellings", Op.MORE, 4), first.groups[0][1]),)
    complexity_rules.save_criterion(viewer=viewer, criterion=Criterion(first.code, first.weight, groups))
    text = table.client("coordinator").get(url(table, "cas-complexes/regles/ebauche/essayer/")).content.decode()
    assert case.reference not in text
    assert "1 dossier" in text


def test_the_simulator_hides_why_when_it_is_reserved(table: Table) -> None:
    case = made.case_of(table)
    services.answer(viewer=table.viewer("liaison"), case=case, kind=FlagKind.REPRISALS, value=FlagValue.YES)
    alone = Criterion("reprisals", Weight.CERTAIN, START.criteria[8].groups)
    assert simulate(table.space, START, with_criterion(START, alone), reserved=False).after["proposed"] == 0
    found = simulate(table.space, START, with_criterion(START, alone), reserved=True)
    assert [(change.after, change.why, change.reserved) for change in found.changes] == [("proposed", (), True)]


@pytest.mark.parametrize("code", sorted(FACTS))
def test_every_fact_is_said_known_and_unknown(code: str) -> None:
    months = 12 if FACTS[code].windowed else None
    value = 1
    for op in Op:
        assert criterion_text(Criterion("x", Weight.OTHER, ((Condition(code, op, value, months),),)))
    assert known_text(code, Span.of(1), months)
    assert known_text(code, unknown(code), months)
    assert known_text(code, Span(2, None), months)
