"""What consent rounds say to one person over all their démarches; a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.models import (
    ConsentObjection,
    ConsentQuestion,
    ConsentRound,
    ConsentTurn,
    ConsentVoice,
)
from concertoit.together.decisions.rules.consent import OPEN_OBJECTIONS, Mandate, RoundState
from concertoit.together.decisions.workflow.consent import UNDER_WAY


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


def expected(viewers: Sequence[Viewer]) -> list[Expected]:
    """Voices expected of the reader: open proposals on which their seats said nothing in the present round; one query."""
    spaces = [viewer.space.pk for viewer in viewers if viewer.can("consent.answer")]
    if not spaces:
        return []
    last = Subquery(ConsentTurn.objects.filter(round=OuterRef("pk")).order_by("-number").values("pk")[:1])
    today = timezone.localdate()
    still = Q(answer_by=None) | Q(answer_by__gte=today)
    rounds = ConsentRound.objects.filter(
        still, space__in=spaces, state=RoundState.VOICES, session__closed_at=None
    ).annotate(turn=last, seat=F("session__seats__pk"))
    said = ConsentVoice.objects.filter(turn=OuterRef("turn"), seat=OuterRef("seat"))
    rows = (
        rounds.filter(_mine(viewers, "session__seats__"))
        .filter(~Exists(said))
        .order_by("session_id", "seat", "answer_by", "pk")
        .values_list("space_id", "session_id", "seat", "session__title", "session__seats__label", "answer_by")
    )
    found: dict[tuple[int, int], Expected] = {}
    for space_id, session_id, seat_id, title, label, answer_by in rows:
        before = found.get((session_id, seat_id))
        days = [day for day in (answer_by, before.answer_by if before else None) if day]
        found[session_id, seat_id] = Expected(
            space_id, session_id, seat_id, title, label, (before.waiting if before else 0) + 1, min(days, default=None)
        )
    return list(found.values())


def _mine(viewers: Sequence[Viewer], prefix: str) -> Q:
    """Seats of the reader, démarche by démarche."""
    mine = Q(pk__in=[])
    for viewer in viewers:
        if viewer.can("consent.answer"):
            own = Q(**{f"{prefix}organisation__in": sorted(viewer.organisation_ids)}) | Q(
                **{f"{prefix}organisation": None, f"{prefix}membership__in": sorted(viewer.membership_ids)}
            )
            mine |= Q(**{f"{prefix}space": viewer.space.pk}) & own
    return mine


def mandates(viewers: Sequence[Viewer]) -> list[ConsentVoice]:
    """Reserved consents of the reader's seats that wait for their board; one query."""
    rows = ConsentVoice.objects.filter(_mine(viewers, "seat__"), mandate=Mandate.PENDING)
    return list(rows.select_related("seat__session", "turn__round").defer("turn__content").order_by("said_at", "pk"))


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
    """Proposals of a démarche that wait for consent, in the order in which a meeting would take them.

    For agendas: those under way, then those prepared in sessions that are not over.
    """
    rows = ConsentRound.objects.filter(
        Q(state__in=UNDER_WAY) | Q(state=RoundState.PREPARED), space=space_id, session__closed_at=None
    ).select_related("session")
    waiting = list(rows.order_by("session_id", "position", "pk"))
    return sorted(waiting, key=lambda row: (RoundState(row.state) not in UNDER_WAY, row.session_id, row.position))
