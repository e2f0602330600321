"""Rows of the permission table: referrals."""

from tests.permissions import Row

ROWS: list[Row] = []
