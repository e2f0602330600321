"""A proposal through its process: prepared, moved from step to step, amended in a next round, concluded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import CONSENT_STATE_LABELS
from concertoit.together.decisions.models import Adoption, ConsentRound, ConsentSession, ConsentTurn
from concertoit.together.decisions.notifications import consent as notifications
from concertoit.together.decisions.queries.adoption import part_of, progress_of
from concertoit.together.decisions.queries.consent import RoundView, views_of
from concertoit.together.decisions.rules.consent import (
    CONCLUDED,
    Mode,
    ObjectionState,
    Refusal,
    RoundState,
    Subject,
    result,
)
from concertoit.together.decisions.services.consent_indexing import round_changed, session_changed
from concertoit.together.decisions.services.consent_sessions import announce, journal, open_session
from concertoit.together.decisions.workflow.consent import OPEN, UNDER_WAY, may_go, opens_next_round

OBSTACLES: dict[Refusal, Any] = {
    Refusal.OPEN_OBJECTION: gettext_lazy(
        "Une objection attend encore : intégrez-la, ou dites pourquoi elle n’est pas retenue."
    ),
    Refusal.NO_QUORUM: gettext_lazy("Le quorum n’est pas atteint."),
    Refusal.NO_VOICE: gettext_lazy("Aucun organisme n’a consenti : le silence n’est pas un consentement."),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """How a proposal goes to a step: the last day to answer from afar, and what changed since the round before."""

    state: RoundState
    answer_by: date | None = None
    change: str = ""


@transaction.atomic
def propose(*, viewer: Viewer, session_id: int, title: str, text: str) -> ConsentRound:
    """Add a proposal in words to a session. Raises ``DomainError`` without a title or a text."""
    viewer.must("consent.facilitate")
    session = open_session(viewer, session_id)
    if not title.strip():
        raise DomainError(_("Nommez la proposition."), field="title")
    if not text.strip():
        raise DomainError(_("Écrivez la proposition telle qu’elle sera lue."), field="text")
    return add_round(session=session, subject=Subject.TEXT, title=title.strip(), text=text.strip())


def add_round(
    *, session: ConsentSession, subject: Subject, title: str, text: str = "", item_uid: str = ""
) -> ConsentRound:
    """A proposal at the end of a session; called in a transaction by a service that checked the policy."""
    position = ConsentRound.objects.filter(session=session).count()
    row = ConsentRound.objects.create(
        space_id=session.space_id, session=session, subject=subject, title=title[:300], text=text, item_uid=item_uid,
        position=position,
    )  # fmt: skip
    session_changed(session)
    return row


@transaction.atomic
def rewrite(*, viewer: Viewer, round_id: int, title: str, text: str) -> ConsentRound:
    """Change the words of a proposal before it opens, or before its next round: never those people answer."""
    viewer.must("consent.facilitate")
    row = locked(viewer, round_id)
    if RoundState(row.state) in OPEN:
        raise DomainError(_("Des organismes répondent à ce texte : passez d’abord à l’intégration."))
    if row.subject == Subject.TEXT and not text.strip():
        raise DomainError(_("Écrivez la proposition telle qu’elle sera lue."), field="text")
    before = {"title": row.title, "text": row.text}
    row.text = text.strip()
    row.title = title.strip()[:300] if row.subject == Subject.TEXT and title.strip() else row.title
    row.save(update_fields=["title", "text", "updated_at"])
    if before != {"title": row.title, "text": row.text}:
        journal(viewer.user, "consent.changed", row, before=before, after={"title": row.title, "text": row.text})
        round_changed(row)
    return row


@transaction.atomic
def move(*, viewer: Viewer, round_id: int, opening: Opening) -> ConsentRound:
    """Take a proposal to a step of the process (see ``workflow``); opening a next round keeps what people had before.

    Raises ``DomainError`` for a step one cannot reach from here, a conclusion (``conclude`` does that), a part of a plan
    whose turn has not come, or a last day in the past.
    """
    viewer.must("consent.facilitate")
    row = locked(viewer, round_id)
    before, after = RoundState(row.state), opening.state
    if after in CONCLUDED or not may_go(before, after):
        raise DomainError(
            _("On ne passe pas de « %(before)s » à « %(after)s ».")
            % {"before": CONSENT_STATE_LABELS[before], "after": CONSENT_STATE_LABELS[after]}
        )
    if opening.answer_by and opening.answer_by < timezone.localdate():
        raise DomainError(_("Le dernier jour pour répondre est passé."), field="answer_by")
    starts = before is RoundState.PREPARED or opens_next_round(before, after)
    if starts:
        _must_be_its_turn(row)
    row.state = after
    if after in OPEN:
        row.answer_by = opening.answer_by
    row.save(update_fields=["state", "answer_by", "updated_at"])
    if starts:
        open_turn(row, change=opening.change.strip())
        journal(viewer.user, "consent.turn_opened", row, after={"state": after, "change": opening.change.strip()})
    else:
        journal(viewer.user, "consent.moved", row, before={"state": before}, after={"state": after})
    round_changed(row)
    if after is RoundState.VOICES and row.session.mode == Mode.REMOTE:
        announce(session=row.session, answer_by=row.answer_by)
    return row


def _must_be_its_turn(row: ConsentRound) -> None:
    """Parts of a plan come in their order; in the room, one proposal at a time."""
    others = ConsentRound.objects.filter(session=row.session, state__in=UNDER_WAY).exclude(pk=row.pk)
    if row.session.mode == Mode.ROOM and others.exists():
        raise DomainError(
            _("Une autre proposition est en cours : concluez-la d’abord. En séance, on en traite une à la fois.")
        )
    adoption = (
        Adoption.objects.select_related("session", "version__plan", "version__space")
        .filter(session=row.session_id)
        .first()
    )
    if adoption is None or row.subject == Subject.TEXT:
        return
    if adoption.version is None or adoption.abandoned_at:
        raise DomainError(_("L’ébauche proposée à l’adoption a été abandonnée."))
    if adoption.frozen_at:
        raise DomainError(_("Le plan est adopté : proposez une nouvelle version pour le changer."))
    rounds = list(ConsentRound.objects.filter(session=row.session).order_by("position", "pk"))
    for one in rounds:
        one.session = row.session
    line = next(ln for ln in progress_of(adoption, views_of(rounds)).lines if ln.view.round.pk == row.pk)
    if line.gone:
        raise DomainError(_("Cette partie n’est plus dans l’ébauche."))
    if not line.may_open:
        raise DomainError(_("Les axes d’abord, puis le budget, puis le fiduciaire : cette partie vient plus tard."))


def open_turn(row: ConsentRound, *, change: str) -> ConsentTurn:
    """Open the next round on the proposal as it is now: its words, and for a part of a plan what the draft says."""
    now = timezone.now()
    ConsentTurn.objects.filter(round=row, closed_at=None).update(closed_at=now)
    part = part_of(row)
    if not row.text and not (part and part.document.roots):
        raise DomainError(_("Écrivez d’abord ce qui est proposé : l’ébauche n’en dit rien."))
    number = ConsentTurn.objects.filter(round=row).count() + 1
    row.concluded_at, row.concluded_by, row.conclusion, row.present = None, None, "", None
    row.save(update_fields=["concluded_at", "concluded_by", "conclusion", "present", "updated_at"])
    return ConsentTurn.objects.create(
        space_id=row.space_id, round=row, number=number, text=row.text, content=part.text if part else "",
        sha256=part.sha256 if part else "", change=change, opened_at=now,
    )  # fmt: skip


@transaction.atomic
def conclude(*, viewer: Viewer, round_id: int, adopted: bool, words: str = "") -> ConsentRound:
    """Say the result of a proposal. Whether it is adopted by consent or over objections follows from the objections.

    Raises ``DomainError`` with everything that keeps it from being adopted (an open objection, no quorum, nobody
    consented), or without a reason when it is not adopted.
    """
    viewer.must("consent.facilitate")
    row = locked(viewer, round_id)
    view = fresh_view(row)
    states = [ObjectionState(one.state) for one in view.objections]
    after = result(states) if adopted else RoundState.NOT_ADOPTED
    if not may_go(view.state, after):
        raise DomainError(_("Recueillez d’abord le consentement ou les objections de chaque organisme."))
    if adopted and (found := view.obstacles):
        raise DomainError(" ".join(str(OBSTACLES[one]) for one in found))
    if not adopted and not words.strip():
        raise DomainError(_("Dites pourquoi la proposition n’est pas adoptée."), field="words")
    before = row.state
    row.state, row.conclusion, row.present = after, words.strip(), view.tally.present
    row.concluded_at, row.concluded_by, row.answer_by = timezone.now(), viewer.user, None
    row.save()
    ConsentTurn.objects.filter(round=row, closed_at=None).update(closed_at=row.concluded_at)
    count = view.tally
    journal(
        viewer.user, "consent.concluded", row, before={"state": before},
        after={"state": after, "conclusion": row.conclusion, "consent": count.consent, "reserved": count.reserved,
               "objection": count.objection, "silent": count.silent, "present": count.present},
    )  # fmt: skip
    round_changed(row)
    notifications.concluded(viewer=viewer, view=fresh_view(row))
    return row


def locked(viewer: Viewer, round_id: int) -> ConsentRound:
    """A proposal of an open session of the démarche, held until the end of the transaction.

    Raises ``NotVisible`` for another's, ``DomainError`` once its session is over.
    """
    row = hold(round_id, space_id=viewer.space.pk)
    if row.session.closed_at:
        raise DomainError(_("Cette séance est close."))
    return row


def hold(round_id: int, *, space_id: int) -> ConsentRound:
    """A proposal, held until the end of the transaction. Raises ``NotVisible``."""
    return must_exist(
        ConsentRound.objects.select_for_update(of=("self",))
        .select_related("space", "session__space", "session__body")
        .filter(pk=round_id, space_id=space_id)
        .first()
    )


def fresh_view(row: ConsentRound) -> RoundView:
    """A proposal as it is now in the transaction."""
    return views_of([row])[0]
