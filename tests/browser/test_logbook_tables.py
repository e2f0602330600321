"""A table of interventions brought on a phone, and names that are longer than it (S5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from concertoit.field.logbook.models import Entry
from tests.field.logbook import made, made_imports
from tests.personas import Table


@pytest.fixture
def path(table: Table) -> str:
    made.lists()
    made.site(table)
    return f"/demarches/{table.space.slug}/journal-de-bord/"


def test_a_table_is_brought_and_undone_on_a_phone(browse: Callable[..., Page], table: Table, path: str) -> None:
    wrong = ("bientôt", *made_imports.ONE[1:])
    page = browse("worker", narrow=True)
    page.goto(f"{path}interventions/", timeout=60_000)
    page.get_by_role("link", name="Apporter un tableau").click()
    content = made_imports.xlsx(made_imports.ONE, made_imports.GROUP, wrong)
    page.set_input_files("input[type=file]", {"name": "a.xlsx", "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_text("Date illisible")).to_be_visible()
    page.get_by_role("button", name="Inscrire 2 interventions").click()
    expect(page.get_by_text("2 interventions inscrites.")).to_be_visible()
    assert Entry.objects.filter(space=table.space).count() == 2
    page.get_by_role("button", name="Défaire").click()
    page.get_by_role("dialog").get_by_role("button", name="Confirmer").click()
    expect(page.get_by_text("interventions défaites.")).to_be_visible()
    assert not Entry.objects.filter(space=table.space).exists()


def test_a_name_longer_than_a_phone_is_cut(browse: Callable[..., Page], table: Table, path: str) -> None:
    made.site(table, "m" * 120)
    made.team(table, "m" * 120)
    page = browse("liaison", narrow=True)
    for address in (path, f"{path}equipe/", f"{path}equipe/{table.membership('worker').pk}/", f"{path}immeubles/"):
        page.goto(address, timeout=60_000)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth"), address
