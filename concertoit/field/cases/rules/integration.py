"""Steps by which somebody joins the brigade (axis 1 of the strategy: training, knowing the partners). Ours, in order."""

from __future__ import annotations

CODES: tuple[str, ...] = (
    "confidentiality",
    "grid_training",
    "rights_training",
    "met_permits",
    "met_health",
    "met_community",
    "safety",
    "first_visit",
    "alone",
)
