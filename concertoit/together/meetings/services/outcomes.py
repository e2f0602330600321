"""What a meeting leads to: information, decisions, follow-ups; and what these change in the plan.

A change of the plan goes through the services of plans, with the rights of whoever writes it: a state changes at once, a
new step or a new action goes into the draft (opened if there is none). The journal of the element says the meeting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible, must_exist
from concertoit.ground.core.spoken import date_short
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import notifications, workflow
from concertoit.together.meetings.enums import OutcomeKind
from concertoit.together.meetings.models import AgendaItem, Meeting, Outcome
from concertoit.together.meetings.policies import may_finish, must_hold
from concertoit.together.meetings.queries.room import outcome_for
from concertoit.together.meetings.rules.recurrence import ZONE
from concertoit.together.meetings.services.changes import STATE, PlanChange, apply_change
from concertoit.together.meetings.services.finding import held_meeting, journal
from concertoit.together.plans.models import PlanItem

TEXT_MAX = 2_000


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """An outcome as a person writes it. A follow-up says who (a participation, an organisation or words) and by when."""

    kind: OutcomeKind
    text: str
    membership: Membership | None = None
    organisation: Organisation | None = None
    who_written: str = ""
    due_on: date | None = None


@transaction.atomic
def add_outcome(
    *,
    viewer: Viewer,
    meeting_id: int,
    facts: OutcomeFacts,
    item_id: int | None = None,
    change: PlanChange | None = None,
) -> Outcome:
    """Write what a point leads to, and change the plan with it where ``change`` says so.

    Raises ``DomainError`` for an empty text or a follow-up without anybody, ``NotAllowed`` where the writer may not make
    that change in the plan: nothing is then written.
    """
    meeting = _writable(viewer, meeting_id)
    item = _point(meeting, item_id)
    _check(viewer, facts)
    row = Outcome(space_id=meeting.space_id, meeting=meeting, item=item, written_by=viewer.user)
    row.plan_item_id = item.plan_item_id if item else None
    row.position = 1 + (meeting.outcomes.aggregate(last=Max("position"))["last"] or 0)
    _fill(row, facts)
    if change is not None:
        row.change, row.plan_item_id = _change_plan(viewer, meeting, row, change)
    row.save()
    journal(viewer, "meeting.outcome_added", meeting, after=_told(row))
    if row.kind == OutcomeKind.FOLLOW_UP:
        notifications.taken_on(outcome=row, actor=viewer.user)
    return row


def _writable(viewer: Viewer, meeting_id: int) -> Meeting:
    meeting = held_meeting(viewer, meeting_id, "meetings.view")
    must_hold(viewer, meeting)
    if meeting.state not in (workflow.OPEN, workflow.CLOSED):
        raise DomainError(_("On note ce qui est décidé pendant la rencontre, ou après."))
    return meeting


def _point(meeting: Meeting, item_id: int | None) -> AgendaItem | None:
    if item_id is None:
        return None
    return must_exist(meeting.items.filter(pk=item_id, removed_at=None).first())


def _check(viewer: Viewer, facts: OutcomeFacts) -> None:
    if not facts.text.strip():
        raise DomainError(_("Écrivez ce qui a été dit ou décidé."), field="text")
    if len(facts.text) > TEXT_MAX:
        raise DomainError(_("Ce texte est trop long : le reste va dans les notes."), field="text")
    if facts.kind == OutcomeKind.FOLLOW_UP and not (
        facts.membership or facts.organisation or facts.who_written.strip()
    ):
        raise DomainError(_("Dites qui s’en charge."), field="who")
    if facts.membership is not None and facts.membership.space_id != viewer.space.pk:
        raise NotVisible("")


def _fill(row: Outcome, facts: OutcomeFacts) -> None:
    row.kind, row.text = facts.kind.value, facts.text.strip()
    follows = facts.kind == OutcomeKind.FOLLOW_UP
    row.membership = facts.membership if follows else None
    row.organisation = facts.organisation if follows and not facts.membership else None
    row.who_written = " ".join(facts.who_written.split())[:200] if follows and not row.membership else ""
    row.due_on = facts.due_on if follows else None


def _told(row: Outcome) -> dict[str, Any]:
    return {
        "kind": str(row.get_kind_display()),
        "text": row.text,
        "who": who_of(row),
        "due_on": row.due_on.isoformat() if row.due_on else None,
    }


def who_of(row: Outcome) -> str:
    """Who took a follow-up on, in words."""
    if row.membership is not None:
        return str(row.membership.person or row.membership.organisation or "")
    return str(row.organisation) if row.organisation else row.who_written


def _change_plan(viewer: Viewer, meeting: Meeting, row: Outcome, change: PlanChange) -> tuple[dict[str, Any], int]:
    """Change the plan, and say in the journal of the element at which meeting."""
    if PlanItem.objects.filter(pk=change.item_id, space=viewer.space).first() is None:
        raise NotVisible("")
    done = apply_change(viewer=viewer, change=change)
    where = f"{meeting.title}, {date_short(meeting.starts_at.astimezone(ZONE).date())}"
    after = {"text": row.text, "meeting": where, **({"state": change.state.value} if change.state else {})}
    record(
        actor=viewer.user, verb="meeting.changed_plan", object_type="plans.item", object_id=done.item_id,
        object_label=done.label, space_id=meeting.space_id, after=after, note=where,
    )  # fmt: skip
    return done.values, change.item_id if change.what == STATE else done.item_id


def _own(viewer: Viewer, outcome_id: int) -> Outcome:
    """An outcome of a meeting that the viewer holds, locked."""
    row = outcome_for(viewer, outcome_id)
    must_hold(viewer, row.meeting)
    return Outcome.objects.select_for_update(of=("self",)).select_related("meeting__space", "membership__person",
        "organisation").get(pk=row.pk)  # fmt: skip


@transaction.atomic
def edit_outcome(*, viewer: Viewer, outcome_id: int, facts: OutcomeFacts) -> Outcome:
    """Rewrite an outcome; what it changed in the plan stays. Minutes already sent keep what they said."""
    row = _own(viewer, outcome_id)
    _check(viewer, facts)
    before, was = _told(row), row.membership_id
    _fill(row, facts)
    row.save()
    if before != _told(row):
        journal(viewer, "meeting.outcome_edited", row.meeting, before=before, after=_told(row))
    if row.kind == OutcomeKind.FOLLOW_UP and row.membership_id not in (None, was):
        notifications.taken_on(outcome=row, actor=viewer.user)
    return row


@transaction.atomic
def withdraw(*, viewer: Viewer, outcome_id: int) -> Outcome:
    """Take an outcome back. What it changed in the plan stays there: it has its own history and its own way back."""
    row = _own(viewer, outcome_id)
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at", "updated_at"])
    journal(viewer, "meeting.outcome_withdrawn", row.meeting, before=_told(row))
    return row


@transaction.atomic
def finish(*, viewer: Viewer, outcome_id: int, note: str = "") -> Outcome:
    """Say that a follow-up is done: by who took it on, or by the coordination."""
    row = outcome_for(viewer, outcome_id)
    if row.kind != OutcomeKind.FOLLOW_UP:
        raise DomainError(_("Seule une suite à donner se termine."))
    if not may_finish(viewer, row):
        raise NotAllowed("")
    row = Outcome.objects.select_for_update(of=("self",)).select_related("meeting__space").get(pk=row.pk)
    if row.done_at is None:
        row.done_at, row.done_by, row.done_note = timezone.now(), viewer.user, " ".join(note.split())[:300]
        row.save(update_fields=["done_at", "done_by", "done_note", "updated_at"])
        journal(viewer, "meeting.outcome_done", row.meeting, after={"text": row.text, "note": row.done_note})
    return row


@transaction.atomic
def resume(*, viewer: Viewer, outcome_id: int) -> Outcome:
    """Say that a follow-up is not done after all."""
    row = outcome_for(viewer, outcome_id)
    if not may_finish(viewer, row):
        raise NotAllowed("")
    row = Outcome.objects.select_for_update(of=("self",)).select_related("meeting__space").get(pk=row.pk)
    if row.done_at is not None:
        row.done_at, row.done_by, row.done_note = None, None, ""
        row.save(update_fields=["done_at", "done_by", "done_note", "updated_at"])
        journal(viewer, "meeting.outcome_resumed", row.meeting, after={"text": row.text})
    return row
