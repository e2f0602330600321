"""Bringing in the lines of a list once somebody confirmed them: at once, or by a job where they are many (I3).

Each line is a report with a number of its own (``External``): one that came in is passed over when a job is taken up
again, so that a list stopped in its middle ends as it would have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertoit.field.cases.enums import Channel
from concertoit.field.cases.enums.consents import ConsentPurpose
from concertoit.field.cases.enums.intake import ListState
from concertoit.field.cases.models import CaseList
from concertoit.field.cases.services import inbox
from concertoit.field.cases.services.importing import JOIN, NEW, SKIP, Line, journal, open_list, preview
from concertoit.field.cases.services.intake import External, Told, receive_report
from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.jobs import enqueue
from concertoit.ground.core.models import Job
from concertoit.ground.privacy.enums import Means
from concertoit.ground.spaces.policies import Viewer

SYSTEM = "liste"
# Lines that a page brings in while one waits: a case is some sixty questions to the database.
AT_ONCE = 30
STEP = 10
Progress = Callable[[int, str], None]


@transaction.atomic
def confirm(*, viewer: Viewer, brought: CaseList, choices: Mapping[int, str]) -> Counter[str]:
    """Bring the lines in, each as chosen (``nouveau``, ``joindre``, ``laisser``); answers how many of each, and of
    ``refuse`` (lines with an error, which stay to be read). Confirming twice brings nothing twice.

    Raises ``NotVisible`` for another démarche's list, ``DomainError`` for one already confirmed or given up.
    """
    row = open_list(viewer, brought)
    lines, _unknown = preview(row)
    for line in lines:
        bring_line(viewer, row, line, choices.get(line.number, line.choice))
    return _close(viewer, row, lines, choices)


@transaction.atomic
def confirm_later(*, viewer: Viewer, brought: CaseList, choices: Mapping[int, str]) -> Job:
    """Ask for the lines to be brought in by a job, with what is chosen for each as they read now.

    Raises as ``confirm``, and ``DomainError`` where somebody else already asked.
    """
    row = open_list(viewer, brought)
    lines, _unknown = preview(row)
    chosen = {str(line.number): choices.get(line.number, line.choice) for line in lines}
    asked = enqueue(
        "cases.list", payload={"list": row.pk, "choices": chosen}, space_id=row.space_id, asked_by_id=viewer.user.pk,
        dedup_key=str(row.pk),
    )  # fmt: skip
    if asked.asked_by_id != viewer.user.pk:
        raise DomainError(_("Cette liste est déjà importée ou abandonnée."))
    return asked


def confirm_by_lines(
    *, viewer: Viewer, brought: CaseList, choices: Mapping[int, str], progress: Progress
) -> Counter[str]:
    """What the job does: a line at a time, so that nobody who writes waits for the whole list."""
    with transaction.atomic():
        row = open_list(viewer, brought)
    lines, _unknown = preview(row)
    for done, line in enumerate(lines):
        if done % STEP == 0:
            said = _("Ligne %(line)s sur %(total)s") % {"line": done + 1, "total": len(lines)}
            progress(done * 100 // len(lines), said)
        with transaction.atomic():
            bring_line(viewer, row, line, choices.get(line.number, line.choice))
    with transaction.atomic():
        return _close(viewer, open_list(viewer, brought), lines, choices)


def said_of(counts: Counter[str]) -> str:
    """« 12 dossiers ouverts, 1 ligne jointe. »"""
    opened, joined = counts[NEW], counts[JOIN]
    return (
        ngettext("%(num)d dossier ouvert", "%(num)d dossiers ouverts", opened) % {"num": opened}
        + ", " + ngettext("%(num)d ligne jointe", "%(num)d lignes jointes", joined) % {"num": joined} + "."
    )  # fmt: skip


def _close(viewer: Viewer, row: CaseList, lines: list[Line], choices: Mapping[int, str]) -> Counter[str]:
    """Note what came in and keep the lines that could not. Called in a transaction, on a list that is locked."""
    wrong = {line.number for line in lines if line.errors or line.told is None}
    counts = Counter(
        "refuse" if line.number in wrong else choices.get(line.number, line.choice) for line in lines
    )  # fmt: skip
    row.state, row.opened_count = ListState.CONFIRMED, counts[NEW]
    row.rows = [[number, cells] for number, cells in row.rows if number in wrong]
    row.save()
    journal(viewer, "cases.list_confirmed", row, after=dict(counts))
    return counts


def bring_line(viewer: Viewer, row: CaseList, line: Line, choice: str) -> None:
    """Make a report of a line and open its case, or join it to the one that is there. Called in a transaction."""
    if line.errors or line.told is None or choice == SKIP:
        return
    known = timezone.make_aware(datetime.combine(line.received, time(9))) if line.received else timezone.now()
    report = receive_report(
        space=viewer.space, channel=Channel.LIST, told=line.told or Told(""), contact=line.contact,
        consents=[ConsentPurpose.CONTACT] if line.contact else [], means=Means.WRITTEN,
        external=External(SYSTEM, f"{row.pk}-{line.number}"), actor=viewer.user,
        sender=line.values.get("sender", ""), received_at=known,
    )  # fmt: skip
    if not report.waits:
        return
    facts: dict[str, Any] = {"viewer": viewer, "report": report}
    if choice == JOIN and line.twin:
        inbox.attach_to(**facts, case_reference=line.twin)
    else:
        inbox.open_from(**facts)
