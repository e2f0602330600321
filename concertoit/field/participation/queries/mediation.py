"""Reads of mediation for who works on it, and figures for everybody. What was agreed is not read here (S12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from concertoit.field.participation.enums import MEDIATION_REASONS, MediationOutcome, MediationState, MediationSubject
from concertoit.field.participation.models import (
    MediationConflict,
    MediationOpinion,
    MediationParty,
    MediationRequest,
    Mediator,
)
from concertoit.field.participation.queries.parameters import parameters_of
from concertoit.field.participation.rules.mediation import TO_CHECK, Candidate, Matter, Verdict, Why, look_at
from concertoit.ground.core.errors import must_exist
from concertoit.ground.privacy.rules.masking import Sum, mask
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer

SOON = timedelta(days=7)


def requests_of(viewer: Viewer, state: str = "") -> QuerySet[MediationRequest]:
    """Requests of the démarche, the last first; ``ouvertes`` or ``suivi`` narrow them."""
    viewer.must("mediation.work")
    rows = MediationRequest.objects.filter(space=viewer.space)
    if state == "ouvertes":
        rows = rows.exclude(state=MediationState.CLOSED)
    if state == "suivi":
        rows = rows.filter(follow_up_by__isnull=False, follow_up_on=None)
    active = Count("seats", filter=Q(seats__declined_on=None), distinct=True)
    return rows.annotate(seated=active, met=Count("sessions", distinct=True)).order_by("-received_on", "-pk")


def request_of(viewer: Viewer, request_id: int) -> MediationRequest:
    """A request. Raises ``NotAllowed``, ``NotVisible``."""
    viewer.must("mediation.work")
    return must_exist(
        MediationRequest.objects.filter(space=viewer.space, pk=request_id).select_related("space").first()
    )


def party_of(row: MediationRequest, party_id: int) -> MediationParty:
    party = must_exist(row.parties.filter(pk=party_id).first())
    party.request = row
    return party


def mediators(viewer: Viewer) -> QuerySet[Mediator]:
    """Those who mediate, with where they live and do not mediate."""
    rows = Mediator.objects.filter(space=viewer.space).select_related("person", "home").prefetch_related("not_in")
    return rows.order_by("ended_on", "person__family_name", "person__given_name", "pk")


def mediator_of(viewer: Viewer, mediator_id: int) -> Mediator:
    return must_exist(mediators(viewer).filter(pk=mediator_id).first())


@dataclass(frozen=True, slots=True)
class Line:
    """A thing that was found, in words; ``forbids`` or only asks to check."""

    label: Any
    forbids: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """Whether a mediator may take a request, and everything that was looked at."""

    mediator: Mediator
    verdict: Verdict

    @property
    def allowed(self) -> bool:
        return self.verdict.allowed

    @property
    def found(self) -> tuple[Why, ...]:
        return self.verdict.found

    @property
    def lines(self) -> list[Line]:
        return [Line(MEDIATION_REASONS[why], why not in TO_CHECK) for why in self.verdict.found]


def verdicts(row: MediationRequest, people: Sequence[Mediator]) -> list[Explained]:
    """Who may take a request; four queries whatever the number of mediators."""
    parties = list(row.parties.order_by("pk"))
    matter = Matter(tuple(party.complex_id for party in parties), row.language)
    here = {party.mediator_id for party in parties if party.mediator_id}
    declared = set(MediationConflict.objects.filter(request=row).values_list("mediator_id", flat=True))
    before = _party_before(row, people)
    return [
        Explained(
            one, look_at(_candidate(one, one.pk in here, before.get(one.pk, frozenset()), one.pk in declared), matter)
        )
        for one in people
    ]


def verdict_of(row: MediationRequest, mediator: Mediator) -> Explained:
    """Whether one person may take a request."""
    return verdicts(row, [mediator])[0]


def _party_before(row: MediationRequest, people: Sequence[Mediator]) -> dict[int, frozenset[int]]:
    """Where each was a party to another mediation: the complexes of everybody in it."""
    theirs = MediationParty.objects.filter(mediator__in=people).exclude(request=row)
    by_request: dict[int, set[int]] = {}
    for request_id, mediator_id in theirs.values_list("request_id", "mediator_id"):
        by_request.setdefault(request_id, set()).add(mediator_id)
    found: dict[int, set[int]] = {}
    places = MediationParty.objects.filter(request_id__in=by_request, complex__isnull=False)
    for request_id, complex_id in places.values_list("request_id", "complex_id"):
        for mediator_id in by_request[request_id]:
            found.setdefault(mediator_id, set()).add(complex_id)
    return {mediator_id: frozenset(ids) for mediator_id, ids in found.items()}


def _candidate(one: Mediator, is_party: bool, was_party_in: frozenset[int], declared: bool) -> Candidate:
    return Candidate(
        home=one.home_id, not_in=frozenset(place.pk for place in one.not_in.all()),
        trained=one.trained_on is not None, ended=one.ended_on is not None, languages=one.languages,
        is_party=is_party, was_party_in=was_party_in, declared=declared,
    )  # fmt: skip


@dataclass(slots=True)
class Figures:
    """A year of mediation. ``None`` in place of a count: too few to be shown."""

    received: int | None
    closed: int | None
    outcomes: list[tuple[Any, int | None]] = field(default_factory=list)
    subjects: list[tuple[Any, int | None]] = field(default_factory=list)
    opinions: int | None = None
    heard: float | None = None
    again: float | None = None
    smallest: int = 5

    @property
    def masked(self) -> bool:
        return any(count is None for _label, count in [*self.outcomes, *self.subjects])


def figures(space: Space, year: int) -> Figures:
    """Counts of a year, small ones masked so that none can be worked out from the others. Two queries."""
    smallest = parameters_of(space).number("mediation.smallest_count") or 1
    rows = list(MediationRequest.objects.filter(space=space, received_on__year=year).values_list("subject", "outcome"))
    subjects = Counter(subject for subject, _outcome in rows)
    outcomes = Counter(outcome for _subject, outcome in rows if outcome)
    counts: dict[Any, int] = {"received": len(rows), "closed": sum(outcomes.values())}
    counts["open"] = counts["received"] - counts["closed"]
    counts |= {("s", code): subjects[code] for code in MediationSubject.values}
    counts |= {("o", code): outcomes[code] for code in MediationOutcome.values}
    sums = [
        Sum("received", tuple(("s", code) for code in MediationSubject.values)),
        Sum("closed", tuple(("o", code) for code in MediationOutcome.values)),
        Sum("received", ("closed", "open")),
    ]
    away = mask(counts, sums, smallest=smallest, hidden=["open"])
    shown = {key: None if key in away else count for key, count in counts.items()}
    found = Figures(
        received=shown["received"], closed=shown["closed"], smallest=smallest,
        outcomes=[(MediationOutcome(code).label, shown["o", code]) for code in MediationOutcome.values],
        subjects=[(MediationSubject(code).label, shown["s", code]) for code in MediationSubject.values],
    )  # fmt: skip
    return _with_opinions(found, space, year)


def _with_opinions(found: Figures, space: Space, year: int) -> Figures:
    rows = list(MediationOpinion.objects.filter(space=space, year=year).order_by("pk").values_list("heard", "again"))
    if len(rows) >= found.smallest:
        found.opinions = len(rows)
        found.heard = sum(heard for heard, _again in rows) / len(rows)
        found.again = sum(again for _heard, again in rows) / len(rows)
    return found


def waiting(viewers: Sequence[Viewer], today: date) -> list[MediationRequest]:
    """For « Ma table »: requests that nobody mediates, follow-ups that are due. One query."""
    spaces = [viewer.space.pk for viewer in viewers if viewer.can("mediation.work") and viewer.space.uses("mediation")]
    if not spaces:
        return []
    due = Q(follow_up_by__lte=today + SOON, follow_up_on=None)
    rows = MediationRequest.objects.filter(Q(state=MediationState.NEW) | due, space__in=spaces)
    return list(rows.order_by("received_on", "pk"))
