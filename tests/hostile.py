"""What makes the tests less kind than a quiet day in production: disorder, no network, counted queries.

Installed for every test by ``tests/conftest.py``.
"""

from __future__ import annotations

import random
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.test.utils import CaptureQueriesContext

_LOOPBACK = ("127.", "::1", "localhost")
_WRITE = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+[\"`]?(\w+)", re.IGNORECASE)
# What the session and brute-force protection machinery may write while a page is only read.
_MACHINERY = ("django_session", "axes_", "usersessions_", "cache")


def one_at_a_time(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Middleware: a browser asks for several things at once, and all tests of a process share one SQLite connection."""
    turn = threading.Lock()

    def in_turn(request: HttpRequest) -> HttpResponseBase:
        with turn:
            return get_response(request)

    return in_turn


@contextmanager
def shuffled_querysets() -> Iterator[None]:
    """Give the rows of a query without an order in any order: a page that needs one must ask for it."""
    fetch_all = QuerySet._fetch_all

    def fetch_in_disorder(self: Any) -> None:
        first_time = self._result_cache is None
        fetch_all(self)
        if first_time and not self.ordered and not self.query.is_sliced and len(self._result_cache) > 1:
            random.shuffle(self._result_cache)

    QuerySet._fetch_all = fetch_in_disorder
    try:
        yield
    finally:
        QuerySet._fetch_all = fetch_all


@contextmanager
def loopback_only() -> Iterator[None]:
    """Refuse connections that leave the machine."""
    connect = socket.socket.connect

    def careful(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(_LOOPBACK):
            raise OSError(f"a test tried to leave the machine: {address!r}")
        return connect(self, address)

    socket.socket.connect = careful  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]


@contextmanager
def assert_queries(at_most: int) -> Iterator[CaptureQueriesContext]:
    """At most this many queries; the message lists them."""
    with CaptureQueriesContext(connection) as captured:
        yield captured
    assert len(captured) <= at_most, f"{len(captured)} queries, {at_most} expected at most:\n" + "\n".join(
        f"{number}. {query['sql'][:300]}" for number, query in enumerate(captured.captured_queries, 1)
    )


def assert_constant_queries(make_more: Callable[[], object], request: Callable[[], object], at_most: int = 12) -> None:
    """The page costs the same number of queries with ten times the rows (which ``make_more`` makes).

    ``request`` asks for the page; it is called once before counting, for what is only read the first time.
    """
    request()
    with assert_queries(at_most) as before:
        request()
    make_more()
    with CaptureQueriesContext(connection) as after:
        request()
    assert len(after) <= len(before), f"{len(before)} queries, then {len(after)} with more rows:\n" + "\n".join(
        query["sql"][:300] for query in after.captured_queries
    )


@contextmanager
def noted_writes() -> Iterator[list[str]]:
    """The statements that write, other than those of sessions and brute-force protection; nothing is said of values."""
    found: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        match = _WRITE.match(sql)
        if match and not match.group(1).startswith(_MACHINERY):
            found.append(sql[:300])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
