"""Adopting a plan of 2,000 actions: what the person waits for, and what the worker does behind the page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from benchmarks.installation import furnish
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.spaces.queries import viewer_for
from concertoit.together.plans.models import Plan
from concertoit.together.plans.services.versions import open_draft, put_in_force

ON = ("sqlite", "postgresql")


def _row(name: str, act: Callable[[], object]) -> dict[str, Any]:
    start = time.process_time()
    act()
    return {"name": name, "value": round((time.process_time() - start) * 1000), "unit": "ms CPU"}


def measure() -> list[dict[str, Any]]:
    """Open a draft, put it in force, let the search follow; once each, they are long."""
    table, wide = furnish()
    viewer = viewer_for(table.user("coordinator"), wide.slug)
    draft = open_draft(viewer=viewer, plan=Plan.objects.get(space=wide))  # warm: statements of this size are compiled
    put_in_force(viewer=viewer, version=draft, adopted_on=timezone.localdate())
    work(once=True)
    plan = Plan.objects.get(space=wide)
    rows = [_row("open a draft", lambda: open_draft(viewer=viewer, plan=plan))]
    draft = open_draft(viewer=viewer, plan=plan)
    rows.append(
        _row(
            "put it in force",
            lambda: put_in_force(viewer=viewer, version=draft, adopted_on=timezone.localdate()),
        )
    )
    rows.append(_row("search follows, behind the page", lambda: work(once=True)))
    return rows
