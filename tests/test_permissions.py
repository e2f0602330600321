"""Every address answers every person as the table of ``tests/permissions.py`` says; an address without a row fails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from concertoit.ground.ui import views as problems
from tests.hostile import noted_writes
from tests.permissions import HIDDEN, LOGIN, MOVED, NO, NOT_PAGES, ROWS, YES, Row
from tests.personas import EVERYONE, STRANGER, Table

_SEEN_BY_POST = {200, 201, 202, 204, 302, 303, 400, 409, 413, 422}
_ALLOWED = {YES, MOVED}


def patterns(resolver: Any, namespace: str = "", prefix: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Every (name, route, pattern) of the site."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, inner, route)
        else:
            assert pattern.name, f"an address without a name: {route}"
            # Django drops the anchor of an inner regular expression when it tells the route of a match.
            yield f"{namespace}{pattern.name}", route.replace("^", ""), pattern


PATTERNS = list(patterns(get_resolver()))
ROUTES = {(name, route) for name, route, _ in PATTERNS}
IN_A_SPACE = {name for name, _, pattern in PATTERNS if "slug" in pattern.pattern.converters}


def kwargs_of(row: Row, table: Table) -> dict[str, Any]:
    """The kwargs of the row, with the démarche's slug where the address takes one."""
    kwargs = row.kwargs(table)
    if "slug" not in kwargs and row.name in IN_A_SPACE:
        kwargs["slug"] = table.space.slug
    return kwargs


def address(row: Row, table: Table, **changes: Any) -> str:
    path = reverse(row.name, kwargs={**kwargs_of(row, table), **changes} or None)
    return path + (row.query(table) if callable(row.query) else row.query)


def meaning(response: HttpResponseBase, method: str) -> str:
    """The answer in the words of the table."""
    status = response.status_code
    if status in (301, 302, 303) and reverse("account_login") in response.headers["Location"]:
        return LOGIN
    if status == 403:
        return NO
    if status == 404:
        return HIDDEN
    if method == "get":
        return {200: YES, 301: MOVED, 302: MOVED, 303: MOVED}.get(status, str(status))
    return YES if status in _SEEN_BY_POST else str(status)


def ask(row: Row, table: Table, key: str, method: str, url: str) -> HttpResponseBase:
    """Ask as this person, and leave nothing of the answer behind."""
    client = table.client(key)
    with transaction.atomic():
        response: HttpResponseBase = getattr(client, method)(url, row.form(table) if method == "post" else None)
        if response.streaming:
            b"".join(response)  # type: ignore[arg-type]
        transaction.set_rollback(True)
    return response


def expected_of(row: Row, method: str, key: str) -> set[str]:
    """What the table says. A method without a row of its own: 405, or for those who may not come in, their refusal.

    A page that is only read may also answer a POST as it answers a GET, provided it writes nothing.
    """
    who = row.read if method == "get" else row.write
    answer = (who or row.write or row.read).answers[key]  # type: ignore[union-attr]
    if method == "post" and answer == MOVED:
        answer = YES  # a POST that redirects is not told apart from one that does something
    if who:
        return {answer}
    return {"405"} if method == "get" and answer in _ALLOWED else {"405", answer}


def row_id(row: Row) -> str:
    same = [other for other in ROWS if other.name == row.name]
    return row.name if len(same) == 1 else f"{row.name}-{same.index(row) + 1}"


def one_of_each(row: Row) -> list[str]:
    """The first persona of each pair of answers.

    Enough for a method that the row does not speak of, and for PostgreSQL: it says whether a page works there, SQLite
    who may open it.
    """
    known = {
        tuple(who.answers[key] if who else "" for who in (row.read, row.write)): key for key in reversed(EVERYONE)
    }
    return list(known.values())


@pytest.fixture(autouse=True)
def _bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A third of the answers are refusals, whose page is the same everywhere (``tests/ground/ui``): only their status."""
    monkeypatch.setattr(problems, "_problem", lambda request, status, title, message: HttpResponse(status=status))


by_row = pytest.mark.parametrize("row", ROWS, ids=row_id)


def test_every_address_has_a_row() -> None:
    """A URL without a row fails the build; so does a row without a URL."""
    names = {name for name, _ in ROUTES}
    rows = {row.name for row in ROWS}
    assert not names - rows - set(NOT_PAGES), "without a row in tests/permissions.py"
    assert not rows - names, "rows of addresses that do not exist"
    assert not set(NOT_PAGES) - names, "excuses for addresses that do not exist"


@pytest.mark.once
def test_every_pattern_of_an_address_is_asked(table: Table) -> None:
    """One name may stand for several addresses (with and without a year): each has its own row."""
    asked = set()
    for one in ROWS:
        with transaction.atomic():  # what a row makes for its address is not there for the next
            asked.add(resolve(address(one, table).split("?")[0]).route.replace("^", ""))
            transaction.set_rollback(True)
    missing = {pattern for name, pattern in ROUTES if name not in NOT_PAGES} - asked
    assert not missing, "no row leads to these addresses"


@by_row
def test_answers(row: Row, table: Table) -> None:
    """Each person gets with GET and with POST what the table says, and reading writes nothing."""
    url = address(row, table)
    for key in EVERYONE:
        table.client(key)
    wrong: dict[str, list[str]] = defaultdict(list)
    for method, who in (("get", row.read), ("post", row.write)):
        for key in EVERYONE if who and connection.vendor == "sqlite" else one_of_each(row):
            if row.name.startswith("mfa_login"):  # this door counts attempts by address: everybody here comes from one
                cache.clear()
            with noted_writes() as written:
                answer = meaning(ask(row, table, key, method, url), method)
            expected = expected_of(row, method, key)
            if answer not in expected:
                wrong[f"{method.upper()} {url}: {answer}, expected {' or '.join(sorted(expected))}"].append(key)
            if (method == "get" or not row.write) and not row.writes and written:
                wrong[f"{method.upper()} {url} writes {written[0]}"].append(key)
    assert not wrong, "\n" + "\n".join(f"{what} ({', '.join(keys)})" for what, keys in wrong.items())


BOUND = [row for row in ROWS if row.bound and row.name in IN_A_SPACE]


@pytest.mark.parametrize("row", BOUND, ids=row_id)
def test_objects_are_not_found_in_another_space(row: Row, table: Table) -> None:
    """The coordination of another démarche reaches nothing of this one through the address of its own."""
    if set(kwargs_of(row, table)) <= {"slug"}:
        pytest.skip("names no object but the démarche")
    url = address(row, table, slug=table.other.slug)
    for method, who in (("get", row.read), ("post", row.write)):
        if who:
            answer = meaning(ask(row, table, STRANGER.key, method, url), method)
            assert answer == HIDDEN, f"{method.upper()} {url}: {answer}"
