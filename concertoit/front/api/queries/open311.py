"""What a 311 may read: the services of a démarche, and where the reports that it sent stand. Never who lives there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums import CaseState
from concertoit.field.cases.enums.intake import Danger, Problem, ReportState
from concertoit.field.cases.models import Report
from concertoit.front.api.models import ApiKey
from concertoit.front.api.rules.georeport import ListQuery
from concertoit.ground.core.errors import NotVisible, must_exist
from concertoit.ground.core.personal_links import digest_of
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer

GROUP = "insalubrite"


def space_of(slug: str) -> Space:
    """The démarche that receives reports. Raises ``NotVisible`` for one that does not."""
    space = Space.objects.select_related("home").filter(slug=slug, archived_at=None).first()
    if space is None or not space.uses("cases"):
        raise NotVisible("")
    return space


def key_of(space: Space, written: str) -> ApiKey | None:
    """The key in force that a system shows, found by its digest."""
    if not written:
        return None
    return ApiKey.objects.filter(space=space, digest=digest_of(written), retired_at=None).first()


def keys_of(viewer: Viewer) -> list[ApiKey]:
    """The keys given, those in force first."""
    rows = ApiKey.objects.filter(space=viewer.space).select_related("made_by")
    return sorted(rows.order_by("-created_at", "-pk"), key=lambda row: row.retired_at is not None)


def services() -> list[dict[str, Any]]:
    """What can be reported: one service for each problem."""
    return [
        {
            "service_code": code, "service_name": str(label), "description": str(label), "metadata": True,
            "type": "realtime", "keywords": _("insalubrité, logement, locataire"), "group": GROUP,
        }
        for code, label in Problem.choices
    ]  # fmt: skip


def definition(code: str) -> dict[str, Any]:
    """What else may be said with a service. Raises ``NotVisible`` for an unknown code."""
    if code not in Problem.values:
        raise NotVisible("")
    yes = [{"key": "oui", "name": _("Oui")}]
    known = [
        ("unit", "string", _("Numéro du logement ou de l’appartement"), None),
        ("since", "string", _("Depuis quand"), None),
        (
            "dangers", "multivaluelist", _("Ce qui ne peut pas attendre"),
            [{"key": key, "name": str(label)} for key, label in Danger.choices],
        ),
        ("told_owner", "singlevaluelist", _("Le propriétaire est déjà averti"), yes),
        (
            "consent", "singlevaluelist",
            _("La personne accepte que l’équipe garde son nom et ses coordonnées pour la joindre"), yes,
        ),
        ("external_id", "string", _("Votre numéro : le même envoyé deux fois ne crée qu’une demande"), None),
    ]  # fmt: skip
    return {
        "service_code": code,
        "attributes": [_attribute(order, *one) for order, one in enumerate(known, 1)],
    }


def _attribute(order: int, code: str, datatype: str, description: str, values: Any) -> dict[str, Any]:
    said = {
        "variable": True, "code": code, "datatype": datatype, "required": False, "datatype_description": None,
        "order": order, "description": description,
    }  # fmt: skip
    return {**said, "values": values} if values else said


def _sent_by(key: ApiKey) -> QuerySet[Report]:
    rows = Report.objects.filter(space=key.space, external_system=key.system)
    return rows.select_related("case", "municipality", "building", "dwelling")


def requests(key: ApiKey, asked: ListQuery) -> list[dict[str, Any]]:
    """The requests of a system, the newest first, in one question whatever their number."""
    rows = _sent_by(key)
    if asked.ids:
        rows = rows.filter(reference__in=asked.ids)
    else:
        rows = rows.filter(received_at__gte=asked.since, received_at__lte=asked.until)
        if asked.codes:
            rows = rows.filter(service_code__in=asked.codes)
        if len(asked.statuses) == 1:
            rows = rows.filter(_CLOSED) if "closed" in asked.statuses else rows.exclude(_CLOSED)
    start = (asked.page - 1) * asked.page_size
    found = rows.order_by("-received_at", "-pk")[start : start + asked.page_size]
    return [_facts(row, key) for row in found]


def request(key: ApiKey, reference: str) -> dict[str, Any]:
    """One request of a system. Raises ``NotVisible`` for another's."""
    row = must_exist(_sent_by(key).filter(reference=reference).first())
    return _facts(row, key)


_CLOSED = Q(state=ReportState.SET_ASIDE) | Q(case__state=CaseState.CLOSED)


def _facts(row: Report, key: ApiKey) -> dict[str, Any]:
    closed = row.state == ReportState.SET_ASIDE or bool(row.case and row.case.state == CaseState.CLOSED)
    moments = [row.updated_at, row.decided_at, row.case.moved_at if row.case else None]
    moved = max(moment for moment in moments if moment)
    code = row.service_code or (row.problems[0] if row.problems else Problem.OTHER)
    return {
        "service_request_id": row.reference, "status": "closed" if closed else "open", "status_notes": _notes(row),
        "service_name": str(Problem(code).label) if code in Problem.values else code, "service_code": code,
        "description": row.description or None,
        "agency_responsible": str(key.space.home or key.space.name), "service_notice": None,
        "requested_datetime": _iso(row.received_at), "updated_datetime": _iso(moved), "expected_datetime": None,
        "address": _address(row), "address_id": str(row.building_id) if row.building_id else None,
        "zipcode": (row.building.postal_code if row.building else "") or None, "lat": row.latitude,
        "long": row.longitude, "media_url": row.media_url or None,
    }  # fmt: skip


def _notes(row: Report) -> str:
    """Where it stands, in plain words that name nobody."""
    if row.state == ReportState.SET_ASIDE:
        return str(row.get_set_aside_display())
    if row.case is None:
        return _("Reçue : une personne de l’équipe la regarde.")
    return str(row.case.get_state_display())


def _address(row: Report) -> str:
    if row.building is None:
        return row.address
    unit = _("logement %(unit)s") % {"unit": row.dwelling.unit} if row.dwelling else ""
    return ", ".join(part for part in (row.building.line, unit, row.municipality and row.municipality.name) if part)


def _iso(moment: datetime) -> str:
    return timezone.localtime(moment).replace(microsecond=0).isoformat()
