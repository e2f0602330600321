"""What reports say on « Ma table »: those that wait for the team, and corrections that people asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertoit.field.cases.enums.intake import ReportState, WordKind
from concertoit.field.cases.models import Report, ReportWord
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.desk import Brought, Todo


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Three queries, whatever the number of démarches."""
    teams = {one.space.pk: one.space.slug for one in viewers if one.can("cases.work") and one.space.uses("cases")}
    if not teams:
        return Brought()
    new = Report.objects.filter(space__in=teams, state=ReportState.NEW)
    waiting = _by_space(new)
    urgent = _by_space(new.exclude(dangers=[]))
    asked = _by_space(ReportWord.objects.filter(space__in=teams, kind=WordKind.CORRECTION, handled_at=None))
    whole = Brought()
    for space_id, slug in teams.items():
        href = reverse("cases:reports", kwargs={"slug": slug})
        count, pressing, corrections = (found.get(space_id, 0) for found in (waiting, urgent, asked))
        if count:
            note = ngettext("dont %(num)d urgent", "dont %(num)d urgents", pressing) % {"num": pressing}
            whole.todos.append(
                Todo(
                    title=ngettext("%(num)d signalement à regarder", "%(num)d signalements à regarder", count)
                    % {"num": count},
                    href=href, action=_("Ouvrir"), note=note if pressing else "", icon="inbox",
                    tone="late" if pressing else "sun",
                    now=True, order=10, space_id=space_id,
                )
            )  # fmt: skip
        if corrections:
            whole.todos.append(
                Todo(
                    title=ngettext("%(num)d correction demandée", "%(num)d corrections demandées", corrections)
                    % {"num": corrections},
                    href=f"{href}?etat=tous", action=_("Ouvrir"), icon="flag", tone="sun", order=30, space_id=space_id,
                )
            )  # fmt: skip
    return whole


def _by_space(rows: Any) -> dict[int, int]:
    return dict(rows.order_by().values_list("space_id").annotate(n=Count("pk")))
