"""Rows of the permission table: cases cell."""

from tests.permissions import Row

ROWS: list[Row] = []
