"""Bringing in a table of interventions: read, shown line by line, then written at once, undone, or given up (S5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.logbook.enums import ReferralState
from concertoit.field.logbook.enums.imports import Column, ImportState
from concertoit.field.logbook.enums.referrals import MoveBy
from concertoit.field.logbook.models import Entry, EntryImport, Referral, ReferralMove
from concertoit.field.logbook.queries import imports as queries
from concertoit.field.logbook.rules.import_cells import places_of
from concertoit.field.logbook.rules.referral_delays import days
from concertoit.field.logbook.services import import_lines
from concertoit.field.logbook.services.entries import worker_of
from concertoit.field.logbook.services.figures import touch
from concertoit.field.logbook.services.import_lines import Line
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.tables import BadTable, RawLine, read_table
from concertoit.ground.spaces.policies import Viewer

MOST_LINES = 5_000
KEPT_DAYS = 7
"""How long the lines of a table that nobody confirms stay here: a choice of the platform."""
_TOP = 15
_BATCH = 500
_REFUSALS: Mapping[str, Any] = {
    "kind": gettext_lazy("Apportez un fichier Excel (.xlsx) ou CSV."),
    "big": gettext_lazy("Le fichier dépasse 5 Mo. Gardez les colonnes utiles, ou coupez le tableau en deux."),
    "broken": gettext_lazy("Le fichier est abîmé ou protégé par un mot de passe. Enregistrez-le de nouveau."),
    "empty": gettext_lazy("Le fichier n’a pas de ligne sous les titres de colonnes."),
    "many": gettext_lazy("Le fichier a plus de 5 000 lignes. Coupez le tableau en deux."),
}


@transaction.atomic
def read(*, viewer: Viewer, content: bytes, name: str) -> EntryImport:
    """Read a file and keep its lines some days, until they are confirmed. Raises ``DomainError`` (field ``file``)."""
    worker_of(viewer)
    try:
        lines = read_table(content, name)
        top = _titles(lines)
        if len(lines) <= top + 1:
            raise BadTable("empty")
        if len(lines) - top - 1 > MOST_LINES:
            raise BadTable("many")
    except BadTable as refusal:
        raise DomainError(_REFUSALS[refusal.code], field="file") from refusal
    kept = lines[top + 1 :]
    row = EntryImport.objects.create(
        space=viewer.space, name=name[:200], headers=lines[top].cells, columns=places_of(lines[top].cells),
        rows=[[line.number, line.cells] for line in kept], made_by=viewer.user, line_count=len(kept),
        expires_at=timezone.now() + timedelta(days=KEPT_DAYS),
    )  # fmt: skip
    record_row(row, row.name, actor=viewer.user, verb="logbook.table_read")
    return row


def _titles(lines: list[RawLine]) -> int:
    """Where the titles are: among the first lines, the one with most titles that are known."""
    known = [len(places_of(line.cells)) for line in lines[:_TOP]]
    return known.index(max(known)) if known else 0


@transaction.atomic
def rename(*, viewer: Viewer, import_id: int, columns: Mapping[str, int], with_notes: bool) -> EntryImport:
    """Say what each column means. Raises ``DomainError`` for one that would mean two things."""
    row = _open(viewer, import_id)
    taken: dict[int, str] = {}
    for column, place in columns.items():
        if place in taken:
            other = Column(taken[place]).label
            raise DomainError(_("Cette colonne sert déjà à « %(other)s ».") % {"other": other}, field=column)
        taken[place] = column
    row.columns, row.with_notes = dict(columns), with_notes
    row.save(update_fields=["columns", "with_notes", "updated_at"])
    return row


@transaction.atomic
def confirm(*, viewer: Viewer, import_id: int, alike: bool = False) -> int:
    """Write the lines that are sound and new, all or none; answers how many. ``alike``: also those that look like an
    entry of the same day. Lines that are wrong stay out; the others are forgotten here.

    Raises ``NotVisible``; ``DomainError`` when there is nothing to write, or for a table that was settled.
    """
    row = _open(viewer, import_id)
    reading = import_lines.understand(viewer, row)
    lines = reading.of(import_lines.NEW, import_lines.ALIKE) if alike else reading.of(import_lines.NEW)
    if not lines:
        raise DomainError(_("Ce tableau n’a aucune intervention à inscrire."))
    _write(viewer, row, lines)
    wrong = {line.number for line in reading.of(import_lines.WRONG)}
    row.rows = [one for one in row.rows if one[0] in wrong]
    row.state, row.entry_count, row.confirmed_at = ImportState.CONFIRMED, len(lines), timezone.now()
    row.save()
    found = _days(row)
    touch(row.space_id, *found)
    record_row(
        row, row.name, actor=viewer.user, verb="logbook.table_brought",
        after={"entries": len(lines), "from": min(found).isoformat(), "to": max(found).isoformat()},
    )  # fmt: skip
    return len(lines)


def _write(viewer: Viewer, row: EntryImport, lines: list[Line]) -> None:
    entries = [line.entry for line in lines if line.entry is not None]
    for entry in entries:
        entry.brought = row
    try:
        with transaction.atomic():
            Entry.objects.bulk_create(entries, batch_size=_BATCH)
    except IntegrityError as twice:
        raise DomainError(_("Des lignes viennent d’être inscrites par ailleurs : rechargez la page.")) from twice
    sent = [line for line in lines if line.destination and line.reason]
    now, silence = timezone.now(), timezone.localdate() - days("expiry", timezone.localdate())
    referrals = [_referral(line, line.entry, silence, now) for line in sent if line.entry is not None]
    Referral.objects.bulk_create(referrals, batch_size=_BATCH)
    ReferralMove.objects.bulk_create(
        [
            ReferralMove(space=one.space, referral=one, new=one.state, at=now, by=MoveBy.WORKER, user=viewer.user)
            for one in referrals
        ],
        batch_size=_BATCH,
    )


def _referral(line: Line, entry: Entry, silence: date, now: Any) -> Referral:
    """What a table says of a referral: to whom and why. An old one has no news; a recent one is still to be followed."""
    state = ReferralState.NO_NEWS if entry.on <= silence else ReferralState.PROPOSED
    return Referral(
        space_id=entry.space_id, entry=entry, author=entry.worker.membership, on=entry.on, destination=line.destination,
        main_reason=line.reason, state=state, state_at=now,
    )  # fmt: skip


def _days(row: EntryImport) -> set[date]:
    return set(Entry.objects.filter(brought=row).order_by().values_list("on", flat=True).distinct())


def changed_since(row: EntryImport) -> bool:
    """Whether somebody corrected, retired or followed something of a table since it was written."""
    entries = Entry.objects.filter(brought=row, updated_at__gt=row.confirmed_at)
    moves = ReferralMove.objects.filter(referral__entry__brought=row, at__gt=row.confirmed_at)
    referrals = Referral.objects.filter(entry__brought=row, updated_at__gt=row.confirmed_at)
    return entries.exists() or moves.exists() or referrals.exists()


@transaction.atomic
def undo(*, viewer: Viewer, import_id: int) -> int:
    """Take a whole table back, as if it had never come; answers how many entries went.

    Raises ``DomainError`` once something of it was changed: then each entry is retired by whoever wrote it.
    """
    row = _mine(viewer, import_id)
    if row.state != ImportState.CONFIRMED:
        raise DomainError(_("Ce tableau n’est pas inscrit : rechargez la page."))
    if changed_since(row):
        raise DomainError(_("Quelque chose de ce tableau a été corrigé depuis : il ne se défait plus d’un coup."))
    found = _days(row)
    Referral.objects.filter(entry__brought=row).delete()
    count, _each = Entry.objects.filter(brought=row).delete()
    touch(row.space_id, *found)
    row.state, row.rows = ImportState.UNDONE, []
    row.save()
    record_row(row, row.name, actor=viewer.user, verb="logbook.table_undone", after={"entries": row.entry_count})
    return count


@transaction.atomic
def discard(*, viewer: Viewer, import_id: int) -> None:
    """Give a table up: its lines are destroyed now."""
    row = _open(viewer, import_id)
    row.state, row.rows = ImportState.DISCARDED, []
    row.save()
    record_row(row, row.name, actor=viewer.user, verb="logbook.table_discarded")


def _mine(viewer: Viewer, import_id: int) -> EntryImport:
    viewer.must("logbook.write")
    queries.import_of(viewer, import_id)
    return EntryImport.objects.select_for_update(of=("self",)).select_related("space").get(pk=import_id)


def _open(viewer: Viewer, import_id: int) -> EntryImport:
    row = _mine(viewer, import_id)
    if row.state != ImportState.READ:
        raise DomainError(_("Ce tableau est déjà inscrit ou abandonné."))
    return row
