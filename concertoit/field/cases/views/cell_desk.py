"""What emergency cells and complex cases bring to « Ma table »: a call to answer, tasks, cases to decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.queries.cell_desk import Waiting, waiting
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.desk import Brought, Todo


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Three queries at most, whatever the number of démarches."""
    slugs = {viewer.space.pk: viewer.space.slug for viewer in viewers}
    found = waiting(viewers)
    return Brought(todos=[*_cells(found, slugs), *_cases(found, slugs)])


def _cells(found: Waiting, slugs: dict[int, str]) -> list[Todo]:
    def where(cell: Any) -> str:
        return reverse("cases:cell", kwargs={"slug": slugs[cell.space_id], "reference": cell.reference})

    calls = [
        Todo(
            title=_("Exercice : %(place)s") % {"place": row.cell.title} if row.cell.exercise
            else _("Cellule d’urgence : %(place)s") % {"place": row.cell.title},
            href=where(row.cell), action=_("Répondre à l’appel"), note=row.cell.get_reason_display(), icon="broadcast",
            tone="brick", now=True, order=1, space_id=row.space_id,
        )
        for row in found.calls
    ]  # fmt: skip
    tasks = [
        Todo(
            title=task.title, href=where(task.cell) + ("#retour" if task.after else "#taches"),
            action=_("Ouvrir la cellule"), note=task.cell.title, icon="list-check",
            tone="spruce" if task.after else "brick", now=not task.after, order=2, space_id=task.space_id,
            due=timezone.localdate(task.due_at) if task.due_at else None,
        )
        for task in found.tasks
    ]  # fmt: skip
    return calls + tasks


def _cases(found: Waiting, slugs: dict[int, str]) -> list[Todo]:
    return [
        Todo(
            title=_("Dossier %(number)s : cas complexe?") % {"number": case.reference},
            href=reverse(
                "cases:complexity_case", kwargs={"slug": slugs[case.space_id], "reference": case.reference}
            ),
            action=_("Décider"), note=case.building.line, icon="person-check", tone="sun", order=20,
            space_id=case.space_id,
        )
        for case in found.proposed
    ]  # fmt: skip
