"""Three démarches that act in the field, and who works there: a brigade, a region's community support, a housing office.

Organisations are real ones of these regions; everybody is invented. What they did is told room by room.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.utils import timezone

from concertoit.front.demo.services.people import PASSWORD, Somebody
from concertoit.ground.identity.models import Organisation, Person, ProfessionalContact, User
from concertoit.ground.places.models import Mrc, Municipality
from concertoit.ground.spaces.enums import Capacity, Role, SpaceKind, Tool
from concertoit.ground.spaces.models import Membership, Space

BRIGADE, SUPPORT, LAVAL = "longueuil-brossard", "chaudiere-appalaches", "laval"
# name, short name, kind, MRC codes
ORGANISATIONS: list[tuple[str, str, str, str]] = [
    ("Corporation de développement communautaire de Longueuil", "CDC Longueuil", "community", "58"),
    ("Ville de Longueuil", "", "municipality", "58"),
    ("Ville de Brossard", "", "municipality", "58"),
    ("CISSS de la Montérégie-Est", "CISSS Montérégie-Est", "health_network", "58"),
    ("Service de sécurité incendie de l’agglomération de Longueuil", "SSIAL", "municipality", "58"),
    ("Direction de santé publique de la Montérégie", "DSP Montérégie", "health_network", "58"),
    ("Comité logement Rive-Sud", "", "community", "58"),
    ("Table régionale de soutien communautaire", "Table SCLSC", "round_table", "251 29 18 31"),
    ("Office d’habitation de Lévis", "OMH Lévis", "housing_office", "251"),
    ("Office régional d’habitation de la Nouvelle-Beauce", "OH Nouvelle-Beauce", "housing_office", "26"),
    ("CISSS de Chaudière-Appalaches", "", "health_network", "251"),
    ("Fédération régionale des OSBL d’habitation", "FROH", "community", "251"),
    ("Office municipal d’habitation de Laval", "OMH Laval", "housing_office", "65"),
    ("CISSS de Laval", "", "health_network", "65"),
    ("Travaux partagés Laval", "", "community", "65"),
]


@dataclass(frozen=True)
class Place:
    """A démarche of the field: what it is, and who has a place there (e-mail, organisation, role, capacity)."""

    slug: str
    name: str
    kind: SpaceKind
    home: str
    mrcs: tuple[str, ...]
    mission: str
    tools: tuple[Tool, ...]
    people: tuple[Somebody, ...] = field(default=())


PLACES = (
    Place(
        BRIGADE, "Action concertée en insalubrité, Longueuil et Brossard", SpaceKind.PROJECT, "CDC Longueuil", ("58",),
        "Que chaque locataire vive dans un logement salubre, sain et sécuritaire.",
        (Tool.CASES, Tool.DIRECTORY),
        (
            Somebody("josee", "Josée", "Lemaire", "CDC Longueuil", Role.LIAISON, Capacity.WORKER, "",
                     "agente de liaison de la brigade : reçoit, affecte, décide"),
            Somebody("samir", "Samir", "Boudreau", "CDC Longueuil", Role.WORKER, Capacity.WORKER, "",
                     "intervenant psychosocial de la brigade"),
            Somebody("eve", "Ève", "Charron", "CDC Longueuil", Role.WORKER, Capacity.WORKER, "",
                     "inspectrice de la brigade, sur son téléphone"),
            Somebody("hugo", "Hugo", "Laplante", "Ville de Longueuil", Role.RESPONDER, Capacity.MUNICIPAL_STAFF, "",
                     "permis et inspection de la Ville, reçoit des dossiers"),
            Somebody("fanny", "Fanny", "Ouellette", "CISSS Montérégie-Est", Role.RESPONDER, Capacity.HEALTH, "",
                     "CISSS, accompagne des ménages"),
            Somebody("carl", "Carl", "Dumas", "CDC Longueuil", Role.COORDINATION, Capacity.COORDINATION, "",
                     "coordonne le projet concerté, lit des chiffres et non des dossiers"),
        ),
    ),
    Place(
        SUPPORT, "Soutien communautaire, Chaudière-Appalaches", SpaceKind.TABLE, "Table SCLSC",
        ("251", "26", "27", "28", "29", "31", "18", "17", "19", "33"),
        "Que chaque locataire du logement social et communautaire ait quelqu’un vers qui se tourner.",
        (Tool.LOGBOOK, Tool.DIRECTORY),
        (
            Somebody("mireille", "Mireille", "Poulin", "OMH Lévis", Role.LIAISON, Capacity.WORKER, "",
                     "responsable d’une équipe de soutien communautaire"),
            Somebody("denis", "Denis", "Veilleux", "OMH Lévis", Role.WORKER, Capacity.WORKER, "",
                     "intervenant, tient son journal de bord entre deux portes"),
            Somebody("aicha", "Aïcha", "Grondin", "FROH", Role.WORKER, Capacity.WORKER, "",
                     "intervenante dans des OBNL et des coopératives"),
            Somebody("solange", "Solange", "Rodrigue", "Table SCLSC", Role.COORDINATION, Capacity.COORDINATION, "",
                     "coordonne la table régionale, publie les statistiques"),
        ),
    ),
    Place(
        LAVAL, "Office d’habitation de Laval", SpaceKind.OFFICE, "OMH Laval", ("65",),
        "Des milieux de vie où les locataires ont leur mot à dire, et de l’aide quand il en faut.",
        (Tool.TENANTS, Tool.LOGBOOK, Tool.DIRECTORY, Tool.MEDIATION, Tool.SMALL_WORKS),
        (
            Somebody("thomas", "Thomas", "Beaulieu", "OMH Laval", Role.COORDINATION, Capacity.MANAGER, "",
                     "coordonne la participation et la médiation à l’office de Laval"),
            Somebody("rita", "Rita", "Cloutier", "OMH Laval", Role.LIAISON, Capacity.WORKER, "",
                     "responsable du soutien communautaire et des menus travaux"),
            Somebody("ines", "Inès", "Mercier", "OMH Laval", Role.WORKER, Capacity.WORKER, "",
                     "intervenante, reçoit les demandes au téléphone"),
        ),
    ),
)  # fmt: skip
FIELD_PEOPLE = tuple(one for place in PLACES for one in place.people)


def open_places() -> tuple[dict[str, Space], dict[str, User], dict[str, Organisation]]:
    """Create the organisations, the démarches by their slug, and the accounts by the beginning of their e-mail."""
    mrcs = {mrc.code: mrc for mrc in Mrc.objects.all()}
    towns = {town.name: town for town in Municipality.objects.all()}
    found: dict[str, Organisation] = {}
    for name, short, kind, codes in ORGANISATIONS:
        row = Organisation.objects.create(
            name=name, short_name=short, kind=kind, municipality=towns.get(name.removeprefix("Ville de "))
        )
        row.mrcs.set([mrcs[code] for code in codes.split()])
        found[short or name] = row
    users: dict[str, User] = {}
    spaces = {}
    for place in PLACES:
        space = spaces[place.slug] = Space.objects.create(
            slug=place.slug, name=place.name, kind=place.kind, home=found[place.home], mission=place.mission,
            tools=list(place.tools),
        )  # fmt: skip
        space.mrcs.set([mrcs[code] for code in place.mrcs])
        for position, one in enumerate(place.people):
            users[one.email] = _seat(space, one, found[one.organisation], position)
    return spaces, users, found


def _seat(space: Space, one: Somebody, organisation: Organisation, position: int) -> User:
    person = Person.objects.create(given_name=one.given_name, family_name=one.family_name)
    user = User.objects.create_user(f"{one.email}@exemple.test", PASSWORD, name=person.full_name, person=person)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    ProfessionalContact.objects.create(person=person, kind="email", value=user.email, organisation=organisation)
    Membership.objects.create(
        space=space, person=person, organisation=organisation, role=one.role, capacity=one.capacity,
        starts_on=timezone.localdate().replace(year=timezone.localdate().year - 2, month=1, day=1), position=position,
    )  # fmt: skip
    return user
