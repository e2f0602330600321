"""Reading what a client of Open311 GeoReport v2 asks (http://wiki.open311.org/GeoReport_v2/)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SPAN = timedelta(days=90)
MOST = 1000
STATUSES = ("open", "closed")
_ATTRIBUTE = re.compile(r"^attribute\[(?P<code>[A-Za-z0-9_-]{1,60})\](?:\[[^\]]*\])?$")


class BadQuery(ValueError):
    """A parameter that cannot be read; ``str`` is the sentence for who writes the client (English: the standard's)."""


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Which requests are asked. With ``ids``, nothing else counts (the standard says so)."""

    ids: tuple[str, ...]
    codes: frozenset[str]
    statuses: frozenset[str]
    since: datetime
    until: datetime
    page: int
    page_size: int


def list_query(values: Mapping[str, str], now: datetime) -> ListQuery:
    """Read the parameters of GET requests. Without dates, the last 90 days; never more than 90 days nor 1,000 rows.

    Raises ``BadQuery``.
    """
    statuses = _words(values.get("status", ""))
    if unknown := [one for one in statuses if one not in STATUSES]:
        raise BadQuery(f"status: {unknown[0]} is neither open nor closed")
    since, until = _moment(values, "start_date"), _moment(values, "end_date")
    if since is None and until is None:
        since, until = now - SPAN, now + timedelta(seconds=1)
    since = since or (until or now) - SPAN
    until = until or min(since + SPAN, now + timedelta(seconds=1))
    if until < since:
        raise BadQuery("end_date comes before start_date")
    if until - since > SPAN + timedelta(days=1):
        raise BadQuery("start_date and end_date may not span more than 90 days")
    size = _number(values, "page_size", 1000)
    return ListQuery(
        ids=tuple(_words(values.get("service_request_id", "")))[:MOST],
        codes=frozenset(_words(values.get("service_code", ""))),
        statuses=frozenset(statuses or STATUSES),
        since=since, until=until, page=_number(values, "page", 10_000), page_size=min(size, MOST),
    )  # fmt: skip


def attributes(values: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """``attribute[unit]=5`` and ``attribute[dangers][]=smell`` by code."""
    found: dict[str, list[str]] = {}
    for name, said in values:
        if match := _ATTRIBUTE.match(name):
            found.setdefault(match["code"], []).extend(one.strip() for one in said if one.strip())
    return found


def coordinate(values: Mapping[str, str], name: str, most: float) -> float | None:
    """A latitude or a longitude, WGS 84; nothing when it is not given. Raises ``BadQuery``."""
    text = values.get(name, "").strip()
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        raise BadQuery(f"{name}: {text[:20]} is not a number") from None
    if not abs(number) <= most:  # also refuses what is not a number (nan)
        raise BadQuery(f"{name} is out of range")
    return number


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _moment(values: Mapping[str, str], name: str) -> datetime | None:
    text = values.get(name, "").strip().replace(" ", "+")  # a "+" that was not escaped arrives as a space
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadQuery(f"{name}: {text[:40]} is not a date of ISO 8601, as 2026-05-24T00:00:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name, "").strip()
    if not text:
        return 1 if name == "page" else default
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= 100_000:
        raise BadQuery(f"{name}: {text[:20]} is not a whole number from 1")
    return int(text[:9])
