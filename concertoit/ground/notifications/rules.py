"""Who is told how, and when a digest leaves. Pure: can be argued about without a database."""

from datetime import date, timedelta
from typing import NamedTuple

NEVER = "never"
MONDAY = 0


class Delivery(NamedTuple):
    """``app``: in the list; ``email``: now, digest or never; ``quiet``: in the list, but already read."""

    app: bool
    email: str
    quiet: bool


def delivery(default: tuple[bool, str], preference: tuple[bool, str] | None, *, muted: bool) -> Delivery:
    """What a person gets. A muted démarche sends nothing and does not ring; its notices stay in the list."""
    app, email = preference or default
    if muted:
        return Delivery(app, NEVER, quiet=True)
    return Delivery(app, email, quiet=False)


def digest_due(*, weekly: bool, last: date | None, today: date) -> bool:
    """Whether a digest leaves today. A weekly one that was missed on Monday leaves as soon as a week has passed."""
    if last is not None and last >= today:
        return False
    if not weekly:
        return True
    return today.weekday() == MONDAY or (last is not None and today - last >= timedelta(days=7))
