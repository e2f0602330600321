"""Reports coming in, whoever sends them: a tenant, a worker, a 311, an organisation, a list. Each is kept once (I3)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums import Channel
from concertoit.field.cases.enums.intake import Danger, Problem
from concertoit.field.cases.models import Report
from concertoit.field.cases.notifications import intake as notifications
from concertoit.field.cases.queries.codes import digest_of_uid
from concertoit.field.cases.queries.intake import place_of
from concertoit.field.cases.services.people import Contact, Living, start_household
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError
from concertoit.ground.files import services as files
from concertoit.ground.places.models import Municipality
from concertoit.ground.places.services import Place, find_or_create_place
from concertoit.ground.privacy.enums import Means
from concertoit.ground.spaces.models import Space

OBJECT = "cases.report"
PHOTOS_MAX = 10
DESCRIPTION_MAX = 4000
_PICTURES = ("jpg", "jpeg", "png", "webp")
_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong, and where. ``municipality`` may be unknown: it is looked for in ``address``.

    ``problems`` and ``dangers`` are codes of ``Problem`` and ``Danger``; others are left out.
    """

    address: str
    municipality: Municipality | None = None
    unit: str = ""
    problems: Sequence[str] = ()
    dangers: Sequence[str] = ()
    description: str = ""
    since: str = ""
    told_owner: bool | None = None
    joined: bool = False
    dwellings: int | None = None


@dataclass(frozen=True, slots=True)
class External:
    """What another system says of the same report (Open311 GeoReport v2, « POST Service Request »)."""

    system: str
    external_id: str = ""
    service_code: str = ""
    media_url: str = ""
    latitude: float | None = None
    longitude: float | None = None


@transaction.atomic
def receive_report(
    *,
    space: Space,
    channel: Channel,
    told: Told,
    contact: Contact | None = None,
    living: Living | None = None,
    consents: Sequence[str] = (),
    means: Means = Means.FORM,
    photos: Sequence[UploadedFile[Any]] = (),
    client_id: str = "",
    external: External | None = None,
    language: str = "fr",
    actor: Any = None,
    sender: str = "",
    received_at: datetime | None = None,
    uid: uuid.UUID | None = None,
) -> Report:
    """Keep a report, once: the same ``client_id``, ``uid`` or number of another system gives the report already there.

    An address that cannot be read is kept as written, for somebody of the team to complete: nothing is lost for a comma.
    ``contact`` and ``living`` are kept under their consent only (codes of ``ConsentPurpose`` in ``consents``); ``sender``
    is the organisation that sends. Callers have asked their own policy (a public form has none); the follow-up code is
    ``queries.codes.code_of(report.uid)``. Raises ``DomainError`` for a contact without consent, too many photos, or a
    photo that may not come in.
    """
    Space.objects.select_for_update().filter(pk=space.pk).first()  # one number, and one report, for two at once
    if known := _already(space, client_id, external, uid):
        return known
    if len(photos) > PHOTOS_MAX:
        raise DomainError(_("Joignez au plus %(most)s photos.") % {"most": PHOTOS_MAX}, field="photos")
    received = received_at or timezone.now()
    place = place_of(space, told.address, told.municipality)
    found = _found(place, told)
    household = start_household(
        space=space, actor=actor, place=found, contact=contact, living=living, consents=consents, means=means
    )
    kept = {
        "client_id": client_id[:64], "channel": channel, "municipality": place, "household": household,
        "language": language[:5], "received_at": received, "taken_by": actor, "sender": sender.strip()[:120],
    }  # fmt: skip
    report = _write(space, told, found, uid or uuid.uuid4(), {**kept, **_external(external)})
    keep_photos(report_uid=report.uid, space=space, photos=photos, actor=actor)
    journal(actor, "cases.report_received", report, after={"channel": str(channel), "urgent": report.is_urgent})
    notifications.received(report=report, actor=actor)
    return report


def _write(space: Space, told: Told, found: Place | None, uid: uuid.UUID, kept: dict[str, Any]) -> Report:
    year = timezone.localtime(kept["received_at"]).year
    unit = f", {told.unit.strip()[:20]}" if told.unit.strip() and not found else ""
    return Report.objects.create(
        space=space, reference=_next_reference(space, year), uid=uid, code_digest=digest_of_uid(uid),
        address=told.address.strip()[:170] + unit, building=found.building if found else None,
        dwelling=found.dwelling if found else None, problems=_known(told.problems, Problem),
        dangers=_known(told.dangers, Danger), description=told.description.strip()[:DESCRIPTION_MAX],
        since=told.since.strip()[:80], told_owner=told.told_owner, joined=told.joined, **kept,
    )  # fmt: skip


def _already(space: Space, client_id: str, external: External | None, uid: uuid.UUID | None) -> Report | None:
    rows = Report.objects.filter(space=space).select_related("space")
    if uid and (known := rows.filter(uid=uid).first()):
        return known
    if client_id and (known := rows.filter(client_id=client_id[:64]).first()):
        return known
    if external and external.external_id:
        return rows.filter(external_system=external.system[:80], external_id=external.external_id[:80]).first()
    return None


def _found(municipality: Municipality | None, told: Told) -> Place | None:
    """The place of an address that can be read; nothing for one that a person must look at."""
    if municipality is None or not told.address.strip():
        return None
    try:
        return find_or_create_place(
            municipality=municipality, written=told.address, unit=told.unit, dwellings=told.dwellings
        )
    except DomainError:
        return None


def _known(codes: Sequence[str], allowed: Any) -> list[str]:
    return [code for code in dict.fromkeys(codes) if code in allowed.values]


def _external(external: External | None) -> dict[str, Any]:
    if external is None:
        return {}
    return {
        "external_system": external.system[:80], "external_id": external.external_id[:80],
        "service_code": external.service_code[:40], "media_url": external.media_url[:400],
        "latitude": external.latitude, "longitude": external.longitude,
    }  # fmt: skip


def keep_photos(*, report_uid: uuid.UUID, space: Space, photos: Sequence[UploadedFile[Any]], actor: Any) -> int:
    """Keep photos with a report or its draft, under names that say nothing; answers how many. The caller has asked who
    sends them. Raises ``DomainError`` (field ``photos``) for one that may not come in."""
    for position, photo in enumerate(photos, 1):
        suffix = _SUFFIXES.get(photo.content_type or "", (photo.name or "").rpartition(".")[2].lower() or "jpg")
        if suffix not in _PICTURES:
            raise DomainError(
                _("Photo %(number)s : choisissez une image JPG, PNG ou WebP.") % {"number": position}, field="photos"
            )
        photo.name = f"photo-{timezone.localtime():%Y%m%d}-{position}.{suffix}"
        try:
            files.keep(actor=actor, upload=photo, object_type=OBJECT, object_id=report_uid, space_id=space.pk)
        except DomainError as refusal:
            raise DomainError(
                _("Photo %(number)s : %(why)s") % {"number": position, "why": refusal}, field="photos"
            ) from refusal
    return len(photos)


def _next_reference(space: Space, year: int) -> str:
    """``S2026-0007``; the démarche's row is locked by the caller."""
    start = f"S{year}-"
    last = Report.objects.filter(space=space, reference__startswith=start).order_by("-reference").first()
    number = int(last.reference.removeprefix(start)) + 1 if last else 1
    return f"{start}{number:04d}"


def journal(actor: Any, verb: str, report: Report, after: dict[str, Any] | None = None, note: str = "") -> None:
    """A line about a report: its number, never who told it."""
    record_row(report, report.reference, actor=actor, verb=verb, after=after or {}, note=note)
