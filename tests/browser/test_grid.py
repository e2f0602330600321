"""A grid filled in a stairwell: a phone without network, a photo, then the network comes back (I7)."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect

from concertoit.field.cases.models import Observation, SheetSending
from concertoit.ground.files.models import Attachment
from tests.field.cases import made_grid as made
from tests.personas import Table


def picture() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (60, 40), "green").save(kept, "JPEG")
    return kept.getvalue()


def test_a_grid_filled_without_network_arrives_once(browse: Callable[..., Page], table: Table) -> None:
    made.competent(table, "worker", "inspection")
    row = made.case(table)
    page = browse("worker", narrow=True)
    page.goto(f"/demarches/{table.space.slug}/dossiers/{row.reference}/grille/remplir/")
    page.context.set_offline(True)
    part = page.locator("#HUM")
    part.locator("summary").click()
    point = part.locator("[data-point]").first
    point.get_by_label("Très mauvais").check()
    point.get_by_label("Plusieurs pièces ou logements").check()
    point.locator("[type=file]").set_input_files({"name": "mur.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    part.get_by_role("button", name="Garder").click()
    expect(page.get_by_text("1 saisie pas encore envoyée")).to_be_visible()
    expect(page.locator("#NUI")).to_have_attribute("open", "")
    assert not Observation.objects.exists()
    page.context.set_offline(False)
    expect(page.get_by_text("1 saisie pas encore envoyée")).to_be_hidden(timeout=20000)
    kept = Observation.objects.get()
    assert (kept.code, kept.state, kept.extent, kept.proof) == ("HUM1", "3", "several", "seen")
    assert Attachment.objects.filter(object_type="cases.observation", object_id=str(kept.pk)).count() == 1
    assert SheetSending.objects.count() == 1


def test_a_danger_asks_for_a_state_and_shows_911(browse: Callable[..., Page], table: Table) -> None:
    row = made.case(table)
    page = browse("worker", narrow=True)
    page.goto(f"/demarches/{table.space.slug}/dossiers/{row.reference}/grille/remplir/?d=INS")
    page.get_by_label("odeur de gaz, ou alarme de CO").check()
    expect(page.get_by_role("link", name="911")).to_be_visible()
    page.locator("#INS").get_by_role("button", name="Garder").click()
    assert not Observation.objects.exists()
    page.locator("#INS [data-point]").filter(has_text="odeur de gaz").get_by_label("Très mauvais").check()
    page.locator("#INS").get_by_role("button", name="Garder").click()
    expect(page.locator("#PRO")).to_have_attribute("open", "")
    assert Observation.objects.get().danger
