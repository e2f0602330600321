"""Addresses, dates, personal links, the life of a committee."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.spaces import rules, workflow

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "taken", "slug"),
    [
        ("Chantier d’été", [], "chantier-d-ete"),
        ("Chantier d’été", ["chantier-d-ete"], "chantier-d-ete-2"),
        ("Nouvelle", [], "nouvelle-2"),
        ("…", [], "demarche"),
        ("Cœur", [], "coeur"),
        ("a" * 80, ["a" * 60], "a" * 58 + "-2"),
    ],
)
def test_addresses(name: str, taken: list[str], slug: str):
    assert rules.slug_for(name, taken) == slug


@given(st.text(), st.lists(st.text(), max_size=5))
def test_an_address_is_always_free_short_and_plain(name: str, others: list[str]):
    taken = [rules.slug_for(other, []) for other in others]
    slug = rules.slug_for(name, taken)
    assert slug not in taken
    assert 0 < len(slug) <= rules.SLUG_LENGTH
    assert slug.isascii()
    assert slug.strip("-") == slug


def test_dates_in_order():
    day = date(2026, 1, 1)
    assert rules.dates_in_order(None, day)
    assert rules.dates_in_order(day, None)
    assert rules.dates_in_order(day, day)
    assert not rules.dates_in_order(day, day - timedelta(days=1))


@pytest.mark.parametrize(
    ("accepted", "withdrawn", "days", "state"),
    [
        (None, None, 1, "open"),
        (None, None, 0, "expired"),
        (None, NOW, 1, "withdrawn"),
        (NOW, NOW, -1, "accepted"),
    ],
)
def test_state_of_an_invitation(accepted, withdrawn, days: int, state: str):
    found = rules.invitation_state(
        accepted_at=accepted, withdrawn_at=withdrawn, expires_at=NOW + timedelta(days=days), now=NOW
    )
    assert found == state


def test_life_of_a_committee():
    assert workflow.allowed("to_form", "active")
    assert workflow.allowed("closed", "active")
    assert not workflow.allowed("active", "to_form")
