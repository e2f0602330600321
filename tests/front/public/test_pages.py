"""The public page of a plan: readable by anybody, embeddable anywhere, in open formats, without personal data."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.urls import reverse

from concertoit.together.plans.models import PlanVersion
from tests.hostile import assert_constant_queries
from tests.personas import MEMBERS, Table
from tests.together.plans.followed import comment_of, note_of
from tests.together.plans.test_perspectives import grow

pytestmark = pytest.mark.django_db

PAGES = [("plan", {}), ("embed", {}), ("data", {"extension": "csv"}), ("data", {"extension": "json"})]


def address(table: Table, name: str, **kwargs: str) -> str:
    return reverse(f"public:{name}", kwargs={"slug": table.space.slug, **kwargs})


@pytest.fixture
def public(table: Table) -> Table:
    table.space.is_public = True
    table.space.save()
    return table


@pytest.mark.parametrize(("name", "kwargs"), PAGES)
def test_nothing_is_public_until_the_demarche_says_so(table: Table, name: str, kwargs: dict[str, str]) -> None:
    for who in ("visitor", "coordinator"):
        assert table.client(who).get(address(table, name, **kwargs)).status_code == 404


@pytest.mark.parametrize(("name", "kwargs"), PAGES)
def test_a_plan_that_is_not_in_force_is_not_public(public: Table, name: str, kwargs: dict[str, str]) -> None:
    PlanVersion.objects.filter(pk=public.version.pk).update(state="archived")
    assert public.client("visitor").get(address(public, name, **kwargs)).status_code == 404


@pytest.mark.parametrize(("name", "kwargs"), PAGES)
def test_no_personal_data(public: Table, name: str, kwargs: dict[str, str]) -> None:
    note_of(public)
    comment_of(public)
    response = public.client("visitor").get(address(public, name, **kwargs))
    assert response.status_code == 200
    text = response.content.decode()
    for persona in MEMBERS:
        assert persona.family_name not in text
        assert persona.email not in text
    assert "Une visite." not in text
    assert "Bravo." not in text
    assert ("Action d’essai" in text) == (name != "embed")


def test_the_page_shows_the_plan_its_progress_and_how_to_embed_it(public: Table) -> None:
    page = public.client("visitor").get(address(public, "plan")).content.decode()
    assert "Action d’essai" in page
    assert "0 sur 1" in page.replace("\u00a0", " ")
    assert f"http://testserver{address(public, 'embed')}" in page
    assert reverse("plans:item", args=[public.space.slug, public.action.pk]) not in page, "no link behind a login"


def test_only_the_embed_may_be_framed(public: Table) -> None:
    client = public.client("visitor")
    embed, page = client.get(address(public, "embed")), client.get(address(public, "plan"))
    assert "frame-ancestors *" in embed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed.headers
    assert "frame-ancestors *" not in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_open_formats(public: Table) -> None:
    client = public.client("visitor")
    data = client.get(address(public, "data", extension="json"))
    assert data.headers["Content-Type"].startswith("application/json")
    assert data.headers["Access-Control-Allow-Origin"] == "*"
    plan = json.loads(data.content)["plan"]
    assert plan["roots"][0]["title"] == "Axis d’essai"
    assert plan["participants"] == []
    table = client.get(address(public, "data", extension="csv"))
    assert table.headers["Content-Type"].startswith("text/csv")
    assert len(list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))) == 5
    assert client.get(address(public, "data", extension="docx")).status_code == 404


def test_pages_are_cached_for_everybody_alike(public: Table) -> None:
    for name, kwargs in PAGES:
        response = public.client("visitor").get(address(public, name, **kwargs))
        assert "public" in response.headers["Cache-Control"]
        assert not response.cookies, "a page that every cache may keep sets nothing for one person"


def test_the_list_of_public_plans(public: Table) -> None:
    page = public.client("visitor").get(reverse("public:spaces")).content.decode()
    assert "Chantier d’essai" in page
    assert "Table d’ailleurs" not in page


def test_the_page_costs_the_same_with_more_actions(public: Table) -> None:
    client, url = public.client("visitor"), address(public, "plan")
    assert_constant_queries(lambda: grow(public), lambda: client.get(url), at_most=10)


def test_the_list_costs_the_same_with_more_plans(public: Table) -> None:
    from concertoit.ground.spaces.models import Space
    from concertoit.together.plans.models import Plan

    def more() -> None:
        for number in range(10):
            space = Space.objects.create(name=f"D{number}", slug=f"d{number}", is_public=True)
            plan = Plan.objects.create(space=space, title="P")
            PlanVersion.objects.create(space=space, plan=plan, number=1, state="current")

    client = public.client("visitor")
    assert_constant_queries(more, lambda: client.get(reverse("public:spaces")), at_most=10)
