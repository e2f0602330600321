"""Rows of the permission table: cases grid."""

from tests.permissions import Row

ROWS: list[Row] = []
