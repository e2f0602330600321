"""The log and the tasks of an emergency cell, and the review after (I6).

The log is append-only and chained: a line is written once, under the lock of its cell. What a phone sends twice, by the
id that it made, is written once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.cell import WRITTEN_KINDS, CellState, EntryKind
from concertoit.field.cases.models import CellEntry, CellMember, CellReview, CellTask, RapidResponse
from concertoit.field.cases.notifications import cell as notifications
from concertoit.field.cases.rules.cell import digest_of
from concertoit.ground.audit.services import record_row
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer

TEXT_MOST = 2000


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes: an account, or a member through their personal link. ``label`` is what the log keeps."""

    user: Any
    label: str
    member: CellMember | None = None

    @classmethod
    def of(cls, viewer: Viewer, member: CellMember | None = None) -> Hand:
        if member is not None and member.membership_id is not None:
            return cls(viewer.user, member.label, member)
        rows = Organisation.objects.filter(pk__in=viewer.organisation_ids).order_by("name", "pk")
        names = ", ".join(str(row) for row in rows)
        return cls(viewer.user, (f"{viewer.user} ({names})" if names else str(viewer.user))[:200], member)

    @classmethod
    def behind(cls, member: CellMember) -> Hand:
        """Somebody who holds a personal link."""
        return cls(None, (_("%(who)s, par lien personnel") % {"who": member.label})[:200], member)


def locked(cell: RapidResponse, *, over: bool = False) -> RapidResponse:
    """The cell under lock. Raises ``DomainError`` once it is stood down, unless the act belongs to the time after."""
    row = RapidResponse.objects.select_for_update().get(pk=cell.pk)
    if row.state == CellState.STOOD_DOWN and not over:
        raise DomainError(_("La cellule est levée : son journal est fermé."))
    return row


def append(
    *, cell: RapidResponse, hand: Hand, kind: EntryKind, text: str, data: dict[str, Any] | None = None,
    corrects: int | None = None, client_id: UUID | None = None,
) -> CellEntry:  # fmt: skip
    """Write the next line of a locked cell and remember the head of its log. Called in a transaction."""
    row = CellEntry(
        space_id=cell.space_id, cell=cell, number=cell.log_count + 1, at=timezone.now(), kind=kind,
        text=text[:TEXT_MOST], data=data or {}, author=hand.user, author_label=hand.label, corrects=corrects,
        client_id=client_id,
    )  # fmt: skip
    row.digest = digest_of(row.line, cell.log_head)
    row.save()
    cell.log_count, cell.log_head, cell.revision = row.number, row.digest, cell.revision + 1
    cell.save(update_fields=["log_count", "log_head", "revision", "updated_at"])
    return row


@dataclass(frozen=True, slots=True)
class Said:
    """A line as somebody types it. ``households`` and ``persons`` are counts; ``who`` and ``on`` are for decisions and
    measures; ``on_site``: it happened there."""

    kind: EntryKind
    text: str
    on_site: bool = False
    households: int | None = None
    persons: int | None = None
    who: str = ""
    on: str = ""

    def data(self) -> dict[str, Any]:
        kept = {
            "households": self.households, "persons": self.persons, "who": self.who.strip(), "on": self.on,
            "on_site": self.on_site,
        }  # fmt: skip
        return {name: value for name, value in kept.items() if value}


@transaction.atomic
def write(*, cell: RapidResponse, hand: Hand, said: Said, client_id: UUID | None = None) -> CellEntry:
    """Write a line of the log. The same ``client_id`` twice is one line, even once the cell is stood down.

    Raises ``DomainError`` for an empty text, or for a cell that is over.
    """
    known = cell.entries.filter(client_id=client_id).first() if client_id else None
    if known is not None:
        return known
    if said.kind not in WRITTEN_KINDS:
        raise DomainError(_("Ce type de ligne s’écrit tout seul."), field="kind")
    if not said.text.strip():
        raise DomainError(_("Écrivez ce qui se passe."), field="text")
    row = locked(cell)
    if said.on_site and row.on_site_at is None:
        row.on_site_at = timezone.now()
        row.save(update_fields=["on_site_at", "updated_at"])
    return append(cell=row, hand=hand, kind=said.kind, text=said.text.strip(), data=said.data(), client_id=client_id)


@transaction.atomic
def correct(*, cell: RapidResponse, hand: Hand, number: int, text: str) -> CellEntry:
    """Correct a line by a new one: the first stays as it was written."""
    if not text.strip():
        raise DomainError(_("Écrivez la correction."), field="text")
    row = locked(cell)
    if not row.entries.filter(number=number).exists():
        raise DomainError(_("Cette ligne n’existe pas."))
    return append(cell=row, hand=hand, kind=EntryKind.CORRECTION, text=text.strip(), corrects=number)


@transaction.atomic
def verify(*, cell: RapidResponse, hand: Hand, number: int) -> CellEntry:
    """Say that a safety measure was seen in place. Twice changes nothing."""
    row = locked(cell)
    measure = row.entries.filter(number=number, kind=EntryKind.SAFETY).first()
    if measure is None:
        raise DomainError(_("Cette mesure n’existe pas."))
    known = row.entries.filter(kind=EntryKind.VERIFIED, data__measure=number).first()
    return known or append(cell=row, hand=hand, kind=EntryKind.VERIFIED, text=measure.text, data={"measure": number})


@transaction.atomic
def add_task(
    *, cell: RapidResponse, hand: Hand, title: str, owner: CellMember | None, due_at: datetime | None,
    after: bool = False, client_id: UUID | None = None,
) -> CellTask:  # fmt: skip
    """Ask something of somebody. ``after``: decided by the review. Raises ``DomainError`` without words."""
    known = cell.tasks.filter(client_id=client_id).first() if client_id else None
    if known is not None:
        return known
    if not title.strip():
        raise DomainError(_("Dites ce qu’il faut faire."), field="title")
    if owner is not None and owner.cell_id != cell.pk:
        raise DomainError(_("Cette personne n’est pas dans la cellule."), field="owner")
    row = locked(cell, over=after)
    task = CellTask.objects.create(
        space_id=row.space_id, cell=row, title=title.strip()[:200], owner=owner, due_at=due_at, after=after,
        client_id=client_id,
    )  # fmt: skip
    if not after:
        text = _("À faire : %(what)s (%(who)s)") % {"what": task.title, "who": owner or _("à confier")}
        append(cell=row, hand=hand, kind=EntryKind.TASK, text=text)
    if owner is not None:
        token = personal_links.token_of("cases.cell", owner, owner.email)
        notifications.task_given(task=task, member=owner, token=token, actor=hand.user)
    return task


@transaction.atomic
def finish_task(*, cell: RapidResponse, hand: Hand, task_id: int) -> CellTask:
    """Say that a task is done. Twice changes nothing."""
    task = cell.tasks.select_for_update().filter(pk=task_id).first()
    if task is None:
        raise DomainError(_("Cette tâche n’existe pas."))
    if task.done_at is not None:
        return task
    row = locked(cell, over=task.after)
    task.done_at, task.done_label = timezone.now(), hand.label
    task.save(update_fields=["done_at", "done_label", "updated_at"])
    if not task.after:
        append(cell=row, hand=hand, kind=EntryKind.TASK, text=_("Fait : %(what)s") % {"what": task.title})
    return task


@transaction.atomic
def review(*, viewer: Viewer, cell: RapidResponse, hand: Hand, well: str, change: str) -> CellReview:
    """Write the review of a cell that is stood down, or complete it. Raises ``DomainError`` before the end."""
    if not viewer.can("cells.activate"):
        raise NotAllowed("")
    row = locked(cell, over=True)
    if row.is_active:
        raise DomainError(_("Le retour se fait une fois la cellule levée."))
    if not (well.strip() and change.strip()):
        raise DomainError(_("Dites au moins une chose qui a bien été, et une à changer."))
    found, _created = CellReview.objects.update_or_create(
        cell=row, defaults={"space_id": row.space_id, "well": well.strip(), "change": change.strip(),
                            "author_label": hand.label}
    )  # fmt: skip
    record_row(row, row, actor=viewer.user, verb="cases.cell_reviewed")
    return found
