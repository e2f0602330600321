"""The small works of the example: a pilot in its second year at Laval's office, at every step of a request."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from concertoit.field.small_works.enums import Channel, Work
from concertoit.field.small_works.models import Handyperson, Request
from concertoit.field.small_works.services import following, requests, research, setting_up
from concertoit.field.small_works.services.following import DoneFacts
from concertoit.field.small_works.services.requests import RequestFacts
from concertoit.field.small_works.services.setting_up import HandypersonFacts, PilotFacts
from concertoit.front.demo.services.clock import at, hour_of
from concertoit.front.demo.services.people import neighbours
from concertoit.ground.identity.models import Organisation, Person, User
from concertoit.ground.places.models import Municipality
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for

STREETS = ("rue des Merisiers", "boulevard des Lilas", "avenue du Parc", "rue du Moulin", "place des Aulnes")
WANTED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("safety_bars", "steps"), "Une barre près du bain et des antidérapants dans l’escalier."),
    (("alarms",), "L’avertisseur de fumée sonne sans raison; deux ampoules au plafond."),
    (("doors",), "La porte d’entrée frotte et ferme mal."),
    (("draughts",), "Courant d’air à deux fenêtres."),
    (("furniture",), "Déplacer un lit pour laisser passer une marchette."),
    (("leaks",), "Le robinet de la cuisine coule."),
    (("outdoors", "steps"), "Glace sur les marches de l’entrée."),
)
SAID = ("Je me lève la nuit sans crainte.", "Enfin une porte qui ferme.", "Le monsieur a pris le temps.", "")


def tell_small_works(space: Space, users: dict[str, User], found: dict[str, Organisation]) -> None:
    """Fourteen months of requests: most are done and followed, the last ones wait at each step."""
    lead, worker = viewer_for(users["rita"], space.slug), viewer_for(users["ines"], space.slug)
    today = timezone.localdate()
    with at(hour_of(today - timedelta(days=430))):
        setting_up.save_pilot(
            viewer=lead,
            facts=PilotFacts(
                min_age=65, works=[code for code in Work.values if code != "other"], max_cost=Decimal(400),
                check_months=36, follow_up_days=30, research_partners="Chaire de recherche sur le vieillissement",
                k=5, source="Comité de suivi du projet pilote, première rencontre",
            ),
        )  # fmt: skip
        helping = _helping(lead, found, today)
    town = Municipality.objects.get(code="65005")
    for number in range(26):
        _finished(space, worker, town, helping, number, today)
    _waiting(space, worker, town, helping, today)
    research.extract(viewer=lead, since=today - timedelta(days=425), until=today, to="Chaire de recherche, rapport 1")


def _helping(lead: Viewer, found: dict[str, Organisation], today: date) -> list[Handyperson]:
    mrc = lead.space.mrcs.get()
    rows = [
        ("Gaston", "Rivest", "Travaux partagés Laval", Work.values, "français", 40),
        ("Marisol", "Pinto", "Travaux partagés Laval", ["doors", "draughts", "furniture", "leaks"],
         "français, espagnol", 200),
        ("Réjean", "Thibault", "", ["outdoors", "steps", "furniture"], "français", None),
    ]  # fmt: skip
    helping = []
    for given, family, organisation, skills, languages, checked in rows:
        person = Person.objects.create(given_name=given, family_name=family)
        facts = HandypersonFacts(
            person=person, organisation=found.get(organisation), email=f"{given.lower()}@exemple.test",
            phone="450 555-0190", skills=skills, mrcs=[mrc], languages=languages.split(", "), max_load=4,
            checked_on=today - timedelta(days=checked) if checked else None,
        )  # fmt: skip
        helping.append(setting_up.save_handyperson(viewer=lead, facts=facts))
    return helping


def _ask(space: Space, worker: Viewer, town: Municipality, number: int) -> Request:
    given, family = neighbours(60)[number]
    works, words = WANTED[number % len(WANTED)]
    facts = RequestFacts(
        municipality=town, address=f"{120 + 14 * number}, {STREETS[number % len(STREETS)]}", unit=str(1 + number % 9),
        given_name=given, family_name=family, phone=f"450 555-01{number % 90 + 10}", works=works, description=words,
        consent=True, age_band=("65_74", "75_84", "85")[number % 3], tenure="social", lives_alone=number % 3 != 0,
        fall_risk="safety_bars" in works, research=number % 5 != 4,
    )  # fmt: skip
    channel = (Channel.PHONE, Channel.PHONE, Channel.PARTNER, Channel.ONLINE)[number % 4]
    return requests.receive(space=space, facts=facts, channel=channel, actor=worker.user)


def _admitted(space: Space, worker: Viewer, town: Municipality, number: int) -> Request:
    row = _ask(space, worker, town, number)
    row = following.complete(
        viewer=worker, row=row, needs_trade=False, landlord_must=False, age_band=row.applicant.age_band,
        tenure="social",
    )  # fmt: skip
    return following.decide(viewer=worker, row=row, admitted=True)


def _finished(
    space: Space, worker: Viewer, town: Municipality, helping: list[Handyperson], number: int, today: date
) -> None:
    days = 415 - 14 * number
    with at(hour_of(today - timedelta(days=days))):
        row = _admitted(space, worker, town, number)
        able = next(one for one in helping if set(row.works) <= set(one.skills) and one.checked_on)
        row = following.match(viewer=worker, row=row, handyperson=able)
        row = following.plan_visit(row=row, at=timezone.now() + timedelta(days=4 + number % 6))
    with at(hour_of(today - timedelta(days=days - 4 - number % 6))):
        told = DoneFacts(
            timezone.localdate(),
            "C’est posé et essayé devant la personne.",
            Decimal(1 + number % 3),
            Decimal(12 * (number % 7)),
            Decimal(35 + 10 * (number % 4)),
        )
        row = following.report_done(row=row, facts=told)
    if days > 70:
        with at(hour_of(today - timedelta(days=days - 40))):
            following.follow_up(
                viewer=worker, row=row, satisfaction=(5, 4, 5, 3)[number % 4], holds=number % 9 != 8,
                effects=[("safer", "easier", "stay")[number % 3]], words=SAID[number % 4],
            )  # fmt: skip


def _waiting(space: Space, worker: Viewer, town: Municipality, helping: list[Handyperson], today: date) -> None:
    with at(hour_of(today - timedelta(days=9))):
        _admitted(space, worker, town, 40)
        row = _ask(space, worker, town, 41)
        following.decide(
            viewer=worker, row=row, admitted=False, reason="Le locateur doit le faire : lettre type remise."
        )
    with at(hour_of(today - timedelta(days=5))):
        row = following.match(viewer=worker, row=_admitted(space, worker, town, 42), handyperson=helping[0])
    with at(hour_of(today - timedelta(days=2))):
        row = following.match(viewer=worker, row=_admitted(space, worker, town, 45), handyperson=helping[0])
        following.plan_visit(row=row, at=timezone.now() + timedelta(days=5))
        _ask(space, worker, town, 44)
    with at(hour_of(today - timedelta(days=1))):
        _ask(space, worker, town, 49)
