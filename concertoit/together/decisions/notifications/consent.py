"""What consent rounds tell people: a proposal waits for their voice, a question, an objection, a result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.core.spoken import date_long
from concertoit.ground.identity.models import User
from concertoit.ground.notifications.services import notify, send_mail_message
from concertoit.ground.notifications.verbs import Kind, register
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import CONSENT_STATE_LABELS, MANDATE_LABELS, OBJECTION_STATE_LABELS
from concertoit.together.decisions.models import (
    ConsentObjection,
    ConsentQuestion,
    ConsentRound,
    ConsentSeat,
    ConsentSession,
    ConsentVoice,
)
from concertoit.together.decisions.queries.consent import RoundView
from concertoit.together.decisions.queries.consent_people import facilitators, users_of_seats
from concertoit.together.decisions.rules.consent import Mandate, ObjectionState, RoundState

KINDS = (
    Kind(
        "decisions.consent",
        gettext_lazy("Votre consentement est attendu"),
        gettext_lazy("Une proposition attend la voix de votre organisme, ou la réponse de son conseil."),
    ),
    Kind(
        "decisions.consent_said",
        gettext_lazy("Questions et objections"),
        gettext_lazy("Une question a sa réponse, une objection est soulevée ou traitée."),
    ),
    Kind(
        "decisions.consent_result",
        gettext_lazy("Résultats des consentements"),
        gettext_lazy("Une proposition est adoptée, ou ne l’est pas."),
    ),
)


def declare() -> None:
    """Register the kinds of notice; called when the room is wired."""
    for kind in KINDS:
        register(kind)


def round_url(round: ConsentRound, anchor: str = "") -> str:
    return reverse("decisions:consent_round", kwargs={"slug": round.space.slug, "round_id": round.pk}) + anchor


def asked(
    *,
    session: ConsentSession,
    seat: ConsentSeat,
    users: Sequence[User],
    token: str,
    answer_by: date | None,
    again: bool,
) -> None:
    """Ask a seat for its voice: a notice to those who have an account, its personal link by e-mail otherwise."""
    words = {"title": session.title, "who": seat.label}
    key = f"consent:{seat.pk}:{timezone.localdate()}:{seat.reminders}"

    def subject() -> str:
        first = _("« %(title)s » : la voix de « %(who)s » est attendue") % words
        return _("Rappel : %(subject)s") % {"subject": first} if again else first

    if users:
        notify(
            users=users,
            kind="decisions.consent",
            subject=subject,
            body=lambda: _how(answer_by),
            url=reverse("decisions:consent_answer", kwargs={"slug": session.space.slug, "session_id": session.pk}),
            space_id=session.space_id,
            dedup_key=f"decisions.{key}",
        )
        return
    send_mail_message(
        to=seat.email,
        subject=subject,
        body=lambda: (
            f"{_how(answer_by)}\n\n{_('Le lien est personnel à votre organisme et ne demande pas de compte.')}"
        ),
        url=reverse("decisions:consent_link", kwargs={"token": token}),
        action=_("Ouvrir la proposition"),
        space_id=session.space_id,
        reply_to=session.opened_by.email if session.opened_by else "",
        dedup_key=key,
    )


def _how(answer_by: date | None) -> str:
    """How one answers, and until when."""
    text = _("Une question à la fois : ce qui est proposé, vos questions, votre réaction, puis votre voix.")
    return f"{text} {_('Répondez d’ici le %(day)s.') % {'day': _day(answer_by)}}" if answer_by else text


def _day(day: date) -> str:
    return date_long(day, weekday=False).removeprefix("le ")


def question_asked(*, round: ConsentRound, question: ConsentQuestion, actor: Any) -> None:
    """Tell the facilitation that somebody asks."""
    words = {"who": question.seat.label, "what": round.title}
    notify(
        users=facilitators(round.space),
        kind="decisions.consent_said",
        subject=lambda: _("%(who)s pose une question sur « %(what)s »") % words,
        body=question.body,
        url=round_url(round, "#questions"),
        space_id=round.space_id,
        actor=actor,
        dedup_key=f"decisions.question:{question.pk}",
    )


def question_answered(*, round: ConsentRound, question: ConsentQuestion, actor: Any) -> None:
    """Tell who asked that the answer is there."""
    words = {"what": round.title}
    notify(
        users=[question.asked_by] if question.asked_by else _people(question.seat),
        kind="decisions.consent_said",
        subject=lambda: _("Votre question sur « %(what)s » a sa réponse") % words,
        body=question.answer,
        url=round_url(round, "#questions"),
        space_id=round.space_id,
        actor=actor,
        dedup_key=f"decisions.question_answered:{question.pk}",
    )


def objection_raised(*, round: ConsentRound, objection: ConsentObjection, actor: Any) -> None:
    """Tell the facilitation that an organisation objects."""
    words = {"who": objection.seat.label, "what": round.title}
    notify(
        users=facilitators(round.space),
        kind="decisions.consent_said",
        subject=lambda: _("%(who)s soulève une objection sur « %(what)s »") % words,
        body=objection.reason,
        url=_objection_url(objection, round),
        space_id=round.space_id,
        actor=actor,
        dedup_key=f"decisions.objection:{objection.pk}",
    )


def _objection_url(objection: ConsentObjection, round: ConsentRound) -> str:
    return reverse("decisions:consent_objection", kwargs={"slug": round.space.slug, "objection_id": objection.pk})


def objection_treated(*, objection: ConsentObjection, actor: Any) -> None:
    """Tell the people of an organisation what became of its objection."""
    words = {
        "what": objection.round.title,
        "state": str(OBJECTION_STATE_LABELS[ObjectionState(objection.state)]).lower(),
    }
    notify(
        users=_people(objection.seat),
        kind="decisions.consent_said",
        subject=lambda: _("Votre objection sur « %(what)s » est %(state)s") % words,
        body=objection.why or objection.understood,
        url=_objection_url(objection, objection.round),
        space_id=objection.space_id,
        actor=actor,
        dedup_key=f"decisions.objection:{objection.pk}:{objection.state}",
    )


def mandate_settled(*, round: ConsentRound, voice: ConsentVoice, actor: Any) -> None:
    """Tell the facilitation what a board answered."""
    words = {"who": voice.seat.label, "what": round.title, "how": str(MANDATE_LABELS[Mandate(voice.mandate)])}
    notify(
        users=facilitators(round.space),
        kind="decisions.consent_said",
        subject=lambda: _("%(who)s : consentement %(how)s, « %(what)s »") % words,
        body=voice.mandate_note,
        url=round_url(round, "#voix"),
        space_id=round.space_id,
        actor=actor,
        dedup_key=f"decisions.mandate:{voice.pk}:{voice.mandate}",
    )


def concluded(*, viewer: Viewer, view: RoundView) -> None:
    """Tell every voice called what the result is."""
    round = view.round
    words = {"what": round.title, "state": str(CONSENT_STATE_LABELS[RoundState(round.state)])}
    users = {user.pk: user for people in users_of_seats(line.seat for line in view.lines).values() for user in people}
    notify(
        users=users.values(),
        kind="decisions.consent_result",
        subject=lambda: _("« %(what)s » : %(state)s") % words,
        body=round.conclusion,
        url=round_url(round),
        space_id=round.space_id,
        actor=viewer.user,
        dedup_key=f"decisions.concluded:{round.pk}:{len(view.turns)}",
    )


def _people(seat: ConsentSeat) -> list[User]:
    return users_of_seats([seat]).get(seat.pk, [])
