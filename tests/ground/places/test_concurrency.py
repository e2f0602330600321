"""One building per address when two people write it at the same moment: threads on PostgreSQL."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from unittest import mock

import pytest
from django.db import connections

from concertoit.ground.core.errors import DomainError
from concertoit.ground.places.models import Building, Door, Municipality, Region
from concertoit.ground.places.services import Place, buildings, find_or_create_place

TOWN = "Longueuil"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "postgres" not in os.environ.get("CONCERTOIT_DATABASE", ""), reason="asks PostgreSQL for simultaneous writes"
    ),
]


@pytest.fixture
def town(transactional_db: None) -> Municipality:
    region = Region.objects.create(code="97", name="Région des adresses")
    return Municipality.objects.create(code="97005", name=TOWN, region=region)


def at_once(town: Municipality, *written: str) -> list[Place | DomainError]:
    """Each address in a thread. All have asked which buildings are known before any writes: a sure collision."""
    barrier, asked = threading.Barrier(len(written)), threading.local()
    answers: list[Place | DomainError] = []
    ask: Callable[..., list[Building]] = buildings.buildings_at

    def ask_together(*given: object) -> list[Building]:
        found = list(ask(*given))
        if not getattr(asked, "once", False):
            asked.once = True
            barrier.wait(20)
        return found

    def write(line: str) -> None:
        try:
            answers.append(find_or_create_place(municipality=town, written=line))
        except DomainError as refusal:
            answers.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(line,)) for line in written]
    with mock.patch.object(buildings, "buildings_at", ask_together):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert len(answers) == len(written), "a thread died"
    return answers


def test_two_people_write_one_new_address(town: Municipality) -> None:
    places = at_once(town, "1234, rue des Érables, app. 5", "5-1234 r. des Erables, Longueuil")
    assert {place.building.pk for place in places if isinstance(place, Place)} == {Building.objects.get().pk}
    assert sorted(place.created for place in places if isinstance(place, Place)) == [False, True]
    assert {place.dwelling for place in places if isinstance(place, Place)} == {Building.objects.get().homes.get()}


def test_a_door_and_the_range_that_holds_it(town: Municipality) -> None:
    """Whoever comes first, the building ends with every door of the range: none is left for a second building."""
    at_once(town, "1234, rue X", "1230-1240, rue X")
    building = Building.objects.get()
    assert (building.low, building.high) == (1230, 1240)
    assert Door.objects.filter(building=building).count() == 6


def test_two_ranges_open_the_same_doors_of_a_known_building(town: Municipality) -> None:
    find_or_create_place(municipality=town, written="1234, rue X")
    at_once(town, "1230-1240, rue X", "1230-1240, rue X")
    assert Building.objects.get().doors.count() == 6
