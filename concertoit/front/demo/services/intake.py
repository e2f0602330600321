"""A year of reports to the brigade of the example: by tenants, by workers, by the 311, by a list that was brought in."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from concertoit.field.cases.enums import Channel
from concertoit.field.cases.enums.consents import ConsentPurpose
from concertoit.field.cases.enums.intake import LookReason, SetAside
from concertoit.field.cases.models import Case, Report
from concertoit.field.cases.queries.people import look_at
from concertoit.field.cases.services import inbox, tenant_page
from concertoit.field.cases.services.intake import External, Told, receive_report
from concertoit.field.cases.services.people import Contact, Living
from concertoit.front.demo.services.clock import ago, at
from concertoit.ground.identity.models import User
from concertoit.ground.places.models import Municipality
from concertoit.ground.privacy.enums import Means
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for

EVERYTHING = tuple(ConsentPurpose.values)
DATA = Path(__file__).resolve().parent.parent / "data"


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


def _calls() -> list[Call]:
    """The reports of the example, the oldest first."""
    with (DATA / "signalements.csv").open(encoding="utf-8", newline="") as kept:
        rows = list(csv.DictReader(kept, delimiter=";"))
    return sorted((_call(row) for row in rows), key=lambda call: -call.days)


def _call(row: dict[str, str]) -> Call:
    adults, youths, children = (int(count) for count in row["people"].split("-")) if row["people"] else (0, 0, 0)
    return Call(
        key=row["key"], days=int(row["days"]), town=row["town"], address=row["address"], unit=row["unit"],
        problems=row["problems"], words=row["words"],
        who=(row["given"], row["family"], row["phone"]) if row["given"] else None, channel=Channel(row["channel"]),
        dangers=row["dangers"], dwellings=int(row["dwellings"]) if row["dwellings"] else None,
        people=(adults, youths, children) if row["people"] else None,
        consents=tuple(row["consents"].split()) or EVERYTHING, language=row["language"], sender=row["sender"],
        joins=row["joins"],
    )  # fmt: skip


def tell_intake(space: Space, users: dict[str, User]) -> dict[str, Case]:
    """Tell a year of reports; answers the cases that were opened, by the key of ``data/signalements.csv``.

    The clocks start when each was received; Josée looks at a report within two days. The last reports wait in the inbox.
    """
    towns = {town.name: town for town in Municipality.objects.filter(mrc__code="58")}
    liaison = viewer_for(users["josee"], space.slug)
    cases: dict[str, Case] = {}
    for call in _calls():
        moment = ago(call.days, 8 + call.days % 9, 17)
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
    with at(ago(31, 10, 17)):
        question = inbox.ask(
            viewer=liaison, report=report, text="La ventilation de la salle de bain fonctionne-t-elle?"
        )
    with at(ago(30, 19, 17)):
        tenant_page.answer(report=report, question_id=question.pk, text="Non, elle ne part plus depuis l’hiver.")
    with at(ago(5, 20, 17)):
        tenant_page.ask_correction(
            report=_report_of(cases["recent"]), text="C’est le logement 15, pas le 16 au téléphone."
        )
    for key, days, why in (("mould-child", 212, LookReason.VISIT), ("gas", 76, LookReason.REACH),
                           ("balcony", 18, LookReason.SUPPORT)):  # fmt: skip
        household = cases[key].household
        if household is not None:
            with at(ago(days, 11, 17)):
                look_at(viewer=liaison, household=household, why=why)


def _report_of(case: Case) -> Report:
    return Report.objects.select_related("space", "case").filter(case=case).earliest("received_at")
