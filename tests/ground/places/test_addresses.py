"""Addresses as Québec writes them: two writings of one address are one building, and what is doubtful is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.core.errors import DomainError
from concertoit.ground.places.models import Building, Door, Municipality, Region, unit_named
from concertoit.ground.places.queries import building_of
from concertoit.ground.places.rules import (
    BadAddress,
    postal_code_in,
    read_address,
    street_key,
    town_in,
    unit_key,
    without_town,
)
from concertoit.ground.places.services import find_or_create_place

TOWN = "Longueuil"


@pytest.mark.parametrize(
    ("written", "low", "high", "suffix", "key", "unit"),
    [
        ("1234, rue X, app. 5", 1234, 1234, "", "x", "5"),
        ("1234-5, rue X", 1234, 1234, "", "x", "5"),
        ("5-1234 rue X", 1234, 1234, "", "x", "5"),
        ("B-1234, rue X", 1234, 1234, "", "x", "b"),
        ("1234, rue X #12", 1234, 1234, "", "x", "12"),
        ("1230-1240 rue X", 1230, 1240, "", "x", ""),
        ("1230 à 1240, rue X", 1230, 1240, "", "x", ""),
        ("12 1/2, rue des Érables", 12, 12, "½", "erables", ""),
        ("12½ rue des Erables", 12, 12, "½", "erables", ""),
        ("1234A, boul. St-Charles O.", 1234, 1234, "A", "boulevard saint charles ouest", ""),
        ("1234 a boulevard Saint-Charles Ouest", 1234, 1234, "A", "boulevard saint charles ouest", ""),
        ("1234, rue X, sous-sol", 1234, 1234, "", "x", "soussol"),
        ("1234 rue X RDC", 1234, 1234, "", "x", "rdc"),
        ("1234, rue X, rez-de-chaussée", 1234, 1234, "", "x", "rdc"),
        ("1234, rue X, 2e étage", 1234, 1234, "", "x", "etage2"),
        ("1234, 1re Avenue", 1234, 1234, "", "1 avenue", ""),
        ("1234 1ère av.", 1234, 1234, "", "1 avenue", ""),
        ("1234, Première Avenue", 1234, 1234, "", "1 avenue", ""),
        ("1234, rue X, Longueuil, QC J4K 1A1", 1234, 1234, "", "x", ""),
        ("1234 rue X Longueuil (Québec) J4K1A1", 1234, 1234, "", "x", ""),
        ("1234, rue de Longueuil", 1234, 1234, "", "longueuil", ""),
        ("101-1234 boul. Taschereau", 1234, 1234, "", "boulevard taschereau", "101"),
    ],
)
def test_forms_of_addresses(written: str, low: int, high: int, suffix: str, key: str, unit: str) -> None:
    found = read_address(written, town=TOWN)
    assert (found.low, found.high, found.suffix, found.street_key, found.unit_key) == (low, high, suffix, key, unit)


@pytest.mark.parametrize(
    ("written", "unit", "code"),
    [
        ("", "", "empty"), ("   ", "", "empty"), ("rue X", "", "number"), ("0, rue X", "", "number"),
        ("1234, rue", "", "street"), ("1234", "", "number"), ("12-40, rue X", "", "either"),
        ("1240-1230, rue X", "", "either"), ("1234-1235, rue X", "", "either"), ("1230 à 1235, rue X", "", "either"),
        ("1230A-1240, rue X", "", "range"), ("1234, rue X, app. 5", "6", "unit"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_asked(written: str, unit: str, code: str) -> None:
    with pytest.raises(BadAddress) as refusal:
        read_address(written, unit=unit, town=TOWN)
    assert refusal.value.code == code


NUMBERS = st.integers(min_value=1, max_value=19_999)
NAMES = st.sampled_from(["des Érables", "Saint-Charles", "du Vieux-Quai", "Sainte-Hélène Est", "de l’Église", "Côté"])
KINDS = st.sampled_from([("rue", "r."), ("avenue", "av."), ("boulevard", "boul."), ("chemin", "ch.")])


@given(NUMBERS, KINDS, NAMES, st.integers(min_value=1, max_value=99))
def test_every_writing_of_an_address_is_the_same(number: int, kind: tuple[str, str], name: str, unit: int) -> None:
    long, short = kind
    writings = [
        f"{number}, {long} {name}, app. {unit}", f"{number} {short} {name.upper()} #{unit}",
        f"{number},{long}  {name.replace('’', chr(39))}, appartement {unit}, Longueuil, QC J4K 1A1",
        f"{number} {long.capitalize()} {name.replace('Saint', 'St')} app {unit} Longueuil Québec",
    ]  # fmt: skip
    found = [read_address(one, town=TOWN) for one in writings]
    assert {(one.low, one.high, one.street_key, one.unit_key) for one in found} == {
        (number, number, found[0].street_key, str(unit))
    }


@given(NUMBERS, KINDS, NAMES)
def test_a_line_that_is_shown_reads_as_itself(number: int, kind: tuple[str, str], name: str) -> None:
    first = read_address(f"{number}, {kind[0]} {name}")
    again = read_address(first.line)
    assert (again.low, again.street_key) == (first.low, first.street_key)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        found = read_address(text, town=TOWN)
    except BadAddress:
        return
    assert found.low <= found.high
    assert found.street_key
    assert street_key(found.street) == found.street_key


def test_units_are_told_apart() -> None:
    assert unit_key("App. 05") == unit_key("#5") == unit_key("5") == "5"
    assert unit_key("5A") != unit_key("5")
    assert unit_key("S.-S.") == unit_key("sous-sol") == unit_key("Basement")
    assert unit_key("rdc") != unit_key("sous-sol")


def test_towns_and_codes_in_a_line() -> None:
    towns = [TOWN, "Brossard", "Saint-Lambert"]
    assert town_in("12, rue X, Brossard, QC", towns) == "Brossard"
    assert town_in("12 rue X St-Lambert J4P 1A1", towns) == "Saint-Lambert"
    assert town_in("12, rue de Longueuil", towns) is None
    assert town_in("12, rue Longueuil", towns) is None
    assert postal_code_in("12, rue X, j4k1a1") == "J4K1A1"
    assert without_town("12, rue X, Longueuil", TOWN) == "12, rue X"
    assert without_town("12, rue Québec", TOWN) == "12, rue Québec"


@pytest.fixture
def town(db: None) -> Municipality:
    region = Region.objects.create(code="97", name="Région des adresses")
    return Municipality.objects.create(code="97005", name=TOWN, region=region)


def test_one_address_is_one_building(town: Municipality) -> None:
    first = find_or_create_place(municipality=town, written="1234, rue des Érables, app. 5", postal="J4K 1A1")
    second = find_or_create_place(municipality=town, written="5-1234 r. des Erables, Longueuil J4K 1A1")
    assert (second.building, second.dwelling, second.created) == (first.building, first.dwelling, False)
    assert building_of(town, "1234 des Érables") == first.building
    assert building_of(town, "rien") is None
    assert Building.objects.get().postal_code == "J4K 1A1"


def test_ranges_hold_their_doors(town: Municipality) -> None:
    whole = find_or_create_place(municipality=town, written="1230-1240, rue X").building
    assert find_or_create_place(municipality=town, written="1234, rue X").building == whole
    assert find_or_create_place(municipality=town, written="1231, rue X").building != whole
    wider = find_or_create_place(municipality=town, written="1228 à 1242, rue X").building
    assert (wider, wider.high) == (whole, 1242)
    assert Door.objects.filter(building=whole).count() == 8


def test_ranges_that_overlap_are_asked(town: Municipality) -> None:
    find_or_create_place(municipality=town, written="1230-1240, rue X")
    with pytest.raises(DomainError, match="1230 à 1250"):
        find_or_create_place(municipality=town, written="1236-1250, rue X")
    find_or_create_place(municipality=town, written="1244, rue X")
    with pytest.raises(DomainError, match="plusieurs immeubles"):
        find_or_create_place(municipality=town, written="1230-1250, rue X")


@pytest.mark.parametrize(
    ("unit", "said"),
    [("5", "app. 5"), ("12B", "app. 12B"), ("B", "app. B"), ("A-12", "app. A-12"), ("2e étage", "2e étage"), ("", "")],
)
def test_a_dwelling_is_said_as_an_address_says_it(unit: str, said: str) -> None:
    assert unit_named(unit) == said
