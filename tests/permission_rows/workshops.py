"""Addresses of « Décider »: the landing page, workshops and reviews."""

from __future__ import annotations

from tests.permissions import MEMBERS, Row, row

ROWS: list[Row] = [
    row("decisions:home", read=MEMBERS),
]
