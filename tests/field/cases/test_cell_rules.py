"""The chained log of an emergency cell, and how long it takes to deploy (I6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from concertoit.field.cases.rules.cell import (
    Holder,
    Line,
    broken_at,
    digest_of,
    middle,
    quorum_at,
    times,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def chained(texts: list[str]) -> list[tuple[Line, str]]:
    rows, head = [], ""
    for number, text in enumerate(texts, 1):
        line = Line(number, at(number).isoformat(), "note", text, "Karim")
        head = digest_of(line, head)
        rows.append((line, head))
    return rows


def check(rows: list[tuple[Line, str]], whole: list[tuple[Line, str]]) -> int | None:
    """The log as read, with what the cell remembers of it."""
    return broken_at(rows, count=len(whole), head=whole[-1][1] if whole else "")


texts = st.lists(st.text(max_size=12), min_size=1, max_size=8)


@given(texts)
def test_a_log_as_written_is_whole(written: list[str]) -> None:
    assert check(chained(written), chained(written)) is None


@given(texts, st.data())
def test_a_line_changed_shows(written: list[str], data: st.DataObject) -> None:
    rows = chained(written)
    place = data.draw(st.integers(0, len(rows) - 1))
    line, digest = rows[place]
    rows[place] = (replace(line, text=line.text + "!"), digest)
    assert check(rows, chained(written)) == place + 1


@given(texts, st.data())
def test_a_line_taken_away_shows_wherever_it_was(written: list[str], data: st.DataObject) -> None:
    rows = chained(written)
    place = data.draw(st.integers(0, len(rows) - 1))
    del rows[place]
    assert check(rows, chained(written)) == place + 1


@given(texts, st.data())
def test_a_log_written_again_whole_shows_at_its_end(written: list[str], data: st.DataObject) -> None:
    """Somebody who recomputes every digest after a change still has another head than what the cell remembers."""
    place = data.draw(st.integers(0, len(written) - 1))
    forged = chained([text + ("!" if number == place else "") for number, text in enumerate(written)])
    assert check(forged, chained(written)) is not None


def test_every_part_of_a_line_is_covered() -> None:
    line = Line(1, NOON.isoformat(), "note", "Gaz coupé", "Karim", None, {"households": 2})
    others = [
        replace(line, number=2), replace(line, at=at(1).isoformat()), replace(line, kind="safety"),
        replace(line, text="Gaz ouvert"), replace(line, author="Lucie"), replace(line, corrects=1),
        replace(line, data={"households": 3}),
    ]  # fmt: skip
    assert digest_of(line, "") not in {digest_of(other, "") for other in others}
    assert digest_of(line, "") != digest_of(line, "x")


def holder(role: str, role_at: int, answered: int) -> Holder:
    return Holder(role, at(role_at), at(answered))


def test_the_quorum_of_roles() -> None:
    assert quorum_at([]) is None
    assert quorum_at([holder("lead", 0, 3), holder("safety", 0, 5)]) is None
    assert quorum_at([holder("lead", 0, 3), holder("safety", 0, 5), holder("log", 0, 2)]) == at(5)
    # a role given after the answer counts from then
    assert quorum_at([holder("lead", 0, 3), holder("safety", 0, 5), holder("log", 12, 2)]) == at(12)
    # two for one role: the first one is enough
    assert quorum_at(
        [holder("lead", 0, 3), holder("safety", 0, 50), holder("safety", 0, 4), holder("log", 0, 2)]
    ) == at(4)  # fmt: skip


def test_times_are_empty_until_they_happen() -> None:
    found = times(NOON, acknowledged=at(4), on_site=at(42))
    assert (found.acknowledged, found.quorum, found.on_site) == (timedelta(minutes=4), None, timedelta(minutes=42))
    assert times(NOON, acknowledged=at(-1)).acknowledged == timedelta()


def test_the_middle_says_of_how_many() -> None:
    few = middle([timedelta(minutes=2), None, timedelta(minutes=10), timedelta(minutes=4)])
    assert (few.value, few.count) == (timedelta(minutes=4), 3)
    assert middle([None]).value is None
