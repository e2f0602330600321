"""Rows of the permission table: api."""

from tests.permissions import Row

ROWS: list[Row] = []
