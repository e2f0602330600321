"""From nothing to a served demo: a fresh clone, its environment from the locks, the demo, its first page."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

SLOW = True
ROOT = Path(__file__).resolve().parent.parent


def measure() -> list[dict[str, Any]]:
    """Seconds of each part; packages come from wherever the installer is configured to find them (cache included)."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="concertoit-fresh-") as folder:
        clone = Path(folder) / "concertoit"
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("CONCERTOIT", "DJANGO"))
        }
        for name, command in (
            ("clone", ["git", "clone", "-q", str(ROOT), str(clone)]),
            ("environment", ["make", "-s", "-C", str(clone), ".venv/.runtime"]),
            ("demo built, served and read", ["make", "-s", "-C", str(clone), "demo", "SMOKE=1"]),
        ):
            started = time.monotonic()
            subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
            rows.append({"name": name, "value": round(time.monotonic() - started, 1), "unit": "s"})
    return rows
