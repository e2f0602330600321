"""Pages: CPU per request against the bare response of the same run, queries, weight.

Add a page by adding a line to ``PAGES``. The persona is the coordinator, who sees most.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.installation import furnish
from concertoit.ground.spaces.models import Space
from concertoit.together.plans.models import PlanItem

ON = ("sqlite", "postgresql")
ROUNDS, RUNS = 100, 3

Address = Callable[[Space], str]


def _in_space(name: str) -> Address:
    return lambda space: reverse(name, kwargs={"slug": space.slug})


def _action(space: Space) -> str:
    item = PlanItem.objects.filter(space=space, kind="action").order_by("-pk")[0]
    return reverse("plans:item", kwargs={"slug": space.slug, "item_id": item.pk})


# Name, address in a démarche, and the milliseconds wished for at most
PAGES: list[tuple[str, Address, int | None]] = [
    ("Ma table", lambda _space: reverse("desk:home"), 15),
    ("plan", _in_space("plans:plan"), None),
    ("page of an action", _action, 15),
    ("follow-up list of 50 steps", _in_space("plans:bulk"), 15),
    ("organisations", _in_space("spaces:organisations"), 15),
    ("search", lambda _space: reverse("search:results") + "?q=action", 15),
]


def _cpu(ask: Callable[[], object]) -> float:
    start = time.process_time()
    ask()
    return (time.process_time() - start) * 1000


def fastest(ask: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of CPU of both, asked alternately: minimum of each run, and of the runs the middle one."""
    minima: list[tuple[float, float]] = []
    for _ in range(RUNS):
        pairs = [(_cpu(ask), _cpu(floor)) for _ in range(_rounds(ask))]
        minima.append((min(one for one, _ in pairs), min(other for _, other in pairs)))
    return sorted(one for one, _ in minima)[RUNS // 2], sorted(other for _, other in minima)[RUNS // 2]


def _rounds(ask: Callable[[], object]) -> int:
    """A hundred, fewer for a page so slow that a hundred would take minutes."""
    return max(5, min(ROUNDS, int(10_000 / max(_cpu(ask), 1))))


@override_settings(ROOT_URLCONF="benchmarks.urls")
def measure() -> list[dict[str, Any]]:
    """Rows for each page in a démarche of 35 actions and in one of 2,000."""
    # The harness of the tests is not what people wait for.
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith(("zeal", "tests"))]
    table, wide = furnish()
    client = table.client("coordinator")
    rows: list[dict[str, Any]] = []
    for name, address, limit in PAGES:
        queries = []
        for space, size in ((table.space, "35 actions"), (wide, "2,000 actions")):
            found, cost, kilobytes = _one(client, address(space))
            queries.append(found)
            rows += [
                {"name": f"{name}, {size}", **cost, "target": f"≤ {limit} ms" if limit else ""},
                {"name": f"{name}, {size}: compressed", "value": kilobytes, "unit": "kB", "target": "≤ 150 kB"},
            ]
        small, large = queries
        title = f"{name}: queries, 35 actions (2,000 actions: {large})"
        rows.append({"name": title, "value": small, "unit": "queries", "target": "≤ 12, equal"})
    return rows


def _one(client: Client, url: str) -> tuple[int, dict[str, Any], float]:
    """Queries, CPU and compressed kilobytes of a page."""
    response = client.get(url)
    assert response.status_code == 200, f"{url}: {response.status_code}"
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    queries = len(captured)  # now: the next request empties the log
    value, floor = fastest(lambda: client.get(url), lambda: client.get(reverse("bare")))
    cost = {"value": round(value, 1), "unit": "ms CPU", "floor": round(floor, 2), "ratio": round(value / floor, 1)}
    return queries, cost, round(len(gzip.compress(response.content, 6)) / 1000, 1)
