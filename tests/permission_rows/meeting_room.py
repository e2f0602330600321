"""The permission table of the room, of what meetings lead to, and of minutes."""

from __future__ import annotations

from typing import Any

from tests.permission_rows.meetings import of
from tests.permissions import COORDINATION, MEMBERS, PUBLIC, TABLE, YES, Row, row
from tests.personas import Table

# who took the follow-up on may finish it
TAKER = COORDINATION.but(partner=YES)
OPENED = of("opened")
POINT = of("point_held", "item_id", meeting_id="meeting_id")
TASK = of("task_of", "outcome_id")
CLOSED = of("closed")
DRAFT = of("minutes_draft", "version_id", meeting_id="meeting_id", number="number")
SENT = of("minutes_sent", "version_id", meeting_id="meeting_id", number="number")
CORRECTED = of("minutes_corrected", "version_id", meeting_id="meeting_id", number="number")


def _of_version(kwargs: Any, **also: Any) -> Any:
    """Addresses name a version by its number."""

    def made(table: Table) -> dict[str, Any]:
        found = {**kwargs(table), **also}
        del found["version_id"]
        return found

    return made


def _link(table: Table) -> dict[str, Any]:
    from concertoit.together.meetings.models import Attendance
    from concertoit.together.meetings.services.sending import token_of
    from tests.together.meetings import made

    version = made.minutes_sent(table)
    return {"token": token_of(Attendance.objects.get(pk=version.sent_to[0])), "number": version.number}


def _link_file(table: Table) -> dict[str, Any]:
    return {**_link(table), "extension": "pdf"}


ROWS: list[Row] = [
    row("meetings:room", OPENED, read=COORDINATION),
    row("meetings:room_step", OPENED, write=COORDINATION, data={"geste": "suivant"}),
    row("meetings:room_record", OPENED, write=COORDINATION),
    row("meetings:room_note", POINT, write=COORDINATION),
    row("meetings:outcome_add", OPENED, write=COORDINATION),
    row("meetings:follow", OPENED, read=MEMBERS),
    row("meetings:outcome", TASK, read=MEMBERS),
    row("meetings:outcome_finish", TASK, write=TAKER),
    row("meetings:outcome_resume", TASK, write=TAKER),
    row("meetings:outcome_edit", TASK, read=COORDINATION, write=COORDINATION),
    row("meetings:outcome_withdraw", TASK, write=COORDINATION),
    row("meetings:minutes_write", CLOSED, write=COORDINATION),
    row("meetings:minutes", _of_version(SENT), read=TABLE),
    row("meetings:minutes_edit", _of_version(DRAFT), read=COORDINATION, write=COORDINATION),
    row("meetings:minutes_renew", _of_version(DRAFT), write=COORDINATION),
    row("meetings:minutes_correct", _of_version(SENT), write=COORDINATION),
    row("meetings:minutes_send", _of_version(DRAFT), write=COORDINATION),
    row("meetings:minutes_approve", _of_version(SENT), write=COORDINATION),
    row("meetings:minutes_compare", _of_version(CORRECTED), read=TABLE),
    row("meetings:minutes_file", _of_version(SENT, extension="pdf"), read=TABLE),
    row("meetings:minutes_link", _link, read=PUBLIC),
    row("meetings:minutes_link_file", _link_file, read=PUBLIC),
]
