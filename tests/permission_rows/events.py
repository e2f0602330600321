from __future__ import annotations

from typing import Any

from tests.permissions import COCO, COORDINATION, MEMBERS, PUBLIC, TABLE, Kwargs, Row, row
from tests.personas import Table


def _event(**more: Any) -> Kwargs:
    """Kwargs of an event; with ``session``, of its session too."""

    def kwargs(table: Table) -> dict[str, Any]:
        from tests.together.events import made

        event = made.event_of(table)
        values = {"event_id": event.pk}
        return values | ({"session_id": made.session_of(event).pk} if more.get("session") else {})

    return kwargs


def _seated(table: Table) -> dict[str, Any]:
    """A session to which everybody who is asked has registered."""
    from tests.together.events import made

    event = made.event_of(table)
    session = made.session_of(event)
    for user in table.users.values():
        made.registering.register(session=session, guest=made.Guest(str(user), user.email))
    return {"event_id": event.pk, "session_id": session.pk}


def _made(name: str, factory: str) -> Kwargs:
    def kwargs(table: Table) -> dict[str, Any]:
        from tests.together.events import made

        return {name: getattr(made, factory)(table).pk}

    return kwargs


def _sign_up(table: Table) -> dict[str, Any]:
    from tests.together.events import made

    return {"uid": made.session_of(made.event_of(table)).uid}


def _own(table: Table) -> dict[str, Any]:
    from tests.together.events import made

    session = made.session_of(made.event_of(table))
    row = made.registered(session)
    type(row).objects.filter(pk=row.pk).update(present=True)
    return {"token": made.registering.token_of(row)}


_sign_up.bound = _own.bound = False  # type: ignore[attr-defined]
SESSION = _event(session=True)

ROWS: list[Row] = [
    row("events:season", read=MEMBERS),
    row("events:event_add", read=COORDINATION, write=COORDINATION),
    row("events:programme_add", read=COORDINATION, write=COORDINATION),
    row("events:programme", _made("programme_id", "programme_of"), read=COORDINATION, write=COORDINATION),
    row("events:needs", read=MEMBERS, write=TABLE),
    row("events:need_support", _made("need_id", "need_of"), write=TABLE, data={"appui": "oui"}),
    row("events:need_follow", _made("need_id", "need_of"), read=COORDINATION, write=COORDINATION),
    row("events:event", _event(), read=MEMBERS),
    row("events:event_edit", _event(), read=COORDINATION, write=COORDINATION),
    row("events:event_state", _event(), write=COORDINATION, data={"quoi": "terminer"}),
    row("events:synthesis", _event(), read=COORDINATION, write=COORDINATION),
    row("events:measure", _event(), write=COORDINATION, data={"quoi": "satisfaction"}),
    row("events:session_add", _event(), read=COORDINATION, write=COORDINATION),
    row("events:session", SESSION, read=COORDINATION, write=COORDINATION),
    row("events:session_cancel", SESSION, read=COORDINATION, write=COORDINATION),
    row("events:register", SESSION, write=MEMBERS),
    row("events:give_up", _seated, write=MEMBERS),
    row("events:people", SESSION, read=COCO, write=COORDINATION),
    row("events:people_file", SESSION, read=COCO),
    row("events:person_add", SESSION, read=COORDINATION, write=COORDINATION),
    row("events:person_remove", SESSION, write=COORDINATION),
    row("events:sign_up", _sign_up, read=PUBLIC, write=PUBLIC),
    row("events:own", _own, read=PUBLIC),
    row("events:own_give_up", _own, write=PUBLIC),
    row("events:certificate", _own, read=PUBLIC),
    row("events:check_in", read=PUBLIC, write=PUBLIC, bound=False),
]
