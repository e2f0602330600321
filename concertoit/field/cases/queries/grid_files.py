"""Files of the grid: photos of observations, documents of decisions. Read by who reads what was observed there."""

from __future__ import annotations

from typing import Any

from concertoit.field.cases import policies
from concertoit.field.cases.models import AuthorityDecision, Case, Observation
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for


def _number(object_id: str) -> int:
    """The key of a row; 0, which is nobody's, for what is not one."""
    return int(object_id) if object_id.isascii() and object_id.isdigit() and len(object_id) <= 18 else 0


def _place(user: Any, case: Case | None) -> tuple[Viewer, Case] | None:
    """The viewer and the case, when the case is one of theirs."""
    if case is None:
        return None
    try:
        viewer = viewer_for(user, case.space.slug)
        return viewer, policies.get_case(viewer, case.reference)
    except NotVisible:
        return None


def _observed(object_id: str) -> Observation | None:
    rows = Observation.objects.select_related("sheet__case__space")
    return rows.filter(pk=_number(object_id)).first()


def may_read_photos(user: Any, object_id: str) -> bool:
    """The team, and partners that accepted the case."""
    row = _observed(object_id)
    place = _place(user, row.sheet.case if row else None)
    return place is not None and policies.may_read_observations(*place)


def may_write_photos(user: Any, object_id: str) -> bool:
    """Who observed, while they may fill this case's grid."""
    row = _observed(object_id)
    place = _place(user, row.sheet.case if row else None)
    return (
        row is not None and place is not None and row.sheet.author_id == user.pk and bool(policies.observes_as(*place))
    )


def space_of_observation(object_id: str) -> int | None:
    return Observation.objects.filter(pk=_number(object_id)).values_list("space_id", flat=True).first()


def _decided(object_id: str) -> Case | None:
    row = AuthorityDecision.objects.select_related("case__space").filter(pk=_number(object_id)).first()
    return row.case if row else None


def may_read_decision(user: Any, object_id: str) -> bool:
    """The team, and partners that accepted the case."""
    place = _place(user, _decided(object_id))
    return place is not None and policies.may_read_observations(*place)


def may_write_decision(user: Any, object_id: str) -> bool:
    """The team, and the authority itself once it accepted the case."""
    row = AuthorityDecision.objects.select_related("case__space").filter(pk=_number(object_id)).first()
    place = _place(user, row.case if row else None)
    if row is None or place is None:
        return False
    viewer, case = place
    return policies.is_team(viewer) or (
        row.authority_id in viewer.organisation_ids and policies.has_accepted(viewer, case)
    )


def space_of_decision(object_id: str) -> int | None:
    return AuthorityDecision.objects.filter(pk=_number(object_id)).values_list("space_id", flat=True).first()
