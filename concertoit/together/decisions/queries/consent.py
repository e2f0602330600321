"""Reads of consent rounds: sessions, one proposal with everything said of it, whose seats a viewer has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.models import (
    ConsentObjection,
    ConsentQuestion,
    ConsentReaction,
    ConsentRound,
    ConsentSeat,
    ConsentSession,
    ConsentTurn,
    ConsentVoice,
)
from concertoit.together.decisions.policies import speaks_for
from concertoit.together.decisions.rules.consent import (
    OPEN_OBJECTIONS,
    Mandate,
    ObjectionState,
    Presence,
    RoundState,
    Said,
    Tally,
    Voice,
    obstacles,
    still_time,
    tally,
)
from concertoit.together.decisions.workflow.consent import ACCEPTS, OPEN, UNDER_WAY, Act


@dataclass(slots=True)
class SeatLine:
    """A seat in one turn: what it said and felt, and whether the reader speaks for it."""

    seat: ConsentSeat
    voice: ConsentVoice | None = None
    reaction: ConsentReaction | None = None
    mine: bool = False

    @property
    def said(self) -> Said:
        presence = Presence(self.seat.presence)
        if self.voice is None:
            return Said(presence=presence)
        return Said(Voice(self.voice.kind), Mandate(self.voice.mandate), presence)


@dataclass(slots=True)
class RoundView:
    """A proposal in its present turn (nothing before it opens): its turns, objections, and what each seat said."""

    round: ConsentRound
    turns: list[ConsentTurn] = field(default_factory=list)
    objections: list[ConsentObjection] = field(default_factory=list)
    lines: list[SeatLine] = field(default_factory=list)
    questions: list[ConsentQuestion] = field(default_factory=list)

    @property
    def session(self) -> ConsentSession:
        return self.round.session

    @property
    def state(self) -> RoundState:
        return RoundState(self.round.state)

    @property
    def turn(self) -> ConsentTurn | None:
        return self.turns[-1] if self.turns else None

    @property
    def tally(self) -> Tally:
        return tally((line.said for line in self.lines), self.session.quorum)

    @property
    def open_objections(self) -> list[ConsentObjection]:
        return [one for one in self.objections if ObjectionState(one.state) in OPEN_OBJECTIONS]

    @property
    def obstacles(self) -> list[Any]:
        return obstacles(self.tally, [ObjectionState(one.state) for one in self.objections])

    @property
    def accepts(self) -> frozenset[Act]:
        """What people may do now; nothing after the last day."""
        late = not still_time(self.round.answer_by, timezone.localdate())
        return frozenset() if late else ACCEPTS[self.state]

    @property
    def open(self) -> bool:
        return self.state in OPEN

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def mine(self) -> list[SeatLine]:
        return [line for line in self.lines if line.mine]

    @property
    def reacted(self) -> list[SeatLine]:
        return [line for line in self.lines if line.reaction]

    @property
    def proposal(self) -> str:
        """The text people have before them: that of the turn, or what is prepared."""
        return self.turn.text if self.turn else self.round.text


def sessions(viewer: Viewer) -> list[ConsentSession]:
    """Sessions of the démarche with their proposals and adoption, the latest first; two queries."""
    viewer.must("consent.view")
    return list(
        ConsentSession.objects.filter(space=viewer.space)
        .select_related("body", "adoption")
        .prefetch_related(Prefetch("rounds", ConsentRound.objects.order_by("position", "pk")))
        .order_by("-created_at", "-pk")
    )


def session_of(viewer: Viewer, session_id: int) -> ConsentSession:
    """A session of the démarche. Raises ``NotVisible`` for another's."""
    viewer.must("consent.view")
    return must_exist(
        ConsentSession.objects.filter(space=viewer.space, pk=session_id)
        .select_related("space", "body", "adoption__plan", "adoption__version")
        .first()
    )


def round_of(viewer: Viewer, round_id: int) -> ConsentRound:
    """A proposal of the démarche. Raises ``NotVisible`` for another's."""
    viewer.must("consent.view")
    return must_exist(
        ConsentRound.objects.filter(space=viewer.space, pk=round_id)
        .select_related("space", "session__body", "session__adoption__version", "session__space")
        .first()
    )


def objection_of(viewer: Viewer, objection_id: int) -> ConsentObjection:
    """An objection of the démarche. Raises ``NotVisible`` for another's."""
    viewer.must("consent.view")
    return must_exist(
        ConsentObjection.objects.filter(space=viewer.space, pk=objection_id)
        .select_related(
            "round__session__adoption", "seat", "turn", "item", "resolved_turn", "resolved_version", "settled_by"
        )
        .first()
    )


def seats_for(viewer: Viewer, session: ConsentSession) -> list[ConsentSeat]:
    """The seats of a session for which the viewer speaks."""
    return [seat for seat in ConsentSeat.objects.filter(session=session) if speaks_for(viewer, seat)]


def views_of(
    rounds: Sequence[ConsentRound], viewer: Viewer | None = None, mine: Iterable[int] = ()
) -> list[RoundView]:
    """Proposals of one session with what was said in their present turn; six queries whatever their number.

    ``viewer``, or ``mine`` (ids of seats), says whose lines are the reader's.
    """
    if not rounds:
        return []
    seats = list(ConsentSeat.objects.filter(session=rounds[0].session).order_by("position", "pk"))
    own = set(mine) | {seat.pk for seat in seats if viewer and speaks_for(viewer, seat)}
    views = {one.pk: RoundView(one) for one in rounds}
    for turn in _turns(rounds):
        views[turn.round_id].turns.append(turn)
    now = {view.turn.pk: view for view in views.values() if view.turn}
    voices = _by_turn_and_seat(ConsentVoice.objects.filter(turn__in=now).select_related("said_by"))
    reactions = _by_turn_and_seat(ConsentReaction.objects.filter(turn__in=now))
    for view in views.values():
        turn_id = view.turn.pk if view.turn else 0
        view.lines = [
            SeatLine(seat, voices.get((turn_id, seat.pk)), reactions.get((turn_id, seat.pk)), seat.pk in own)
            for seat in seats
        ]
    for objection in _objections(rounds):
        views[objection.round_id].objections.append(objection)
    for question in _questions(rounds):
        views[question.turn.round_id].questions.append(question)
    return list(views.values())


def _turns(rounds: Sequence[ConsentRound]) -> QuerySet[ConsentTurn]:
    return ConsentTurn.objects.filter(round__in=rounds).defer("content").order_by("round_id", "number")


def _objections(rounds: Sequence[ConsentRound]) -> QuerySet[ConsentObjection]:
    rows = ConsentObjection.objects.filter(round__in=rounds)
    return (
        rows.select_related("seat", "turn", "resolved_turn")
        .defer("turn__content", "resolved_turn__content")
        .order_by("raised_at", "pk")
    )


def _questions(rounds: Sequence[ConsentRound]) -> QuerySet[ConsentQuestion]:
    rows = ConsentQuestion.objects.filter(turn__round__in=rounds).select_related("seat", "turn").defer("turn__content")
    return rows.order_by("asked_at", "pk")


def _by_turn_and_seat(rows: Any) -> dict[tuple[int, int], Any]:
    return {(row.turn_id, row.seat_id): row for row in rows}


def view_of(viewer: Viewer, round_id: int) -> RoundView:
    """One proposal as a viewer sees it."""
    return views_of([round_of(viewer, round_id)], viewer)[0]


def session_views(viewer: Viewer, session: ConsentSession) -> list[RoundView]:
    """All proposals of a session as a viewer sees them."""
    rows = ConsentRound.objects.filter(session=session).order_by("position", "pk")
    rounds = list(rows)
    for one in rounds:
        one.session = session
    return views_of(rounds, viewer)


def seat_views(seat: ConsentSeat) -> list[RoundView]:
    """The proposals of a session that have opened, as whoever holds a seat's link sees them."""
    rounds = list(ConsentRound.objects.filter(session=seat.session).order_by("position", "pk"))
    for one in rounds:
        one.session = seat.session
    return [view for view in views_of(rounds, mine=[seat.pk]) if view.turn]


def contents_of(turns: Sequence[ConsentTurn]) -> list[str]:
    """The canonical contents of turns, which lists leave in the database; one query."""
    found = dict(
        ConsentTurn.objects.filter(pk__in=[turn.pk for turn in turns]).order_by().values_list("pk", "content")
    )
    return [found[turn.pk] for turn in turns]


def earlier_reactions(view: RoundView) -> list[ConsentReaction]:
    """What was felt in the rounds before the present one."""
    if len(view.turns) < 2:
        return []
    rows = ConsentReaction.objects.filter(turn__in=view.turns[:-1]).select_related("seat", "turn")
    return list(rows.defer("turn__content").order_by("turn__number", "said_at", "pk"))
