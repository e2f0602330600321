"""Activating an emergency cell, calling people, their answers and roles, standing down (I6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.cell import CellAnswer, CellReason, CellRole, CellState, EntryKind
from concertoit.field.cases.models import Case, CellMember, RapidResponse
from concertoit.field.cases.notifications import cell as notifications
from concertoit.field.cases.policies import may_run, member_of
from concertoit.field.cases.rules.cell import Holder, quorum_at
from concertoit.field.cases.services.cell_log import Hand, append, locked
from concertoit.ground.audit.services import record_row
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.identity.models import Organisation
from concertoit.ground.places.models import Building
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import Viewer


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody to call: a membership, an organisation, or a name with an e-mail; a role and ways to reach them."""

    name: str
    role: CellRole = CellRole.MEMBER
    membership: Membership | None = None
    organisation: Organisation | None = None
    organisation_name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Activation:
    """What is said when a cell is activated. Without a case or a building, ``title`` says where."""

    reason: CellReason
    title: str = ""
    detail: str = ""
    case: Case | None = None
    building: Building | None = None
    exercise: bool = False
    called: Sequence[Called] = field(default_factory=tuple)


def token_of(member: CellMember) -> str:
    """The secret of a member's personal link, made again from the installation's key."""
    return personal_links.token_of("cases.cell", member, member.email)


@transaction.atomic
def activate(*, viewer: Viewer, said: Activation) -> RapidResponse:
    """Open the cell, write the first line of its log and call everybody. Raises ``DomainError`` without a place."""
    viewer.must("cells.activate")
    building = said.building or (said.case.building if said.case else None)
    title = said.title.strip() or (f"{building.line}, {building.municipality}" if building else "")
    if not title:
        raise DomainError(_("Dites où cela se passe."), field="title")
    if not said.called:
        raise DomainError(_("Appelez au moins une personne."), field="called")
    hand, now = Hand.of(viewer), timezone.now()
    cell = RapidResponse.objects.create(
        space=viewer.space, reference=_next_reference(viewer.space, timezone.localtime(now).year), title=title[:160],
        reason=said.reason, detail=said.detail.strip()[:300], case=said.case, building=building,
        exercise=said.exercise, activated_by=viewer.user, activated_label=hand.label, activated_at=now,
    )  # fmt: skip
    text = f"{cell.get_reason_display()}\u00a0: {cell.title}" + (f". {cell.detail}" if cell.detail else "")
    append(cell=cell, hand=hand, kind=EntryKind.ACTIVATION, text=text)
    members = [_call(cell, one, viewer) for one in said.called]
    who = "; ".join(f"{member.label}, {member.get_role_display()}" for member in members)
    append(cell=cell, hand=hand, kind=EntryKind.ROSTER, text=_("Appel lancé : %(who)s") % {"who": who})
    _journal(viewer.user, "cases.cell_exercise" if cell.exercise else "cases.cell_activated", cell)
    return cell


def _next_reference(space: Space, year: int) -> str:
    """``C2026-03``: the démarche's row is locked so that two cells never take one number."""
    Space.objects.select_for_update().filter(pk=space.pk).first()
    rows = RapidResponse.objects.filter(space=space, reference__startswith=f"C{year}-")
    numbers = [int(one.split("-")[1]) for one in rows.values_list("reference", flat=True)]
    return f"C{year}-{max(numbers, default=0) + 1:02d}"


def _journal(actor: Any, verb: str, cell: RapidResponse, **more: Any) -> None:
    record_row(cell, cell, actor=actor, verb=verb, **more)


def _call(cell: RapidResponse, one: Called, viewer: Viewer) -> CellMember:
    member = CellMember.objects.create(
        space_id=cell.space_id, cell=cell, membership=one.membership, organisation=one.organisation,
        name=one.name.strip()[:160], organisation_name=one.organisation_name.strip()[:200],
        email=one.email.strip().lower(), phone=one.phone.strip()[:40], role=one.role, role_at=timezone.now(),
        token_digest=get_random_string(64),
    )  # fmt: skip
    token = token_of(member)
    member.token_digest = personal_links.digest_of(token)
    member.save(update_fields=["token_digest", "updated_at"])
    notifications.called(member=member, token=token, actor=viewer.user)
    return member


def must_run(viewer: Viewer, cell: RapidResponse) -> None:
    """Raise ``NotAllowed`` unless the viewer leads the cell, activated it or is the liaison."""
    if not may_run(viewer, cell, member_of(viewer, cell)):
        raise NotAllowed("")


@transaction.atomic
def call(*, viewer: Viewer, cell: RapidResponse, one: Called) -> CellMember:
    """Call one more person. Raises ``DomainError`` for somebody already called, or who cannot be reached."""
    must_run(viewer, cell)
    cell = locked(cell)
    if not one.name.strip():
        raise DomainError(_("Écrivez le nom de la personne ou de l’organisme."), field="name")
    if one.membership is None and one.organisation is None and not one.email.strip():
        raise DomainError(_("Sans compte, il faut un courriel pour envoyer le lien personnel."), field="email")
    if one.membership is not None and cell.members.filter(membership=one.membership).exists():
        raise DomainError(_("Cette personne est déjà appelée."), field="membership")
    member = _call(cell, one, viewer)
    who = f"{member.label}, {member.get_role_display()}"
    append(cell=cell, hand=Hand.of(viewer), kind=EntryKind.ROSTER, text=_("Appel lancé : %(who)s") % {"who": who})
    return member


@transaction.atomic
def acknowledge(*, member: CellMember, hand: Hand, answer: CellAnswer) -> CellMember:
    """Write a member's answer to the call. The same answer again changes nothing. Raises ``DomainError`` once over."""
    cell = locked(member.cell)
    row = CellMember.objects.select_for_update().get(pk=member.pk)
    if row.answer == answer:
        return row
    now = timezone.now()
    row.answer, row.acknowledged_at = answer, row.acknowledged_at or now
    row.save(update_fields=["answer", "acknowledged_at", "updated_at"])
    if cell.acknowledged_at is None:
        cell.acknowledged_at = row.acknowledged_at
        cell.save(update_fields=["acknowledged_at", "updated_at"])
    append(
        cell=cell, hand=hand, kind=EntryKind.ANSWER,
        text=_("%(who)s : %(answer)s") % {"who": row.label, "answer": row.get_answer_display()},
    )  # fmt: skip
    _measure(cell)
    return row


@transaction.atomic
def give_role(*, viewer: Viewer, cell: RapidResponse, member_id: int, role: CellRole) -> CellMember:
    """Give a member a role."""
    must_run(viewer, cell)
    cell = locked(cell)
    row = cell.members.select_for_update().filter(pk=member_id).first()
    if row is None:
        raise DomainError(_("Cette personne n’est pas dans la cellule."))
    if row.role == role:
        return row
    row.role, row.role_at = role, timezone.now()
    row.save(update_fields=["role", "role_at", "updated_at"])
    append(
        cell=cell, hand=Hand.of(viewer), kind=EntryKind.ROSTER,
        text=_("%(who)s prend le rôle : %(role)s") % {"who": row.label, "role": row.get_role_display()},
    )  # fmt: skip
    notifications.role_given(member=row, token=token_of(row), actor=viewer.user)
    _measure(cell)
    return row


def _measure(cell: RapidResponse) -> None:
    """Note when the essential roles were first all held."""
    if cell.quorum_at is not None:
        return
    holders = [
        Holder(row.role, row.role_at, row.acknowledged_at)
        for row in cell.members.exclude(acknowledged_at=None).order_by("pk")
        if row.comes and row.acknowledged_at
    ]
    cell.quorum_at = quorum_at(holders)
    cell.save(update_fields=["quorum_at", "updated_at"])


@transaction.atomic
def stand_down(*, viewer: Viewer, cell: RapidResponse, why: str) -> RapidResponse:
    """End the cell: its log closes with the reason, everybody hears. Raises ``DomainError`` without why."""
    must_run(viewer, cell)
    if not why.strip():
        raise DomainError(_("Écrivez ce qui permet de lever la cellule."), field="why")
    cell = locked(cell)
    append(cell=cell, hand=Hand.of(viewer), kind=EntryKind.STAND_DOWN, text=why.strip())
    cell.state, cell.stood_down_at = CellState.STOOD_DOWN, timezone.now()
    cell.save(update_fields=["state", "stood_down_at", "updated_at"])
    # The journal keeps the digest of the whole log, apart from the room's own tables.
    _journal(viewer.user, "cases.cell_stood_down", cell, after={"lines": cell.log_count, "digest": cell.log_head})
    for member in cell.members.select_related("membership").order_by("pk"):
        notifications.stood_down(member=member, token=token_of(member), actor=viewer.user)
    return cell
