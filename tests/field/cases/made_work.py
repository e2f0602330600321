"""Cases at work: a place, a case, a brigade, partners with mandates, visits and orders, for tests and permission rows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from concertoit.field.cases.enums import Channel, Urgency
from concertoit.field.cases.models import (
    Assignment,
    BrigadeMember,
    Case,
    Household,
    HouseholdPerson,
    Order,
    Owner,
    PartnerMandate,
    Visit,
)
from concertoit.field.cases.services import assigning, brigade, opening, orders, owners, visits
from concertoit.field.cases.services.brigade import MemberFacts
from concertoit.ground.places.services import find_or_create_place
from tests.personas import Table

NAME, FAMILY, PHONE, EMAIL = "Zéphirine", "Quatrecent-Coups", "450 555-9911", "zephirine.qc@exemple.test"
LEAD = "liaison"


def place_of(table: Table, written: str = "1234, rue des Érables, app. 5") -> Any:
    return find_or_create_place(municipality=table.municipality, written=written)


def case_of(table: Table, written: str = "1234, rue des Érables, app. 5", **facts: Any) -> Case:
    """A case of mould at an address, known today unless said otherwise."""
    known = {"channel": Channel.TENANT, "summary": "Moisissures au plafond", "problems": ["mould"]} | facts
    return opening.open_case(
        space=table.space, actor=table.user(LEAD),
        facts=opening.CaseFacts(place=place_of(table, written), **known),
    )  # fmt: skip


def old_case(table: Table, days: int, **facts: Any) -> Case:
    """A case known some days ago."""
    return case_of(table, known_at=timezone.now() - timedelta(days=days), **facts)


def named_case(table: Table, **facts: Any) -> Case:
    """A case whose household has a name that nothing else has, and words that repeat it wherever words are kept."""
    place = place_of(table)
    household = Household.objects.create(
        space=table.space, building=place.building, dwelling=place.dwelling, access_note=f"Sonner chez {FAMILY}"
    )
    HouseholdPerson.objects.create(
        space=table.space, household=household, role="contact", given_name=NAME, family_name=FAMILY, phone=PHONE,
        email=EMAIL,
    )  # fmt: skip
    return case_of(table, household=household, summary=f"{NAME} {FAMILY} a de la moisissure ({PHONE})", **facts)


def urgent(table: Table) -> Case:
    return case_of(table, urgency=Urgency.EMERGENCY)


def mandate_of(table: Table, organisation: str = "town", competences: tuple[str, ...] = ("inspection",)) -> Any:
    """The mandate of an organisation of the table."""
    row = table.organisations[organisation]
    known = PartnerMandate.objects.filter(space=table.space, organisation=row).first()
    codes = sorted({*competences, *(known.competences if known else [])})
    return brigade.save_mandate(viewer=table.viewer(LEAD), organisation=row, competences=codes)


def member_of(table: Table, who: str = "worker", competences: tuple[str, ...] = ("psychosocial",)) -> BrigadeMember:
    return brigade.save_member(
        viewer=table.viewer(LEAD), membership=table.membership(who), facts=MemberFacts(competences)
    )


def asked(
    table: Table, case: Case | None = None, *, organisation: str = "town", competence: str = "inspection", **facts: Any
) -> Assignment:  # fmt: skip
    """A case asked of a partner, which has not answered."""
    mandate_of(table, organisation, (competence,))
    return assigning.assign(
        viewer=table.viewer(LEAD), case=case or case_of(table),
        asked=assigning.Asked(table.organisations[organisation], competence, **facts),
    )  # fmt: skip


def accepted(table: Table, case: Case | None = None, **facts: Any) -> Assignment:
    """A case that a partner took."""
    return assigning.move(viewer=table.viewer(LEAD), assignment=asked(table, case, **facts), to="in_progress")


def refused(table: Table, case: Case | None = None, **facts: Any) -> Assignment:
    row = asked(table, case, **facts)
    return assigning.move(viewer=table.viewer(LEAD), assignment=row, to="refused", reason="Hors du territoire")


def visit_of(table: Table, case: Case | None = None, *, who: str = "worker", **facts: Any) -> Visit:
    """A visit planned for somebody of the brigade."""
    member_of(table, who)
    known: dict[str, Any] = {"competence": "psychosocial", "planned_at": timezone.now() + timedelta(days=1)} | facts
    plan = visits.VisitPlan(member=table.membership(who), **known)
    return visits.plan_visit(viewer=table.viewer(LEAD), case=case or case_of(table), plan=plan)


def done(table: Table, visit: Visit, state: str = "done", at: datetime | None = None) -> Visit:
    return visits.tell_visit(viewer=table.viewer(LEAD), visit=visit, state=state, at=at)


def order_of(table: Table, case: Case | None = None, **facts: Any) -> Order:
    """A notice of the town, communicated today."""
    today = timezone.localdate()
    known: dict[str, Any] = {
        "kind": "notice", "issued_on": today, "issuer": table.organisations["town"], "released_on": today,
        "due_on": today + timedelta(days=30), "text": "Corriger la ventilation.",
    } | facts  # fmt: skip
    return orders.save_order(viewer=table.viewer(LEAD), case=case or case_of(table), facts=orders.OrderFacts(**known))


def owner_of(table: Table, case: Case | None = None, **facts: Any) -> Owner:
    """A company that owns the building of a case."""
    known = {"kind": "company", "name": "Immeubles Exemple inc."} | facts
    row = owners.save_owner(viewer=table.viewer(LEAD), facts=owners.OwnerFacts(**known))
    owners.give_building(
        viewer=table.viewer(LEAD), owner=row, building=(case or case_of(table)).building, since=date(2020, 1, 1)
    )
    return row
