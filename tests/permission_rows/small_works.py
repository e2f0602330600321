"""Rows of the permission table: small works."""

from tests.permissions import Row

ROWS: list[Row] = []
