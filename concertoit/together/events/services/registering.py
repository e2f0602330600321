"""Registering, giving one's seat back, being called from the waiting list, being there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.events import notifications, rules
from concertoit.together.events.enums import CheckedBy, EventState, Seat
from concertoit.together.events.models import Registration, Session
from concertoit.together.events.services.events import journal


@dataclass(frozen=True, slots=True)
class Guest:
    """Who registers."""

    name: str
    email: str = ""
    organisation: str = ""
    needs: str = ""
    membership: Membership | None = None


def token_of(registration: Registration) -> str:
    """The secret of a registration's own page, made again when it is sent."""
    return personal_links.token_of("events.registration", registration, registration.email)


def find(token: str) -> Registration:
    """The registration behind a link. Raises ``NotVisible`` for a link that is none of ours."""
    return must_exist(
        Registration.objects.select_related("session__event__space")
        .filter(token_digest=personal_links.digest_of(token))
        .first()
    )


def guest_of(viewer: Viewer, needs: str = "") -> Guest:
    """A member who registers with an account."""
    seat = (
        Membership.objects.filter(pk__in=viewer.membership_ids)
        .select_related("organisation")
        .order_by("position", "pk")
        .first()
    )
    organisation = str(seat.organisation) if seat and seat.organisation else ""
    return Guest(str(viewer.user), viewer.user.email.lower(), organisation, needs, seat)


def is_open(session: Session) -> bool:
    """Whether one may register: announced, not cancelled, not begun, before its last day."""
    today = timezone.localdate()
    return (
        session.event.state == EventState.ANNOUNCED
        and session.cancelled_on is None
        and session.starts_at > timezone.now()
        and (session.closes_on is None or today <= session.closes_on)
    )


def _held(session: Session) -> Session:
    """The session until the end of the transaction: two people do not take the last seat."""
    return Session.objects.select_for_update(of=("self",)).select_related("event__space").get(pk=session.pk)


def _count(session: Session, seat: Seat) -> int:
    return Registration.objects.filter(session=session, seat=seat).count()


@transaction.atomic
def register(*, session: Session, guest: Guest, by: Viewer | None = None) -> Registration:
    """Take a seat, or a place on the waiting list; a confirmation leaves with a personal page.

    ``by``: the coordination registers somebody (by telephone), also after the last day. Raises ``DomainError`` when
    registration is over, or this address has a seat already.
    """
    row = _held(session)
    if by is not None:
        by.must("event.manage")
    if not is_open(row) and (by is None or row.cancelled_on):
        raise DomainError(_("Les inscriptions à cette séance sont terminées."))
    email = guest.email.strip().lower()
    registration = Registration.objects.filter(session=row, email=email).first() if email else None
    if registration is not None and registration.seat != Seat.CANCELLED:
        raise DomainError(
            _("Cette adresse est déjà inscrite. Sa confirmation est dans sa boîte de courriel."), field="email"
        )
    if registration is None:
        registration = Registration(space=row.space, session=row, email=email, token_digest=get_random_string(64))
    registration.name, registration.organisation = guest.name.strip(), guest.organisation.strip()
    registration.needs, registration.membership = guest.needs.strip(), guest.membership
    seated = rules.has_seat(row.capacity, _count(row, Seat.REGISTERED), _count(row, Seat.WAITING))
    registration.seat = Seat.REGISTERED if seated else Seat.WAITING
    registration.created_at = timezone.now()  # who comes back after giving up waits behind the others
    registration.save()
    _confirm(registration)
    if by is not None:
        journal(by, "event.registered", row.event)
    return registration


def _confirm(registration: Registration) -> None:
    token = token_of(registration)
    registration.token_digest = personal_links.digest_of(token)
    registration.save(update_fields=["token_digest"])
    if registration.email:
        notifications.confirmed(registration=registration, token=token)


@transaction.atomic
def give_up(*, registration: Registration) -> list[Registration]:
    """Give a seat back; those who waited first get it and hear of it. Answers whom."""
    session = _held(registration.session)
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.seat == Seat.CANCELLED:
        return []
    if session.starts_at <= timezone.now():
        raise DomainError(_("La séance est commencée : l’inscription ne se retire plus."))
    row.seat = Seat.CANCELLED
    row.save(update_fields=["seat"])
    return _call_up(session)


@transaction.atomic
def call_up(session: Session) -> list[Registration]:
    """Give free seats to those who wait, in their order."""
    return _call_up(_held(session))


def _call_up(row: Session) -> list[Registration]:
    """The same, of a session that is held already."""
    if not row.starts_at > timezone.now() or row.cancelled_on:
        return []
    waiting = list(Registration.objects.filter(session=row, seat=Seat.WAITING).order_by("created_at", "pk"))
    chosen = set(rules.called_up(row.capacity, _count(row, Seat.REGISTERED), [one.pk for one in waiting]))
    called = [one for one in waiting if one.pk in chosen]
    for one in called:
        one.seat = Seat.REGISTERED
        one.save(update_fields=["seat"])
        _confirm(one)
    return called


@transaction.atomic
def check_in(*, code: str, email: str) -> Registration:
    """Say that one is there, with the code shown in the room.

    Raises ``DomainError`` for a code that is not of a session held now, or an address that is not registered.
    """
    session = Session.objects.select_related("event").filter(code=code.strip().upper(), cancelled_on=None).first()
    if session is None or not rules.may_check_in(session.starts_at, session.minutes, timezone.now()):
        raise DomainError(_("Ce code n’est pas celui d’une séance en cours."), field="code")
    row = Registration.objects.filter(session=session, email=email.strip().lower()).exclude(email="").first()
    if row is None or row.seat == Seat.CANCELLED:
        raise DomainError(_("Cette adresse n’est pas inscrite à la séance. Dites-le à l’accueil."), field="email")
    row.present, row.checked_by, row.seat = True, CheckedBy.CODE, Seat.REGISTERED
    row.save(update_fields=["present", "checked_by", "seat"])
    return row


@transaction.atomic
def take_presence(*, viewer: Viewer, session: Session, present: Mapping[int, bool | None]) -> int:
    """Note who was there, by registration; answers how many changed. Raises ``DomainError`` before the day."""
    viewer.must("event.manage")
    if timezone.localdate(session.starts_at) > timezone.localdate():
        raise DomainError(_("Les présences se prennent le jour de la séance."))
    changed = 0
    for row in (
        Registration.objects.filter(session=session, pk__in=present).exclude(seat=Seat.CANCELLED).order_by("pk")
    ):
        if row.present != present[row.pk]:
            row.present = present[row.pk]
            row.checked_by = "" if row.present is None else CheckedBy.HAND
            row.save(update_fields=["present", "checked_by"])
            changed += 1
    if changed:
        journal(viewer, "event.presence", session.event, after={"changed": changed})
    return changed
