"""Whole journeys, as people make them: a plan from Word to the funder, an answer by link, no mouse, an invitation."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from django.core import mail
from docx import Document
from playwright.sync_api import Page, expect

from concertoit.ground.core.jobs.worker import work
from tests.personas import VISITOR, Table

Browse = Callable[..., Page]
HEADERS = ["Objectif", "Action", "Résultat", "Responsable", "Échéancier", "Étapes"]
ROWS = [
    ["1.1 Loger", "1.1.1 Recenser les terrains", "1.1.1.1 Les terrains sont connus", "Organisme Z", "2026-2027",
     "1 Dresser la liste\n2 La valider"],
    ["1.1 Loger", "1.1.2 Visiter", "1.1.2.1 Trois visites ont lieu", "Organisme Z", "2026-2028",
     "1. Choisir les lieux\n2. Inviter"],
]  # fmt: skip


def word_plan(path: Path) -> Path:
    """A plan as people write it: a title, an axis, one table."""
    document = Document()
    document.add_heading("Plan d’action 2026-2028", 0)
    document.add_heading("Axe 1 : Habiter", 1)
    table = document.add_table(rows=1, cols=len(HEADERS))
    for row in [HEADERS, *ROWS]:
        cells = table.rows[0].cells if row is HEADERS else table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def link_in_last_mail(path: str) -> str:
    """Let the worker send what waits, and take the personal link out of the last message."""
    work(once=True)
    found = re.search(rf"{path}[\w-]+/", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found.group()


def tab_to(page: Page, name: str, limit: int = 120) -> None:
    """Press Tab until what has the focus says ``name``."""
    for _step in range(limit):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()"):
            return
    raise AssertionError(f"Tab never reaches « {name} »")


def test_a_word_plan_is_imported_adopted_followed_and_filed(table: Table, browse: Browse, tmp_path: Path) -> None:
    page = browse("stranger")  # who coordinates a démarche without a plan
    page.goto(f"/demarches/{table.other.slug}/plan/")
    page.get_by_role("link", name="Importer un document").click()
    page.locator("input[type=file]").set_input_files(word_plan(tmp_path / "plan.docx"))
    page.get_by_role("button", name="Lire le document").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ce qui a été compris")
    expect(page.get_by_role("link", name="Recenser les terrains")).to_be_visible()
    expect(page.get_by_text("2 actions")).to_be_visible()
    page.get_by_role("button", name="Importer dans une ébauche").first.click()

    page.get_by_role("link", name="Modifier l’ébauche").click()
    page.get_by_role("link", name="Faire entrer en vigueur").click()
    page.get_by_role("button", name="Figer et faire entrer en vigueur").click()
    expect(page.get_by_role("main")).to_contain_text("Version 1")

    page.get_by_role("link", name="Recenser les terrains").click()
    page.get_by_role("button", name=re.compile("^Faite : .*Dresser la liste")).click()
    expect(page.get_by_role("main")).to_contain_text("1 étape faite sur 2")

    page.get_by_role("link", name="Dépôts").click()
    page.get_by_role("link", name="Déposer le plan").click()
    page.get_by_label("Version").select_option(index=1)
    page.get_by_label("Déposé à").fill("Bailleur d’essai")
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_text("Vérifié à l’instant")).to_be_visible()
    for name in ("Word", "PDF"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name, exact=True).click()
        assert waiting.value.path().stat().st_size > 5_000


def test_a_contributor_answers_by_link_on_a_phone(table: Table, browse: Browse) -> None:
    asking = browse("coordinator")
    asking.goto(f"/demarches/{table.space.slug}/plan/elements/{table.action.pk}/")
    asking.get_by_role("link", name="Demander des nouvelles").click()
    asking.get_by_role("radio", name="Une autre adresse").check()
    asking.get_by_role("textbox", name="Autre adresse").fill("quelquun@exemple.test")
    asking.get_by_role("button", name="Envoyer la demande").click()
    expect(asking.get_by_role("main")).to_contain_text("sans réponse")

    page = browse(VISITOR, narrow=True)
    page.goto(link_in_last_mail("/nouvelles/"))
    page.get_by_role("radiogroup", name="Step d’essai").get_by_role("radio", name="Faite").check()
    page.get_by_label("En quelques mots").fill("Tout est prêt.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci!")

    asking.reload()
    expect(asking.get_by_role("main")).to_contain_text("Tout est prêt.")
    expect(asking.get_by_role("main")).to_contain_text("1 étape faite sur 1")


def test_without_a_mouse(table: Table, browse: Browse) -> None:
    page = browse("coordinator")
    page.goto(f"/demarches/{table.space.slug}/plan/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    page.keyboard.press("Enter")
    expect(page.locator("main:focus")).to_have_count(1)

    tab_to(page, "En retard")
    page.keyboard.press("Enter")
    page.wait_for_url("**voir=en-retard**")
    tab_to(page, "Tout")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/plan/\??$"))

    tab_to(page, "Action d’essai")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Action d’essai")
    tab_to(page, "Faite")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("1 étape faite sur 1")


def test_from_an_invitation_to_ones_first_page(table: Table, browse: Browse) -> None:
    inviting = browse("coordinator")
    inviting.goto(f"/demarches/{table.space.slug}/invitations/")
    inviting.get_by_label("Courriel").fill("nouvelle@exemple.test")
    inviting.get_by_role("combobox", name="Organisme").select_option(label=str(table.x))
    inviting.get_by_role("button", name="Envoyer l’invitation").click()
    expect(inviting.get_by_role("main")).to_contain_text("nouvelle@exemple.test")

    page = browse(VISITOR)
    page.goto(link_in_last_mail("/invitation/"))
    page.get_by_label("Prénom").fill("Nicole")
    page.get_by_label("Nom", exact=True).fill("Nouvelle")
    page.get_by_role("textbox", name="Mot de passe").fill("une phrase de passe")
    page.get_by_role("textbox", name="Le même, encore").fill("une phrase de passe")
    page.get_by_role("button", name="Ouvrir mon compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(table.space.name)
    page.get_by_role("link", name="Ma table").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nicole")
