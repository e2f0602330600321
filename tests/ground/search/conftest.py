"""Kinds of these tests only: a note that everybody of a démarche finds, a secret that only its coordination finds."""

import pytest

from concertoit.ground.search import policies
from concertoit.ground.search.policies import Doc, Searchable


@pytest.fixture
def rows() -> list[Doc]:
    """What the room of notes gives when the index is made anew."""
    return []


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch, rows: list[Doc]) -> None:
    monkeypatch.setattr(policies, "_kinds", {})
    policies.register(Searchable("note", "Notes", "sticky", lambda: rows))
    policies.register(Searchable("secret", "Secrets", "lock", list, verb="space.manage"))
    policies.register(Searchable("organisation", "Organismes", "building", list, shared=True))
