"""An emergency cell from a phone: three taps, an answer without account, a line without network, the end (I6)."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core import mail
from playwright.sync_api import Page, expect

from concertoit.field.cases.enums.cell import CellRole
from concertoit.field.cases.models import CellEntry, RapidResponse
from concertoit.ground.core.jobs.worker import work
from tests.field.cases import made_cell as made
from tests.personas import VISITOR, Table

Browse = Callable[..., Page]
SOON = 15_000


def emailed_link() -> str:
    work(once=True)
    found = [link for message in mail.outbox for link in re.findall(r"/cellule/\w+/", str(message.body))]
    assert found, "nobody was written a personal link"
    return found[-1]


def test_a_cell_on_phones(table: Table, browse: Browse) -> None:
    made.brigade(table)
    case = made.case_of(table)
    worker, liaison = browse("worker", narrow=True), browse("liaison", narrow=True)
    worker.goto(f"/demarches/{table.space.slug}/dossiers/{case.reference}/")
    # Three taps.
    worker.get_by_role("link", name="Cellule d’urgence", exact=True).last.click()
    worker.get_by_label("Structure dangereuse", exact=True).click()
    worker.get_by_role("button", name="Activer la cellule").click()
    worker.wait_for_url(re.compile(r"/cellules/C\d{4}-\d\d/$"))
    expect(worker.get_by_role("link", name=re.compile("911"))).to_be_visible()
    assert worker.evaluate("document.querySelector('main').scrollWidth <= innerWidth")
    address = worker.url
    # A partner without account.
    liaison.goto(address)
    liaison.get_by_role("link", name="Appeler quelqu’un").click()
    liaison.get_by_label("Ou par son nom").fill("Nour Renfort")
    liaison.get_by_label("Courriel professionnel").fill("nour@exemple.test")
    liaison.get_by_label("Rôle", exact=True).select_option(CellRole.LOG)
    liaison.get_by_role("button", name="Appeler").click()
    liaison.wait_for_url(re.compile(r"/cellules/C\d{4}-\d\d/#equipe$"))
    partner = browse(VISITOR, narrow=True)
    partner.goto(emailed_link())
    partner.get_by_role("button", name="Je me rends sur place").click()
    expect(partner.get_by_text("Vous avez répondu")).to_be_visible(timeout=SOON)
    # A line while there is no network, then the network comes back.
    worker.goto(address)
    worker.context.set_offline(True)
    worker.get_by_label("Ce qui se passe").fill("Escalier de secours barré")
    worker.get_by_role("button", name="Écrire au journal").click()
    expect(worker.locator("[data-offline-queue]")).to_be_visible(timeout=SOON)
    assert not CellEntry.objects.filter(text="Escalier de secours barré").exists()
    worker.context.set_offline(False)
    expect(worker.locator("[data-offline-queue]")).to_be_hidden(timeout=SOON)
    worker.reload()
    expect(worker.locator(".cell-log").get_by_text("Escalier de secours barré")).to_be_visible(timeout=SOON)
    assert CellEntry.objects.filter(text="Escalier de secours barré").count() == 1
    # The end, and the review.
    liaison.goto(address)
    liaison.get_by_role("link", name="Lever la cellule").click()
    liaison.get_by_label("Ce qui permet de lever la cellule").fill("Tout le monde est à l’abri")
    liaison.get_by_role("button", name="Lever la cellule").click()
    liaison.get_by_role("link", name="Écrire le retour").first.click()
    liaison.get_by_label("Ce qui a bien été").fill("Trois touches")
    liaison.get_by_label("Ce qu’il faut changer").fill("Une clé manquait")
    liaison.get_by_role("button", name="Enregistrer").click()
    expect(liaison.get_by_text("Une clé manquait")).to_be_visible()
    cell = RapidResponse.objects.get()
    assert not cell.is_active
    assert cell.acknowledged_at
