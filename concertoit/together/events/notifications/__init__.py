"""The messages that events send to those who registered. Each carries the session for their calendar."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from concertoit.ground.core import personal_links
from concertoit.ground.core.spoken import date_long, time_of_day
from concertoit.ground.notifications.services import send_mail_message
from concertoit.together.events.enums import Seat
from concertoit.together.events.models import Registration, Session
from concertoit.together.events.notifications.calendars import session_calendar

LANGUAGE = "fr-ca"  # nothing is known of the language of who has no account


def _when(session: Session) -> str:
    at = timezone.localtime(session.starts_at)
    return _("%(day)s, %(hour)s") % {"day": date_long(at, article=False), "hour": time_of_day(at)}


def _where(session: Session) -> str:
    return " · ".join(filter(None, [session.place, session.video_link]))


def _own_page(token: str) -> str:
    return str(settings.SITE_URL + reverse("events:own", kwargs={"token": token}))


def _send(registration: Registration, subject: str, paragraphs: list[str], *, token: str, method: str = "") -> None:
    session = registration.session
    calendar = session_calendar(session, registration, method) if method else ""
    send_mail_message(
        to=registration.email,
        subject=subject,
        body="\n\n".join(filter(None, paragraphs)),
        url=_own_page(token),
        action=_("Voir mon inscription"),
        language=LANGUAGE,
        space_id=registration.space_id,
        calendar=calendar,
        calendar_method=method,
    )


def confirmed(*, registration: Registration, token: str) -> None:
    """A seat, or a place on the waiting list."""
    session = registration.session
    with override(LANGUAGE):
        title = session.event.title
        if registration.seat == Seat.WAITING:
            paragraphs = [
                _("La séance est complète : vous êtes sur la liste d’attente de « %(title)s ».") % {"title": title},
                _("Dès qu’une place se libère, elle va à la première personne en attente; un courriel le dira."),
            ]
            _send(registration, _("Liste d’attente : %s") % title, [*paragraphs, _when(session)], token=token)
            return
        paragraphs = [
            _("Votre place est réservée pour « %(title)s ».") % {"title": title},
            _when(session),
            _where(session),
            _("Si vous ne pouvez plus venir, rendez votre place : quelqu’un attend peut-être."),
        ]
        _send(registration, _("Inscription : %s") % title, paragraphs, token=token, method="REQUEST")


def _coming(session: Session) -> Iterable[Registration]:
    rows = Registration.objects.filter(session=session).exclude(email="").exclude(seat=Seat.CANCELLED)
    return rows.select_related("session__event__space").order_by("pk")


def _token(registration: Registration) -> str:
    return personal_links.token_of("events.registration", registration, registration.email)


def session_moved(*, session: Session) -> None:
    """The day, the hour or the place changed."""
    with override(LANGUAGE):
        for one in _coming(session):
            paragraphs = [_("La séance a changé. Voici ce qui est prévu :"), _when(session), _where(session)]
            method = "REQUEST" if one.seat == Seat.REGISTERED else ""
            subject = _("Changement : %s") % session.event.title
            _send(one, subject, paragraphs, token=_token(one), method=method)


def session_cancelled(*, session: Session) -> None:
    """The session is not held."""
    with override(LANGUAGE):
        for one in _coming(session):
            paragraphs = [
                _("La séance prévue %(when)s n’aura pas lieu.") % {"when": _when(session)},
                session.cancel_reason,
            ]
            method = "CANCEL" if one.seat == Seat.REGISTERED else ""
            _send(one, _("Annulation : %s") % session.event.title, paragraphs, token=_token(one), method=method)


def reminder(*, session: Session) -> int:
    """Remind those who come; answers how many."""
    sent = 0
    with override(LANGUAGE):
        for one in _coming(session):
            if one.seat != Seat.REGISTERED:
                continue
            paragraphs = [_("C’est bientôt :"), _when(session), _where(session)]
            _send(one, _("Rappel : %s") % session.event.title, paragraphs, token=_token(one))
            sent += 1
    return sent
