"""Rows of the permission table: mediation."""

from tests.permissions import Row

ROWS: list[Row] = []
