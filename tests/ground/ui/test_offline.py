"""Typing without network, the server's side: the token, the header of kept pages, the worker (docs/dev/offline.md)."""

from __future__ import annotations

import io
import json

from django.http import HttpResponse
from django.test import Client, RequestFactory
from PIL import Image, ImageChops

from concertoit.ground.ui import offline
from tests.personas import Table
from tools.app_icons import ICONS, STATIC, drawn


def test_the_token_says_whose_without_saying_who(table: Table) -> None:
    said = table.client("worker").get("/hors-ligne/jeton/").json()
    other = table.client("liaison").get("/hors-ligne/jeton/").json()
    nobody = Client().get("/hors-ligne/jeton/")
    assert len(said["user"]) == 16
    assert said["user"] != other["user"]
    assert said["token"]
    assert nobody.json()["user"] == ""
    assert "no-store" in nobody["Cache-Control"]


def test_a_kept_page_is_marked_with_its_owner(table: Table) -> None:
    user = table.user("worker")
    response = offline.offline_page(HttpResponse("x"), user)
    assert response.headers["X-Offline-Page"] == offline.user_key(user)
    assert table.client("worker").get("/").headers.get("X-Offline-Page") is None


def test_answers_to_the_queue() -> None:
    request = RequestFactory().post("/", headers={"X-Queue": "1"})
    assert offline.is_queued(request)
    assert not offline.is_queued(RequestFactory().post("/"))
    assert offline.kept().status_code == 204
    refused = offline.refused("Choisissez un immeuble.")
    assert (refused.status_code, refused.content.decode()) == (422, "Choisissez un immeuble.")


def test_worker_and_manifest_are_served_at_the_root() -> None:
    client = Client()
    worker = client.get("/service-worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "no-cache" in worker["Cache-Control"]
    manifest = json.loads(client.get("/manifest.webmanifest").content)
    assert (manifest["start_url"], manifest["display"]) == ("/", "standalone")
    assert "Pas de réseau" in client.get("/hors-ligne/").content.decode()


def test_a_phone_finds_icons_of_the_size_it_says() -> None:
    """Installing asks for PNG of 192 and 512 pixels, and one that may be cut in any shape."""
    icons = json.loads(Client().get("/manifest.webmanifest").content)["icons"]
    asked = {(one["sizes"], one["purpose"]) for one in icons if one["type"] == "image/png"}
    assert asked == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    for name, side, full in ICONS:
        with Image.open(STATIC / f"{name}.png") as kept, Image.open(io.BytesIO(drawn(side, full=full))) as now:
            assert kept.size == (side, side)
            assert kept.getpixel((0, 0))[3] == (255 if full else 0)
            assert max(high for _low, high in ImageChops.difference(kept, now).getextrema()) < 8, (
                "favicon.svg has changed: python tools/app_icons.py"
            )
