"""« Ma table »: what each person sees, what it costs, what it teaches when there is nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from concertoit.front.desk.views import first_name, sentence
from concertoit.ground.identity.models import User
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Invitation, Membership, Space
from concertoit.ground.spaces.services import InvitationFacts, MembershipFacts, add_membership, invite
from concertoit.ground.ui.desk import Brought, Todo
from concertoit.together.plans.models import (
    Alignment,
    CycleStep,
    PlanImport,
    PlanItem,
    PlanNode,
    PlanVersion,
    UpdateRequest,
)
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.services import comments, followup, versions
from tests.hostile import assert_constant_queries
from tests.personas import Table
from tests.together.plans.followed import ask_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def main(table: Table, who: str) -> str:
    """The text of the page, without its marks."""
    answer = table.client(who).get("/")
    assert answer.status_code == 200
    html = answer.content.decode()
    text = re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")])
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def due(table: Table, days: int, **values: Any) -> None:
    PlanItem.objects.filter(pk=table.step.pk).update(due_on=timezone.localdate() + timedelta(days=days), **values)


# --- what waits -----------------------------------------------------------------------------------------------------


def test_a_late_step_waits_for_who_carries_its_action(table: Table) -> None:
    due(table, -10)
    text = main(table, "partner")
    assert "Une chose vous attend aujourd’hui." in text
    assert "Dire où en est « Action d’essai »" in text
    assert "1 étape en retard depuis le" in text
    for who in ("contributor", "observer", "funder", "elected", "stranger"):
        assert "Action d’essai" not in main(table, who)


def test_what_is_due_this_week_and_what_comes(table: Table) -> None:
    due(table, 3)
    assert "Une chose vous attend cette semaine." in main(table, "partner")
    due(table, 20)
    text = main(table, "partner")
    assert "Rien ne vous attend." in text
    assert "1 étape à finir" in text
    due(table, 60)
    assert "Aucune échéance dans les 30 prochains jours." in main(table, "partner")


def test_a_blocked_step_waits_without_a_day(table: Table) -> None:
    due(table, 300, state="blocked")
    text = main(table, "partner")
    assert "1 étape bloquée" in text
    assert "quand vous aurez le temps" in text


def test_a_question_waits_until_it_is_answered(table: Table) -> None:
    asked = ask_of(table)
    assert "On vous demande des nouvelles" in main(table, "partner")
    assert "On vous demande" not in main(table, "coco")
    due(table, -2)
    text = main(table, "partner")
    assert text.count("Dire où en est « Action d’essai »") == 2  # its title and the name of its button
    UpdateRequest.objects.filter(pk=asked.pk).update(answered_at=timezone.now())
    assert "On vous demande" not in main(table, "partner")


def test_what_waits_for_the_coordination_only(table: Table) -> None:
    Alignment.objects.create(
        space=table.other, item=table.action, other_space=table.space, other_item=table.outcome, note="x"
    )
    PlanImport.objects.create(space=table.space, name="plan.docx", source=b"", source_sha256="0" * 64)
    CycleStep.objects.create(
        space=table.space, plan=table.plan, title="Bilan de mi-parcours", on=timezone.localdate() - timedelta(days=4)
    )
    PlanItem.objects.filter(pk=table.action.pk).update(last_news_at=timezone.now() - timedelta(days=90))
    invite(viewer=table.viewer("coordinator"), facts=InvitationFacts(email="invitee@exemple.test"))
    expected = [
        "Répondre à l’arrimage proposé", "Par Table d’ailleurs", "Vérifier le document apporté", "« plan.docx »",
        "Noter ce qui a été fait : Bilan de mi-parcours", "Demander des nouvelles d’une action",
        "1 invitation sans réponse", "Terminer l’ébauche de « Plan d’essai »",
    ]  # fmt: skip
    text = main(table, "coordinator")
    assert [words for words in expected if words not in text] == []
    for who in ("coco", "partner", "observer"):
        text = main(table, who)
        assert [words for words in expected if words in text] == []


def test_invitations_about_to_expire_ask_for_something(table: Table) -> None:
    invite(viewer=table.viewer("coordinator"), facts=InvitationFacts(email="invitee@exemple.test"))
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=2))
    assert "1 expire" in main(table, "coordinator")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=2))
    assert "1 est expirée" in main(table, "coordinator")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=90))
    assert "sans réponse" not in main(table, "coordinator")


# --- what moved -----------------------------------------------------------------------------------------------------


def test_what_others_did_is_told_once_for_the_day(table: Table) -> None:
    partner = table.viewer("partner")
    followup.set_state(viewer=partner, item_id=table.step.pk, state=StepState.DONE)
    followup.add_note(viewer=partner, item_id=table.action.pk, body="Première.")
    followup.add_note(viewer=partner, item_id=table.outcome.pk, body="Seconde.")
    text = main(table, "observer")
    assert re.search(r"Carole Témoin a terminé « 1\.1\.1\.1\.1 Step d’essai\s* » aujourd’hui, \d+ h", text)
    assert "a donné des nouvelles de" in text
    assert "et 1 autre" in text
    own = main(table, "partner")
    assert "Carole Témoin" not in own
    assert "a terminé" not in main(table, "stranger")


def test_a_comment_is_told_to_the_table_only(table: Table) -> None:
    comments.add_comment(viewer=table.viewer("partner"), item_id=table.action.pk, body="Une remarque.")
    assert "a commenté" in main(table, "contributor")
    assert "a commenté" not in main(table, "observer")


def test_what_left_the_plan_is_no_longer_told(table: Table) -> None:
    followup.set_state(viewer=table.viewer("partner"), item_id=table.step.pk, state=StepState.DONE)
    PlanNode.objects.filter(version=table.version, kind="step").delete()
    assert "Step d’essai" not in main(table, "observer")


def test_versions_and_people_are_told_without_addresses(table: Table) -> None:
    coordinator = table.viewer("coordinator")
    versions.put_in_force(viewer=coordinator, version=table.draft, adopted_on=timezone.localdate())
    add_membership(viewer=coordinator, facts=MembershipFacts(organisation=table.organisations["funder"]))
    text = main(table, "observer")
    assert "a fait entrer en vigueur une version de Plan d’essai" in text
    assert "a accueilli Bailleur d’essai" in text


# --- what comes, where it stands ------------------------------------------------------------------------------------


def test_the_next_step_of_the_cycle_wherever_it_is(table: Table) -> None:
    for place, days in enumerate((90, 200)):
        CycleStep.objects.create(
            space=table.space, plan=table.plan, position=place, title=f"Étape {place}",
            on=timezone.localdate() + timedelta(days=days),
        )  # fmt: skip
    text = main(table, "observer")
    assert "Étape 0" in text
    assert "Étape 1" not in text
    assert "Étape 0" not in main(table, "stranger")


def test_the_card_counts_as_the_plan_does(table: Table) -> None:
    due(table, -10, state="doing")
    html = table.client("observer").get("/").content.decode()
    text = main(table, "observer")
    assert "sur 1" in text
    assert "1 en retard" in text
    for name in ("plan/", "cycle/", "depots/"):
        assert f'href="/demarches/{table.space.slug}/{name}"' in html


def test_with_one_demarche_the_page_stands_in_it(table: Table) -> None:
    html = table.client("partner").get("/").content.decode()
    assert re.search(r'<a href="/" aria-current="page">.*?Ma table', html, re.DOTALL)
    assert 'class="rail"' in html
    other = Membership.objects.create(space=table.other, person=table.person("partner"), role=Role.OBSERVER)
    html = table.client("partner").get("/").content.decode()
    assert 'class="rail"' not in html
    assert other.space.name in html
    assert table.space.name in html


def test_elsewhere_the_rail_does_not_pretend_to_be_at_home(table: Table) -> None:
    html = table.client("partner").get(f"/demarches/{table.space.slug}/").content.decode()
    assert '<a href="/">' in html
    assert '<a href="/" aria-current' not in html


# --- when there is nothing ------------------------------------------------------------------------------------------


def test_without_a_demarche_one_learns_what_to_do(table: Table) -> None:
    person = User.objects.create(email="seule@exemple.test", name="Seule Ici")
    table.users["alone"] = person
    text = main(table, "alone")
    assert "Bonjour Seule" in text
    assert "Vous ne prenez part à aucune démarche" in text
    assert "seule@exemple.test" in text


def test_the_administration_opens_a_first_demarche(table: Table) -> None:
    html = table.client("administrator").get("/").content.decode()
    assert 'href="/demarches/nouvelle/"' in html
    assert "Voir les tâches de fond" in html


def test_a_demarche_without_a_plan_asks_its_coordination_for_one(table: Table) -> None:
    text = main(table, "stranger")
    assert "Apporter le plan d’action" in text
    assert "Importer un plan" in text
    Membership.objects.create(space=table.other, person=table.person("observer"), role=Role.OBSERVER)
    assert "Le plan n’est pas encore ici" in main(table, "observer")


def test_an_open_first_draft_is_followed(table: Table) -> None:
    PlanVersion.objects.filter(pk=table.version.pk).update(state="archived")
    text = main(table, "partner")
    assert "Ébauche" in text
    assert "sur 1" in text


# --- cost -----------------------------------------------------------------------------------------------------------


def test_it_costs_the_same_with_ten_times_more(table: Table) -> None:
    due(table, -10)
    ask_of(table)
    Membership.objects.create(space=table.other, person=table.person("coordinator"), role=Role.COORDINATION)
    followup.add_note(viewer=table.viewer("partner"), item_id=table.action.pk, body="Une nouvelle.")

    def more() -> None:
        for number in range(10):
            space = Space.objects.create(name=f"Démarche {number}", slug=f"demarche-{number}")
            Membership.objects.create(space=space, person=table.person("coordinator"), role=Role.COORDINATION)
            CycleStep.objects.create(space=table.space, plan=table.plan, title=f"Étape {number}", position=number)
            item = PlanItem.objects.create(
                space=table.space, plan=table.plan, kind="step", due_on=timezone.localdate() - timedelta(days=number)
            )
            node = table.nodes["step"]
            PlanNode.objects.create(
                space=table.space, version=table.version, item=item, parent=node.parent, action=node.action,
                axis=node.axis, kind="step", order=100 + number, title=f"Étape {number}",
            )  # fmt: skip
            followup.add_note(viewer=table.viewer("partner"), item_id=item.pk, body=f"Nouvelle {number}")

    assert_constant_queries(more, lambda: table.client("coordinator").get("/"))


# --- words ----------------------------------------------------------------------------------------------------------


def _todo(**values: Any) -> Todo:
    return Todo("x", "/", "y", **values)


@pytest.mark.parametrize(
    ("todos", "words"),
    [
        ([], "Rien ne vous attend."),
        ([_todo(now=True)], "Une chose vous attend aujourd’hui."),
        (
            [_todo(now=True)] * 3 + [_todo(due=TODAY + timedelta(days=2))] * 2,
            "Trois choses vous attendent aujourd’hui, deux cette semaine.",
        ),
        ([_todo(due=TODAY + timedelta(days=7))] * 12, "12 choses vous attendent cette semaine."),
        (
            [_todo(due=TODAY), _todo(due=TODAY + timedelta(days=8)), _todo()],
            "Une chose vous attend aujourd’hui, deux quand vous aurez le temps.",
        ),
    ],
)
def test_one_sentence_says_how_many(todos: list[Todo], words: str) -> None:
    assert sentence(Brought(todos=todos), TODAY) == words


def test_how_one_is_greeted() -> None:
    assert first_name(User(name="Marie-Ève Roy", email="x@y.z")) == "Marie-Ève"
    assert first_name(User(name="", email="x@y.z")) == ""
