"""The views of a plan answer with what they promise, for a whole plan and for an empty démarche."""

import pytest
from django.urls import reverse

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
