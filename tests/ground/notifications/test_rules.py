"""Who is told how; when a digest leaves."""

from datetime import date

import pytest

from concertoit.ground.notifications.rules import Delivery, delivery, digest_due

MONDAY, TUESDAY = date(2026, 2, 23), date(2026, 2, 24)


@pytest.mark.parametrize(
    ("preference", "muted", "expected"),
    [
        (None, False, Delivery(True, "now", False)),
        ((False, "digest"), False, Delivery(False, "digest", False)),
        ((True, "never"), False, Delivery(True, "never", False)),
        (None, True, Delivery(True, "never", True)),
        ((False, "now"), True, Delivery(False, "never", True)),
    ],
)
def test_what_a_person_said_wins_over_the_default_and_quiet_over_all(
    preference: tuple[bool, str] | None, muted: bool, expected: Delivery
) -> None:
    assert delivery((True, "now"), preference, muted=muted) == expected


@pytest.mark.parametrize(
    ("weekly", "last", "today", "due"),
    [
        (False, None, TUESDAY, True),
        (False, MONDAY, TUESDAY, True),
        (False, TUESDAY, TUESDAY, False),
        (True, None, MONDAY, True),
        (True, None, TUESDAY, False),
        (True, MONDAY, TUESDAY, False),
        (True, MONDAY, MONDAY, False),
        (True, date(2026, 2, 16), MONDAY, True),
        (True, date(2026, 2, 16), TUESDAY, True),  # Monday's was missed
        (True, date(2026, 2, 17), MONDAY, True),
    ],
)
def test_a_digest_leaves_every_morning_or_every_monday(
    weekly: bool, last: date | None, today: date, due: bool
) -> None:
    assert digest_due(weekly=weekly, last=last, today=today) is due
