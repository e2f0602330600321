"""Municipalities of the example: official codes under the right MRC, and nothing twice."""

import re

import pytest

from concertoit.front.demo.services import towns
from concertoit.ground.identity.models import Organisation
from concertoit.ground.places.models import Municipality
from tests.personas import Table

pytestmark = pytest.mark.django_db


def test_codes_are_official_and_under_their_mrc(table: Table) -> None:
    towns.load_towns()
    towns.load_towns()
    rows = Municipality.objects.filter(region__code="14").select_related("mrc")
    assert {row.mrc.code for row in rows if row.mrc} == {"52", "60", "61", "62", "63", "64"}
    assert len(rows) == 27
    for row in rows:
        assert re.fullmatch(r"\d{5}", row.code)
        assert row.mrc is not None
        assert row.code.startswith(row.mrc.code), "the first two digits of a code are those of the MRC"


def test_a_directory_that_came_first_stays(table: Table) -> None:
    towns.load_towns()
    Municipality.objects.filter(code="64015").update(population=52000)
    towns.load_towns()
    assert Municipality.objects.get(code="64015").population == 52000
    Organisation.objects.create(name="Ville de Mascouche", kind="municipality")
    towns.place_cities()
    assert str(Organisation.objects.get(name="Ville de Mascouche").municipality) == "Mascouche"
