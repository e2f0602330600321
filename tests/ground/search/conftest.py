"""Kinds of these tests only: a note that everybody of a démarche finds, a secret that only its coordination finds."""

from typing import Any

import pytest

from concertoit.ground.search import policies
from concertoit.ground.search.policies import Doc, Searchable
from concertoit.ground.spaces.models import Membership


@pytest.fixture
def rows() -> list[Doc]:
    """What the room of notes gives when the index is made anew."""
    return []


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch, rows: list[Doc]) -> None:
    monkeypatch.setattr(policies, "_kinds", {})
    monkeypatch.setattr(policies, "_spaces_of", [])

    def spaces_of(user: Any) -> list[int]:
        memberships = Membership.objects.filter(person_id=user.person_id).order_by("pk")
        return list(memberships.values_list("space_id", flat=True))

    def coordinated(user: Any, space_ids: frozenset[int]) -> list[int]:
        memberships = Membership.objects.filter(person_id=user.person_id, role="coordination").order_by("pk")
        return list(memberships.values_list("space_id", flat=True))

    policies.register_scope(spaces_of)
    policies.register(Searchable("note", "Notes", "sticky", lambda: rows))
    policies.register(Searchable("secret", "Secrets", "lock", list, allowed=coordinated))
    policies.register(Searchable("organisation", "Organismes", "building", list, shared=True))
