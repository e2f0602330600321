"""What consent rounds say to one person over all their démarches; a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

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
from concertoit.together.decisions.rules.consent import OPEN_OBJECTIONS, Mandate, RoundState, still_time
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


@dataclass(frozen=True, slots=True)
class ToFacilitate:
    """A proposal where the coordination is expected: questions, objections, a last day that has passed."""

    space_id: int
    round_id: int
    title: str
    questions: int
    objections: int
    over: bool


@dataclass(slots=True)
class Waiting:
    """What waits for the reader: voices of their seats, answers of their boards, proposals to facilitate."""

    expected: list[Expected] = field(default_factory=list)
    mandates: list[ConsentVoice] = field(default_factory=list)
    to_facilitate: list[ToFacilitate] = field(default_factory=list)


def waiting(viewers: Sequence[Viewer]) -> Waiting:
    """Everything consent expects of the reader; two queries, a third where proposals are open."""
    rows = _under_way([viewer.space.pk for viewer in viewers])
    facilitated = {viewer.space.pk for viewer in viewers if viewer.can("consent.facilitate")}
    found = Waiting(to_facilitate=[one for row in rows if row.space_id in facilitated for one in _facilitated(row)])
    if not any(viewer.can("consent.answer") for viewer in viewers):
        return found
    today = timezone.localdate()
    open_now = [row for row in rows if row.state == RoundState.VOICES and still_time(row.answer_by, today)]
    said = ConsentVoice.objects.filter(
        _mine(viewers, "seat__"), Q(turn__in=[row.turn for row in open_now]) | Q(mandate=Mandate.PENDING)
    ).select_related("seat", "turn__round")
    voices = list(said.defer("turn__content").order_by("said_at", "pk"))
    found.mandates = [voice for voice in voices if voice.mandate == Mandate.PENDING]
    if open_now:
        heard = {(voice.turn_id, voice.seat_id) for voice in voices}
        found.expected = _expected(viewers, open_now, heard)
    return found


def _under_way(spaces: Sequence[int]) -> list[Any]:
    """Proposals under way in sessions that are not over, with their present turn and what waits for an answer."""
    last = Subquery(ConsentTurn.objects.filter(round=OuterRef("pk")).order_by("-number").values("pk")[:1])
    questions = ConsentQuestion.objects.filter(turn__round=OuterRef("pk"), answered_at=None).order_by()
    objections = ConsentObjection.objects.filter(round=OuterRef("pk"), state__in=OPEN_OBJECTIONS).order_by()
    rows = ConsentRound.objects.filter(space__in=spaces, state__in=UNDER_WAY, session__closed_at=None).annotate(
        turn=last,
        asked=Subquery(questions.values("turn__round").annotate(n=Count("pk")).values("n")),
        objected=Subquery(objections.values("round").annotate(n=Count("pk")).values("n")),
    )
    return list(rows.select_related("session").order_by("session_id", "position", "pk"))


def _expected(viewers: Sequence[Viewer], rows: Sequence[Any], heard: set[tuple[int, int]]) -> list[Expected]:
    """For each seat of the reader, the open proposals on which it said nothing in the present round."""
    by_session: dict[int, list[Any]] = {}
    for row in rows:
        by_session.setdefault(row.session_id, []).append(row)
    found = []
    for seat in ConsentSeat.objects.filter(_mine(viewers), session__in=by_session).order_by("pk"):
        silent = [row for row in by_session[seat.session_id] if (row.turn, seat.pk) not in heard]
        if silent:
            found.append(
                Expected(
                    seat.space_id, seat.session_id, seat.pk, silent[0].session.title, seat.label, len(silent),
                    min((row.answer_by for row in silent if row.answer_by), default=None),
                )
            )  # fmt: skip
    return found


def _mine(viewers: Sequence[Viewer], prefix: str = "") -> Q:
    """Seats of the reader, démarche by démarche; ``prefix`` leads to the seat."""
    mine = Q(pk__in=[])
    for viewer in viewers:
        if viewer.can("consent.answer"):
            theirs = Q(**{f"{prefix}organisation__in": sorted(viewer.organisation_ids)}) | Q(
                **{f"{prefix}organisation": None, f"{prefix}membership__in": sorted(viewer.membership_ids)}
            )
            mine |= Q(**{f"{prefix}space": viewer.space.pk}) & theirs
    return mine


def _facilitated(row: Any) -> Iterator[ToFacilitate]:
    """What a proposal expects of its facilitation, if anything."""
    over = row.answer_by is not None and row.answer_by < timezone.localdate()
    if row.asked or row.objected or over:
        yield ToFacilitate(row.space_id, row.pk, row.title, row.asked or 0, row.objected or 0, over)


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
