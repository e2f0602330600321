"""Rows of the permission table: evaluation."""

from tests.permissions import Row

ROWS: list[Row] = []
