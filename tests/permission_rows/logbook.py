"""Rows of the permission table: logbook."""

from tests.permissions import Row

ROWS: list[Row] = []
