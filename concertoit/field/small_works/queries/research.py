"""Rows for research: those whose person agreed, told by bands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from concertoit.field.small_works.enums import AgeBand, RequestState
from concertoit.field.small_works.models import Extraction, Request
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer

KEEP = ("works", "fall_risk", "days", "hours", "cost", "satisfaction", "holds", "effects")
_OLDER = {AgeBand.FROM_75, AgeBand.FROM_85}
_COSTS = ((Decimal(0), "0"), (Decimal(50), "1-50"), (Decimal(150), "51-150"), (Decimal(300), "151-300"))


def rows_between(space: Space, since: date, until: date) -> list[dict[str, str]]:
    """One row for each finished request received between two days (both included) whose person agreed to research.

    Neither name, address, words, reference nor day: bands, codes and whole numbers.
    """
    rows = Request.objects.filter(
        space=space, received_on__gte=since, received_on__lte=until, applicant__research_at__isnull=False,
        state__in=(RequestState.DONE, RequestState.FOLLOWED),
    )  # fmt: skip
    related = ("applicant", "municipality__mrc", "municipality__region", "follow_up")
    return [_row(one) for one in rows.select_related(*related).order_by("pk")]


def _row(one: Request) -> dict[str, str]:
    who, told = one.applicant, getattr(one, "follow_up", None)
    month, year = one.received_on.month, one.received_on.year
    return {
        "age_band": who.age_band or "?",
        "age_two": ("75+" if who.age_band in _OLDER else "-75") if who.age_band else "?",
        "mrc": one.municipality.mrc.name if one.municipality.mrc else "?",
        "region": one.municipality.region.name,
        "quarter": f"{year}-T{(month + 2) // 3}",
        "year": str(year),
        "tenure": who.tenure or "?",
        "lives_alone": {True: "1", False: "0", None: "?"}[who.lives_alone],
        "works": " ".join(sorted(one.works)),
        "fall_risk": "1" if one.fall_risk else "0",
        "days": str((one.done_on - one.received_on).days) if one.done_on else "",
        "hours": str(round(one.hours)) if one.hours is not None else "",
        "cost": _band((one.materials or Decimal(0)) + (one.labour or Decimal(0))),
        "satisfaction": str(told.satisfaction) if told else "",
        "holds": {True: "1", False: "0", None: ""}[told.holds] if told else "",
        "effects": " ".join(sorted(told.effects)) if told else "",
    }


def _band(cost: Decimal) -> str:
    return next((label for most, label in _COSTS if cost <= most), "301+")


def extractions_of(viewer: Viewer) -> list[Extraction]:
    """The files that left, the newest first."""
    return list(Extraction.objects.filter(space=viewer.space).select_related("made_by").defer("content"))


def extraction_of(viewer: Viewer, extraction_id: int) -> Extraction:
    """One file with its content. Raises ``NotVisible``."""
    return must_exist(Extraction.objects.filter(space=viewer.space, pk=extraction_id).first())
