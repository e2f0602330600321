"""Competences decide who may visit, and for what (facts, section 3). Codes are those of ``enums.Competence``."""

from __future__ import annotations

from collections.abc import Collection

SUPPORTING = frozenset({"psychosocial", "community"})
TECHNICAL = frozenset({"inspection", "fire", "public_health", "energy"})
ALL = SUPPORTING | TECHNICAL

# Who observes: any trade, since the grid is filled by several. Who checks works or an order: a technical competence. Who
# accompanies: a psychosocial or community one.
BY_KIND: dict[str, frozenset[str]] = {"observation": ALL, "works": TECHNICAL, "support": SUPPORTING}


def refusal(*, kind: str, competence: str, held: Collection[str]) -> str | None:
    """Why somebody may not make a visit, as a code; nothing when they may.

    ``missing``: they have not the competence named; ``technical``, ``supporting``: this visit asks another one.
    """
    if competence not in BY_KIND[kind]:
        return "technical" if kind == "works" else "supporting"
    return None if competence in held else "missing"
