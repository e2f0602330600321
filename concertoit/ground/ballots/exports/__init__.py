"""Ballots as files that other software counts."""

from .pabulib import to_pabulib

__all__ = ["to_pabulib"]
