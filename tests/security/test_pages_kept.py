"""Who may keep a page (caches, search engines), who may frame it, and what its address tells to others."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from concertoit.ground.core.personal_links import digest_of
from concertoit.ground.identity.models import User
from concertoit.ground.notifications.notifications import unsubscribe_token
from concertoit.ground.spaces.models import Invitation
from concertoit.ground.spaces.services import InvitationFacts, invite
from tests.personas import PASSWORD, Table
from tests.together.plans import followed


@pytest.mark.parametrize("name", ["plans:plan", "plans:versions", "spaces:people", "spaces:journal", "plans:export"])
def test_pages_of_a_person_are_kept_by_nobody(table: Table, name: str) -> None:
    response = table.client("coordinator").get(reverse(name, kwargs={"slug": table.space.slug}))
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in response.headers["Vary"]


def test_files_of_a_person_are_kept_by_nobody(table: Table) -> None:
    address = reverse("plans:export_file", kwargs={"slug": table.space.slug, "extension": "json"})
    assert table.client("partner").get(address).headers["Cache-Control"] == "private, no-store"


def test_fragments_are_kept_by_nobody_and_vary(table: Table) -> None:
    address = reverse("spaces:people", kwargs={"slug": table.space.slug})
    response = table.client("partner").get(address, headers={"HX-Request": "true", "HX-Target": "liste"})
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "HX-Target" in response.headers["Vary"]


@pytest.fixture
def public(table: Table) -> str:
    table.space.is_public = True
    table.space.save()
    return table.space.slug


@pytest.mark.parametrize("name", ["public:plan", "public:embed"])
def test_public_pages_may_be_kept_but_not_those_of_a_person(table: Table, public: str, name: str) -> None:
    address = reverse(name, kwargs={"slug": public})
    visitor = Client().get(address)
    assert "public" in visitor.headers["Cache-Control"]
    assert not visitor.cookies
    assert "private" in table.client("partner").get(address).headers["Cache-Control"]


def test_only_the_embedded_page_may_be_framed(table: Table, public: str) -> None:
    framed = Client().get(reverse("public:embed", kwargs={"slug": public}))
    assert "X-Frame-Options" not in framed.headers
    for response in (
        Client().get(reverse("public:plan", kwargs={"slug": public})),
        Client().get(reverse("account_login")),
        table.client("partner").get(reverse("plans:plan", kwargs={"slug": public})),
    ):
        assert response.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_the_code_to_embed_says_a_title_and_runs_nothing(table: Table, public: str) -> None:
    """It is copied as text into somebody else's page, where it is HTML."""
    table.plan.title = 'Plan "><script>alert(1)</script>'
    table.plan.save()
    page = Client().get(reverse("public:plan", kwargs={"slug": public})).content.decode()
    assert "&lt;iframe src=" in page
    assert "&amp;lt;script&amp;gt;" in page
    snippet = page[page.index("&lt;iframe") : page.index("&lt;/iframe")]
    assert "&lt;script" not in snippet


def _invitation(table: Table) -> str:
    token = "x" * 43
    invite(viewer=table.viewer("coordinator"), facts=InvitationFacts(email="invitee@exemple.test"))
    Invitation.objects.update(token_digest=digest_of(token))
    return reverse("spaces:invitation", kwargs={"token": token})


def test_personal_links_travel_nowhere(table: Table) -> None:
    addresses = [
        _invitation(table),
        reverse("plans:answer", kwargs={"token": followed.token_of(table)}),
        reverse("plans:personal_calendar", kwargs={"token": followed.calendar_of(table)}),
        reverse(
            "notifications:unsubscribe", kwargs={"token": unsubscribe_token(table.user("partner").pk, "plans.news")}
        ),
    ]
    for address in addresses:
        response = Client().get(address)
        assert response.status_code == 200, address
        assert "noindex" in response.headers["X-Robots-Tag"], address
        assert {"no-store", "private"} <= set(response.headers["Cache-Control"].split(", ")), address
        assert response.headers["Referrer-Policy"] == "same-origin", address


def test_every_form_wants_its_token(table: Table) -> None:
    """Logging in, out, taking a place, answering: without the token of the page, nothing happens."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(table.user("coordinator"), backend="allauth.account.auth_backends.AuthenticationBackend")
    slug = table.space.slug
    for address in (
        reverse("account_login"),
        reverse("account_logout"),
        reverse("demo:enter", kwargs={"who": "coordination"}),
        reverse("ui:language"),
        reverse("ui:appearance"),
        reverse("plans:answer", kwargs={"token": followed.token_of(table)}),
        reverse("plans:abandon", kwargs={"slug": slug}),
        reverse("plans:item_state", kwargs={"slug": slug, "item_id": table.step.pk}),
        reverse("spaces:invitations", kwargs={"slug": slug}),
    ):
        assert strict.post(address, {"titre": table.plan.title}).status_code == 403, address


@pytest.mark.parametrize(
    "target", ["https://mechant.example/", "//mechant.example/", "/\\mechant.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(table: Table, target: str) -> None:
    person = {"login": "partner@exemple.test", "password": PASSWORD}
    for address, values in (
        (reverse("ui:appearance"), {"theme": "dark"}),
        (reverse("ui:language"), {"language": "en"}),
        (reverse("account_login"), person),
    ):
        response = Client().post(address, {**values, "next": target})
        assert response.status_code in (302, 403), address
        assert "mechant" not in response.headers.get("Location", ""), address
        assert "javascript" not in response.headers.get("Location", ""), address


def test_a_session_changes_when_somebody_takes_a_place(table: Table, settings: LazySettings) -> None:
    """A session laid in the browser beforehand opens nothing; outside the example, no place is free."""
    User.objects.filter(pk=table.user("administrator").pk).update(email="admin@exemple.test")
    settings.DEMO_MODE = True
    client = Client()
    session = client.session
    session["laid"] = "x"
    session.save()
    laid = session.session_key
    assert client.post(reverse("demo:enter", kwargs={"who": "admin"})).status_code == 302
    assert client.session.session_key != laid
    settings.DEMO_MODE = False
    assert Client().post(reverse("demo:enter", kwargs={"who": "admin"})).status_code == 404
