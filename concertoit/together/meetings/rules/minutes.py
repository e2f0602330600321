"""Minutes as plain values: their canonical text and SHA-256, the texts that people may correct, what differs.

The content is a dictionary of plain JSON values::

    {"form": 1, "title", "space", "table", "starts_at", "ended_at", "place", "facilitator", "secretary", "record",
     "quorum": {"state", "present", "needed"}, "people": [{"name", "presence", "persons": [{"name", "presence"}]}],
     "points": [{"id", "number", "title", "state", "record", "outcomes": [{"id", "kind", "text", "who", "due_on",
                 "change"}], "lines": [points without number or lines]}], "other": [outcomes],
     "next": {"title", "starts_at"}}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

DRAFT, SENT, APPROVED, REPLACED = "draft", "sent", "approved", "replaced"
FORM = 1

# Approved minutes stay as the meeting approved them; corrections asked for at that meeting are a version before.
WORKFLOW: dict[str, tuple[str, ...]] = {
    DRAFT: (SENT, APPROVED),
    SENT: (APPROVED, REPLACED),
    APPROVED: (),
    REPLACED: (),
}


def allowed(state: str, wanted: str) -> bool:
    """Whether a version may go from one state to another."""
    return wanted in WORKFLOW[state]


def canonical(content: Mapping[str, Any]) -> str:
    """The text that is frozen: the same content always gives the same characters."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of a frozen text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _points(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for point in content["points"]:
        yield point
        yield from point.get("lines", [])


def _outcomes(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for point in _points(content):
        yield from point["outcomes"]
    yield from content["other"]


def texts(content: Mapping[str, Any]) -> dict[str, str]:
    """The texts that people may correct, by key: ``record``, ``point-12``, ``outcome-34``."""
    found = {"record": content["record"]}
    found |= {f"point-{point['id']}": point["record"] for point in _points(content)}
    found |= {f"outcome-{one['id']}": one["text"] for one in _outcomes(content)}
    return found


def with_texts(content: Mapping[str, Any], wanted: Mapping[str, str]) -> dict[str, Any]:
    """The content with some of its texts corrected; keys it does not know are left aside."""
    made: dict[str, Any] = deepcopy(dict(content))
    made["record"] = wanted.get("record", made["record"])
    for point in _points(made):
        point["record"] = wanted.get(f"point-{point['id']}", point["record"])
    for one in _outcomes(made):
        one["text"] = wanted.get(f"outcome-{one['id']}", one["text"]) or one["text"]
    return made


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Parts that changed, as (key, before, after), in the order of the later text, then those that went away."""
    changed = [(key, before.get(key, ""), text) for key, text in after.items() if before.get(key, "") != text]
    return changed + [(key, text, "") for key, text in before.items() if key not in after and text]
