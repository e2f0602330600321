"""Deciding together in the database: one module per part of the cycle.

Each part adds its models here, in its own group of lines.
"""

__all__: list[str] = []
