"""Rows of the permission table: directory."""

from tests.permissions import Row

ROWS: list[Row] = []
