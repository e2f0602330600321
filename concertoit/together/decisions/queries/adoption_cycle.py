"""What carries out the steps of the planning cycle (L2): workshops, reviews, prioritisations, sessions, deposits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.components import link_to
from concertoit.together.decisions.enums import PROCESS_LABELS
from concertoit.together.decisions.models import ConsentSession, CycleLink, Prioritisation, Review, Workshop
from concertoit.together.decisions.rules.adoption import Process as Kind
from concertoit.together.plans.models import CycleStep, Filing
from concertoit.together.plans.queries.processes import Process

OPEN, OVER = "brick", "ok"
Rows = Callable[[Viewer, Iterable[int] | None], dict[int, Process]]


def _chosen(rows: Any, ids: Iterable[int] | None) -> Any:
    return rows if ids is None else rows.filter(pk__in=list(ids))


def _workshops(viewer: Viewer, ids: Iterable[int] | None = None) -> dict[int, Process]:
    rows = _chosen(Workshop.objects.filter(space=viewer.space).order_by("-pk"), ids)
    slug = viewer.space.slug
    return {
        row.pk: Process(
            row.title, link_to("decisions:workshop", slug=slug, workshop_id=row.pk), row.get_state_display(),
            OVER if row.state == "closed" else OPEN, row.state == "open",
            row.on if row.state == "closed" else None,
        )
        for row in rows
    }  # fmt: skip


def _reviews(viewer: Viewer, ids: Iterable[int] | None = None) -> dict[int, Process]:
    rows = _chosen(Review.objects.filter(space=viewer.space).order_by("-pk"), ids)
    slug = viewer.space.slug
    return {
        row.pk: Process(
            row.title, link_to("decisions:review", slug=slug, review_id=row.pk), row.get_state_display(),
            OVER if row.state in ("closed", "applied") else OPEN, row.state == "open",
            row.closed_at.date() if row.closed_at else None,
        )
        for row in rows
    }  # fmt: skip


def _prioritisations(viewer: Viewer, ids: Iterable[int] | None = None) -> dict[int, Process]:
    rows = _chosen(Prioritisation.objects.filter(space=viewer.space).order_by("-pk"), ids)
    slug = viewer.space.slug
    return {
        row.pk: Process(
            row.title, link_to("decisions:prioritisation", slug=slug, pk=row.pk),
            row.get_state_display(), OVER if row.state == "closed" else OPEN, row.state == "open",
            row.closed_at.date() if row.closed_at else None,
        )
        for row in rows
    }  # fmt: skip


def _sessions(viewer: Viewer, ids: Iterable[int] | None = None) -> dict[int, Process]:
    rows = _chosen(ConsentSession.objects.filter(space=viewer.space).select_related("adoption").order_by("-pk"), ids)
    found = {}
    for row in rows:
        adoption = getattr(row, "adoption", None)
        adopted = adoption.adopted_on if adoption else None
        done = adopted or (row.closed_at.date() if row.closed_at else None)
        state = (
            _("adopté le %(day)s") % {"day": date_short(adopted)} if adopted else _("Close") if done else _("Ouverte")
        )
        url = link_to("decisions:consent_session", slug=viewer.space.slug, session_id=row.pk)
        found[row.pk] = Process(row.title, url, state, OVER if done else OPEN, not done, done)
    return found


def _deposits(viewer: Viewer, ids: Iterable[int] | None = None) -> dict[int, Process]:
    rows = _chosen(Filing.objects.filter(space=viewer.space).defer("snapshot").order_by("-pk"), ids)
    return {
        row.pk: Process(
            _("Dépôt : %(who)s") % {"who": row.recipient}, link_to("decisions:deposits", slug=viewer.space.slug),
            _("déposé le %(day)s") % {"day": date_short(row.filed_on)}, OVER, False, row.filed_on,
        )
        for row in rows
    }  # fmt: skip


KINDS: dict[Kind, Rows] = {
    Kind.WORKSHOP: _workshops,
    Kind.REVIEW: _reviews,
    Kind.PRIORITISATION: _prioritisations,
    Kind.CONSENT: _sessions,
    Kind.DEPOSIT: _deposits,
}


def carried_out(viewer: Viewer, steps: Sequence[CycleStep]) -> dict[int, list[Process]]:
    """What carries out each step: one query for the links, one for each kind that is linked."""
    links = list(CycleLink.objects.filter(step_id__in=[step.pk for step in steps]).order_by("pk"))
    by_kind: dict[str, set[int]] = {}
    for link in links:
        by_kind.setdefault(link.kind, set()).add(link.object_id)
    known = {kind: KINDS[Kind(kind)](viewer, ids) for kind, ids in by_kind.items()}
    found: dict[int, list[Process]] = {}
    for link in links:
        if process := known[link.kind].get(link.object_id):
            found.setdefault(link.step_id, []).append(process)
    return found


def options(viewer: Viewer) -> list[tuple[str, str]]:
    """Everything of the démarche that may carry out a step: (key, label)."""
    return [
        (f"{kind.value}:{pk}", f"{PROCESS_LABELS[kind]} · {process.label} ({process.state})")
        for kind, rows in KINDS.items()
        for pk, process in rows(viewer, None).items()
    ]


def linked(step: CycleStep) -> list[str]:
    """Keys of what carries out a step."""
    rows = CycleLink.objects.filter(step_id=step.pk).order_by("pk").values_list("kind", "object_id")
    return [f"{kind}:{pk}" for kind, pk in rows]
