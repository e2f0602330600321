"""What meetings tell people: invitations by e-mail with a calendar entry, and notices in the application."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.core.spoken import date_long, time_of_day
from concertoit.ground.identity.models import User
from concertoit.ground.notifications.enums import Email
from concertoit.ground.notifications.services import notify, send_mail_message
from concertoit.ground.notifications.verbs import Kind, register
from concertoit.ground.spaces.models import Space
from concertoit.together.meetings.models import (
    Attendance,
    KeptItem,
    Meeting,
    MinutesVersion,
    News,
    Outcome,
    WelcomePack,
)
from concertoit.together.meetings.rules.recurrence import ZONE

INVITED, UPDATED, CANCELLED, AGAIN, REMINDER = "invited", "updated", "cancelled", "again", "reminder"

KINDS = (
    Kind(
        "meetings.invitation",
        gettext_lazy("Rencontres"),
        gettext_lazy(
            "Une rencontre où l’on vous attend est convoquée, déplacée ou annulée; l’invitation part à part."
        ),
        email=Email.NEVER,
    ),
    Kind(
        "meetings.answer",
        gettext_lazy("Réponses aux invitations"),
        gettext_lazy("Quelqu’un ne pourra pas venir à une rencontre que vous avez convoquée, ou se fait remplacer."),
        email=Email.DIGEST,
    ),
    Kind(
        "meetings.proposed",
        gettext_lazy("Points proposés"),
        gettext_lazy("Quelqu’un propose un point pour une prochaine rencontre."),
        email=Email.DIGEST,
    ),
    Kind(
        "meetings.task",
        gettext_lazy("Suites à donner"),
        gettext_lazy("Une rencontre vous confie une suite à donner."),
        email=Email.DIGEST,
    ),
    Kind(
        "meetings.minutes",
        gettext_lazy("Comptes rendus"),
        gettext_lazy("Le compte rendu d’une rencontre est prêt à lire; le courriel part à part."),
        email=Email.NEVER,
    ),
    Kind(
        "meetings.news",
        gettext_lazy("Nouvelles des démarches liées"),
        gettext_lazy("Une démarche dont le plan est lié au vôtre publie une nouvelle."),
        email=Email.DIGEST,
    ),
)


def declare() -> None:
    """Register the kinds of notice; called when the room is wired."""
    for kind in KINDS:
        register(kind)


def meeting_url(meeting: Meeting, anchor: str = "") -> str:
    return reverse("meetings:meeting", kwargs={"slug": meeting.space.slug, "meeting_id": meeting.pk}) + anchor


def when(meeting: Meeting) -> str:
    """« le mardi 8 septembre 2026, de 9 h 30 à 12 h »"""
    starts, ends = meeting.starts_at.astimezone(ZONE), meeting.ends_at.astimezone(ZONE)
    values = {"day": date_long(starts.date()), "from": time_of_day(starts), "to": time_of_day(ends)}
    return _("%(day)s, de %(from)s à %(to)s") % values


def subject_of(meeting: Meeting, what: str) -> str:
    """The subject of a message, and of the notice that goes with it."""
    texts = {
        INVITED: _("Invitation : %(title)s, %(when)s"),
        UPDATED: _("Mise à jour : %(title)s, %(when)s"),
        CANCELLED: _("Annulée : %(title)s, %(when)s"),
        AGAIN: _("Ordre du jour : %(title)s, %(when)s"),
        REMINDER: _("Rappel : %(title)s, %(when)s"),
    }
    return texts[what] % {"title": meeting.title, "when": when(meeting)}


def body_of(meeting: Meeting, what: str, agenda: list[str], *, answers: bool) -> str:
    """The text of the message; ``answers``: whether it ends with a personal link."""
    lines = [when(meeting)]
    if what == CANCELLED:
        return "\n".join([*lines, _("Cette rencontre n’aura pas lieu."), meeting.cancel_reason])
    if meeting.place:
        lines.append(_("Lieu : %(place)s") % {"place": meeting.place})
    if meeting.video_url:
        lines.append(_("Lien vidéo : %(url)s") % {"url": meeting.video_url})
    if meeting.note:
        lines += ["", meeting.note]
    if agenda:
        lines += ["", _("À l’ordre du jour :"), *(f"• {title}" for title in agenda)]
    if answers:
        lines += ["", _("Un clic suffit pour répondre, sans compte. Le lien est personnel.")]
    return "\n".join(lines)


def letter(*, meeting: Meeting, to: str, what: str, body: str, url: str, calendar: str, reply_to: str) -> None:
    """Write to one person, with the calendar entry inside the message."""
    cancelled = what == CANCELLED
    send_mail_message(
        to=to,
        subject=subject_of(meeting, what),
        body=body,
        url="" if cancelled else url,
        action="" if cancelled or not url else _("Dire si je viens"),
        space_id=meeting.space_id,
        reply_to=reply_to,
        calendar=calendar,
        calendar_method="CANCEL" if cancelled else "REQUEST",
    )


def told(*, meeting: Meeting, users: Iterable[Any], actor: Any, what: str) -> None:
    """The notice in the application, for those who have an account; the e-mail of the invitation is apart."""
    notify(
        users=users,
        kind="meetings.invitation",
        subject=lambda: subject_of(meeting, what),
        body=lambda: meeting.cancel_reason if what == CANCELLED else meeting.place,
        url=meeting_url(meeting),
        space_id=meeting.space_id,
        actor=actor,
        dedup_key=f"meetings.{what}:{meeting.pk}:{meeting.sequence}",
    )


def answered(*, row: Attendance, users: Iterable[Any], actor: Any) -> None:
    """Tell the coordination that somebody does not come, or is replaced."""
    names = {"who": row.name, "what": row.meeting.title, "other": row.substitute_name}

    def subject() -> str:
        if row.substitute_name:
            return _("%(who)s se fait remplacer par %(other)s : %(what)s") % names
        return _("%(who)s ne pourra pas venir : %(what)s") % names

    notify(
        users=users,
        kind="meetings.answer",
        subject=subject,
        body=row.answer_note,
        url=meeting_url(row.meeting, "#personnes"),
        space_id=row.space_id,
        actor=actor,
    )


def proposed(*, kept: KeptItem, users: Iterable[Any], actor: Any) -> None:
    """Tell the coordination of a point somebody proposes."""
    names = {"who": str(actor), "what": kept.title}
    notify(
        users=users,
        kind="meetings.proposed",
        subject=lambda: _("%(who)s propose un point : « %(what)s »") % names,
        body=kept.note,
        url=reverse("meetings:series", kwargs={"slug": kept.space.slug, "series_id": kept.series_id}) + "#gardes",
        space_id=kept.space_id,
        actor=actor,
        dedup_key=f"meetings.kept:{kept.pk}",
    )


def taken_on(*, outcome: Outcome, actor: Any) -> None:
    """Tell who took a follow-up on, when they have an account and did not write it themselves."""
    if outcome.membership is None or outcome.membership.person_id is None:
        return
    users = User.objects.filter(person=outcome.membership.person_id, is_active=True)
    notify(
        users=users,
        kind="meetings.task",
        subject=lambda: _("Une suite vous est confiée : %(title)s") % {"title": outcome.meeting.title},
        body=outcome.text,
        url=reverse("meetings:outcome", kwargs={"slug": outcome.meeting.space.slug, "outcome_id": outcome.pk}),
        space_id=outcome.space_id,
        actor=actor,
        dedup_key=f"meetings.task:{outcome.pk}:{outcome.membership_id}",
    )


def minutes_letter(*, version: MinutesVersion, to: str, body: str, url: str) -> None:
    """Send a version of the minutes to one person, who reads the rest behind the link."""
    send_mail_message(
        to=to,
        subject=minutes_subject(version),
        body=body,
        url=url,
        action=_("Lire le compte rendu"),
        space_id=version.space_id,
    )


def minutes_subject(version: MinutesVersion) -> str:
    """The subject of the message that brings minutes."""
    meeting = version.meeting
    day = date_long(meeting.starts_at.astimezone(ZONE).date())
    return _("Compte rendu : %(title)s, %(day)s") % {"title": meeting.title, "day": day}


def minutes_ready(*, version: MinutesVersion, users: Iterable[Any], actor: Any) -> None:
    """The notice in the application that minutes may be read."""
    where = {"slug": version.meeting.space.slug, "meeting_id": version.meeting_id}
    notify(
        users=users,
        kind="meetings.minutes",
        subject=lambda: minutes_subject(version),
        url=reverse("meetings:minutes", kwargs={**where, "number": version.number}),
        space_id=version.space_id,
        actor=actor,
        dedup_key=f"meetings.minutes:{version.pk}",
    )


def news_came(*, news: News, space: Space, users: Iterable[Any], actor: Any) -> None:
    """Tell the coordination of a linked démarche that a news came."""
    names = {"space": news.space.name, "title": news.title}
    notify(
        users=users,
        kind="meetings.news",
        subject=lambda: _("Nouvelle de %(space)s : %(title)s") % names,
        body=news.body,
        url=reverse("meetings:news", kwargs={"slug": space.slug}),
        space_id=space.pk,
        actor=actor,
        dedup_key=f"meetings.news:{news.pk}:{space.pk}",
    )


def welcome_letter(*, pack: WelcomePack, url: str, reply_to: str) -> None:
    """Write to a newcomer: the words of the coordination, and the way to the pack."""
    body = _("Voici votre trousse d’accueil : le plan d’aujourd’hui, qui porte quoi, les prochaines rencontres.")
    send_mail_message(
        to=pack.email,
        subject=_("Bienvenue dans %(space)s") % {"space": pack.space.name},
        body="\n\n".join(part for part in (pack.word, body) if part),
        url=url,
        action=_("Ouvrir ma trousse"),
        space_id=pack.space_id,
        reply_to=reply_to,
    )
