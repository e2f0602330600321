"""Cases with grids that tests and permission rows need. Everybody is invented."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from concertoit.field.cases.enums import AssignmentState, Channel, Competence
from concertoit.field.cases.models import Assignment, BrigadeMember, Case, GridVersion, Household, Observation, Sheet
from concertoit.field.cases.services import grids
from concertoit.field.cases.services.observing import Said, Sitting, observe
from concertoit.field.cases.services.opening import CaseFacts, open_case
from concertoit.ground.places.services import find_or_create_place
from tests.personas import Table


def case(table: Table, *, number: str = "1234", children: int | None = None, asked: str = "in_progress") -> Case:
    """A case; the town of ``responder`` was asked to inspect (``asked``: the state of its part, empty for nobody)."""
    place = find_or_create_place(municipality=table.municipality, written=f"{number}, rue des Érables", unit="5")
    household = None
    if children is not None:
        household = Household.objects.create(
            space=table.space, building=place.building, dwelling=place.dwelling, children=children
        )
    row = open_case(
        space=table.space, actor=table.user("liaison"),
        facts=CaseFacts(place, Channel.WORKER, "Moisissures et fenêtres abîmées", household=household),
    )  # fmt: skip
    if asked:
        Assignment.objects.create(
            space=table.space, case=row, organisation=table.organisations["town"], competence=Competence.INSPECTION,
            state=AssignmentState(asked), state_at=timezone.now(),
        )  # fmt: skip
    return row


def competent(table: Table, key: str, *codes: str) -> None:
    """Write the competences of somebody of the team."""
    BrigadeMember.objects.update_or_create(
        membership=table.membership(key), defaults={"space": table.space, "competences": list(codes)}
    )


def photo(colour: str = "red") -> SimpleUploadedFile:
    kept = BytesIO()
    Image.new("RGB", (40, 30), colour).save(kept, "JPEG")
    return SimpleUploadedFile("IMG_0001.jpg", kept.getvalue(), content_type="image/jpeg")


def said(code: str, state: str, **more: Any) -> Said:
    if "measure" in more:
        more["measure"] = Decimal(str(more["measure"]))
    return Said(code, state, **more)


def observed(
    table: Table, row: Case, *points: Said, who: str = "worker", competence: str = "inspection", on: date | None = None,
    on_site: bool = True, client_id: uuid.UUID | None = None,
) -> Sheet:  # fmt: skip
    """A grid filled by somebody today."""
    sitting = Sitting(competence, on or timezone.localdate(), on_site, client_id=client_id)
    return observe(viewer=table.viewer(who), case=row, sitting=sitting, said=points)


def sheet(table: Table) -> Sheet:
    return observed(table, case(table), said("HUM1", "2", photos=(photo(),)))


def observation(table: Table) -> Observation:
    return Observation.objects.get(sheet=sheet(table))


def draft(table: Table) -> GridVersion:
    return grids.open_draft(viewer=table.viewer("liaison"))


def url(table: Table, name: str, **kwargs: object) -> str:
    """The address of a page of cases in the démarche of the table."""
    return reverse(f"cases:{name}", kwargs={"slug": table.space.slug, **kwargs})


def page(table: Table, name: str, key: str = "liaison", status: int = 200, **kwargs: object) -> str:
    """A page as somebody of the table reads it, with ordinary spaces."""
    answer = table.client(key).get(url(table, name, **kwargs))
    assert answer.status_code == status
    return answer.content.decode().replace("\u00a0", " ")
