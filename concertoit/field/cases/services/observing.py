"""Filling a grid, and what people do with its grade. Idempotent: a phone may send the same thing again."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases import policies
from concertoit.field.cases.enums.grid import Extent, Measure, Observed, Proof
from concertoit.field.cases.models import Case, GridItem, GridVersion, Observation, Sheet, SheetSending, Visit
from concertoit.field.cases.services.grading import after_observation, changed
from concertoit.field.cases.services.grids import ensure_grid
from concertoit.field.cases.services.log import journal
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible, must_exist
from concertoit.ground.files.services import attach
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer

PHOTOS = "cases.observation"
__all__ = ["after_observation", "finish", "observe", "set_aside"]
_PROBLEMS = (Observed.POOR, Observed.BAD, Observed.VERY_BAD)
# What a measure may be: from, to (°C, m², CIR).
RANGES = {
    Measure.TEMPERATURE: (Decimal(-40), Decimal(60)),
    Measure.SURFACE: (Decimal(0), Decimal(10_000)),
    Measure.CLUTTER: (Decimal(1), Decimal(9)),
}


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who looks, in which competence, when and where. ``client_id`` is made on the phone."""

    competence: str
    on: date
    on_site: bool = True
    visit: Visit | None = None
    client_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one point."""

    code: str
    state: str
    extent: str = ""
    danger: bool = False
    proof: str = ""
    measure: Decimal | None = None
    note: str = ""
    photos: tuple[UploadedFile[Any], ...] = ()


@transaction.atomic
def observe(*, viewer: Viewer, case: Case, sitting: Sitting, said: Sequence[Said]) -> Sheet:
    """Write what somebody observed; the same point again in an open sheet corrects it.

    Answers the sheet without writing when ``client_id`` was already received. Raises ``NotAllowed`` for who may not fill
    this case's grid in this competence, ``DomainError`` (field: the code of the point) for what contradicts itself.
    """
    if sitting.competence not in policies.observes_as(viewer, case):
        raise NotAllowed("")
    Case.objects.select_for_update().get(pk=case.pk)
    if kept := _already(viewer, sitting):
        return kept
    if not case.is_open:
        raise DomainError(_("Ce dossier est fermé : rouvrez-le pour y observer."))
    if sitting.on > timezone.localdate():
        raise DomainError(_("La date est à venir."), field="on")
    version = ensure_grid(viewer.space)
    items = _items(case, [one.code for one in said])
    for one in said:
        _check(one, items.get(one.code))
    sheet = _sheet(viewer, case, sitting, version)
    written = {one.code: _keep(viewer, sheet, items[one.code], one) for one in said}
    if sitting.client_id:
        SheetSending.objects.create(space=viewer.space, sheet=sheet, client_id=sitting.client_id)
    before = {code: states[0] for code, states in written.items() if states[0] and states[0] != states[1]}
    journal(
        case,
        "cases.observed",
        actor=viewer.user,
        before=before,
        after={code: states[1] for code, states in written.items()},
    )
    changed(viewer, case, sheet=sheet)
    return sheet


def _already(viewer: Viewer, sitting: Sitting) -> Sheet | None:
    """The sheet that this sending is already in. Raises ``NotVisible`` for an id that somebody else sent."""
    if sitting.client_id is None:
        return None
    sending = (
        SheetSending.objects.filter(space=viewer.space, client_id=sitting.client_id).select_related("sheet").first()
    )
    if sending and sending.sheet.author_id != viewer.user.pk:
        raise NotVisible("")
    return sending.sheet if sending else None


def _items(case: Case, codes: Sequence[str]) -> dict[str, GridItem]:
    """Points by code: those of the version in use, else of an older one (a phone may have kept its page)."""
    rows = GridItem.objects.filter(space_id=case.space_id, code__in=codes).exclude(version__state="draft")
    return {row.code: row for row in rows.order_by("version__number", "pk")}


def _check(one: Said, item: GridItem | None) -> None:
    if item is None:
        raise NotVisible("")
    if one.state not in Observed.values:
        raise DomainError(_("%(point)s : dites l’état.") % {"point": item.label}, field=one.code)
    if one.danger and one.state not in _PROBLEMS:
        words = _("%(point)s : un danger est coché. Dites aussi l’état, de médiocre à très mauvais.")
        raise DomainError(words % {"point": item.label}, field=one.code)
    if one.extent not in ("", *Extent.values) or one.proof not in ("", *Proof.values):
        raise DomainError(_("%(point)s : choix inconnu.") % {"point": item.label}, field=one.code)
    if one.measure is not None and not _measurable(one.measure, item):
        raise DomainError(_("%(point)s : cette mesure n’est pas possible.") % {"point": item.label}, field=one.code)


def _measurable(value: Decimal, item: GridItem) -> bool:
    least, most = RANGES.get(Measure(item.measure), (Decimal(0), Decimal(-1)))
    whole = item.measure != Measure.CLUTTER or value == int(value)
    return least <= value <= most and whole


def _sheet(viewer: Viewer, case: Case, sitting: Sitting, version: GridVersion) -> Sheet:
    """The sheet of this person, competence and day that is not finished, or a new one."""
    if sitting.visit and sitting.visit.case_id != case.pk:
        raise NotVisible("")
    sheet, _new = Sheet.objects.get_or_create(
        case=case, author=viewer.user, competence=sitting.competence, on=sitting.on, finished_at=None,
        defaults={
            "space": viewer.space, "version": version, "organisation": organisation_of(viewer, case),
            "visit": sitting.visit, "on_site": sitting.on_site,
        },
    )  # fmt: skip
    return sheet


def organisation_of(viewer: Viewer, case: Case) -> Organisation | None:
    """The organisation in whose name somebody observes: the one that was asked, else that of their place in the team."""
    rows = Organisation.objects.filter(pk__in=viewer.organisation_ids)
    if not policies.is_team(viewer):
        rows = rows.filter(pk__in=case.assignments.values("organisation_id"))
    else:
        seats = Membership.objects.filter(pk__in=viewer.membership_ids, role__in=("liaison", "worker"))
        rows = rows.filter(pk__in=seats.values("organisation_id"))
    return rows.order_by("pk").first()


def _keep(viewer: Viewer, sheet: Sheet, item: GridItem, one: Said) -> tuple[str, str]:
    """Write one point; answers its state before (empty when it is new) and after."""
    row = Observation.objects.filter(sheet=sheet, item=item).first()
    before = row.state if row else ""
    row = row or Observation(space_id=sheet.space_id, sheet=sheet, item=item, code=item.code)
    bad = one.state in _PROBLEMS
    row.state, row.danger, row.note = one.state, one.danger, one.note.strip()[:280]
    row.extent = one.extent if bad else ""
    row.measure = one.measure
    row.proof = (Proof.MEASURED if one.measure is not None else one.proof) if bad or one.measure is not None else ""
    if bad and not row.proof:
        row.proof = Proof.SEEN if sheet.on_site else Proof.TOLD
    row.save()
    for photo in one.photos:
        attach(actor=viewer.user, upload=photo, object_type=PHOTOS, object_id=row.pk, space_id=sheet.space_id)
    return before, row.state


@transaction.atomic
def finish(*, viewer: Viewer, sheet: Sheet) -> None:
    """Say that a sheet is whole: it changes no more. Twice changes nothing."""
    if sheet.author_id != viewer.user.pk:
        raise NotAllowed("")
    if sheet.finished_at is None:
        sheet.finished_at = timezone.now()
        sheet.save(update_fields=["finished_at", "updated_at"])
        journal(sheet.case, "cases.sheet_finished", actor=viewer.user)


@transaction.atomic
def set_aside(*, viewer: Viewer, case: Case, observation_id: int, why: str) -> Observation:
    """Leave an observation out of the grade, with a reason that stays on the page. Empty ``why`` takes it back in.

    Only who leads the team. Raises ``NotVisible`` for an observation of another case.
    """
    viewer.must("cases.lead")
    row = must_exist(Observation.objects.filter(sheet__case=case, pk=observation_id).select_related("sheet").first())
    words = why.strip()[:280]
    row.set_aside_why, row.set_aside_at = words, timezone.now() if words else None
    row.set_aside_by = viewer.user if words else None
    row.save(update_fields=["set_aside_why", "set_aside_at", "set_aside_by", "updated_at"])
    journal(
        case, "cases.observation_set_aside" if words else "cases.observation_back", actor=viewer.user, note=row.code
    )
    changed(viewer, case)
    return row
