"""The rail of a démarche that has no plan and never decides: nothing that leads nowhere, and the way to begin."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.ui import navigation
from concertoit.together.decisions.models import Workshop
from concertoit.together.plans.models import Plan
from tests.hostile import assert_queries
from tests.personas import Table

PLAN = {"plan", "cycle", "alignments"}


@pytest.fixture
def brigade(table: Table) -> Space:
    """A démarche of its own with a field team, a partner and a coordination, and nothing else."""
    cache.clear()
    row = Space.objects.create(name="Brigade d’essai", slug="brigade-essai", kind="table", tools=["cases"])
    for key, role in (
        ("liaison", Role.LIAISON), ("worker", Role.WORKER), ("responder", Role.RESPONDER), ("partner", Role.PARTNER),
        ("coordinator", Role.COORDINATION),
    ):  # fmt: skip
        Membership.objects.create(space=row, person=table.person(key), role=role)
    return row


def keys(table: Table, space: Space, who: str) -> set[str]:
    from concertoit.ground.spaces.queries import viewer_for

    viewer = viewer_for(table.user(who), space.slug)
    return {item.key for _section, items in navigation.rail(viewer) for item in items}


def test_a_brigade_without_a_plan_is_not_shown_one(table: Table, brigade: Space) -> None:
    for who in ("liaison", "worker", "responder", "partner"):
        assert not keys(table, brigade, who) & (PLAN | {"decisions"}), who
    assert "cases" in keys(table, brigade, "worker")
    assert keys(table, brigade, "coordinator") >= PLAN | {"decisions"}, "who may begin finds where"
    page = reverse("plans:plan", kwargs={"slug": brigade.slug})
    assert table.client("worker").get(page).status_code == 200, "the page itself stays where it is"


def test_it_is_there_for_everybody_once_there_is_one(table: Table, brigade: Space) -> None:
    assert not keys(table, brigade, "worker") & PLAN
    Plan.objects.create(space=brigade, title="Plan")
    Workshop.objects.create(space=brigade, title="Atelier")
    cache.clear()  # a minute later
    assert keys(table, brigade, "worker") >= PLAN | {"decisions"}
    assert keys(table, table.space, "responder") >= PLAN


def test_the_rail_asks_nothing_twice(table: Table, brigade: Space) -> None:
    viewer = table.viewer("worker")
    navigation.rail(viewer)
    with assert_queries(0):
        navigation.rail(viewer)
