"""Cases to judge and emergency cells at every step, for tests and the permission table. Everybody is invented."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from concertoit.field.cases.enums import AssignmentState, Channel, Competence
from concertoit.field.cases.enums.cell import CellReason, CellRole, EntryKind
from concertoit.field.cases.enums.grid import GridState
from concertoit.field.cases.models import (
    Assignment,
    BrigadeMember,
    Case,
    CellMember,
    GradeRecord,
    GridVersion,
    PartnerMandate,
    RapidResponse,
)
from concertoit.field.cases.services import cell as services
from concertoit.field.cases.services import cell_log, complexity_rules
from concertoit.field.cases.services.cell import Activation, Called
from concertoit.field.cases.services.cell_log import Hand, Said
from concertoit.field.cases.services.opening import CaseFacts, open_case
from concertoit.ground.identity.models import ProfessionalContact
from concertoit.ground.places.services import find_or_create_place
from tests.personas import Table

NEIGHBOUR = "Sylvain Secours"


def case_of(table: Table, address: str = "12, rue des Essais", *, unit: str = "4", dwellings: int | None = 12) -> Case:
    """A case in a building whose dwellings are counted."""
    place = find_or_create_place(municipality=table.municipality, written=address, unit=unit, dwellings=dwellings)
    facts = CaseFacts(place=place, channel=Channel.TENANT, summary="Plafond qui coule", problems=["water"])
    return open_case(space=table.space, actor=table.users["liaison"], facts=facts)


def graded(case: Case, level: int | None) -> GradeRecord:
    """The grade of a case as the grid keeps it."""
    version = GridVersion.objects.filter(space=case.space).first() or GridVersion.objects.create(
        space=case.space, number=1, title="Grille d’essai", state=GridState.ADOPTED
    )
    return GradeRecord.objects.create(
        space=case.space, case=case, version=version, at=timezone.now(), level=level, building=level
    )


def known_to_responder(table: Table) -> Case:
    """A case asked of the town."""
    case = case_of(table)
    Assignment.objects.create(
        space=table.space, case=case, organisation=table.organisations["town"], competence=Competence.INSPECTION,
        state=AssignmentState.NEW, state_at=timezone.now(),
    )  # fmt: skip
    return case


def draft_of(table: Table) -> dict[str, Any]:
    complexity_rules.open_draft(viewer=table.viewer("liaison"))
    return {}


def adopted_of(table: Table) -> dict[str, Any]:
    complexity_rules.open_draft(viewer=table.viewer("liaison"))
    row = complexity_rules.adopt(
        viewer=table.viewer("liaison"), adopted_on=timezone.localdate(), adopted_in="Les partenaires"
    )
    return {"number": row.number}


def brigade(table: Table) -> None:
    """A worker on call, and the town's mandate: both are proposed."""
    BrigadeMember.objects.get_or_create(
        membership=table.membership("worker"),
        defaults={"space": table.space, "competences": [Competence.INSPECTION], "on_call": True},
    )
    PartnerMandate.objects.get_or_create(
        space=table.space, organisation=table.organisations["town"],
        defaults={"competences": [Competence.FIRE, Competence.INSPECTION]},
    )  # fmt: skip
    ProfessionalContact.objects.get_or_create(person=table.person("worker"), kind="phone", value="450 555-0107")


def called(table: Table, key: str, role: CellRole) -> Called:
    membership = table.membership(key)
    return Called(
        str(membership.person), role, membership=membership, organisation=membership.organisation,
        organisation_name=str(membership.organisation), email=f"{key}@exemple.test",
    )  # fmt: skip


def cell_of(table: Table, *, partner: bool = False, exercise: bool = False, case: Case | None = None) -> RapidResponse:
    """An active cell: the liaison leads, the worker keeps safe, a neighbour without account keeps the log."""
    people = [
        called(table, "liaison", CellRole.LEAD),
        called(table, "worker", CellRole.SAFETY),
        Called(NEIGHBOUR, CellRole.LOG, organisation_name="Croix d’essai", email="sylvain@exemple.test"),
    ]
    if partner:
        people.append(called(table, "responder", CellRole.MEMBER))
    said = Activation(
        CellReason.STRUCTURE, title="" if case else "30, rue des Essais", detail="Plancher fléchi", case=case,
        exercise=exercise, called=people,
    )  # fmt: skip
    return services.activate(viewer=table.viewer("liaison"), said=said)


def member(cell: RapidResponse, role: CellRole) -> CellMember:
    return CellMember.objects.get(cell=cell, role=role)


def hand(table: Table, key: str = "liaison") -> Hand:
    return Hand.of(table.viewer(key))


def line(table: Table, cell: RapidResponse, text: str = "Porte du sous-sol barrée", **options: Any) -> Any:
    said = Said(options.pop("kind", EntryKind.NOTE), text, **options)
    return cell_log.write(cell=cell, hand=hand(table), said=said)


def over(table: Table, **options: Any) -> RapidResponse:
    """A cell that is stood down."""
    cell = cell_of(table, **options)
    return services.stand_down(viewer=table.viewer("liaison"), cell=cell, why="Tout le monde est à l’abri.")


def token(cell: RapidResponse) -> str:
    return services.token_of(member(cell, CellRole.LOG))
