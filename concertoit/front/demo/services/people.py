"""Who is who in the example. People are invented, with plain names; organisations are those of a real region."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.utils import timezone

from concertoit.ground.identity.models import (
    Organisation,
    OrganisationAlias,
    Person,
    ProfessionalContact,
    User,
)
from concertoit.ground.places.models import Mrc
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import BodyMembership, GoverningBody, Membership, Space
from concertoit.together.plans.rules.matching import fold

# name, short name, kind, MRC codes, other ways to write it
ORGANISATIONS: list[tuple[str, str, str, str, str]] = [
    ("Développement social Lanaudière", "DS Lanaudière", "community", "", "DSL"),
    ("Habeo", "", "housing_nonprofit", "61 52 62", ""),
    ("Table des préfets", "TPL", "round_table", "", "Table des préfets de Lanaudière"),
    ("Direction de santé publique", "DSP", "health_network", "", "Direction Santé Publique"),
    ("Fédération des OSBL d’habitation 3L", "FOSBLH3L", "community", "", "Fédération OSBL d’habitation"),
    ("Office municipal d’habitation de Joliette", "OMH Joliette", "housing_office", "61", ""),
    ("Office régional d’habitation de Lanaudière Nord", "ORH Lanaudière Nord", "housing_office", "62 63", ""),
    ("Comité local logement D’Autray", "Comité logement D’Autray", "round_table", "52", "Comité local logement"),
    ("Comité porteur logement L’Assomption", "Comité porteur L’Assomption", "round_table", "60", ""),
    ("Économie sociale Lanaudière", "", "community", "", ""),
    ("MRC de Montcalm", "", "mrc", "63", ""),
    ("Ville de Mascouche", "", "municipality", "64", ""),
    ("Ville de Repentigny", "", "municipality", "60", ""),
    ("Ville de Terrebonne", "", "municipality", "64", ""),
    ("Philanthropie Lanaudière", "", "funder", "", ""),
    ("Réseau québécois de développement social", "RQDS", "community", "", ""),
    ("Université du Québec à Trois-Rivières", "UQTR", "school", "", ""),
    ("Service d’aide à la recherche de logement", "SARL", "community", "", ""),
    ("Chantier habitation Lanaudière", "Chantier habitation", "round_table", "", ""),
]


@dataclass(frozen=True)
class Somebody:
    """A person of the example, as the login page introduces them."""

    email: str
    given_name: str
    family_name: str
    organisation: str
    role: str
    capacity: str
    body: str
    what: str


PEOPLE: list[Somebody] = [
    Somebody(
        "nadia",
        "Nadia",
        "Courtemanche",
        "DS Lanaudière",
        "coordination",
        "coordination",
        "coco",
        "coordonne le chantier et prépare la prochaine plénière",
    ),
    Somebody("marc", "Marc", "Delisle", "FOSBLH3L", "coco", "organisation", "coco", "siège au comité de coordination"),
    Somebody(
        "louise",
        "Louise",
        "Tessier",
        "Habeo",
        "contributor",
        "organisation",
        "",
        "donne des nouvelles des actions que porte son organisme",
    ),
    Somebody("paul", "Paul", "Gervais", "DSP", "partner", "health", "", "partenaire qui a une minute"),
    Somebody("annie", "Annie", "Bergeron", "Ville de Terrebonne", "partner", "elected", "", "élue, lit une page"),
    Somebody(
        "sylvie", "Sylvie", "Moreau", "MRC de Montcalm", "partner", "municipal_staff", "", "partenaire municipale"
    ),
    Somebody("robert", "Robert", "Caron", "", "observer", "citizen", "", "citoyen, suit les travaux"),
    Somebody("claire", "Claire", "Dubé", "TPL", "funder", "government", "", "reçoit le formulaire du bailleur"),
    Somebody(
        "jeanne",
        "Jeanne",
        "Morin",
        "Comité logement D’Autray",
        "partner",
        "organisation",
        "",
        "coordonne aussi le comité local D’Autray",
    ),
    Somebody(
        "diane",
        "Diane",
        "Pelletier",
        "ORH Lanaudière Nord",
        "partner",
        "organisation",
        "",
        "coordonne la participation des locataires à l’office d’habitation",
    ),
]
OTHERS: list[tuple[str, str, str, str]] = [
    ("Gilles", "Arsenault", "OMH Joliette", "organisation"),
    ("Michel", "Fortin", "Économie sociale Lanaudière", "organisation"),
    ("Hélène", "Roy", "Comité porteur L’Assomption", "organisation"),
    ("Nicole", "Bouchard", "Ville de Mascouche", "municipal_staff"),
    ("Pierre", "Gagnon", "Ville de Repentigny", "elected"),
    ("Lise", "Simard", "", "citizen"),
]
# Tenants of the example are made of these, far more of them than there are accounts.
GIVEN = (
    "Odette",
    "Rachid",
    "Ginette",
    "Émile",
    "Fatou",
    "Normand",
    "Suzie",
    "Karim",
    "Lorraine",
    "Bao",
    "Yvon",
    "Inès",
)
FAMILY = (
    "Blais",
    "Haddad",
    "Trottier",
    "Nadeau",
    "Diop",
    "Savard",
    "Perron",
    "Benali",
    "Giroux",
    "Tran",
    "Lavoie",
    "Rojas",
)
PASSWORD = "demonstration-2026"  # noqa: S105 - printed on the login page, in demo mode only


def organisations() -> dict[str, Organisation]:
    """Create the organisations; by short name, else by name."""
    mrcs = {mrc.code: mrc for mrc in Mrc.objects.all()}
    found = {}
    for name, short, kind, codes, alias in ORGANISATIONS:
        row = Organisation.objects.create(name=name, short_name=short, kind=kind)
        row.mrcs.set([mrcs[code] for code in codes.split() if code in mrcs])
        if alias:
            OrganisationAlias.objects.create(organisation=row, name=alias, folded=fold(alias))
        found[short or name] = row
    return found


def seat_everybody(space: Space, found: dict[str, Organisation], bodies: dict[str, GoverningBody]) -> dict[str, User]:
    """Create the people with an account and those without, each in their capacity."""
    users = {}
    for position, one in enumerate(PEOPLE):
        person = Person.objects.create(given_name=one.given_name, family_name=one.family_name)
        user = User.objects.create_user(f"{one.email}@exemple.test", PASSWORD, name=person.full_name, person=person)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        _contact(person, user.email, found.get(one.organisation))
        membership = _seat(space, person, found.get(one.organisation), one.role, one.capacity, position)
        if one.body:
            BodyMembership.objects.create(space=space, membership=membership, body=bodies[one.body])
        users[one.email] = user
    for position, (given, family, organisation, capacity) in enumerate(OTHERS, start=len(PEOPLE)):
        person = Person.objects.create(given_name=given, family_name=family)
        _contact(person, f"{given}.{family}@exemple.test".lower(), found.get(organisation))
        _seat(space, person, found.get(organisation), Role.PARTNER, capacity, position)
    return users


def neighbours(count: int) -> list[tuple[str, str]]:
    """Invented tenants, all different: given name, family name. At most 144."""
    return [(GIVEN[place % 12], FAMILY[(place * 5 + place // 12) % 12]) for place in range(count)]


def _seat(
    space: Space, person: Person, organisation: Organisation | None, role: str, capacity: str, position: int
) -> Membership:
    since = timezone.localdate().replace(year=timezone.localdate().year - 1, day=1)
    return Membership.objects.create(
        space=space,
        person=person,
        organisation=organisation,
        role=role,
        capacity=capacity,
        starts_on=since,
        position=position,
    )


def _contact(person: Person, address: str, organisation: Organisation | None) -> None:
    ProfessionalContact.objects.create(person=person, kind="email", value=address, organisation=organisation)
