"""The measures of ``statistics`` over 10,000,000 interventions. Some minutes and ten gigabytes: only when asked for."""

from __future__ import annotations

from typing import Any

from benchmarks.statistics import rows_of

ON = ("sqlite", "postgresql")
SLOW = True
ENTRIES = 10_000_000


def measure() -> list[dict[str, Any]]:
    """The large size."""
    return list(rows_of(ENTRIES))
