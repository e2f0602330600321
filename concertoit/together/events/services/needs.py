"""What people need, who has the same need, and what was done of it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.events.enums import NeedState
from concertoit.together.events.models import Event, Need, NeedSupport
from concertoit.together.events.workflow import EXPLAINED, need_may


def _journal(viewer: Viewer, verb: str, need: Need, note: str = "", **values: Any) -> None:
    record(
        actor=viewer.user, verb=verb, object_type="events.need", object_id=need.pk, object_label=need.title,
        space_id=need.space_id, note=note, **values,
    )  # fmt: skip


@transaction.atomic
def express(*, viewer: Viewer, title: str, detail: str = "", said_by: str = "") -> Need:
    """Say a need; who says it supports it. Raises ``DomainError`` when the same is said already."""
    viewer.must("event.need")
    if Need.objects.filter(space=viewer.space, title__iexact=title.strip()).exists():
        raise DomainError(_("Ce besoin est déjà dans la liste : appuyez-le."), field="title")
    need = Need.objects.create(space=viewer.space, title=title.strip(), detail=detail.strip(), said_by=said_by.strip())
    _journal(viewer, "need.expressed", need)
    support(viewer=viewer, need=need, on=True)
    return need


@transaction.atomic
def support(*, viewer: Viewer, need: Need, on: bool) -> None:
    """Say that one has the same need, or no longer."""
    viewer.must("event.need")
    if not viewer.membership_ids:
        return
    mine = NeedSupport.objects.filter(need=need, membership_id__in=viewer.membership_ids)
    if not on:
        mine.delete()
    elif not mine.exists():
        NeedSupport.objects.get_or_create(need=need, membership_id=min(viewer.membership_ids), space=need.space)


@transaction.atomic
def follow(*, viewer: Viewer, need: Need, state: NeedState, note: str = "", event: Event | None = None) -> None:
    """Say what is done of a need. Raises ``DomainError`` for a state it cannot take or lacks a reason."""
    viewer.must("event.manage")
    row = Need.objects.select_for_update().get(pk=need.pk)
    if row.state != state and not need_may(row.state, state):
        raise DomainError(_("Rouvrez ce besoin avant de lui donner une autre suite."), field="state")
    if state in EXPLAINED and not note.strip():
        raise DomainError(_("Dites pourquoi ce besoin est mis de côté."), field="note")
    if state == NeedState.PLANNED and event is None:
        raise DomainError(_("Choisissez l’activité qui y répondra."), field="event")
    before = {"state": row.state, "note": row.state_note}
    row.state, row.state_note = state, note.strip()
    row.event = None if state == NeedState.OPEN else event or row.event
    row.save()
    _journal(viewer, "need.changed", row, note=note, before=before, after={"state": row.state, "note": row.state_note})
