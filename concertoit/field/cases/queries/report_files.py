"""Who may see the photos of a report. They may show people: a partner sees them once it has accepted the case."""

from __future__ import annotations

import uuid
from typing import Any

from concertoit.field.cases.models import Report, ReportDraft
from concertoit.field.cases.policies import has_accepted, is_team
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for


def _report(object_id: str) -> Report | None:
    try:
        uid = uuid.UUID(object_id)
    except ValueError:
        return None
    return Report.objects.filter(uid=uid).select_related("space", "case").first()


def _viewer(user: Any, report: Report) -> Viewer | None:
    try:
        return viewer_for(user, report.space.slug)
    except NotVisible:
        return None


def may_read_photos(user: Any, object_id: str) -> bool:
    """The team, and a partner that accepted the case of the report. A draft's photos: nobody but its code."""
    report = _report(object_id)
    viewer = _viewer(user, report) if report else None
    if report is None or viewer is None:
        return False
    if is_team(viewer):
        return True
    return report.case is not None and viewer.can("cases.view") and has_accepted(viewer, report.case)


def may_write_photos(user: Any, object_id: str) -> bool:
    """The team adds photos to a report and retires them."""
    report = _report(object_id)
    viewer = _viewer(user, report) if report else None
    return viewer is not None and is_team(viewer)


def space_of_report(object_id: str) -> int | None:
    report = _report(object_id)
    if report is not None:
        return report.space_id
    try:
        return ReportDraft.objects.filter(uid=uuid.UUID(object_id)).values_list("space_id", flat=True).first()
    except ValueError:
        return None
