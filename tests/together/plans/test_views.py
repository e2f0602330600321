"""The views of a plan answer with what they promise, for a whole plan and for an empty démarche."""

import pytest
from django.urls import reverse

from concertoit.ground.spaces.models import Membership
from tests.personas import Table

pytestmark = pytest.mark.django_db

VIEWS = [
    "plan",
    "gantt",
    "board",
    "links",
    "actors",
    "territory",
    "priorities",
    "budget",
    "versions",
    "outline",
    "adopt",
]


def url(table: Table, name: str, **kwargs: object) -> str:
    return reverse(f"plans:{name}", kwargs={"slug": table.space.slug, **kwargs})


@pytest.mark.parametrize("name", VIEWS)
def test_coordination_opens_every_view(table: Table, name: str) -> None:
    response = table.client("coordinator").get(url(table, name))
    assert response.status_code == 200
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("name", [v for v in VIEWS if v not in ("outline", "adopt")])
def test_a_filtered_view_answers(table: Table, name: str) -> None:
    address = url(table, name) + "?voir=en-retard&organisme=1&version=1&axe=x"
    assert table.client("partner").get(address).status_code == 200


BEFORE = [v for v in VIEWS if v != "outline"] + ["compare", "export", "cycle", "cycle_add", "section_add"]


@pytest.mark.parametrize("name", BEFORE)
def test_before_there_is_a_plan_a_page_says_how_to_begin(table: Table, name: str) -> None:
    address = reverse(f"plans:{name}", kwargs={"slug": table.other.slug})
    page = table.client("stranger").get(address)
    assert page.status_code == 200
    assert "n’a pas encore de plan" in page.content.decode()
    assert "Importer un document" in page.content.decode()
    assert table.client("partner").get(address).status_code == 404, "of another démarche nothing is told"


def test_who_does_not_write_the_plan_is_told_that_it_will_come(table: Table) -> None:
    Membership.objects.create(space=table.other, person=table.person("partner"), role="partner")
    page = table.client("partner").get(reverse("plans:budget", kwargs={"slug": table.other.slug})).content.decode()
    assert "dès que la coordination" in page
    assert "Importer un document" not in page


def test_before_there_is_a_plan_nothing_is_posted(table: Table) -> None:
    for name in ("adopt", "cycle_add", "section_add"):
        address = reverse(f"plans:{name}", kwargs={"slug": table.other.slug})
        assert table.client("stranger").post(address, {"title": "x"}).status_code == 404
