"""Requests for small works at every step, for tests and the permission table."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from concertoit.field.small_works.enums import Channel, Work
from concertoit.field.small_works.models import Extraction, Handyperson, Pilot, Request
from concertoit.field.small_works.services import following, requests, research, setting_up
from concertoit.field.small_works.services.following import DoneFacts
from concertoit.field.small_works.services.requests import RequestFacts
from concertoit.field.small_works.services.setting_up import HandypersonFacts, PilotFacts
from concertoit.ground.identity.models import Person
from tests.personas import Table

TEAM = "worker"


def facts(table: Table, **changes: Any) -> RequestFacts:
    known: dict[str, Any] = {
        "municipality": table.municipality, "address": "12, rue des Essais", "unit": "3", "given_name": "Odile",
        "family_name": "Introuvable", "phone": "450 555-0142", "works": ["safety_bars"], "consent": True,
        "age_band": "75_84", "tenure": "owner",
    }  # fmt: skip
    return RequestFacts(**(known | changes))


def pilot(table: Table, **changes: Any) -> Pilot:
    known: dict[str, Any] = {
        "min_age": 65, "works": Work.values, "check_months": 36, "source": "Comité, 12 mai 2026", "k": 5,
    }  # fmt: skip
    return setting_up.save_pilot(viewer=table.viewer("coordinator"), facts=PilotFacts(**(known | changes)))


def handyperson(table: Table, name: str = "Léo Bricole", **changes: Any) -> Handyperson:
    given, _space, family = name.partition(" ")
    person = Person.objects.create(given_name=given, family_name=family)
    known: dict[str, Any] = {
        "person": person, "email": "leo@exemple.test", "skills": Work.values, "mrcs": [table.municipality.mrc],
        "checked_on": timezone.localdate() - timedelta(days=30),
    }  # fmt: skip
    return setting_up.save_handyperson(viewer=table.viewer(TEAM), facts=HandypersonFacts(**(known | changes)))


def received(table: Table, **changes: Any) -> Request:
    return requests.receive(
        space=table.space, facts=facts(table, **changes), channel=Channel.PHONE, actor=table.user(TEAM)
    )


def accepted(table: Table, **changes: Any) -> Request:
    return following.decide(
        viewer=table.viewer(TEAM), row=received(table, **changes), admitted=True, reason="Le besoin est clair."
    )


def matched(table: Table, **changes: Any) -> Request:
    row = accepted(table, **changes)
    known = Handyperson.objects.filter(space=table.space).first()
    return following.match(viewer=table.viewer(TEAM), row=row, handyperson=known or handyperson(table), reason="Oui.")


def planned(table: Table, **changes: Any) -> Request:
    return following.plan_visit(row=matched(table, **changes), at=timezone.now() + timedelta(days=2))


def done(table: Table, **changes: Any) -> Request:
    told = DoneFacts(timezone.localdate(), "Barre posée.", Decimal("1.5"), Decimal("42.10"), Decimal("60"))
    return following.report_done(row=planned(table, **changes), facts=told)


def followed(table: Table, **changes: Any) -> Request:
    row = done(table, **changes)
    following.follow_up(viewer=table.viewer(TEAM), row=row, satisfaction=5, holds=True, effects=["safer"])
    row.refresh_from_db()
    return row


def extraction(table: Table) -> Extraction:
    known = Extraction.objects.filter(space=table.space).first()
    if known:
        return known
    pilot(table, k=3)
    handyperson(table, max_load=20)
    for number in range(3):
        followed(table, address=f"{number + 1}, rue des Essais", research=True)
    return research.extract(
        viewer=table.viewer("coordinator"), since=date(2020, 1, 1), until=timezone.localdate(), to="Université d’essai"
    )
