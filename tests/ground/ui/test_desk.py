"""What rooms bring to « Ma table » is merged in the order people work."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from markupsafe import Markup

from concertoit.ground.spaces.models import Committee, Invitation
from concertoit.ground.ui import desk
from concertoit.ground.ui.desk import Brought, Coming, Move, Todo
from concertoit.ground.ui.moments import by, month_short, near, recent
from concertoit.ground.ui.panels import Panel
from tests.personas import Table

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_providers", {})


def todo(title: str, **values: Any) -> Todo:
    return Todo(title, "/", "Faire", **values)


def test_what_waits_today_comes_first_then_by_day() -> None:
    tomorrow = TODAY + timedelta(days=1)
    desk.register(lambda user, viewers: Brought(todos=[todo("sans date"), todo("demain", due=tomorrow)]))
    desk.register(
        lambda user, viewers: Brought(todos=[todo("demandé", now=True), todo("en retard", due=date(2026, 10, 1))])
    )
    whole = desk.gathered(None, [], TODAY)
    assert [one.title for one in whole.todos] == ["en retard", "demandé", "demain", "sans date"]
    assert [desk.waits_today(one, TODAY) for one in whole.todos] == [True, True, False, False]


def test_moves_by_the_latest_and_what_comes_by_the_nearest() -> None:
    moves = [Move(datetime(2026, 11, day, tzinfo=UTC), Markup("{}").format(day)) for day in (3, 9, 6)]
    coming = [Coming("sans jour", "/"), Coming("loin", "/", on=date(2027, 1, 1)), Coming("près", "/", on=TODAY)]
    desk.register(lambda user, viewers: Brought(moves=moves, coming=coming))
    whole = desk.gathered(None, [], TODAY)
    assert [str(one.sentence) for one in whole.moves] == ["9", "6", "3"]
    assert [one.title for one in whole.coming] == ["près", "loin", "sans jour"]


def test_each_room_adds_to_the_card_of_a_demarche_and_registers_once() -> None:
    def room(user: Any, viewers: Any) -> Brought:
        return Brought(cards={1: [Panel("a", "a.html")]})

    desk.register(room)
    desk.register(room)
    desk.register(lambda user, viewers: Brought(cards={1: [Panel("b", "b.html")]}))
    assert [panel.key for panel in desk.gathered(None, [], TODAY).cards[1]] == ["a", "b"]


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 24, 20, 5, tzinfo=UTC), "aujourd’hui, 15\u00a0h\u00a005"),
        (datetime(2026, 11, 24, 4, 0, tzinfo=UTC), "hier, 23\u00a0h"),
        (datetime(2026, 11, 19, 17, 0, tzinfo=UTC), "jeudi, 12\u00a0h"),
        (datetime(2026, 11, 2, 17, 0, tzinfo=UTC), "le 2\u00a0novembre"),
        (datetime(2025, 11, 2, 17, 0, tzinfo=UTC), "2025-11-02"),
    ],
)
def test_moments_as_people_say_them(moment: datetime, words: str) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 21, 0, tzinfo=UTC), tick=False):
        assert recent(moment) == words


@pytest.mark.parametrize(
    ("day", "words", "when"),
    [
        (TODAY, "aujourd’hui", "aujourd’hui"),
        (date(2026, 11, 25), "demain", "d’ici demain"),
        (date(2026, 11, 27), "vendredi 27\u00a0novembre", "d’ici vendredi 27\u00a0novembre"),
        (date(2026, 12, 1), "le 1er\u00a0décembre", "d’ici le 1er\u00a0décembre"),
        (date(2026, 10, 30), "le 30\u00a0octobre", "d’ici le 30\u00a0octobre"),
        (date(2028, 3, 31), "le 31\u00a0mars 2028", "d’ici le 31\u00a0mars 2028"),
    ],
)
def test_days_near_today(day: date, words: str, when: str) -> None:
    assert near(day, TODAY) == words
    assert by(day, TODAY) == when


def test_months_as_on_a_leaf() -> None:
    assert month_short(TODAY) == "nov."
    assert month_short(date(2026, 5, 1)) == "mai"


@pytest.mark.django_db
def test_a_room_that_nobody_uses_is_not_asked(table: Table) -> None:
    asked: list[str] = []

    def waits_for(name: str) -> Any:
        return lambda user, viewers: asked.append(name) or Brought()

    desk.register(waits_for("toujours"))
    desk.register(waits_for("démarche avec un comité"), when=[Committee])
    desk.register(waits_for("démarche sans invitation"), when=[Invitation])
    viewers = [table.viewer("partner")]
    with CaptureQueriesContext(connection) as queries:
        desk.gathered(None, viewers, TODAY)
    assert asked == ["toujours", "démarche avec un comité"]
    assert len(queries) == 1
