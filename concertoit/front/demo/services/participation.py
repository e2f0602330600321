"""The housing office of the example: complexes, associations, committee, an election held and one under way."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from concertoit.field.participation.models import Complex, Mandate, TenantAssociation
from concertoit.field.participation.services import associations, committee
from concertoit.field.participation.services.associations import AssemblyFacts, AssociationFacts
from concertoit.field.participation.services.committee import AdviceFacts, SeatFacts
from concertoit.front.demo.services.clock import at, hour_of
from concertoit.front.demo.services.elections import election_under_way, first_election
from concertoit.front.demo.services.people import neighbours
from concertoit.ground.identity.models import Organisation, Person, User
from concertoit.ground.spaces.enums import Capacity, Role, SpaceKind
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.ground.spaces.services import CommitteeFacts, add_seat, move_committee, save_committee

COMPLEXES = [
    ("Place du Ruisseau", "12, rue du Ruisseau", 96), ("Tours Bellevue", "300, boulevard des Pins", 148),
    ("Jardins du Moulin", "5, chemin du Moulin", 42), ("Domaine Saint-Paul", "81, rue Saint-Paul", 64),
]  # fmt: skip
ASSOCIATIONS = [
    # name, complex, years since it was founded, days since its last yearly assembly, presence, used of its grant
    ("Les locataires de la Place du Ruisseau", 0, 6, 130, 14, "1890.00"),
    ("Association des Tours Bellevue", 1, 4, 470, 21, "610.00"),
    ("Regroupement des Jardins du Moulin", 2, 2, 95, 7, "640.00"),
]
# Ten committees and who sits there, by capacity: tenants, managers, directors, workers.
COMMITTEES: list[tuple[str, tuple[int, int, int, int]]] = [
    ("Comité milieu de vie, Place du Ruisseau", (5, 1, 0, 2)), ("Comité milieu de vie, Tours Bellevue", (6, 1, 0, 2)),
    ("Comité milieu de vie, Jardins du Moulin", (4, 1, 0, 1)), ("Comité d’accueil", (3, 0, 0, 2)),
    ("Comité du jardin collectif", (6, 0, 0, 1)), ("Comité bon voisinage", (4, 1, 0, 2)),
    ("Comité sécurité", (3, 2, 1, 1)), ("Comité des travaux", (2, 2, 2, 0)),
    ("Comité soutien communautaire", (2, 2, 1, 4)), ("Comité d’éthique", (2, 1, 3, 2)),
]  # fmt: skip
CAPACITIES = (Capacity.TENANT, Capacity.MANAGER, Capacity.DIRECTOR, Capacity.WORKER)


def tell_participation(users: dict[str, User], found: dict[str, Organisation]) -> None:
    """Open the office's démarche and tell three years of participation there."""
    space = Space.objects.create(
        name="Office Lanaudière Nord", slug="office-lanaudiere-nord", kind=SpaceKind.OFFICE,
        home=found["ORH Lanaudière Nord"],
        mission="Que les locataires prennent part à ce qui les concerne, de l’immeuble au conseil d’administration.",
    )  # fmt: skip
    for position, (key, role) in enumerate(
        [("diane", Role.COORDINATION), ("nadia", Role.PARTNER), ("robert", Role.OBSERVER)]
    ):
        Membership.objects.create(space=space, person=users[key].person, role=role, position=position)
    viewer = viewer_for(users["diane"], space.slug)
    today = timezone.localdate()
    with at(hour_of(today - timedelta(days=1095))):
        complexes = [
            associations.save_complex(viewer=viewer, name=name, street=street, dwellings=dwellings)
            for name, street, dwellings in COMPLEXES
        ]
        committee.save_committee(viewer=viewer, board_size=9, created_by_office_on=date(2018, 10, 1))
    people = [Person.objects.create(given_name=given, family_name=family) for given, family in neighbours(100)]
    tenants = [*people[:37], *people[72:]]  # the others sit on committees for the office or its partners
    known = [_association(viewer, complexes, place, today) for place in range(len(ASSOCIATIONS))]
    first_election(viewer, complexes, tenants, today)
    _members(viewer, complexes, tenants, known, today)
    _advice(viewer, today)
    _committees(viewer, people, today)
    election_under_way(viewer, complexes, tenants, today)


def _association(viewer: Viewer, complexes: list[Complex], place: int, today: date) -> TenantAssociation:
    name, where, years, last, presence, used = ASSOCIATIONS[place]
    founded = today - timedelta(days=365 * years)
    facts = AssociationFacts(
        name=name, complexes=(complexes[where],), recognition="recognised", founded_on=founded,
        recognised_on=founded + timedelta(days=40), all_invited=True, office_witness=True, founding_presence=presence,
        by_laws_on=founded, by_laws="Assemblée annuelle au printemps; quorum du dixième des logements.",
    )  # fmt: skip
    held = today - timedelta(days=last)
    with at(hour_of(held)):
        row = associations.save_association(viewer=viewer, facts=facts)
        associations.save_assembly(
            viewer=viewer,
            facts=AssemblyFacts(
                on=held, association=row, place="Salle communautaire", notice_on=held - timedelta(days=14), quorum=10,
                present=presence + 6, accounts_adopted=True, budget_adopted=True,
                by_laws_text="Ajouter une place réservée aux jeunes au conseil de l’association." if place == 0 else "",
                by_laws_for=15 if place == 0 else None,
                minutes="Ouverture, lecture de l’ordre du jour, rapport de l’année, états financiers, budget, élections.",
            ),
        )  # fmt: skip
    associations.write_grant(
        viewer=viewer, association_id=row.pk, year=today.year - 1, used=Decimal(used),
        use="Fête des voisins, matériel de la salle, transport aux rencontres.",
    )  # fmt: skip
    return row


def _members(
    viewer: Viewer, complexes: list[Complex], people: list[Person], known: list[TenantAssociation], today: date
) -> None:
    """Members that associations name, one that the office names, one replaced."""
    start = today - timedelta(days=400)
    with at(hour_of(start)):
        for place, row in enumerate(known):
            for number in range(2):
                committee.take_seat(
                    viewer=viewer,
                    facts=SeatFacts(
                        people[20 + place * 2 + number],
                        "association",
                        start,
                        association=row,
                        complex=complexes[place],
                    ),
                )
        committee.take_seat(viewer=viewer, facts=SeatFacts(people[28], "office", start, complex=complexes[3]))
    leaving = today - timedelta(days=120)
    with at(hour_of(leaving)):
        gone = _mandate(viewer, people[21])
        committee.leave_seat(viewer=viewer, mandate=gone, why="tenancy", on=leaving)
        facts = SeatFacts(
            people[29], "association", leaving + timedelta(days=10), association=known[0], complex=complexes[0],
            replaces=gone,
        )  # fmt: skip
        committee.take_seat(viewer=viewer, facts=facts)


def _mandate(viewer: Viewer, person: Person) -> Mandate:
    """The seat that somebody holds."""
    return Mandate.objects.get(space=viewer.space, person=person, left_on=None)


def _advice(viewer: Viewer, today: date) -> None:
    told = [
        (210, "budget", "Orientations budgétaires et plan de travaux", 30, "conditions",
         "Commencer par les portes d’entrée des Tours Bellevue; dire aux locataires quand on entrera chez eux.", "part",
         "Les portes passent à la première année; l’avis d’entrée est ajouté au calendrier des travaux."),
        (95, "policy", "Règlement sur les animaux", 21, "favourable", "Le comité appuie, avec un rappel.", "yes",
         "Adopté tel que présenté, avec le rappel demandé."),
        (6, "policy", "Nouvelle politique de stationnement", 14, "", "", "", ""),
    ]  # fmt: skip
    for ago, subject, title, delay, sense, advice, followed, answer in told:
        asked = today - timedelta(days=ago)
        with at(hour_of(asked)):
            committee.save_advice(
                viewer=viewer,
                facts=AdviceFacts(
                    title=title, subject=subject, asked_on=asked, decides_on=asked + timedelta(days=delay), sense=sense,
                    advice=advice, advice_on=asked + timedelta(days=8) if sense else None, followed=followed,
                    answer=answer,
                    followed_on=asked + timedelta(days=delay) if followed else None,
                ),
            )  # fmt: skip


def _committees(viewer: Viewer, people: list[Person], today: date) -> None:
    """Ten committees; each place is somebody's."""
    made = {
        capacity: [
            Membership.objects.create(
                space=viewer.space, person=person, capacity=capacity, role=Role.CONTRIBUTOR, position=100 + position
            )
            for position, person in enumerate(_apart(capacity, people))
        ]
        for capacity in CAPACITIES
    }
    taken = dict.fromkeys(CAPACITIES, 0)
    for name, counts in COMMITTEES:
        row = save_committee(viewer=viewer, facts=CommitteeFacts(name=name))
        move_committee(viewer=viewer, committee=row, state="active", on=today - timedelta(days=300))
        for capacity, count in zip(CAPACITIES, counts, strict=True):
            for _turn in range(count):
                member = made[capacity][taken[capacity] % len(made[capacity])]
                taken[capacity] += 1
                add_seat(viewer=viewer, membership=member, place=row, starts_on=today - timedelta(days=300))


def _apart(capacity: str, people: list[Person]) -> list[Person]:
    """Who sits in a capacity: 37 tenants, 11 managers, 7 directors, 17 workers; 72 people."""
    places = {
        Capacity.TENANT: (0, 37), Capacity.MANAGER: (37, 48), Capacity.DIRECTOR: (48, 55), Capacity.WORKER: (55, 72),
    }  # fmt: skip
    start, end = places[Capacity(capacity)]
    return people[start:end]
