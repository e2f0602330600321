"""Rows of the permission table: cases support."""

from tests.permissions import Row

ROWS: list[Row] = []
