"""Rules of workshops: when an idea is received, codes, sheets of paper (L3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.together.decisions.rules import workshops as rules

NOW = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "opened", "closed", "received"),
    [
        ("open", NOW, None, True),
        ("open", None, None, False),  # a hat that nobody has put on
        ("preparing", None, None, False),
        ("closed", NOW, NOW - timedelta(minutes=119), True),  # a phone that had dropped comes back
        ("closed", NOW, NOW - timedelta(minutes=121), False),
        ("closed", None, NOW, False),
    ],
)
def test_when_an_idea_is_received(
    state: str, opened: datetime | None, closed: datetime | None, received: bool
) -> None:
    assert rules.accepts(state=state, hat_opened_at=opened, closed_at=closed, now=NOW) is received


def test_codes_are_read_as_people_type_them() -> None:
    code = rules.new_code()
    assert len(code) == 6
    assert not set(code) & set("01OIL")
    assert rules.read_code(f" {code[:3].lower()}-{code[3:].lower()} ") == code


@given(st.text())
def test_a_code_typed_anyhow_is_letters_and_figures(typed: str) -> None:
    assert rules.read_code(typed).isascii()


def test_sheets_of_paper() -> None:
    assert rules.paper_lines("- Un guichet\n\n•  Des   visites \n   \nEt – aussi") == [
        "Un guichet",
        "Des visites",
        "Et – aussi",
    ]


@given(st.text(max_size=2000))
def test_no_line_of_paper_is_empty_or_long(text: str) -> None:
    for line in rules.paper_lines(text):
        assert line.strip()
        assert len(line) <= rules.IDEA_LENGTH


def test_a_proposal_says_the_ideas_and_nobody_s_name() -> None:
    assert rules.proposal_description(["Un guichet", "Des visites"]) == "- Un guichet\n- Des visites"
