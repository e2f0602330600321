"""Understanding documents: the real regional plan where it is at hand, and action lists of 500, 1,000 and 2,000 actions.

The floor is reading the same file without understanding it. Growth is the time of 2,000 actions over that of 500: four is
linear.
"""

from __future__ import annotations

import io
import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document

from concertoit.together.plans.importers.interpret import interpret
from concertoit.together.plans.importers.readers import read

SEED = Path(os.environ.get("CONCERTOIT_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "seeds"
HEADERS = ["Axe", "Objectif", "Action", "Responsable", "Partenaires", "Étapes", "Échéancier", "Budget"]


def _rows(actions: int) -> list[list[str]]:
    return [
        [
            f"Axe {n // 500 + 1}",
            f"{n // 500 + 1}.{n // 25 + 1} Objectif {n // 25 + 1}",
            f"{n // 500 + 1}.{n // 25 + 1}.{n % 25 + 1} Mener l’action {n + 1}",
            "Organisme X",
            "Organisme Y, Organisme Z",
            "1, Préparer 2, Réaliser 3, Évaluer",
            "2026-2028",
            f"{1000 + n},00 $",
        ]
        for n in range(actions)
    ]


def _csv(actions: int) -> bytes:
    return "\n".join(";".join(f'"{cell}"' for cell in row) for row in [HEADERS, *_rows(actions)]).encode()


def _docx(actions: int) -> bytes:
    document = Document()
    rows = [HEADERS, *_rows(actions)]
    table = document.add_table(rows=len(rows), cols=len(HEADERS))
    for cell, text in zip(table._cells, (text for row in rows for text in row), strict=True):
        cell.text = text
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _seconds(act: Callable[[], object], rounds: int = 3) -> float:
    best = float("inf")
    for _round in range(rounds):
        start = time.process_time()
        act()
        best = min(best, time.process_time() - start)
    return best


def _peak(act: Callable[[], object]) -> float:
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1_000_000


def _row(name: str, data: bytes, file: str, target: str = "") -> tuple[dict[str, Any], float]:
    value = _seconds(lambda: interpret(data, file))
    floor = _seconds(lambda: read(data, file))
    row = {
        "name": name,
        "value": round(value * 1000),
        "unit": "ms CPU",
        "floor": round(floor * 1000),
        "ratio": round(value / floor, 1),
        "target": target,
    }
    return row, value


def _growth(small: int, large: int) -> float:
    """How many times longer the large document takes; both asked alternately, so that what else the machine does slows
    down the one as it does the other.
    """
    documents, best = (_csv(small), _csv(large)), [float("inf"), float("inf")]
    for _round in range(6):
        for which, data in enumerate(documents):
            took = _seconds(lambda data=data: interpret(data, "plan.csv"), 1)  # type: ignore[misc]
            best[which] = min(best[which], took)
    return round(best[1] / best[0], 1)


def measure() -> list[dict[str, Any]]:
    """Time, peak memory and growth."""
    rows = []
    real = next(iter(SEED.glob("000_*.txt")), None) if SEED.is_dir() else None
    if real is not None:
        row, _value = _row("the real plan, 302 elements", real.read_bytes(), real.name, "≤ 1000 ms")
        rows.append(row)
    for actions in (500, 1000, 2000):
        target = "≤ 1000 ms" if actions == 2000 else ""
        rows.append(_row(f"{actions} actions, csv", _csv(actions), "plan.csv", target)[0])
    growth = {"name": "2,000 over 500 actions, csv", "value": _growth(500, 2000), "unit": "times", "target": "≤ 5"}
    rows.append(growth)
    document = _docx(500)
    rows.append(_row("500 actions, docx", document, "plan.docx")[0])
    data = _csv(2000)
    peak = _peak(lambda: interpret(data, "plan.csv"))
    rows.append({"name": "2,000 actions, csv: peak memory", "value": round(peak), "unit": "MB"})
    return rows
