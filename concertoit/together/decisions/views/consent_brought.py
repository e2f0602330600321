"""What consent brings elsewhere: « Décider », « Ma table », the pages of versions, the history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries.histories import read_with
from concertoit.ground.ui.desk import Brought, Todo
from concertoit.ground.ui.moments import near
from concertoit.ground.ui.panels import Panel
from concertoit.together.decisions.models import Adoption, ConsentRound, ConsentSession, DepositReceipt
from concertoit.together.decisions.queries import consent_desk
from concertoit.together.decisions.queries.adoption import adoption_of_version
from concertoit.together.decisions.queries.consent import sessions
from concertoit.together.decisions.queries.home import Entry, StageView
from concertoit.together.decisions.rules.consent import SETTLED, RoundState
from concertoit.together.decisions.workflow.consent import UNDER_WAY
from concertoit.together.plans.models import PlanVersion


def _address(slug: str, name: str, **kwargs: Any) -> str:
    return reverse(f"decisions:{name}", kwargs={"slug": slug, **kwargs})


def stage(viewer: Viewer) -> StageView:
    """The sessions of the démarche, on « Décider »; five queries at most."""
    slug, runs = viewer.space.slug, viewer.can("consent.facilitate")
    waiting = {one.session_id: one for one in consent_desk.waiting([viewer]).expected}
    view = StageView(
        what=gettext_lazy(
            "Une proposition, des questions, des réactions, puis le consentement ou l’objection de chaque organisme."
        ),
        icon="check2-circle",
        start=_address(slug, "consent_list") if runs else "",
        start_label=gettext_lazy("Proposer au consentement"),
    )
    for row in sessions(viewer):
        rounds = list(row.rounds.all())
        done = sum(RoundState(one.state) in SETTLED for one in rounds)
        going = any(RoundState(one.state) in UNDER_WAY for one in rounds)
        mine = waiting.get(row.pk)
        view.entries.append(
            Entry(
                title=row.title,
                href=_address(slug, "consent_session", session_id=row.pk),
                state=state_of(row, going),
                tone="ok" if row.closed_at else "brick" if going else "neutral",
                open=going,
                on=row.held_on,
                detail=_("%(done)s adoptées sur %(total)s") % {"done": done, "total": len(rounds)},
                expected=_expected(mine.waiting) if mine else "",
                todo=_address(slug, "consent_answer", session_id=row.pk) if mine else "",
            )
        )
    return view


def state_of(row: ConsentSession, going: bool) -> str:
    """Where a session is, in words."""
    adoption = getattr(row, "adoption", None)
    if adoption and adoption.adopted_on:
        return _("Plan adopté le %(day)s") % {"day": date_short(adoption.adopted_on)}
    if adoption and adoption.abandoned_at:
        return _("Abandonnée")
    if row.closed_at:
        return _("Close")
    return _("En cours") if going else _("Préparée")


def _expected(count: int) -> str:
    return ngettext(
        "La voix de votre organisme est attendue.",
        "La voix de votre organisme est attendue sur %(num)d propositions.",
        count,
    ) % {"num": count}


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Voices and boards' answers expected of the reader, what waits for their facilitation; three queries at most."""
    by_space = {viewer.space.pk: viewer for viewer in viewers if viewer.can("consent.view")}
    whole = Brought()
    if not by_space:
        return whole
    today = timezone.localdate()
    seen = list(by_space.values())
    waiting = consent_desk.waiting(seen)
    for one in waiting.expected:
        slug = by_space[one.space_id].space.slug
        when = [_("d’ici %(day)s") % {"day": near(one.answer_by, today)}] if one.answer_by else []
        whole.todos.append(
            Todo(
                title=_("Vous prononcer : « %(title)s »") % {"title": one.session},
                href=_address(slug, "consent_answer", session_id=one.session_id), action=_("Répondre"),
                note=" · ".join([one.seat, _expected(one.waiting), *when]), icon="hand-index-thumb", tone="brick",
                due=one.answer_by, now=one.answer_by is None, order=8, space_id=one.space_id,
            )
        )  # fmt: skip
    for voice in waiting.mandates:
        slug = by_space[voice.space_id].space.slug
        whole.todos.append(
            Todo(
                title=_("Donner la réponse de votre CA : « %(title)s »") % {"title": voice.turn.round.title},
                href=_address(slug, "consent_answer", session_id=voice.seat.session_id), action=_("Répondre"),
                note=_("Vous avez consenti sous réserve de votre conseil d’administration"), icon="hourglass-split",
                tone="sun", order=42, space_id=voice.space_id,
            )
        )  # fmt: skip
    whole.todos += [_facilitate(by_space[one.space_id], one) for one in waiting.to_facilitate]
    return whole


def _facilitate(viewer: Viewer, one: consent_desk.ToFacilitate) -> Todo:
    notes = []
    if one.questions:
        text = ngettext("%(num)d question sans réponse", "%(num)d questions sans réponse", one.questions)
        notes.append(text % {"num": one.questions})
    if one.objections:
        text = ngettext("%(num)d objection à traiter", "%(num)d objections à traiter", one.objections)
        notes.append(text % {"num": one.objections})
    if one.over:
        notes.append(_("le dernier jour pour répondre est passé"))
    return Todo(
        title=_("Faire avancer « %(title)s »") % {"title": one.title},
        href=_address(viewer.space.slug, "consent_round", round_id=one.round_id), action=_("Ouvrir"),
        note=" · ".join(notes), icon="chat-left-text", tone="brick", now=True, order=12, space_id=one.space_id,
    )  # fmt: skip


def version_panel(viewer: Any, version: Any) -> Panel | None:
    """On the page of a version: its acts, and the adoption under way that proposes it."""
    if not isinstance(viewer, Viewer) or not isinstance(version, PlanVersion) or not viewer.can("consent.view"):
        return None
    found = adoption_of_version(version)
    if found is None or found.abandoned_at:
        return None
    return Panel("decisions.acts", "decisions/adoption_panel.html", {"adoption": found}, order=20)


def adopt_panel(viewer: Any, version: Any) -> Panel | None:
    """Where a draft is put in force: the adoption by consent under way, or how to start one."""
    if not isinstance(viewer, Viewer) or not isinstance(version, PlanVersion) or not viewer.can("adoption.run"):
        return None
    found = (
        Adoption.objects.filter(version=version, frozen_at=None, abandoned_at=None).select_related("session").first()
    )
    return Panel("decisions.adopt", "decisions/adoption_adopt_panel.html", {"adoption": found}, order=10)


# The history is read by those who read the journal of the démarche.
may_read = read_with("journal.view")


def session_url(object_id: str) -> str:
    """The page of a session."""
    row = ConsentSession.objects.select_related("space").filter(pk=object_id).first()
    return _address(row.space.slug, "consent_session", session_id=row.pk) if row else ""


def round_url(object_id: str) -> str:
    """The page of a proposal."""
    row = ConsentRound.objects.select_related("space").filter(pk=object_id).first()
    return _address(row.space.slug, "consent_round", round_id=row.pk) if row else ""


def receipt_url(object_id: str) -> str:
    """The deposits of its démarche."""
    row = DepositReceipt.objects.select_related("space").filter(pk=object_id).first()
    return _address(row.space.slug, "deposits") if row else ""
