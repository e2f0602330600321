"""Rows of the permission table: cases complexity."""

from tests.permissions import Row

ROWS: list[Row] = []
