"""Reads of representations: the list with its filters, one, behind a code, what waits (P3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import F, QuerySet

from concertoit.field.participation.models import Representation
from concertoit.field.participation.queries.codes import digest_of_code
from concertoit.field.participation.rules.representations import Figures, Made, figures, is_late
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.policies import Viewer

FILTERS = ("attente", "retard", "repondu", "regle")
SOON = timedelta(days=7)


def representations(viewer: Viewer) -> QuerySet[Representation]:
    """Representations of the démarche, the last first, with what names them."""
    viewer.must("participation.view")
    rows = Representation.objects.filter(space=viewer.space)
    return rows.select_related("association__organisation", "assembly", "complex").order_by("-made_on", "-pk")


def filtered(rows: QuerySet[Representation], state: str, today: date) -> QuerySet[Representation]:
    """Those of a filter: waiting for an answer, late, answered, settled; all for another word."""
    if state == "attente":
        return rows.filter(answered_on=None).order_by(F("answer_by").asc(nulls_last=True), "made_on", "pk")
    if state == "retard":
        return rows.filter(answered_on=None, answer_by__lt=today).order_by("answer_by", "pk")
    if state == "repondu":
        return rows.filter(answered_on__isnull=False)
    return rows.exclude(result="") if state == "regle" else rows


def counts(viewer: Viewer, today: date) -> Figures:
    """The figures of the démarche; one query."""
    rows = Representation.objects.filter(space=viewer.space).order_by("pk")
    values = rows.values_list("subject", "made_on", "answer_by", "answered_on")
    return figures([Made(*value) for value in values], today)


def late(row: Representation, today: date) -> bool:
    return is_late(Made(row.subject, row.made_on, row.answer_by, row.answered_on), today)


def representation_of(viewer: Viewer, representation_id: int) -> Representation:
    """One of the démarche. Raises ``NotVisible``."""
    return must_exist(representations(viewer).filter(pk=representation_id).first())


def behind_code(code: str) -> Representation:
    """The representation that a code follows. Raises ``NotVisible`` for a code of none."""
    rows = Representation.objects.select_related("space").exclude(code_digest="")
    return must_exist(rows.filter(code_digest=digest_of_code(code)).first() if code.strip() else None)


def waiting(viewers: Sequence[Viewer], today: date) -> list[Representation]:
    """For « Ma table » of the office: answers that are due within a week, or late. One query."""
    managed = [viewer.space.pk for viewer in viewers if viewer.can("participation.manage")]
    if not managed:
        return []
    rows = Representation.objects.filter(space__in=managed, answered_on=None, answer_by__lte=today + SOON)
    return list(rows.order_by("answer_by", "pk"))
