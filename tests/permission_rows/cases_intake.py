"""Rows of the permission table: cases intake."""

from tests.permissions import Row

ROWS: list[Row] = []
