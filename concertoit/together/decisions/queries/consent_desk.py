"""What consent rounds say to one person over all their démarches; a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.models import (
    ConsentObjection,
    ConsentQuestion,
    ConsentRound,
    ConsentSeat,
    ConsentTurn,
    ConsentVoice,
)
from concertoit.together.decisions.rules.consent import OPEN_OBJECTIONS, Mandate, RoundState
from concertoit.together.decisions.workflow.consent import UNDER_WAY
from concertoit.together.meetings.models import Meeting
from concertoit.together.meetings.queries.sources import Awaiting
from concertoit.together.plans.models import PlanItem


@dataclass(frozen=True, slots=True)
class Expected:
    """A voice of the reader that is expected: of which seat, in which session, on how many proposals, until when."""

    space_id: int
    session_id: int
    seat_id: int
    session: str
    seat: str
    waiting: int
    answer_by: date | None


@dataclass(slots=True)
class Own:
    """What is expected of the reader's seats: voices, and answers of their boards."""

    expected: list[Expected] = field(default_factory=list)
    mandates: list[ConsentVoice] = field(default_factory=list)


def own(viewers: Sequence[Viewer]) -> Own:
    """Open proposals on which the reader's seats said nothing in the present round, and consents that wait for their
    board; three queries at most."""
    if not any(viewer.can("consent.answer") for viewer in viewers):
        return Own()
    seats = {
        seat.pk: seat for seat in ConsentSeat.objects.filter(_mine(viewers)).select_related("session").order_by("pk")
    }
    if not seats:
        return Own()
    last = Subquery(ConsentTurn.objects.filter(round=OuterRef("pk")).order_by("-number").values("pk")[:1])
    still = Q(answer_by=None) | Q(answer_by__gte=timezone.localdate())
    sessions = {seat.session_id for seat in seats.values() if seat.session.closed_at is None}
    rounds = ConsentRound.objects.filter(still, session__in=sessions, state=RoundState.VOICES)
    rows = list(rounds.annotate(turn=last).order_by("session_id", "position", "pk"))
    said = ConsentVoice.objects.filter(
        Q(turn__in=[row.turn for row in rows]) | Q(mandate=Mandate.PENDING), seat__in=seats
    )
    voices = list(said.select_related("turn__round").defer("turn__content").order_by("said_at", "pk"))
    found = Own(mandates=[voice for voice in voices if voice.mandate == Mandate.PENDING])
    heard = {(voice.turn_id, voice.seat_id) for voice in voices}
    for voice in found.mandates:
        voice.seat = seats[voice.seat_id]
    for seat in seats.values():
        silent = [row for row in rows if row.session_id == seat.session_id and (row.turn, seat.pk) not in heard]
        if silent:
            days = [row.answer_by for row in silent if row.answer_by]
            found.expected.append(
                Expected(
                    seat.space_id, seat.session_id, seat.pk, seat.session.title, seat.label, len(silent),
                    min(days, default=None),
                )
            )  # fmt: skip
    return found


def _mine(viewers: Sequence[Viewer]) -> Q:
    """Seats of the reader, démarche by démarche."""
    mine = Q(pk__in=[])
    for viewer in viewers:
        if viewer.can("consent.answer"):
            theirs = Q(organisation__in=sorted(viewer.organisation_ids)) | Q(
                organisation=None, membership__in=sorted(viewer.membership_ids)
            )
            mine |= Q(space=viewer.space.pk) & theirs
    return mine


@dataclass(frozen=True, slots=True)
class ToFacilitate:
    """A proposal where the coordination is expected: questions, objections, a last day that has passed."""

    space_id: int
    round_id: int
    title: str
    questions: int
    objections: int
    over: bool


def to_facilitate(viewers: Sequence[Viewer]) -> list[ToFacilitate]:
    """Proposals under way that wait for the reader's facilitation; one query."""
    spaces = [viewer.space.pk for viewer in viewers if viewer.can("consent.facilitate")]
    if not spaces:
        return []
    today = timezone.localdate()
    questions = ConsentQuestion.objects.filter(turn__round=OuterRef("pk"), answered_at=None).order_by()
    objections = ConsentObjection.objects.filter(round=OuterRef("pk"), state__in=OPEN_OBJECTIONS).order_by()
    rows = (
        ConsentRound.objects.filter(space__in=spaces, state__in=UNDER_WAY, session__closed_at=None)
        .annotate(
            asked=Subquery(questions.values("turn__round").annotate(n=Count("pk")).values("n")),
            objected=Subquery(objections.values("round").annotate(n=Count("pk")).values("n")),
        )
        .order_by("pk")
    )
    found = []
    for row in rows:
        over = row.answer_by is not None and row.answer_by < today
        if row.asked or row.objected or over:
            found.append(ToFacilitate(row.space_id, row.pk, row.title, row.asked or 0, row.objected or 0, over))
    return found


def waiting_for_consent(space_id: int) -> list[ConsentRound]:
    """Proposals of a démarche that wait for consent, in the order in which a meeting would take them: those under way,
    then those prepared in sessions that are not over."""
    rows = ConsentRound.objects.filter(
        Q(state__in=UNDER_WAY) | Q(state=RoundState.PREPARED), space=space_id, session__closed_at=None
    ).select_related("session")
    waiting = list(rows.order_by("session_id", "position", "pk"))
    return sorted(waiting, key=lambda row: (RoundState(row.state) not in UNDER_WAY, row.session_id, row.position))


def for_agenda(space: Space, meeting: Meeting) -> list[Awaiting]:
    """What waits for consent, for the agenda of a meeting of the body that decides (or of any, without one)."""
    rows = [row for row in waiting_for_consent(space.pk) if row.session.body_id in (None, meeting.body_id)]
    uids = [row.item_uid for row in rows if row.item_uid]
    items = (
        {str(uid): pk for uid, pk in PlanItem.objects.filter(space=space, uid__in=uids).values_list("uid", "pk")}
        if uids
        else {}
    )
    return [
        Awaiting(
            key=f"consent:{row.pk}",
            title=row.title,
            url=reverse("decisions:consent_round", kwargs={"slug": space.slug, "round_id": row.pk}),
            plan_item=items.get(row.item_uid),
            note=row.session.title,
        )
        for row in rows
    ]
