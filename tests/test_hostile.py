"""The harness itself: it must fail what it is there to fail."""

from __future__ import annotations

import socket

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import timezone
from jinja2 import UndefinedError

from concertoit.ground.identity.models import Person
from tests import hostile
from tests.htmx import element
from tests.personas import Table


def test_rows_without_an_order_come_in_any_order(db: None) -> None:
    for number in range(30):
        Person.objects.create(given_name=f"{number:02}")
    by_key = [person.pk for person in Person.objects.order_by("pk")]
    assert [person.pk for person in Person.objects.order_by()] != by_key
    assert [person.pk for person in Person.objects.order_by("pk")] == by_key
    assert list(Person.objects.order_by().values_list("pk", flat=True)) != by_key


def test_nobody_leaves_the_machine() -> None:
    with socket.socket() as door, pytest.raises(OSError, match="leave the machine"):
        door.connect(("192.0.2.1", 80))


def test_a_query_too_many_fails(db: None) -> None:
    with pytest.raises(AssertionError, match="2 queries, 1 expected"), hostile.assert_queries(1):
        [Person.objects.count() for _ in range(2)]


def test_a_query_per_row_fails(db: None) -> None:
    def page() -> None:
        for person in Person.objects.order_by("pk"):
            person.contacts.count()

    Person.objects.create(given_name="A")
    with pytest.raises(AssertionError, match="more rows"):
        hostile.assert_constant_queries(lambda: Person.objects.create(given_name="B"), page)


def test_writes_are_told_from_reads_and_sessions(db: None) -> None:
    Person.objects.create(given_name="Avant")
    with hostile.noted_writes() as written:
        Session.objects.create(session_key="x", session_data="", expire_date=timezone.now())
        Session.objects.all().delete()
        list(Person.objects.all())
        Person.objects.update(family_name="Après")
        Person.objects.create(given_name="Autre")
    assert [sql.split()[0] for sql in written] == ["UPDATE", "INSERT"]


def test_an_undefined_name_fails_a_page() -> None:
    with pytest.raises(UndefinedError):
        engines["jinja2"].from_string("{{ nothing }}").render({})


def test_an_element_is_compared_without_what_differs_each_time() -> None:
    one = '<div id="a"> <p>x</p>\n<input name="csrfmiddlewaretoken" value="1"> </div>'
    two = '<main><div id="a"><p>x</p> <input name="csrfmiddlewaretoken" value="2"></div></main>'
    assert element(one, "a") == element(two, "a")
    with pytest.raises(AssertionError, match="0 elements"):
        element(one, "b")


def test_requests_of_a_browser_wait_for_their_turn() -> None:
    inside: list[int] = []

    def view(request: HttpRequest) -> HttpResponse:
        inside.append(1)
        return HttpResponse("")

    assert hostile.one_at_a_time(view)(RequestFactory().get("/")).status_code == 200
    assert inside == [1]


def test_people_sit_where_they_should(table: Table) -> None:
    assert table.viewer("coordinator").can("space.manage")
    assert not table.viewer("observer").can("people.contact")
    assert table.action.plan == table.plan
    assert table.drafted("action").item == table.action
    assert isinstance(table.client("visitor"), Client)
