"""Rows of the permission table: statistics."""

from tests.permissions import Row

ROWS: list[Row] = []
