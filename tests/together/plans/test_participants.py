"""The participants a document lists: what a line says, who is already there, who arrives."""

from __future__ import annotations

import pytest

from concertoit.ground.identity.enums import OrganisationKind
from concertoit.ground.identity.models import Organisation, Person
from concertoit.ground.spaces.enums import Capacity
from concertoit.ground.spaces.models import Membership
from concertoit.together.plans.rules.document import Participant
from concertoit.together.plans.services.participants import capacity_of, kind_of, newcomers, welcome
from tests.personas import Table


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("OMH de la Ville", OrganisationKind.HOUSING_OFFICE),
        ("MRC d’essai", OrganisationKind.MRC),
        ("Municipalité d’essai", OrganisationKind.MUNICIPALITY),
        ("Ministère des essais", OrganisationKind.MINISTRY),
        ("CISSS d’essai", OrganisationKind.HEALTH_NETWORK),
        ("Coopérative d’essai", OrganisationKind.HOUSING_COOP),
        ("Table d’essai", OrganisationKind.ROUND_TABLE),
        ("Cégep d’essai", OrganisationKind.SCHOOL),
        ("Maison d’essai", OrganisationKind.OTHER),
    ],
)
def test_a_name_says_its_kind_or_none(name: str, kind: OrganisationKind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    ("written", "capacity", "organisation"),
    [
        ("Citoyenne", Capacity.CITIZEN, ""),
        ("Élue, Ville d’essai", Capacity.ELECTED, "Ville d’essai"),
        ("Élu", Capacity.ELECTED, ""),
        ("Ville d’essai", Capacity.MUNICIPAL_STAFF, "Ville d’essai"),
        ("Maison d’essai", Capacity.ORGANISATION, "Maison d’essai"),
    ],
)
def test_a_line_says_in_what_capacity(written: str, capacity: Capacity, organisation: str) -> None:
    assert capacity_of(Participant(written)) == (capacity, organisation)


def test_who_is_there_is_left_alone_and_nobody_arrives_twice(table: Table) -> None:
    lines = [
        Participant("organisme x d’habitation", "CAROLE Témoin"),  # there already, spelled otherwise
        Participant("Maison d’essai", "Jeanne Neuve"),
        Participant("Maison d’essai", "Jeanne  neuve"),
        Participant("Maison d’essai", "Paul Neuf"),
        Participant("Citoyen", "Luc Voisin"),
        Participant("Citoyen"),
        Participant(""),
    ]
    people, organisations = Person.objects.count(), Organisation.objects.count()
    assert [p.person for p in newcomers(space=table.space, participants=lines)] == [
        "Jeanne Neuve",
        "Paul Neuf",
        "Luc Voisin",
    ]
    assert Organisation.objects.count() == organisations, "looking opens nothing"
    arrivals = welcome(space=table.space, participants=lines)
    assert (len(arrivals.memberships), len(arrivals.people), len(arrivals.organisations)) == (3, 3, 1)
    assert newcomers(space=table.space, participants=lines) == []
    positions = Membership.objects.filter(space=table.space).values_list("position", flat=True)
    assert len(set(positions)) == len(positions)
    Membership.objects.filter(pk__in=arrivals.memberships).delete()
    arrivals.remove_unused()
    assert (Person.objects.count(), Organisation.objects.count()) == (people, organisations)


def test_an_organisation_that_is_needed_since_is_kept(table: Table) -> None:
    arrivals = welcome(space=table.space, participants=[Participant("Maison d’essai", "Jeanne Neuve")])
    arrivals.remove_unused()
    assert Organisation.objects.filter(name="Maison d’essai").exists()
    assert Person.objects.filter(given_name="Jeanne").exists()
