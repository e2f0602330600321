"""Measures of the house. A module with a ``measure()`` that gives rows is run by ``python -m benchmarks``.

A row: ``{"name", "value", "unit", "floor" (optional), "ratio" (optional), "target" (optional, text)}``. A module whose
``ON`` names databases (``("sqlite", "postgresql")``) is run once on each; ``SLOW = True`` leaves it out unless named.

How to measure here: CPU time, the minimum of many; a ratio compares two things measured alternately in one run. Requests
per second swing by a factor of two between runs on a shared machine: they say whether there are errors, not how fast.
"""
