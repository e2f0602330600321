"""Preparing a session by consent: whom it calls, where to write to them, who is there, when it is over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.models import GoverningBody
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.models import ConsentRound, ConsentSeat, ConsentSession
from concertoit.together.decisions.notifications import consent as notifications
from concertoit.together.decisions.queries.consent import views_of
from concertoit.together.decisions.queries.consent_people import called, users_of_seats
from concertoit.together.decisions.rules.consent import Called, Mode, Presence, reminder_due
from concertoit.together.decisions.services.consent_indexing import session_changed
from concertoit.together.decisions.workflow.consent import OPEN, UNDER_WAY, Act

PURPOSE = "decisions.consent"


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What a session is: its body, how it goes, its day, its quorum and where the quorum comes from."""

    title: str
    body: GoverningBody | None = None
    mode: Mode = Mode.ROOM
    held_on: date | None = None
    quorum: int | None = None
    quorum_source: str = ""


def token_of(seat: ConsentSeat) -> str:
    """The secret of a seat's link, made again from the installation's key."""
    return personal_links.token_of(PURPOSE, seat, seat.email)


@transaction.atomic
def prepare(*, viewer: Viewer, facts: SessionFacts, keys: Collection[str] | None = None) -> ConsentSession:
    """Open a session that calls the table's voices (those of ``keys`` only, when given: see ``key_of``).

    Raises ``DomainError`` without a title, when nobody is called, or for a quorum above the voices called.
    """
    viewer.must("consent.facilitate")
    if not facts.title.strip():
        raise DomainError(_("Donnez un titre à la séance."), field="title")
    voices = [one for one in called(viewer.space) if keys is None or key_of(one) in keys]
    if not voices:
        raise DomainError(_("Appelez au moins une voix."), field="seats")
    if facts.quorum is not None and facts.quorum > len(voices):
        raise DomainError(
            _("Le quorum dépasse le nombre de voix appelées (%(n)s).") % {"n": len(voices)}, field="quorum"
        )
    session = ConsentSession.objects.create(
        space=viewer.space, title=facts.title.strip(), body=facts.body, mode=facts.mode, held_on=facts.held_on,
        quorum=facts.quorum, quorum_source=facts.quorum_source.strip(), opened_by=viewer.user,
    )  # fmt: skip
    for position, one in enumerate(voices):
        _open_seat(session, one, position)
    journal(viewer.user, "consent.prepared", session, after={"title": session.title, "seats": len(voices)})
    session_changed(session)
    return session


def key_of(one: Called) -> str:
    """The key of a voice in a form."""
    return f"o{one.organisation}" if one.organisation else f"m{one.membership}"


def _open_seat(session: ConsentSession, one: Called, position: int) -> ConsentSeat:
    seat = ConsentSeat.objects.create(
        space_id=session.space_id, session=session, organisation_id=one.organisation, membership_id=one.membership,
        label=one.label, email=one.emails[0] if one.emails else "", token_digest=get_random_string(64),
        position=position,
    )  # fmt: skip
    seat.token_digest = personal_links.digest_of(token_of(seat))
    seat.save(update_fields=["token_digest", "updated_at"])
    return seat


@transaction.atomic
def set_presences(*, viewer: Viewer, session_id: int, presences: dict[int, Presence]) -> int:
    """Note who is there; answers how many changed. Who has spoken in the session was there."""
    viewer.must("consent.facilitate")
    session = open_session(viewer, session_id)
    changed = 0
    for seat in ConsentSeat.objects.select_for_update().filter(session=session, pk__in=presences).order_by("pk"):
        if seat.presence != presences[seat.pk].value:
            seat.presence = presences[seat.pk].value
            seat.save(update_fields=["presence", "updated_at"])
            changed += 1
    if changed:
        present = ConsentSeat.objects.filter(session=session, presence=Presence.PRESENT).count()
        journal(viewer.user, "consent.seats", session, after={"present": present})
    return changed


@transaction.atomic
def send_links(*, viewer: Viewer, session_id: int) -> int:
    """Write to those who have said nothing on what is open, or to everybody before anything is; answers how many seats.

    The same link each time: a reminder brings back the one people already have.
    """
    viewer.must("consent.facilitate")
    session = open_session(viewer, session_id)
    seats = silent_seats(session)
    sent = _send(session, seats, answer_by=_last_day(session), again=True)
    if sent:
        journal(viewer.user, "consent.invited", session, after={"seats": sent})
    return sent


def _last_day(session: ConsentSession) -> date | None:
    days = ConsentRound.objects.filter(session=session, state__in=UNDER_WAY, answer_by__isnull=False)
    return days.order_by("answer_by").values_list("answer_by", flat=True).first()


def silent_seats(session: ConsentSession) -> list[ConsentSeat]:
    """Seats that have something left to say on what is open; all of them when nothing is."""
    rounds = list(ConsentRound.objects.filter(session=session, state__in=OPEN).order_by("position", "pk"))
    for one in rounds:
        one.session = session
    views = [view for view in views_of(rounds) if Act.SPEAK in view.accepts]
    if not views:
        return list(ConsentSeat.objects.filter(session=session).order_by("position", "pk"))
    silent = {line.seat.pk: line.seat for view in views for line in view.lines if line.voice is None}
    return list(silent.values())


def _send(session: ConsentSession, seats: Iterable[ConsentSeat], *, answer_by: date | None, again: bool) -> int:
    rows = list(seats)
    users = users_of_seats(rows)
    sent = 0
    for seat in rows:
        people = users.get(seat.pk, [])
        if not people and not seat.email:
            continue
        notifications.asked(
            session=session, seat=seat, users=people, token=token_of(seat), answer_by=answer_by, again=again
        )
        seat.sent_at, seat.reminded_on = timezone.now(), timezone.localdate()
        seat.reminders += 1
        seat.save(update_fields=["sent_at", "reminded_on", "reminders", "updated_at"])
        sent += 1
    return sent


@transaction.atomic
def announce(*, session: ConsentSession, answer_by: date | None) -> int:
    """Tell every voice that a proposal waits for it; called when a proposal opens from afar."""
    return _send(session, silent_seats(session), answer_by=answer_by, again=False)


@transaction.atomic
def remind_silent(*, today: date) -> int:
    """The reminders of the day over all démarches: those who said nothing, some days before the last one.

    Running it again the same day sends nothing.
    """
    rounds = ConsentRound.objects.select_for_update(of=("self",)).filter(
        state__in=OPEN, answer_by__gte=today, session__closed_at=None, space__archived_at=None
    )
    due = [
        one
        for one in rounds.select_related("session__space").order_by("session_id", "position", "pk")
        if reminder_due(one.answer_by, today, one.reminded_on)
    ]
    sent = 0
    for session in {one.session_id: one.session for one in due}.values():
        theirs = [one for one in due if one.session_id == session.pk]
        views = [view for view in views_of(theirs) if Act.SPEAK in view.accepts]
        silent = {ln.seat.pk: ln.seat for view in views for ln in view.lines if ln.voice is None}
        late = [seat for seat in silent.values() if seat.reminded_on != today]
        sent += _send(session, late, answer_by=theirs[0].answer_by, again=True)
    ConsentRound.objects.filter(pk__in=[one.pk for one in due]).update(reminded_on=today)
    return sent


@transaction.atomic
def close(*, viewer: Viewer, session_id: int) -> ConsentSession:
    """End a session. Raises ``DomainError`` while a proposal is under way."""
    viewer.must("consent.facilitate")
    session = open_session(viewer, session_id)
    if ConsentRound.objects.filter(session=session, state__in=UNDER_WAY).exists():
        raise DomainError(_("Une proposition est encore en cours : concluez-la d’abord."))
    if hasattr(session, "adoption") and session.adoption.frozen_at is None and session.adoption.abandoned_at is None:
        raise DomainError(_("L’adoption n’est pas terminée : mettez le plan en vigueur, ou abandonnez-la."))
    return end(session=session, user=viewer.user)


def end(*, session: ConsentSession, user: Any) -> ConsentSession:
    """Note that a session is over; called in a transaction."""
    session.closed_at = timezone.now()
    session.save(update_fields=["closed_at", "updated_at"])
    journal(user, "consent.closed", session)
    return session


def open_session(viewer: Viewer, session_id: int) -> ConsentSession:
    """A session of the démarche, locked. Raises ``NotVisible`` for another's, ``DomainError`` once it is over."""
    found = must_exist(
        ConsentSession.objects.select_for_update(of=("self",))
        .select_related("space", "body")
        .filter(space=viewer.space, pk=session_id)
        .first()
    )
    if found.closed_at:
        raise DomainError(_("Cette séance est close."))
    return found


def seat_behind(token: str) -> ConsentSeat:
    """The seat of a personal link. Raises ``NotVisible`` for a link that is none of ours."""
    return must_exist(
        ConsentSeat.objects.select_related("session__space", "session__body", "space")
        .filter(token_digest=personal_links.digest_of(token))
        .first()
    )


def journal(user: Any, verb: str, row: ConsentSession | ConsentRound, **values: Any) -> None:
    """A line about a session or a proposal."""
    kind = "decisions.consentsession" if isinstance(row, ConsentSession) else "decisions.consentround"
    record(
        actor=user, verb=verb, object_type=kind, object_id=row.pk, object_label=row.title, space_id=row.space_id,
        **values,
    )  # fmt: skip
