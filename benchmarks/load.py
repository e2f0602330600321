"""Twenty people at once on the production server, nine reads for one write: errors, pace, slowest answers.

Each writer sets the state of a step. People are threads of another process (``crowd.py``) on the same cores, so that the
figures are below what the server could do alone.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from benchmarks.installation import furnish
from concertoit.together.plans.models import PlanItem
from tests.personas import Table

ON = ("sqlite", "postgresql")
PEOPLE, SECONDS = 20, 20
WORKERS = 2


def measure() -> list[dict[str, Any]]:
    """Requests per second, 95th percentile and errors of reads and of writes."""
    table, _wide = furnish(large=35)
    call_command("collectstatic", verbosity=0, interactive=False)
    orders = _orders(table)
    connection.close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = _serve(port)
    try:
        _wait(port, server)
        done = _people(port, orders)
    finally:
        server.terminate()
        server.wait(timeout=30)
    return _rows(done)


def _orders(table: Table) -> dict[str, Any]:
    """What people ask: pages, steps to set, and the cookies of somebody who is logged in."""
    slug = table.space.slug
    steps = PlanItem.objects.filter(space=table.space, kind="step").order_by("pk").values_list("pk", flat=True)
    action = PlanItem.objects.filter(space=table.space, kind="action").order_by("-pk")[0].pk
    sessions = [table.client("coordinator").cookies["sessionid"].value]
    return {
        "pages": [
            reverse("desk:home"),
            reverse("plans:plan", kwargs={"slug": slug}),
            reverse("plans:item", kwargs={"slug": slug, "item_id": action}),
        ],
        "writes": [reverse("plans:item_state", kwargs={"slug": slug, "item_id": pk}) for pk in steps[:100]],
        "sessions": sessions,
    }


def _serve(port: int) -> subprocess.Popen[bytes]:
    granian = Path(sys.executable).with_name("granian")
    command = [
        granian, "--interface=wsgi", "--blocking-threads=1", f"--workers={WORKERS}", f"--port={port}",
        "--log-level=error", "concertoit.config.wsgi:application",
    ]  # fmt: skip
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "concertoit.config.settings"}
    environment["CONCERTOIT_SECRET_KEY"] = settings.SECRET_KEY
    return subprocess.Popen(command, env=environment)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("the server stopped")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def _people(port: int, orders: dict[str, Any]) -> list[tuple[str, float, int]]:
    """What happened: kind, seconds, status, of every request after the warm-up."""
    command = [sys.executable, str(Path(__file__).with_name("crowd.py"))]
    said = json.dumps({"port": port, "people": PEOPLE, "seconds": SECONDS, **orders})
    done = subprocess.run(command, input=said, check=True, stdout=subprocess.PIPE, text=True, timeout=SECONDS + 120)
    found: list[tuple[str, float, int]] = json.loads(done.stdout)
    return found


def _rows(done: list[tuple[str, float, int]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"name": f"{PEOPLE} people, {WORKERS} workers", "value": round(len(done) / SECONDS), "unit": "requests/s"}
    ]
    for kind in ("read", "write"):
        times = sorted(seconds for one, seconds, _ in done if one == kind)
        if times:
            slow = times[int(len(times) * 0.95)] * 1000
            rows.append({"name": f"{kind}s: 95th percentile", "value": round(slow), "unit": "ms"})
    errors = [status for _, _, status in done if not 200 <= status < 400]
    told = json.dumps({str(status): errors.count(status) for status in set(errors)}) if errors else ""
    rows.append({"name": f"errors {told}".strip(), "value": len(errors), "unit": "requests", "target": "0"})
    return rows
