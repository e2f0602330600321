"""The permission table of committees, news between démarches and the welcome of partners."""

from __future__ import annotations

from typing import Any

from tests.permissions import COORDINATION, MEMBERS, PUBLIC, at, row
from tests.personas import Table  # fmt: skip


def made() -> Any:
    """What ``tests/together/meetings/around.py`` makes."""
    from tests.together.meetings import around

    return around


def _news(table: Table) -> dict[str, Any]:
    return {"news_id": made().news_of(table).pk}


def _received(table: Table) -> dict[str, Any]:
    return {"received_id": made().received_by(table).pk}


def _pack(table: Table) -> dict[str, Any]:
    return {"pack_id": made().pack_of(table).pk}


def _token(table: Table) -> dict[str, Any]:
    from concertoit.together.meetings.services.welcome import token_of

    return {"token": token_of(made().pack_of(table))}


def _newcomer(table: Table) -> dict[str, Any]:
    return {"membership_id": table.membership("partner").pk}


ROWS = [
    row("meetings:committees", at(), read=MEMBERS),
    row("meetings:news", at(), read=MEMBERS),
    row("meetings:news_publish", at(), read=COORDINATION, write=COORDINATION),
    row("meetings:news_withdraw", _news, write=COORDINATION),
    row("meetings:news_aside", _received, write=COORDINATION),
    row("meetings:welcome", at(), read=COORDINATION),
    row("meetings:welcome_one", _newcomer, read=COORDINATION),
    row("meetings:welcome_plan", _newcomer, write=COORDINATION),
    row("meetings:welcome_make", _newcomer, write=COORDINATION),
    row("meetings:welcome_note", _newcomer, write=COORDINATION),
    row("meetings:welcome_pack", _pack, read=COORDINATION),
    row("meetings:welcome_send", _pack, write=COORDINATION),
    row("meetings:welcome_file", _pack, read=COORDINATION),
    row("meetings:welcome_link", _token, read=PUBLIC, bound=False),
    row("meetings:welcome_link_file", _token, read=PUBLIC, bound=False),
]
