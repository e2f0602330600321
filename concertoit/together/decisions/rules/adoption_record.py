"""The acts of an adoption: what was proposed, said, objected and decided of each part, as one canonical text.

The text goes with the version it is about, whose SHA-256 it quotes; its own SHA-256 proves that it did not change.
"""

from __future__ import annotations

import json
from typing import Any

from concertoit.together.plans.rules.snapshot import digest

SCHEMA = "concertoit-adoption/1"


def record_text(acts: dict[str, Any]) -> str:
    """The acts as canonical JSON: keys sorted, no spaces, UTF-8 unescaped."""
    return json.dumps({"schema": SCHEMA, **acts}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_record(text: str) -> dict[str, Any]:
    """The acts behind a canonical text. Raises ``ValueError`` for another schema."""
    acts: dict[str, Any] = json.loads(text)
    if acts.get("schema") != SCHEMA:
        raise ValueError(f"unknown schema: {acts.get('schema')}")
    return acts


def is_unchanged(text: str, sha256: str) -> bool:
    """Whether kept acts still have the hash that was given on the day."""
    return bool(text) and digest(text) == sha256
