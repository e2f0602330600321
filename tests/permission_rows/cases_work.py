"""Rows of the permission table: cases work."""

from tests.permissions import Row

ROWS: list[Row] = []
