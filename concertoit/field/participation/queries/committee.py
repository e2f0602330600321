"""The residents' committee: who sits, what its checks say, the advice it was asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from concertoit.field.participation.enums import AdviceSubject
from concertoit.field.participation.models import AdviceRequest, Mandate, ResidentsCommittee
from concertoit.field.participation.queries.associations import covered_complexes
from concertoit.field.participation.queries.sentences import Said, said
from concertoit.field.participation.rules import checks, elections, mandates
from concertoit.field.participation.rules.mandates import Origin, Standing
from concertoit.field.participation.rules.parameters import Parameters
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer


@dataclass(frozen=True, slots=True)
class Seat:
    """A mandate with where it stands today."""

    row: Mandate
    standing: Standing


@dataclass(slots=True)
class Composition:
    """The committee on a day."""

    committee: ResidentsCommittee | None
    now: list[Seat] = field(default_factory=list)
    before: list[Seat] = field(default_factory=list)
    requests: list[AdviceRequest] = field(default_factory=list)
    checks: list[Said] = field(default_factory=list)

    @property
    def ending(self) -> list[Seat]:
        """Seats whose end is near or passed unseen."""
        return [seat for seat in self.now if seat.standing in (Standing.ENDING, Standing.OVERDUE)]


def committee_of(space: Space) -> ResidentsCommittee | None:
    """The committee of a démarche, if its office made one."""
    return ResidentsCommittee.objects.filter(space=space).select_related("body").first()


def composition(space: Space, parameters: Parameters, today: date) -> Composition:
    """Who sits, who sat, and what the rules say of it."""
    committee = committee_of(space)
    if committee is None:
        return Composition(None)
    warn = parameters.number("mandate.warn_days") or 0
    seats = [
        Seat(row, mandates.standing(row.starts_on, row.ends_on, row.left_on, today, warn))
        for row in mandates_of(committee)
    ]
    whole = Composition(
        committee,
        now=[seat for seat in seats if seat.standing is not Standing.ENDED],
        before=[seat for seat in seats if seat.standing is Standing.ENDED],
        requests=list(committee.requests.order_by("-asked_on", "-pk")),
    )
    whole.checks = said(_checks(space, whole, parameters, today), parameters)
    return whole


def mandates_of(committee: ResidentsCommittee) -> QuerySet[Mandate]:
    """All mandates ever, by origin then by name."""
    rows = committee.mandates.select_related("person", "association__organisation", "complex")
    return rows.order_by("origin", "person__family_name", "person__given_name", "pk")


def _checks(space: Space, whole: Composition, parameters: Parameters, today: date) -> list[checks.Check]:
    covered = covered_complexes(space)
    members = [
        checks.Member(
            Origin(seat.row.origin),
            seat.row.ends_on,
            housed=True if seat.row.complex_id else None,
            covered=seat.row.complex_id in covered if seat.row.complex_id else None,
        )
        for seat in whole.now
    ]
    advice = [
        checks.Advice(row.asked_on, row.decides_on, yearly=row.subject == AdviceSubject.BUDGET)
        for row in whole.requests
    ]
    tenants = elections.seats(whole.committee.board_size if whole.committee else None, parameters)
    return checks.committee(checks.Committee(members, tenants, advice), parameters, today)


def mandate_of(viewer: Viewer, mandate_id: int) -> Mandate:
    """A mandate of the démarche. Raises ``NotVisible`` for another's."""
    rows = Mandate.objects.select_related("person", "association__organisation", "complex", "committee")
    return must_exist(rows.filter(space=viewer.space, pk=mandate_id).first())


def advice_of(viewer: Viewer, advice_id: int) -> AdviceRequest:
    """A request for advice of the démarche. Raises ``NotVisible`` for another's."""
    return must_exist(
        AdviceRequest.objects.filter(space=viewer.space, pk=advice_id).select_related("committee").first()
    )
