"""A year of reports to the brigade of the example: by tenants, by workers, by the 311, by a list that was brought in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from concertoit.field.cases.enums import Channel
from concertoit.field.cases.enums.consents import ConsentPurpose
from concertoit.field.cases.enums.intake import LookReason, SetAside
from concertoit.field.cases.models import Case, Report
from concertoit.field.cases.queries.people import look_at
from concertoit.field.cases.services import inbox, tenant_page
from concertoit.field.cases.services.intake import External, Told, receive_report
from concertoit.field.cases.services.people import Contact, Living
from concertoit.front.demo.services.clock import at
from concertoit.ground.identity.models import User
from concertoit.ground.places.models import Municipality
from concertoit.ground.privacy.enums import Means
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for

CONTACT, SHARE, LIVING = ConsentPurpose.CONTACT, ConsentPurpose.SHARE, ConsentPurpose.LIVING
EVERYTHING = (CONTACT, SHARE, LIVING)
BIG = ("Longueuil", "2150, rue des Quatre-Vents", 24)


@dataclass(frozen=True)
class Call:
    """A report of the example. ``key`` names its case for the other rooms of the example; without one, none was opened.

    ``days``: how long ago it came in. ``who``: given name, family name, phone; nobody without it. ``people``: adults,
    youths, children under 14.
    """

    key: str
    days: int
    town: str
    address: str
    unit: str
    problems: str
    words: str
    who: tuple[str, str, str] | None = None
    channel: Channel = Channel.TENANT
    dangers: str = ""
    dwellings: int | None = None
    people: tuple[int, int, int] | None = None
    consents: tuple[str, ...] = EVERYTHING
    language: str = ""
    sender: str = ""
    joins: str = ""


CALLS = (
    Call("list-damp", 352, "Longueuil", "418, rue Sainte-Aurélie", "2", "mould water", "Liste de l’an dernier : cave humide, rien de fait.", channel=Channel.LIST, dwellings=4),
    Call("list-cold", 351, "Brossard", "77, avenue Malherbe", "6", "cold lock", "Liste de l’an dernier : plinthes froides, fenêtre fendue.", channel=Channel.LIST, dwellings=8),
    Call("list-mice", 350, "Longueuil", "1020, boulevard des Ormes", "11", "pests dirt", "Liste de l’an dernier : souris, local à déchets.", channel=Channel.LIST, dwellings=16),
    Call("bugs", 318, *BIG[:2], "7", "pests", "Des punaises dans la chambre des enfants depuis l’été.", ("Mariela", "Quisbert", "450 555-0107"), dwellings=24, people=(2, 0, 2), language="espagnol"),
    Call("leak", 290, *BIG[:2], "12", "water mould", "Le plafond de la salle de bain coule quand on se lave en haut.", ("Normand", "Tessereau", "450 555-0112"), people=(1, 0, 0)),
    Call("stairs", 262, "Longueuil", "305, rue du Vieux-Quai", "3", "structure", "Les marches d’en arrière bougent.", ("Hélène", "Aubrivière", "450 555-0133"), Channel.WORKER, "falling", 6, (2, 1, 0)),
    Call("nameless", 240, "Brossard", "1290, rue Albanel", "", "dirt pests", "Les déchets restent dehors, il y a des rats.", None, dwellings=12),
    Call("mould-child", 214, *BIG[:2], "3", "mould cold", "Du noir sur le mur de la chambre, la petite tousse.", ("Fatou", "Diarrasson", "450 555-0119"), Channel.ORGANISATION, "ill", people=(1, 0, 3), sender="Comité logement Rive-Sud", language="wolof"),
    Call("no-heat", 196, "Longueuil", "960, rue Gardenville", "8", "cold", "Pas de chauffage depuis trois jours.", ("Yvon", "Lachapelière", "450 555-0121"), dangers="no_heat", dwellings=18, people=(1, 0, 0)),
    Call("wiring", 171, "Longueuil", "1442, chemin du Tremblé", "", "wiring", "Une prise chauffe et ça sent le brûlé.", ("Rosalba", "Mendivil", "450 555-0128"), Channel.CITY_311, "sparks", 2, (2, 0, 1)),
    Call("exit", 150, "Brossard", "8005, boulevard Milano", "204", "exit lock", "La porte de la deuxième sortie est vissée.", ("Quentin", "Beauvallon", "450 555-0136"), dangers="trapped", dwellings=32, people=(2, 0, 0)),
    Call("plumbing", 133, *BIG[:2], "18", "plumbing water", "Pas d’eau chaude la moitié du temps.", ("Solène", "Marcheterre", "450 555-0140"), people=(2, 0, 1)),
    Call("crowded", 120, "Longueuil", "55, rue Brébeuf-Ouest", "sous-sol", "crowding mould", "La chambre du fond n’a pas de fenêtre.", ("Aziza", "Benhallou", "450 555-0144"), Channel.WORKER, dwellings=3, people=(2, 1, 2), language="arabe"),
    Call("floor", 97, "Longueuil", "2301, rue Cartier-Nord", "1", "structure water", "Le plancher de la cuisine s’enfonce.", ("Raymonde", "Pellerinat", "450 555-0147"), dangers="falling", dwellings=7, people=(1, 0, 0)),
    Call("gas", 76, "Brossard", "640, rue Tisserand", "4", "gas wiring", "Ça sent le gaz près de la fournaise; des fils nus au plafond.", ("Domenic", "Carbonetta", "450 555-0151"), Channel.CITY_311, "smell sparks", 9, (2, 0, 0)),
    Call("bugs-2", 64, *BIG[:2], "9", "pests", "Maintenant c’est chez nous aussi.", ("Irénée", "Vaillantcour", "450 555-0153"), people=(1, 0, 0), joins="bugs"),
    Call("threat", 52, "Longueuil", "418, rue Sainte-Aurélie", "4", "mould plumbing", "Il dit qu’il coupera l’eau si j’appelle la Ville.", ("Magda", "Wisniowska", "450 555-0157"), Channel.WORKER, "threat", people=(1, 0, 1), consents=(CONTACT, LIVING), language="polonais"),
    Call("roof", 45, "Longueuil", "733, rue Prévert", "301", "water mould", "Le plafond a un rond brun qui grandit.", ("Théodule", "Grandpierre", "450 555-0160"), dwellings=12, people=(2, 0, 0)),
    Call("mould-2", 33, *BIG[:2], "21", "mould", "Des taches noires derrière le divan.", ("Abigaïl", "Trottemenu", "450 555-0163"), people=(2, 0, 1)),
    Call("pair", 27, "Brossard", "1290, rue Albanel", "2", "pests dirt", "On a vu trois rats cette semaine.", ("Lê Thi", "Hoangval", "450 555-0166"), people=(3, 0, 1), language="vietnamien"),
    Call("balcony", 19, "Longueuil", "1877, avenue Saint-Thomas", "6", "structure lock", "La rampe du balcon ne tient plus.", ("Bastien", "Corbelot", "450 555-0169"), dangers="falling", dwellings=10, people=(2, 0, 2)),
    Call("recent", 6, "Longueuil", "960, rue Gardenville", "15", "cold water", "L’eau gèle près de la porte.", ("Ondine", "Fréchetteau", "450 555-0172"), people=(1, 0, 1)),
    Call("", 40, "Boucherville", "12, rue des Îles-Percées", "", "other", "Le voisin fait du bruit.", None),
    Call("", 3, "Longueuil", "2150, rue des Quatre-Vents", "14", "mould plumbing", "La hotte ne tire pas et les murs suintent.", ("Cyprien", "Latourelle", "450 555-0175"), people=(1, 0, 0)),
    Call("", 2, "Brossard", "derrière l’aréna", "", "dirt", "Sacs empilés dans l’entrée d’un bloc.", None, Channel.CITY_311),
    Call("", 1, "Longueuil", "305, rue du Vieux-Quai", "5", "structure exit", "L’escalier encore : une marche est tombée ce matin.", ("Noémie", "Sansregret", "450 555-0178"), dangers="falling trapped", people=(1, 0, 2)),
)  # fmt: skip


def tell_intake(space: Space, users: dict[str, User]) -> dict[str, Case]:
    """Tell a year of reports; answers the cases that were opened, by the key of ``CALLS``.

    The clocks start when each was received; Josée looks at a report within two days. The last reports wait in the inbox.
    """
    towns = {town.name: town for town in Municipality.objects.filter(mrc__code="58")}
    liaison = viewer_for(users["josee"], space.slug)
    cases: dict[str, Case] = {}
    for call in sorted(CALLS, key=lambda one: -one.days):
        moment = _moment(call.days, 8 + call.days % 9)
        report = _receive(space, towns, call, moment, users)
        if call.joins:
            with at(moment + timedelta(days=1)):
                inbox.attach_to(viewer=liaison, report=report, case_reference=cases[call.joins].reference)
            cases[call.key] = cases[call.joins]
        elif call.key:
            with at(moment + timedelta(hours=2 if call.dangers else 26)):
                cases[call.key] = inbox.open_from(viewer=liaison, report=report)
        elif call.problems == "other":
            with at(moment + timedelta(days=1)):
                inbox.set_aside(
                    viewer=liaison, report=report, why=SetAside.NOT_OURS, note="Référé à la médiation citoyenne."
                )
    _talk(cases, liaison)
    return cases


def _moment(days: int, hour: int) -> datetime:
    day = timezone.localdate() - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour, 17)))


def _receive(
    space: Space, towns: dict[str, Municipality], call: Call, moment: datetime, users: dict[str, User]
) -> Report:
    taken = users["samir"] if call.channel in (Channel.WORKER, Channel.ORGANISATION, Channel.LIST) else None
    given, family, phone = call.who or ("", "", "")
    adults, youths, children = call.people or (None, None, None)
    with at(moment):
        return receive_report(
            space=space, channel=call.channel, actor=taken, received_at=moment, sender=call.sender,
            told=Told(
                address=call.address, unit=call.unit, municipality=towns.get(call.town),
                problems=call.problems.split(), dangers=call.dangers.split(), description=call.words,
                dwellings=call.dwellings, joined=bool(call.joins),
            ),
            contact=Contact(given, family, phone) if call.who else None,
            living=Living(adults, children, youths, call.language) if call.people else None,
            consents=call.consents if call.who else (),
            means=Means.FORM if call.channel in (Channel.TENANT, Channel.CITY_311) else Means.SPOKEN,
            external=External("311.longueuil.exemple", f"REQ-{call.days:05d}", "insalubrite")
            if call.channel == Channel.CITY_311 else None,
        )  # fmt: skip


def _talk(cases: dict[str, Case], liaison: Viewer) -> None:
    """A question with its answer, a correction asked, names opened for a visit: what the pages of people show."""
    report = _report_of(cases["mould-2"])
    with at(_moment(31, 10)):
        question = inbox.ask(
            viewer=liaison, report=report, text="La ventilation de la salle de bain fonctionne-t-elle?"
        )
    with at(_moment(30, 19)):
        tenant_page.answer(report=report, question_id=question.pk, text="Non, elle ne part plus depuis l’hiver.")
    with at(_moment(5, 20)):
        tenant_page.ask_correction(
            report=_report_of(cases["recent"]), text="C’est le logement 15, pas le 16 au téléphone."
        )
    for key, days, why in (("mould-child", 212, LookReason.VISIT), ("gas", 76, LookReason.REACH),
                           ("balcony", 18, LookReason.SUPPORT)):  # fmt: skip
        household = cases[key].household
        if household is not None:
            with at(_moment(days, 11)):
                look_at(viewer=liaison, household=household, why=why)


def _report_of(case: Case) -> Report:
    return Report.objects.select_related("space", "case").filter(case=case).earliest("received_at")
