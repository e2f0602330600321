"""Reads of prioritisations: which ones a person sees, who answered, what was counted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import CountKind, PrioritisationState
from concertoit.together.decisions.models import (
    CountResult,
    Envelope,
    FundingRequest,
    Prioritisation,
    PriorityBallot,
    PriorityOption,
    Voice,
)
from concertoit.together.decisions.rules.prioritisation_record import Paper


def visible(viewer: Viewer) -> QuerySet[Prioritisation]:
    """Prioritisations of the démarche, latest first; one that is being prepared is seen by the coco only."""
    viewer.must("prioritisation.view")
    rows = Prioritisation.objects.filter(space=viewer.space).select_related("space", "version", "plan")
    return rows if viewer.can("prioritisation.analyse") else rows.exclude(state=PrioritisationState.PREPARING)


def found(viewer: Viewer, pk: int) -> Prioritisation:
    """One prioritisation. Raises ``NotVisible`` for any other."""
    return must_exist(visible(viewer).filter(pk=pk).first())


def options_of(row: Prioritisation) -> list[PriorityOption]:
    """The actions of the form, in the order of the plan."""
    return list(PriorityOption.objects.filter(prioritisation=row).order_by("key"))


@dataclass(slots=True)
class Turnout:
    """How many voices there are, and how many have answered. ``done`` said that they were finished."""

    voices: int = 0
    answered: int = 0
    done: int = 0


def turnouts(ids: Iterable[int]) -> dict[int, Turnout]:
    """Turnout of several prioritisations, in one query."""
    rows = (
        Voice.objects.filter(prioritisation__in=list(ids))
        .order_by()
        .values("prioritisation")
        .annotate(
            voices=Count("pk"),
            answered=Count("pk", filter=Q(saved_at__isnull=False)),
            done=Count("pk", filter=Q(done_at__isnull=False)),
        )
    )
    return {row["prioritisation"]: Turnout(row["voices"], row["answered"], row["done"]) for row in rows}


def voices_of(row: Prioritisation) -> list[Voice]:
    """The list of voices with those who may give them, by name; three queries."""
    rows = Voice.objects.filter(prioritisation=row).select_related("organisation", "person")
    return sorted(rows.prefetch_related("invitees"), key=lambda voice: (str(voice).lower(), voice.pk))


def papers_of(row: Prioritisation) -> list[Paper]:
    """What the ballots say, without whose they are; while open, with the family of their voice."""
    ballots = PriorityBallot.objects.filter(prioritisation=row).select_related("voice").order_by("pk")
    return [
        Paper(one.grades, one.money, one.family or (one.voice.family if one.voice and row.closed_at is None else ""))
        for one in ballots
        if one.grades or one.money
    ]


@dataclass(slots=True)
class Money:
    """Envelopes and requests of a prioritisation."""

    envelopes: list[Envelope] = field(default_factory=list)
    requests: list[FundingRequest] = field(default_factory=list)

    @property
    def years(self) -> list[str]:
        """Years in the order of the envelopes, then those that only have requests."""
        return list(dict.fromkeys([*(one.year for one in self.envelopes), *(one.year for one in self.requests)]))

    def of_option(self, option_id: int) -> list[FundingRequest]:
        return [one for one in self.requests if one.option_id == option_id]


def money_of(row: Prioritisation) -> Money:
    """Two queries."""
    return Money(
        list(Envelope.objects.filter(prioritisation=row).order_by("position", "pk")),
        list(
            FundingRequest.objects.filter(option__prioritisation=row)
            .select_related("option")
            .order_by("option__key", "year", "pk")
        ),
    )


@dataclass(slots=True)
class Counted:
    """A frozen result with its values read back."""

    row: CountResult
    settings: dict[str, Any]
    outcome: dict[str, Any]


def read(row: CountResult) -> Counted:
    return Counted(row, json.loads(row.settings), json.loads(row.outcome))


def latest(row: Prioritisation, kind: CountKind) -> Counted | None:
    """The last count of a kind."""
    one = CountResult.objects.filter(prioritisation=row, kind=kind).select_related("computed_by").first()
    return read(one) if one else None


def results_of(row: Prioritisation) -> list[CountResult]:
    """Every count that was made, latest first."""
    return list(CountResult.objects.filter(prioritisation=row).select_related("computed_by"))
