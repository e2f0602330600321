"""How our e-mails are written: text and simple HTML, in the reader's language, with a way to stop them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertoit.ground.notifications.models import Notice
from concertoit.ground.notifications.queries import space_names

_SALT = "notifications.unsubscribe"


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in an e-mail."""

    subject: str
    body: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail before it is written. ``sections`` pairs a heading (or nothing) with its lines."""

    to: str
    subject: str
    sections: list[tuple[str, list[Line]]]
    language: str
    action: str = ""
    preferences_url: str = ""
    unsubscribe_url: str = ""
    one_click: bool = False
    reply_to: str = ""
    calendar: str = ""
    calendar_method: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def absolute(url: str) -> str:
    """An address that works from a mail box."""
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


def unsubscribe_token(user_id: int, kind: str) -> str:
    return signing.dumps([user_id, kind], salt=_SALT, compress=True)


def read_token(token: str) -> tuple[int, str] | None:
    """Person and kind of a link to unsubscribe, or nothing when it is not one of ours."""
    try:
        user_id, kind = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return user_id, kind


def write(letter: Letter) -> EmailMultiAlternatives:
    """The e-mail, ready to send."""
    with translation.override(letter.language):
        context = {"letter": letter, "site": settings.SITE_URL, "language": letter.language}
        text = get_template("notifications/email/letter.txt", using="jinja2").render(context)
        html = get_template("notifications/email/letter.html", using="jinja2").render(context)
    headers = {"Auto-Submitted": "auto-generated", **letter.headers}
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        if letter.one_click:
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    subject = " ".join(letter.subject.split())
    message = EmailMultiAlternatives(
        subject, text, to=[letter.to], headers=headers, reply_to=[letter.reply_to] if letter.reply_to else None
    )
    message.attach_alternative(html, "text/html")
    if letter.calendar:
        # The last alternative, as RFC 6047 shows it: what calendar programs understand best.
        message.attach_alternative(letter.calendar, f"text/calendar; method={letter.calendar_method}")
    return message


def _line(notice: Notice) -> Line:
    return Line(notice.subject, notice.body, absolute(notice.url))


def one_notice(notice: Notice) -> EmailMultiAlternatives:
    """The e-mail of one notice, which leaves at once."""
    user: Any = notice.user
    token = unsubscribe_token(user.pk, notice.kind)
    with translation.override(user.language):
        action = _("Voir sur Concertoit") if notice.url else ""
    return write(
        Letter(
            to=user.email,
            subject=notice.subject,
            sections=[(space_names(user).get(notice.space_id or 0, ""), [_line(notice)])],
            language=user.language,
            action=action,
            preferences_url=absolute(reverse("notifications:preferences")),
            unsubscribe_url=absolute(reverse("notifications:unsubscribe", kwargs={"token": token})),
            one_click=True,
        )
    )


def digest(user: Any, notices: Iterable[Notice]) -> EmailMultiAlternatives:
    """One e-mail for all that happened, démarche by démarche."""
    names = space_names(user)
    with translation.override(user.language):
        other = _("Autres avis")
        sections: dict[str, list[Line]] = {}
        for notice in notices:
            sections.setdefault(names.get(notice.space_id or 0, other), []).append(_line(notice))
        n = sum(len(lines) for lines in sections.values())
        subject = ngettext("Votre résumé : un avis", "Votre résumé : %(n)s avis", n) % {"n": n}
        action = _("Voir")
    return write(
        Letter(
            to=user.email,
            subject=subject,
            sections=sorted(sections.items()),
            language=user.language,
            action=action,
            preferences_url=absolute(reverse("notifications:preferences")),
            unsubscribe_url=absolute(reverse("notifications:preferences")),
        )
    )
