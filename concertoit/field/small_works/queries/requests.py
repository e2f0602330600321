"""Requests of a démarche, their admission and who could help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Avg, Count, F, Q, QuerySet, Sum
from django.utils import timezone

from concertoit.field.small_works.enums import RequestState, Work
from concertoit.field.small_works.models import Handyperson, Pilot, Request
from concertoit.field.small_works.rules import Admission, Asked, Candidate, Limits, Match, Need, admission, matches
from concertoit.ground.core.errors import NotVisible, must_exist
from concertoit.ground.core.personal_links import digest_of
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer

BUSY = (RequestState.MATCHED, RequestState.PLANNED)
OPEN = (RequestState.RECEIVED, RequestState.ACCEPTED, *BUSY, RequestState.DONE)


def pilot_of(space: Space) -> Pilot:
    """What the démarche decided; nothing yet is a pilot with everything empty and all works offered."""
    return Pilot.objects.filter(space=space).first() or Pilot(space=space, works=list(Work.values))


def limits_of(space: Space) -> Limits:
    """What the pilot admits, as the rule reads it."""
    pilot = pilot_of(space)
    mrcs = frozenset(space.mrcs.order_by("pk").values_list("pk", flat=True))
    return Limits(pilot.min_age, mrcs, frozenset(pilot.works))


def admission_of(row: Request) -> Admission:
    """The rule on what is known of a request today."""
    asked = Asked(
        row.applicant.age_band, row.municipality.mrc_id, row.works, row.needs_trade, row.landlord_must,
        row.applicant.tenure,
    )  # fmt: skip
    return admission(asked, limits_of(row.space))


def requests_of(viewer: Viewer) -> QuerySet[Request]:
    """The requests of the démarche for its team; nobody else sees one."""
    rows = Request.objects.filter(space=viewer.space) if viewer.can("works.view") else Request.objects.none()
    return rows.select_related("municipality", "handyperson__person")


def request_of(viewer: Viewer, reference: str) -> Request:
    """One request with who asks. Raises ``NotVisible``."""
    rows = requests_of(viewer).select_related("applicant__building", "applicant__dwelling", "space")
    return must_exist(rows.filter(reference=reference).first())


def visit_behind(token: str) -> Request:
    """The request of a personal link while it answers. Raises ``NotVisible``."""
    related = ("space", "applicant__building", "applicant__dwelling", "municipality", "handyperson__person")
    rows = Request.objects.filter(link_digest=digest_of(token)).exclude(link_digest="").select_related(*related)
    row = rows.first()
    if row is None or row.state not in (*BUSY, RequestState.DONE):
        raise NotVisible("")
    if row.state == RequestState.DONE and row.state_at < timezone.now() - timedelta(days=30):
        raise NotVisible("")
    return row


def handypersons(space: Space) -> list[Handyperson]:
    """Who helps, with how many requests each has in hand (``load``)."""
    rows = Handyperson.objects.filter(space=space).select_related("person", "organisation").prefetch_related("mrcs")
    busy = Request.objects.filter(space=space, state__in=BUSY).order_by().values_list("handyperson")
    loads = dict(busy.annotate(Count("pk")))
    found = list(rows.order_by("person__family_name", "person__given_name", "pk"))
    for one in found:
        one.load = loads.get(one.pk, 0)
    return found


def candidates(row: Request) -> list[Match]:
    """Everybody who helps, the best placed first, with what stands in the way of each."""
    need = Need(
        row.municipality_id, row.municipality.mrc_id, frozenset(row.works), row.applicant.language,
        timezone.localdate(),
    )  # fmt: skip
    known = [
        Candidate(
            one.pk, frozenset(mrc.pk for mrc in one.mrcs.all()), frozenset(one.skills), frozenset(one.languages),
            one.checked_on, one.load, one.max_load, one.ends_on,
        )
        for one in handypersons(row.space)
    ]  # fmt: skip
    return matches(need, known, check_months=pilot_of(row.space).check_months)


@dataclass(frozen=True, slots=True)
class Figures:
    """What the pilot shows: requests by state, costs (dollars), satisfaction. Names nobody."""

    total: int
    open: int
    done: int
    waiting: int
    late_follow_up: int
    cost: Decimal
    hours: Decimal
    satisfaction: float | None
    answers: int
    median_days: int | None


def figures(space: Space) -> Figures:
    """Figures of the whole pilot, in three questions."""
    rows = Request.objects.filter(space=space)
    done = Q(state__in=(RequestState.DONE, RequestState.FOLLOWED))
    late = timezone.localdate() - timedelta(days=pilot_of(space).follow_up_days)
    sums = rows.aggregate(
        total=Count("pk"), open=Count("pk", filter=Q(state__in=OPEN)), done=Count("pk", filter=done),
        waiting=Count("pk", filter=Q(state__in=(RequestState.RECEIVED, RequestState.ACCEPTED))),
        late=Count("pk", filter=Q(state=RequestState.DONE, done_on__lte=late)),
        materials=Sum("materials", filter=done), labour=Sum("labour", filter=done), hours=Sum("hours", filter=done),
        satisfaction=Avg("follow_up__satisfaction"), answers=Count("follow_up"),
    )  # fmt: skip
    days = sorted(
        (done_on - received).days
        for received, done_on in rows.filter(done).order_by().values_list("received_on", "done_on")
        if done_on
    )
    return Figures(
        sums["total"], sums["open"], sums["done"], sums["waiting"], sums["late"],
        (sums["materials"] or Decimal(0)) + (sums["labour"] or Decimal(0)), sums["hours"] or Decimal(0),
        sums["satisfaction"], sums["answers"], days[len(days) // 2] if days else None,
    )  # fmt: skip


def to_follow(space_ids: list[int]) -> QuerySet[Request]:
    """Requests that wait for the team: received, admitted without anybody, done without news."""
    states = (RequestState.RECEIVED, RequestState.ACCEPTED, RequestState.DONE)
    rows = Request.objects.filter(space_id__in=space_ids, state__in=states).select_related("municipality")
    return rows.order_by(F("fall_risk").desc(), "received_on", "pk")
