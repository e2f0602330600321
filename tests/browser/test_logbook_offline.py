"""A day of logbook without network, and the queue itself: nothing lost, nothing double (S5, docs/dev/offline.md)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from concertoit.field.logbook.models import Entry
from tests.field.logbook import made
from tests.personas import Table

MANY = 500
FILL = """async ([n, url, user, fields]) => {
  const open = indexedDB.open("concertoit", 1);
  const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const box = db.transaction("queue", "readwrite").objectStore("queue");
  for (let i = 0; i < n; i++) {
    const id = crypto.randomUUID();
    const named = [["client_id", id], ...fields];
    box.put({ id, kind: "logbook", label: "Intervention", url, user, at: i, why: "", fields: named });
  }
  await new Promise((done) => { box.transaction.oncomplete = done; });
}"""


@pytest.fixture
def path(table: Table) -> str:
    made.lists()
    made.site(table)
    return f"/demarches/{table.space.slug}/journal-de-bord/"


def _fill(page: Page, activity: str = "Accueil") -> None:
    form = page.locator(".entry-form")
    for kind, chip in (("radio", "Place Saint-Martin"), ("radio", "Une personne"), ("checkbox", "Familles"),
                       ("checkbox", activity), ("radio", "30 min")):  # fmt: skip
        form.get_by_role(kind, name=chip, exact=True).check()
    page.get_by_role("button", name="Enregistrer").click()


def _entries(table: Table) -> int:
    return Entry.objects.filter(space=table.space).count()


def test_a_day_without_network(browse: Callable[..., Page], table: Table, path: str) -> None:
    page = browse("worker", narrow=True)
    page.goto(path, timeout=60_000)  # the first page of the server: templates are read
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("caches.keys().then((names) => names.some((name) => name.startsWith('pages-')))")
    page.context.set_offline(True)
    for activity in ("Accueil", "Gestion de conflits", "Gestion du bail"):
        _fill(page, activity)
        expect(page.locator(".entry-form input[name=kind]:checked")).to_have_count(0)
    bar = page.get_by_role("region", name="Ce qui attend sur cet appareil")
    expect(bar.get_by_role("status")).to_have_text("3 saisies pas encore envoyées")
    page.reload()  # the phone kept the page, and what was typed
    expect(page.locator("[data-offline-queue]").get_by_role("status")).to_have_text("3 saisies pas encore envoyées")
    assert _entries(table) == 0
    with page.expect_download() as kept:
        page.get_by_role("button", name="Garder dans un fichier").click()
    assert kept.value.suggested_filename.startswith("concertoit-")
    page.context.set_offline(False)
    page.wait_for_function("() => document.querySelector('[data-offline-queue]').hidden")
    assert _entries(table) == 3
    page.goto(path)
    expect(page.get_by_text("3 interventions")).to_be_visible()


def test_five_hundred_entries_twice_with_a_cut(browse: Callable[..., Page], table: Table, path: str) -> None:
    page = browse("worker")
    page.goto(path)
    sent = made.posted(table)
    fields = [[name, value] for name, value in sent.items() if name not in ("client_id", "activities")]
    fields.append(["activities", sent["activities"][0]])
    seen = {"posts": 0, "written": 0}

    def cut(route: Route) -> None:
        """The network goes after the server has written, once in a while: the phone cannot know, and sends again."""
        if route.request.method != "POST":
            return route.continue_()
        seen["posts"] += 1
        if seen["posts"] in (40, 200):
            seen["written"] += route.fetch(post_data=route.request.post_data_buffer).status == 204
            return route.abort("internetdisconnected")
        return route.continue_()

    other = page.context.new_page()  # a second tab of the same person sends too: one at a time
    other.goto(path)
    page.context.route(f"**{path}", cut)
    user = page.locator("[data-offline-queue]").get_attribute("data-user")
    page.evaluate(FILL, [MANY, page.url, user, fields])
    page.reload()
    page.wait_for_function("() => document.querySelector('[data-offline-queue]').hidden", timeout=90_000)
    assert seen["written"] == 2, "both cuts came after the server had written"
    assert _entries(table) == MANY
    assert len(set(Entry.objects.filter(space=table.space).values_list("client_id", flat=True))) == MANY


def test_one_person_never_sends_for_another(browse: Callable[..., Page], table: Table, path: str) -> None:
    page = browse("worker")
    page.goto(path)
    page.context.set_offline(True)
    _fill(page)
    expect(page.locator("[data-offline-queue]").get_by_role("status")).to_have_text("1 saisie pas encore envoyée")
    session = table.client("liaison").cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.url.split("/demarches")[0]}])
    page.context.set_offline(False)  # only now: another account is logged in when the network comes back
    page.goto(path)
    expect(page.get_by_text("Saisie avec un autre compte")).to_be_visible()
    page.get_by_role("button", name="Envoyer maintenant").click()
    page.wait_for_timeout(1500)
    assert _entries(table) == 0


def test_a_refusal_is_said_in_the_form(browse: Callable[..., Page], table: Table, path: str) -> None:
    page = browse("worker")
    page.goto(path)
    page.get_by_role("button", name="Enregistrer").click()
    alert = page.locator("[data-offline-error]")
    expect(alert).to_contain_text("Choisissez au moins une activité.")
    _fill(page)
    expect(page.get_by_text("1 intervention", exact=True)).to_be_visible()
    assert _entries(table) == 1
