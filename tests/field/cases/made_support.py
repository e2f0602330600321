"""Cases with an accompaniment: who reads it, notes, steps, letters, messages, for tests and the permission table."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from concertoit.field.cases.enums import AssignmentState, Channel, Competence, HouseholdRole
from concertoit.field.cases.enums.support import NoteKind
from concertoit.field.cases.models import (
    Assignment,
    BrigadeMember,
    Case,
    Household,
    HouseholdPerson,
    Letter,
    PathStep,
    ReceivedReferral,
    SupportNote,
)
from concertoit.field.cases.queries import support as queries
from concertoit.field.cases.rules import letter_bodies
from concertoit.field.cases.services import letters as letter_services
from concertoit.field.cases.services import support as services
from concertoit.field.cases.services.opening import CaseFacts, open_case
from concertoit.field.cases.services.support import StepFacts
from concertoit.ground.places.services import find_or_create_place
from tests.personas import Table

NAME = "Zénobie Invraisemblable"


def today() -> date:
    return timezone.localdate()


def case_of(table: Table, address: str = "88, rue du Parcours", *, named: bool = False) -> Case:
    """A case of mould and pests, that nobody follows."""
    place = find_or_create_place(municipality=table.municipality, written=address, unit="3")
    household = None
    if named:
        household = Household.objects.create(space=table.space, building=place.building, dwelling=place.dwelling)
        given, _space, family = NAME.partition(" ")
        HouseholdPerson.objects.create(
            space=table.space, household=household, role=HouseholdRole.CONTACT, given_name=given, family_name=family,
            email="zenobie@exemple.test",
        )  # fmt: skip
    facts = CaseFacts(
        place=place, channel=Channel.TENANT, summary="Moisissures dans deux pièces", problems=["mould", "pests"],
        household=household,
    )  # fmt: skip
    return open_case(space=table.space, actor=table.users["liaison"], facts=facts)


def member(table: Table, *competences: str) -> BrigadeMember:
    """What the worker of the table is competent for."""
    row, _new = BrigadeMember.objects.update_or_create(
        membership=table.memberships["worker"],
        defaults={"space": table.space, "competences": list(competences)},
    )
    return row


def supporter(table: Table) -> Case:
    """A case, and a worker who accompanies households."""
    member(table, Competence.PSYCHOSOCIAL)
    return case_of(table)


def asked(
    table: Table, case: Case, state: str = AssignmentState.NEW, competence: str = Competence.INSPECTION
) -> Assignment:
    """The case, asked of the responder's organisation."""
    row, _new = Assignment.objects.update_or_create(
        space=table.space, case=case, organisation=table.organisations["town"], competence=competence,
        defaults={"state": state, "state_at": timezone.now()},
    )  # fmt: skip
    return row


def note_of(table: Table, case: Case, **facts: Any) -> SupportNote:
    facts = {"kind": NoteKind.CALL, "on": today(), "body": "Appel : le ménage garde ses reçus."} | facts
    return services.write_note(viewer=table.viewer("liaison"), case=case, **facts)


def step_of(table: Table, case: Case, **facts: Any) -> PathStep:
    facts = {"kind": "letter", "done_on": today() - timedelta(days=3), "asks": ["works"]} | facts
    return services.save_step(viewer=table.viewer("liaison"), case=case, facts=StepFacts(**facts))


def letter_of(table: Table, case: Case, kind: str = "owner") -> Letter:
    words = letter_bodies.write(queries.letter_facts(case, kind, today()))
    return letter_services.produce(viewer=table.viewer("liaison"), case=case, kind=kind, dated=today(), words=words)


def received_of(table: Table, case: Case) -> ReceivedReferral:
    return services.receive(
        viewer=table.viewer("liaison"), case=case, on=today(), reason="Enfants malades l’hiver", from_whom="une école"
    )
