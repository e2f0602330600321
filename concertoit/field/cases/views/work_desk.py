"""What cases say on « Ma table »: what the liaison must give, a partner must answer, visits of the day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from concertoit.field.cases.models import CaseMove
from concertoit.field.cases.policies import is_lead
from concertoit.field.cases.queries.desk import Waiting, waiting
from concertoit.field.cases.views.work_sections import look_of, sentence_of
from concertoit.ground.core.spoken import time_of_day
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.desk import Brought, Coming, Move, Todo


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Four queries at most, whatever the number of démarches."""
    slugs = {viewer.space.pk: viewer.space.slug for viewer in viewers}
    leads = {viewer.space.pk for viewer in viewers if is_lead(viewer)}
    found = waiting([viewer for viewer in viewers if viewer.can("cases.view")])
    whole = Brought()
    for space_id in sorted(found.counts):
        whole.todos += _counts(found, space_id, slugs[space_id], lead=space_id in leads)
    whole.todos += [
        Todo(
            title=_("Dossier %(number)s : %(what)s")
            % {"number": row.case.reference, "what": row.get_competence_display().lower()},
            href=_case(slugs, row), action=_("Répondre"), note=_("Votre organisme peut-il s’en occuper?"),
            icon="inbox", tone="brick", due=row.answer_by, space_id=row.space_id,
        )
        for row in found.asked
    ]  # fmt: skip
    today = timezone.localdate()
    for visit in found.visits:
        day = timezone.localdate(visit.planned_at)
        title = _("Visite : %(place)s") % {"place": visit.case.building.line}
        note = f"{visit.get_kind_display()}, {time_of_day(timezone.localtime(visit.planned_at))}"
        href = reverse("cases:my_visits", kwargs={"slug": slugs[visit.space_id]})
        if day <= today:
            whole.todos.append(Todo(
                title=title, href=href, action=_("Ouvrir"), note=note, icon="geo-alt", due=day, now=True,
                space_id=visit.space_id,
            ))  # fmt: skip
        else:
            whole.coming.append(Coming(title=title, href=href, on=day, note=note, space_id=visit.space_id))
    whole.moves += [_moved(slugs, row) for row in found.moves]
    return whole


def _moved(slugs: dict[int, str], row: CaseMove) -> Move:
    icon, tone = look_of(row)
    number = _("Dossier %(number)s") % {"number": row.case.reference}
    words = Markup('<strong>{}</strong> · <a href="{}">{}</a> · {}').format(
        row.user or row.author or "Concertoit", _case(slugs, row), number, sentence_of(row)
    )
    return Move(row.at, words, icon, tone, row.space_id)


def _case(slugs: dict[int, str], row: Any) -> str:
    return reverse("cases:case", kwargs={"slug": slugs[row.space_id], "reference": row.case.reference})


def _counts(found: Waiting, space_id: int, slug: str, *, lead: bool) -> list[Todo]:
    """One line for each thing that waits, with its number; the liaison sees the team's, others their own."""
    counts = found.counts[space_id]
    address = reverse("cases:list", kwargs={"slug": slug})
    lines = (
        (lead, "sans_suivi", ngettext("%(n)s dossier que personne ne suit", "%(n)s dossiers que personne ne suit",
                                      counts["sans_suivi"]), "person-exclamation", "brick"),
        (lead, "refuses", ngettext("%(n)s dossier refusé par tous", "%(n)s dossiers refusés par tous",
                                   counts["refuses"]), "x-circle", "brick"),
        (lead, "silence", ngettext("%(n)s dossier sans nouvelles", "%(n)s dossiers sans nouvelles",
                                   counts["silence"]), "moon", "sun"),
        (True, "retard", ngettext("%(n)s dossier dont une échéance est passée",
                                  "%(n)s dossiers dont une échéance est passée", counts["retard"]), "alarm", "late"),
    )  # fmt: skip
    mine = "" if lead else "&suivi=moi"
    return [
        Todo(
            title=title % {"n": counts[code]}, href=f"{address}?attention={code}{mine}", action=_("Voir"), icon=icon,
            tone=tone, now=code != "silence", space_id=space_id,
        )
        for shown, code, title, icon, tone in lines
        if shown and counts[code]
    ]  # fmt: skip
