"""Follow-up in a real browser: a step is checked off in place and taken back; a full page reads well."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from concertoit.together.plans.models import PlanItem
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.services import followup
from tests.browser.chromium import NARROW, WIDE
from tests.browser.test_axe import AXE
from tests.browser.test_axe import _look as look
from tests.personas import Table
from tests.together.plans.followed import ask_of, comment_of, contest_of, note_of, spending_of, token_of
from tests.together.plans.test_item_page import address, more_steps


@pytest.mark.parametrize("who", ["coordinator", "partner", "observer"])
def test_a_full_page_reads_well(table: Table, browse: Callable[..., Page], who: str) -> None:
    blocked, dropped = more_steps(table, 2)
    lead = table.viewer("partner")
    followup.set_state(viewer=lead, item_id=blocked, state=StepState.BLOCKED, explanation="la Ville")
    followup.set_state(viewer=lead, item_id=dropped, state=StepState.DROPPED, explanation="inutile")
    for make in (note_of, comment_of, contest_of, spending_of, ask_of):
        make(table)
    page = browse(who)
    page.goto(address(table, table.action))
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    page.evaluate(AXE)
    assert look(page, WIDE) + look(page, NARROW) == []


def test_a_step_is_done_in_place_and_taken_back(table: Table, browse: Callable[..., Page]) -> None:
    page = browse("partner")
    page.goto(address(table, table.action))
    page.get_by_role("button", name="Faite").click()
    expect(page.locator("#suivi")).to_contain_text("1 étape faite sur 1")
    expect(page.locator("#annonce")).to_contain_text("1 étape faite sur 1")
    expect(page.locator("#toasts")).to_contain_text("État noté : Faite.")
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator("#suivi")).to_contain_text("0 étape faite sur 1")
    assert PlanItem.objects.get(pk=table.step.pk).state == "todo"


def test_a_missing_reason_is_asked_in_place_and_nothing_typed_is_lost(
    table: Table, browse: Callable[..., Page]
) -> None:
    page = browse("partner")
    page.goto(address(table, table.action))
    page.locator(f"#changer-{table.step.pk}").click()
    page.get_by_label("Bloquée").check()
    page.get_by_role("button", name="Noter cet état").click()
    expect(page.locator(f"#erreur-{table.step.pk}")).to_be_focused()
    expect(page.get_by_label("Bloquée")).to_be_checked()
    page.locator(f"#motif-{table.step.pk}").fill("la réponse de la Ville")
    page.get_by_role("button", name="Noter cet état").click()
    expect(page.locator("#suivi")).to_contain_text("Se débloque si : la réponse de la Ville")


def test_a_partner_answers_on_a_phone_without_an_account(table: Table, browse: Callable[..., Page]) -> None:
    page = browse("visitor")
    page.set_viewport_size(NARROW)
    page.goto(f"/nouvelles/{token_of(table)}/")
    page.get_by_label("Faite").check()
    page.get_by_label("En quelques mots").fill("Fait hier.")
    page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(page.get_by_role("heading", name="Merci!")).to_be_visible()
    assert PlanItem.objects.get(pk=table.step.pk).state == "done"
