"""Events one may open, with their sessions and how many come: constant queries whatever their number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.events import policies, rules
from concertoit.together.events.enums import EventState, NeedState, Seat
from concertoit.together.events.models import Event, Need, NeedSupport, Programme, Registration, Session


@dataclass(slots=True)
class SessionLine:
    """A session with its turnout and the viewer's own registration, if any."""

    session: Session
    turnout: rules.Turnout
    mine: Registration | None = None

    @property
    def day(self) -> date:
        """The day it is held, as the clock on the wall shows it."""
        return timezone.localtime(self.session.starts_at).date()

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.session.starts_at + timedelta(minutes=self.session.minutes) < timezone.now()

    @property
    def free(self) -> int | None:
        return rules.free_seats(self.session.capacity, self.turnout.registered)


@dataclass(slots=True)
class EventLine:
    """An event with its sessions in order."""

    event: Event
    sessions: list[SessionLine] = field(default_factory=list)

    @property
    def turnout(self) -> rules.Turnout:
        return rules.add_up([one.turnout for one in self.sessions if one.session.cancelled_on is None])

    @property
    def next(self) -> SessionLine | None:
        """The next session that is held."""
        now = timezone.now()
        coming = (one for one in self.sessions if one.session.cancelled_on is None and one.session.starts_at > now)
        return next(coming, None)


def event_for(viewer: Viewer, event_id: int) -> Event:
    """An event the viewer may open. Raises ``NotVisible``."""
    return must_exist(policies.visible_to(viewer).filter(pk=event_id).select_related("space", "programme").first())


def session_for(viewer: Viewer, event_id: int, session_id: int) -> Session:
    """A session of an event the viewer may open. Raises ``NotVisible``."""
    return must_exist(
        Session.objects.filter(pk=session_id, event_id=event_id, event__in=policies.visible_to(viewer))
        .select_related("event__space")
        .first()
    )


def programme_for(viewer: Viewer, programme_id: int) -> Programme:
    """A programme of the démarche. Raises ``NotVisible``."""
    return must_exist(Programme.objects.filter(space=viewer.space, pk=programme_id).first())


def turnouts(session_ids: Sequence[int]) -> dict[int, rules.Turnout]:
    """How many registered, came, wait: one query."""
    seated = Q(seat=Seat.REGISTERED)
    rows = (
        Registration.objects.filter(session_id__in=session_ids)
        .order_by("session_id")
        .values_list("session_id")
        .annotate(
            registered=Count("pk", filter=seated),
            came=Count("pk", filter=seated & Q(present=True)),
            away=Count("pk", filter=seated & Q(present=False)),
            waiting=Count("pk", filter=Q(seat=Seat.WAITING)),
            cancelled=Count("pk", filter=Q(seat=Seat.CANCELLED)),
        )
    )
    return {row[0]: rules.Turnout(*row[1:]) for row in rows}


def lines(viewer: Viewer, events: QuerySet[Event]) -> list[EventLine]:
    """Events with their sessions, turnouts and the viewer's registrations."""
    found = list(events.prefetch_related(Prefetch("sessions", Session.objects.order_by("starts_at", "pk"))))
    ids = [session.pk for event in found for session in event.sessions.all()]
    counted, mine = turnouts(ids), _mine(viewer, ids)
    empty = rules.Turnout(0, 0, 0)
    return [
        EventLine(
            event, [SessionLine(one, counted.get(one.pk, empty), mine.get(one.pk)) for one in event.sessions.all()]
        )
        for event in found
    ]


def _mine(viewer: Viewer, session_ids: Sequence[int]) -> dict[int, Registration]:
    rows = Registration.objects.filter(session_id__in=session_ids, email=viewer.user.email.lower())
    return {row.session_id: row for row in rows.exclude(seat=Seat.CANCELLED).order_by("pk")}


@dataclass(slots=True)
class Season:
    """The events of a démarche: those to come by date, those to date, those past."""

    coming: list[EventLine]
    undated: list[EventLine]
    past: list[EventLine]

    @property
    def turnout(self) -> rules.Turnout:
        return rules.add_up([one.turnout for one in [*self.coming, *self.past]])


def season(viewer: Viewer, *, kind: str = "", programme: int | None = None) -> Season:
    """All events one may open, sorted by when they are held."""
    rows = policies.visible_to(viewer).select_related("programme").order_by("pk")
    if kind:
        rows = rows.filter(kind=kind)
    if programme:
        rows = rows.filter(programme_id=programme)
    found = lines(viewer, rows)
    coming = [(one.next.session.starts_at, one.event.pk, one) for one in found if one.next]
    rest = [one for one in found if not one.next]
    undated = [one for one in rest if not one.sessions]
    past = sorted(
        (one for one in rest if one.sessions), key=lambda one: one.sessions[-1].session.starts_at, reverse=True
    )
    return Season([one for *_key, one in sorted(coming, key=lambda key: key[:2])], undated, past)


def registrations_of(session: Session) -> dict[str, list[Registration]]:
    """Who comes, who waits, who gave up; the waiting list in its order."""
    groups: dict[str, list[Registration]] = defaultdict(list)
    for row in Registration.objects.filter(session=session).order_by("name", "pk"):
        groups[row.seat].append(row)
    groups[Seat.WAITING].sort(key=lambda row: (row.created_at, row.pk))
    return groups


def needs_of(viewer: Viewer) -> list[Any]:
    """Needs with how many support them (``count``) and whether the viewer does (``mine``); the most shared first."""
    mine = NeedSupport.objects.filter(need=OuterRef("pk"), membership_id__in=viewer.membership_ids)
    rows = Need.objects.filter(space=viewer.space).select_related("event").annotate(count=Count("supports"))
    return list(rows.annotate(mine=Exists(mine)).order_by("-count", "title", "pk"))


def need_for(viewer: Viewer, need_id: int) -> Need:
    """A need of the démarche. Raises ``NotVisible``."""
    return must_exist(Need.objects.filter(space=viewer.space, pk=need_id).first())


def open_needs(viewer: Viewer, event: Event | None = None) -> QuerySet[Need]:
    """Needs that an event may answer: those that wait, and those it answers already."""
    wanted = Q(state=NeedState.OPEN)
    if event is not None:
        wanted |= Q(state=NeedState.PLANNED, event=event)
    return Need.objects.filter(wanted, space=viewer.space).order_by("title", "pk")


# --- « Ma table » ---------------------------------------------------------------------------------------------------

AHEAD, BEHIND = timedelta(days=60), timedelta(days=45)


def coming_for(user: Any, viewers: Sequence[Viewer]) -> list[tuple[Session, bool]]:
    """Sessions that come in the person's démarches, and whether they are registered; one query."""
    now = timezone.now()
    mine = Registration.objects.filter(session=OuterRef("pk"), email=user.email.lower(), seat=Seat.REGISTERED)
    rows = Session.objects.filter(
        space__in=[viewer.space.pk for viewer in viewers if viewer.can("event.view")],
        starts_at__range=(now, now + AHEAD), cancelled_on=None, event__state=EventState.ANNOUNCED,
    )  # fmt: skip
    found = rows.annotate(registered=Exists(mine)).select_related("event__space").order_by("starts_at", "pk")
    return [(one, one.registered) for one in found]


def presence_to_take(viewers: Sequence[Viewer]) -> list[Session]:
    """Past sessions whose presence nobody took, where the reader looks after them; one query."""
    spaces = [viewer.space.pk for viewer in viewers if viewer.can("event.manage")]
    if not spaces:
        return []
    now = timezone.now()
    registered = Registration.objects.filter(session=OuterRef("pk"), seat=Seat.REGISTERED)
    rows = Session.objects.filter(space__in=spaces, starts_at__range=(now - BEHIND, now), cancelled_on=None)
    rows = rows.filter(Exists(registered)).exclude(Exists(registered.filter(present__isnull=False)))
    return list(rows.select_related("event__space").order_by("starts_at", "pk"))
