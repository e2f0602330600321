"""When an answer is late, and what the figures of representations are. Plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median


@dataclass(frozen=True, slots=True)
class Made:
    """A representation, as the figures see it."""

    subject: str
    made_on: date
    answer_by: date | None
    answered_on: date | None


def expected(made_on: date, days: int | None) -> date | None:
    """The day an answer is expected: so many days after; nothing where no text gives a delay."""
    return None if days is None else made_on + timedelta(days=days)


def is_late(one: Made, today: date) -> bool:
    """An answer that has not come, after its day."""
    return one.answered_on is None and one.answer_by is not None and one.answer_by < today


@dataclass(frozen=True, slots=True)
class Figures:
    """Of all that was made: answered, of which in time among those that had a day; late; half-way delay in days."""

    made: int
    answered: int
    with_day: int
    in_time: int
    late: int
    waiting: int
    median_days: int | None
    subjects: list[tuple[str, int]]


def figures(rows: Sequence[Made], today: date) -> Figures:
    """Counts and delays of representations; percentages are left to the page, which shows their denominators."""
    answered = [one for one in rows if one.answered_on is not None]
    days = [(one.answered_on - one.made_on).days for one in answered if one.answered_on is not None]
    dated = [one for one in answered if one.answer_by is not None]
    in_time = [one for one in dated if one.answered_on is not None and one.answered_on <= (one.answer_by or today)]
    late = [one for one in rows if is_late(one, today)]
    return Figures(
        made=len(rows), answered=len(answered), with_day=len(dated), in_time=len(in_time), late=len(late),
        waiting=len(rows) - len(answered), median_days=round(median(days)) if days else None,
        subjects=Counter(one.subject for one in rows).most_common(),
    )  # fmt: skip
