"""The permission table of meetings: everybody reads, the table answers and proposes, the coordination does the rest."""

from __future__ import annotations

from typing import Any

from tests.permissions import COORDINATION, MEMBERS, PUBLIC, TABLE, Kwargs, Row, at, row
from tests.personas import Table  # fmt: skip


def made() -> Any:
    """What ``tests/together/meetings/made.py`` makes."""
    from tests.together.meetings import made as factories

    return factories


def of(factory: str, name: str = "meeting_id", **also: str) -> Kwargs:
    """Kwargs from one row that a factory makes: its own id, and ids of what it hangs on."""

    def kwargs(table: Table) -> dict[str, Any]:
        found = getattr(made(), factory)(table)
        return {name: found.pk, **{key: getattr(found, attribute) for key, attribute in also.items()}}

    return kwargs


def _token(table: Table) -> dict[str, Any]:
    from concertoit.together.meetings.services.sending import token_of

    return {"token": token_of(made().invitation(table))}


MEETING, SERIES = of("meeting_of"), of("series_of", "series_id")
STANDING = of("standing_of", "standing_id", series_id="series_id")
ITEM = of("item_of", "item_id", meeting_id="meeting_id")

ROWS: list[Row] = [
    row("meetings:overview", at(), read=MEMBERS),
    row("meetings:year", at(), read=MEMBERS),
    row("meetings:add", at(), read=COORDINATION, write=COORDINATION),
    row("meetings:series_add", at(), read=COORDINATION, write=COORDINATION),
    row("meetings:series", SERIES, read=MEMBERS),
    row("meetings:series_edit", SERIES, read=COORDINATION, write=COORDINATION),
    row("meetings:series_end", SERIES, write=COORDINATION),
    row("meetings:series_meeting", SERIES, read=COORDINATION, write=COORDINATION),
    row("meetings:standing_add", SERIES, read=COORDINATION, write=COORDINATION),
    row("meetings:standing", STANDING, read=COORDINATION, write=COORDINATION),
    row("meetings:standing_move", STANDING, write=COORDINATION),
    row("meetings:standing_remove", STANDING, write=COORDINATION),
    row("meetings:propose", SERIES, read=TABLE, write=TABLE),
    row("meetings:kept_drop", of("kept_of", "kept_id"), write=COORDINATION),
    row("meetings:meeting", MEETING, read=MEMBERS),
    row("meetings:edit", MEETING, read=COORDINATION, write=COORDINATION),
    row("meetings:cancel", MEETING, read=COORDINATION, write=COORDINATION),
    row("meetings:restore", of("cancelled"), write=COORDINATION),
    row("meetings:remove", of("extra_of"), write=COORDINATION),
    row("meetings:open", MEETING, write=COORDINATION),
    row("meetings:close", of("opened"), read=COORDINATION, write=COORDINATION),
    row("meetings:file", MEETING, read=MEMBERS),
    row("meetings:agenda", MEETING, read=COORDINATION),
    row("meetings:build", MEETING, write=COORDINATION),
    row("meetings:item_add", MEETING, read=COORDINATION, write=COORDINATION),
    row("meetings:item", ITEM, read=COORDINATION, write=COORDINATION),
    row("meetings:item_minutes", ITEM, write=COORDINATION),
    row("meetings:item_move", ITEM, write=COORDINATION),
    row("meetings:item_remove", ITEM, write=COORDINATION),
    row("meetings:item_restore", ITEM, write=COORDINATION),
    row("meetings:convene", of("extra_of"), read=COORDINATION, write=COORDINATION),
    row("meetings:send_again", of("convened"), write=COORDINATION),
    row("meetings:invite", MEETING, read=COORDINATION, write=COORDINATION),
    row("meetings:uninvite", of("invitation", "row_id", meeting_id="meeting_id"), write=COORDINATION),
    # One answers one's own invitation only: the partner's
    row(
        "meetings:answer",
        of("invitation", "row_id", meeting_id="meeting_id"),
        write=TABLE.but(coordinator="no", coco="no", contributor="no", elected="no"),
        data={"answer": "yes"},
    ),
    row("meetings:presences", of("convened"), read=COORDINATION, write=COORDINATION),
    row("meetings:answer_link", _token, read=PUBLIC, write=PUBLIC, data={"answer": "yes"}, bound=False),
]
