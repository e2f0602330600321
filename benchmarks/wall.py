"""The wall of a workshop: 200 phones post for a minute on the production server while they and the projector keep asking.

Each phone posts an idea about every twenty seconds and asks what hat is open every four, as the page does; the projector
asks for the wall every two. One idea in ten is sent twice, as after an answer that was lost: nothing may be lost, nor
written twice. Phones are threads of another process (``wall_crowd.py``) on the same cores.
"""

from __future__ import annotations

import json
import resource
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from benchmarks.load import WORKERS, _serve, _wait
from concertoit.together.decisions.enums import WorkshopMode
from concertoit.together.decisions.models import Idea, Workshop
from concertoit.together.decisions.services import workshops
from concertoit.together.decisions.services.workshops import Preparation
from tests.personas import Table, build_table

ON = ("sqlite", "postgresql")
PHONES, SECONDS = 200, 60
WRITE_EVERY, ASK_EVERY, WALL_EVERY = 20, 4, 2


def measure() -> list[dict[str, Any]]:
    """What was sent and kept, how long phones wait, how far behind the wall is."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    table = build_table()
    workshop = _open(table)
    orders = _orders(table, workshop)
    connection.close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = _serve(port)
    try:
        _wait(port, server)
        done = _phones(port, orders)
        asked = _cpu()
    finally:
        server.terminate()
        server.wait(timeout=30)
    spent = _cpu() - asked
    kept = set(Idea.objects.filter(workshop=workshop).values_list("text", flat=True))
    rows = _rows(done, kept, Idea.objects.filter(workshop=workshop).count())
    share = round(100 * spent / (2 * SECONDS))
    return [*rows, {"name": "CPU of the server, of two cores", "value": share, "unit": "%", "target": "≤ 50 %"}]


def _cpu() -> float:
    """CPU seconds of the processes that ended: once the crowd has left, what comes is the server's."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _open(table: Table) -> Workshop:
    viewer = table.viewer("coordinator")
    said = Preparation(title="Mur", question="Quoi faire?", mode=WorkshopMode.NAMELESS)
    workshop = workshops.prepare(viewer=viewer, said=said)
    workshops.open_workshop(viewer=viewer, workshop_id=workshop.pk)
    hat = workshop.hats.get(colour="green")
    workshops.open_hat(viewer=viewer, workshop_id=workshop.pk, hat_id=hat.pk)
    return workshop


def _orders(table: Table, workshop: Workshop) -> dict[str, Any]:
    kwargs = {"slug": table.space.slug, "workshop_id": workshop.pk}
    return {
        "phones": PHONES, "seconds": SECONDS, "hat": workshop.hats.get(colour="green").pk,
        "post": reverse("decisions:workshop_phone", kwargs={"code": workshop.code}),
        "state": reverse("decisions:workshop_live", kwargs={"code": workshop.code}),
        "wall": reverse("decisions:workshop_wall_ideas", kwargs=kwargs),
        "session": table.client("coordinator").cookies["sessionid"].value,
        "write_every": WRITE_EVERY, "ask_every": ASK_EVERY, "wall_every": WALL_EVERY,
    }  # fmt: skip


def _phones(port: int, orders: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__).with_name("wall_crowd.py"))]
    said = json.dumps({"port": port, **orders})
    done = subprocess.run(command, input=said, check=True, stdout=subprocess.PIPE, text=True, timeout=SECONDS + 120)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _rows(done: dict[str, Any], kept: set[str], rows: int) -> list[dict[str, Any]]:
    sent = set(done["sent"])
    answers = done["answers"]
    found = [
        {"name": f"{PHONES} phones, {WORKERS} workers", "value": round(len(answers) / SECONDS), "unit": "requests/s"},
        {"name": "ideas posted", "value": len(sent), "unit": "ideas"},
        {"name": "ideas lost", "value": len(sent - kept), "unit": "ideas", "target": "0"},
        {"name": "ideas written twice", "value": rows - len(kept), "unit": "ideas", "target": "0"},
    ]  # fmt: skip
    for kind, label, target in (
        ("post", "an idea is received", "≤ 500 ms"), ("state", "a phone knows the hat", "≤ 500 ms"),
        ("wall", "the wall is drawn", "≤ 500 ms"),
    ):  # fmt: skip
        times = sorted(seconds for one, seconds, _status in answers if one == kind)
        value = round(times[int(len(times) * 0.95)] * 1000) if times else 0
        found.append({"name": f"{label}: 95th percentile", "value": value, "unit": "ms", "target": target})
    unchanged = sum(status == 304 for kind, _seconds, status in answers if kind == "state")
    asked = sum(kind == "state" for kind, _seconds, _status in answers)
    found.append({"name": "questions answered by 304", "value": round(100 * unchanged / max(1, asked)), "unit": "%"})
    errors = [status for _kind, _seconds, status in answers if status not in (200, 204, 304)]
    found.append({"name": "errors", "value": len(errors), "unit": "requests", "target": "0"})
    return found
