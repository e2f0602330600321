"""What the pages of the room have in common."""

from __future__ import annotations

from typing import Any

from concertoit.field.directory.enums import Fresh
from concertoit.field.directory.queries.finder import FRESH_LOOKS, said_open
from concertoit.field.directory.queries.records import Line, local_now
from concertoit.ground.spaces.views.access import addresses_in

address = addresses_in("directory")


def dressed(line: Line) -> dict[str, Any]:
    """A line with its badge of freshness and its words for the hours."""
    tone, icon = FRESH_LOOKS[line.fresh]
    return {
        "line": line, "service": line.service, "open": said_open(line, local_now()),
        "badge": {"tone": tone, "icon": icon, "text": dict(Fresh.choices)[line.fresh.value]},
    }  # fmt: skip
