"""The frame, problem pages, fragments, appearance, toasts; nothing inline anywhere."""

import re

import lxml.html
import pytest
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django_htmx.middleware import HtmxMiddleware

from concertoit.ground.core.errors import DomainError
from concertoit.ground.ui import toasts, views
from concertoit.ground.ui.context import Shell
from concertoit.ground.ui.gallery import examples
from concertoit.ground.ui.pages import is_fragment, render_block
from tests.ground.ui.conftest import words
from tests.personas import Table

pytestmark = pytest.mark.django_db


def prepared(request: HttpRequest) -> HttpRequest:
    for middleware in (SessionMiddleware, MessageMiddleware, HtmxMiddleware):
        middleware(lambda _: HttpResponse())(request)  # type: ignore[operator]
    return request


def test_the_gallery_passes_a_strict_policy(client: Client) -> None:
    response = client.get("/composants/")
    html = response.content.decode()
    assert "'unsafe" not in response.headers["Content-Security-Policy"]
    assert not re.findall(r"<[^>]+\sstyle=", html)
    assert not re.findall(r"<[^>]+\son\w+=", html)
    assert not re.findall(r"<script(?![^>]+src=)|<style", html)
    page = lxml.html.document_fromstring(html)
    ids = [element.get("id") for element in page.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    assert len(page.xpath("//*[@role='status']")) == 1
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//body//a")[0].get("href") == "#contenu"


def test_problem_pages_say_what_happened(client: Client) -> None:
    response = client.get("/nulle-part/")
    page = lxml.html.document_fromstring(response.content.decode())
    assert response.status_code == 404
    assert words(page.find(".//h1")) == "Cette page n’existe pas"
    assert page.xpath("//main//a")


@pytest.mark.parametrize(("view", "status"), [(views.forbidden, 403), (views.refused, 422)])
def test_a_refusal_gives_its_reason(rf: RequestFactory, view, status: int) -> None:  # type: ignore[no-untyped-def]
    response = view(prepared(rf.get("/")), DomainError("Choisissez une date."))
    assert response.status_code == status
    assert "Choisissez une date." in response.content.decode()


def test_a_member_keeps_the_rail_on_a_refusal(table: Table) -> None:
    address = reverse("spaces:settings", kwargs={"slug": table.space.slug})
    page = table.client("partner").get(address)
    assert page.status_code == 403
    assert 'class="rail"' in page.content.decode()
    assert "?role=coordination" in page.content.decode(), "who can change that"
    for who in ("stranger", "visitor"):
        assert 'class="rail"' not in table.client(who).get(address, follow=True).content.decode()


def test_a_personal_link_cut_short_says_so(table: Table) -> None:
    page = table.client("visitor").get(reverse("plans:answer", kwargs={"token": "abc"}))
    assert page.status_code == 404
    assert "copiez-le en entier" in page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_worst_is_still_a_page(rf: RequestFactory) -> None:
    assert "Rien de ce qui était enregistré n’est perdu" in views.server_error(rf.get("/")).content.decode()


def test_a_problem_never_replaces_a_part_of_the_page(rf: RequestFactory) -> None:
    request = prepared(rf.get("/", headers={"HX-Request": "true", "HX-Target": "liste"}))
    response = views.refused(request, DomainError("Non."))
    assert (response.headers["HX-Retarget"], response.headers["HX-Reswap"]) == ("#toasts", "beforeend")
    assert "<html" not in response.content.decode()


def test_a_fragment_is_the_block_of_its_page(rf: RequestFactory, client: Client) -> None:
    request = prepared(rf.get("/composants/", headers={"HX-Request": "true", "HX-Target": "contenu"}))
    assert is_fragment(request, "contenu")
    fragment = render_block(request, "ui/gallery.html", "main", examples(request)).content.decode()
    page = client.get("/composants/").content.decode()
    assert fragment.strip() in page


def test_a_message_travels_beside_the_fragment(rf: RequestFactory) -> None:
    request = prepared(rf.get("/composants/", headers={"HX-Request": "true", "HX-Target": "contenu"}))
    toasts.done(request, "Étape terminée.", undo="/annuler/")
    html = render_block(request, "ui/gallery.html", "main", examples(request)).content.decode()
    aside = lxml.html.document_fromstring(html).xpath("//*[@hx-swap-oob]")[0]
    assert "Étape terminée." in words(aside)
    assert aside.find(".//form").get("action") == "/annuler/"


@pytest.mark.parametrize(
    ("sent", "target"),
    [
        ("/composants/?tri=nom", "/composants/?tri=nom"),
        ("https://exemple.org/", "/"),
        ("//exemple.org", "/"),
        ("", "/"),
    ],
)
def test_appearance_is_kept_and_returns_home_safely(client: Client, sent: str, target: str) -> None:
    response = client.post("/apparence/", {"theme": "dark", "next": sent})
    assert response.headers["Location"] == target
    assert 'data-theme="dark"' in client.get("/composants/").content.decode()


def test_an_unknown_appearance_is_ignored(client: Client) -> None:
    client.post("/apparence/", {"theme": "<b>"})
    client.cookies["apparence"] = "<b>"
    assert 'data-theme="auto"' in client.get("/composants/").content.decode()


def test_the_language_can_be_chosen(client: Client) -> None:
    client.post("/langue/", {"language": "en", "next": "/composants/"})
    assert '<html lang="en"' in client.get("/composants/").content.decode()


def test_a_visitor_s_shell_is_empty(rf: RequestFactory) -> None:
    shell = Shell(rf.get("/"))
    assert (shell.nav, shell.spaces, shell.unread, shell.space) == ([], [], 0, None)
