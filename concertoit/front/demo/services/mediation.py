"""Laval's office in the example: tenants who mediate, two years of requests, and what tenants ask of the office."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from concertoit.field.participation.models import Complex, MediationRequest, MediationSeat, Mediator
from concertoit.field.participation.queries.mediation import verdicts
from concertoit.field.participation.services import associations, mediation, representations
from concertoit.field.participation.services.mediation import PartyFacts, RequestFacts
from concertoit.field.participation.services.mediation_private import keep_agreement
from concertoit.field.participation.services.mediators import MediatorFacts, save_mediator
from concertoit.field.participation.services.representations import RepresentationFacts
from concertoit.front.demo.services.clock import at, hour_of
from concertoit.front.demo.services.people import neighbours
from concertoit.ground.identity.models import Person, User
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for

COMPLEXES = (
    ("Habitations Val-Martin", "120, rue des Trembles", 118), ("Place Saint-Claude", "45, place Saint-Claude", 74),
    ("Résidence du Ruisseau-Bleu", "900, boulevard des Prairies", 160), ("Manoir Cartier", "8, rue du Manoir", 52),
)  # fmt: skip
# Home, complexes where they do not mediate, languages, availability, days since the training (nothing: to come).
MEDIATORS = (
    (0, (), "français, créole", "soirs de semaine", 700),
    (1, (3,), "français, anglais", "mardi et jeudi après-midi", 700),
    (2, (), "français, arabe", "fin de semaine", 410),
    (3, (), "français, espagnol", "tous les jours avant 15 h", 410),
    (0, (2,), "français, portugais", "soirs", None),
)
# Days ago, subject, complexes of the parties, arrival, language, outcome, follow-up.
REQUESTS = (
    (610, "noise", (0, 0), "phone", "", "agreement", "holds"),
    (560, "spaces", (1, 1), "in_person", "", "agreement", "holds"),
    (505, "noise", (2, 2), "phone", "arabe", "no_agreement", ""),
    (460, "animals", (3, 3), "online", "", "partial", "partly"),
    (330, "noise", (2, 2), "phone", "", "agreement", "holds"),
    (322, "noise", (0, 0), "phone", "créole", "agreement", "holds"),
    (300, "cleanliness", (1, 1), "in_person", "", "agreement", "broken"),
    (280, "noise", (2, 2), "online", "", "agreement", "holds"),
    (262, "conduct", (3, 3), "phone", "", "referred", ""),
    (240, "noise", (0, 0), "phone", "", "agreement", "holds"),
    (215, "spaces", (2, 2), "phone", "", "no_agreement", ""),
    (190, "noise", (1, 1), "in_person", "", "agreement", "holds"),
    (165, "committee", (2, 2), "in_person", "", "agreement", "partly"),
    (140, "noise", (0, 0), "phone", "", "withdrawn", ""),
    (96, "noise", (2, 2), "phone", "", "agreement", ""),
    (60, "animals", (1, 1), "online", "", "agreement", ""),
    (24, "noise", (0, 0), "phone", "", "", ""),
    (9, "spaces", (3, 3), "phone", "", "", ""),
    (2, "noise", (2, 2), "online", "", "", ""),
)
DEAL = (
    "Pas de musique après vingt heures la semaine. Si cela recommence, on frappe à la porte avant d’appeler l’office."
)
# Days ago, subject, title, words, in whose name, complex, answer within (days), answered after, answer, result.
ASKED = (
    (
        340,
        "repairs",
        "Ascenseur en panne chaque mois",
        "Changer la commande plutôt que la réparer.",
        "committee",
        2,
        30,
        21,
        "La commande est remplacée au prochain budget.",
        "promised",
    ),
    (
        270,
        "safety",
        "Éclairage du stationnement",
        "Deux lampadaires sont éteints depuis l’automne.",
        "tenant",
        0,
        30,
        44,
        "Lampadaires remplacés.",
        "done",
    ),
    (
        200,
        "rules",
        "Règlement sur les balcons",
        "Revoir l’interdiction des bacs de légumes.",
        "assembly",
        1,
        45,
        38,
        "Bacs permis, à l’intérieur du garde-corps.",
        "part",
    ),
    (
        130,
        "services",
        "Horaire de la buanderie",
        "Ouvrir jusqu’à 22 h.",
        "representative",
        3,
        30,
        25,
        "Ouverte jusqu’à 21 h à l’essai.",
        "part",
    ),
    (
        75,
        "repairs",
        "Infiltration au local communautaire",
        "Le plafond coule quand il pleut.",
        "committee",
        2,
        30,
        None,
        "",
        "",
    ),
    (
        41,
        "rent",
        "Explication des calculs de loyer",
        "Une rencontre par ensemble avant le renouvellement.",
        "representative",
        None,
        30,
        None,
        "",
        "",
    ),
    (
        12,
        "common",
        "Bancs devant l’entrée",
        "Deux bancs pour les personnes qui attendent le transport.",
        "tenant",
        3,
        30,
        None,
        "",
        "",
    ),
)


def tell_mediation(space: Space, users: dict[str, User]) -> None:
    """Tell two years of mediation, then what tenants ask of the office: some answers are late."""
    thomas, ines = viewer_for(users["thomas"], space.slug), viewer_for(users["ines"], space.slug)
    with at(hour_of(_day(720))):
        places = [
            associations.save_complex(viewer=thomas, name=name, street=street, dwellings=dwellings)
            for name, street, dwellings in COMPLEXES
        ]
    people = _mediators(thomas, places)
    for number, line in enumerate(REQUESTS):
        _request(space, ines, places, people, number, line)
    for asked in ASKED:
        _ask(thomas, places, asked)


def _today() -> date:
    return datetime.now(tz=timezone.get_current_timezone()).date()


def _day(days: int) -> date:
    return _today() - timedelta(days=days)


def _mediators(viewer: Viewer, places: list[Complex]) -> list[Mediator]:
    found: list[Mediator] = []
    for (given, family), (home, away, languages, availability, trained) in zip(
        neighbours(130)[125:], MEDIATORS, strict=True
    ):
        with at(hour_of(_day(trained or 30))):
            person = Person.objects.create(given_name=given, family_name=family)
            facts = MediatorFacts(
                person=person, email=f"mediation{len(found) + 1}@exemple.test",
                trained_on=_day(trained) if trained else None,
                training="Médiation citoyenne, 21 heures" if trained else "", languages=languages, home=places[home],
                not_in=[places[one] for one in away], availability=availability,
            )  # fmt: skip
            found.append(save_mediator(viewer=viewer, facts=facts))
    return found


def _request(
    space: Space, viewer: Viewer, places: list[Complex], people: list[Mediator], number: int,
    line: tuple[int, str, tuple[int, int], str, str, str, str],
) -> None:  # fmt: skip
    days, subject, (one, other), channel, language, outcome, later = line
    names = neighbours(60)[number * 2 : number * 2 + 2]
    facts = RequestFacts(
        subject=subject, channel=channel, language=language, received_on=_day(days), consents=True,
        parties=[
            PartyFacts("tenant", places[one], names[0][0], f"450 555-01{number:02d}"),
            PartyFacts("tenant", places[other], names[1][0], ""),
        ],
    )  # fmt: skip
    with at(hour_of(_day(days))):
        row = (
            mediation.receive_online(space=space, facts=facts)
            if channel == "online"
            else mediation.receive(viewer=viewer, facts=facts)
        )
    if days > 2:  # the last one has just come in
        _mediate(viewer, people, row, days, outcome, later)


def _mediate(
    viewer: Viewer, people: list[Mediator], row: MediationRequest, days: int, outcome: str, later: str
) -> None:  # fmt: skip
    other = row.parties.order_by("pk").last()
    if other is None:
        return
    other.request = row
    with at(hour_of(_day(days - 2))):
        answer = "no" if outcome == "withdrawn" else "yes"
        mediation.answer_consent(viewer=viewer, party=other, answer=answer)
    if outcome == "withdrawn" or days < 20:  # refused, or designation still to be made
        return
    with at(hour_of(_day(days - 4))):
        seats = _designate(viewer, people, row)
    for after, kind, minutes in ((8, "apart", 45), (12, "together", 90)):
        with at(hour_of(_day(days - after))):
            mediation.add_session(row=row, on=_day(days - after), kind=kind, minutes=minutes)
    if outcome:
        _end(viewer, row, seats, days, outcome, later)


def _designate(viewer: Viewer, people: list[Mediator], row: MediationRequest) -> list[MediationSeat]:
    """Two people without conflict of interest, as the page proposes them."""
    may = [one.mediator for one in verdicts(row, people) if one.allowed]
    return [mediation.designate(viewer=viewer, row=row, mediator=one) for one in may[:2]]


def _end(
    viewer: Viewer, row: MediationRequest, seats: list[MediationSeat], days: int, outcome: str, later: str
) -> None:  # fmt: skip
    with at(hour_of(_day(days - 14))):
        if outcome in ("agreement", "partial"):
            seats[0].request = row
            keep_agreement(seat=seats[0], text=DEAL, signed_on=_day(days - 14), whole=outcome == "agreement")
        else:
            mediation.close(row=row, outcome=outcome, on=_day(days - 14))
    if later:
        with at(hour_of(_day(days - 104))):
            mediation.follow_up(viewer=viewer, row=row, answer=later, on=_day(days - 104))
        for party, scores in zip(row.parties.order_by("pk"), ((4, 4), (3, 4)), strict=True):
            party.request = row
            mediation.give_opinion(viewer=viewer, party=party, heard=scores[0], again=scores[1])


def _ask(
    viewer: Viewer, places: list[Complex],
    line: tuple[int, str, str, str, str, int | None, int, int | None, str, str],
) -> None:  # fmt: skip
    days, subject, title, text, origin, where, within, after, said, result = line
    assembly = None
    with at(hour_of(_day(days))):
        if origin == "assembly":
            assembly = associations.save_assembly(
                viewer=viewer,
                facts=associations.AssemblyFacts(
                    on=_day(days), kind="special", place="Salle communautaire", present=34, quorum=12,
                    minutes="Discussion sur les balcons; une demande à l’office est adoptée.",
                ),
            )  # fmt: skip
        row = representations.save(
            viewer=viewer,
            facts=RepresentationFacts(
                title=title, made_on=_day(days), subject=subject, channel="letter", origin=origin, text=text,
                assembly=assembly, complex=places[where] if where is not None else None,
                answer_by=_day(days) + timedelta(days=within),
            ),
        )  # fmt: skip
    if after is not None:
        with at(hour_of(_day(days - after))):
            representations.answer(viewer=viewer, row=row, on=_day(days - after), text=said, result=result)
