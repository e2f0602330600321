"""Parameters of ours for reports, shown where they act, and what may be said to the public of a building."""

from __future__ import annotations

from enum import Enum

DRAFT_DAYS = 30
"""A report begun and not sent is destroyed after this many days."""
LIST_DAYS = 7
"""A list read and not confirmed is destroyed after this many days."""
LOOK_BACK_DAYS = 365
"""« Other reports in this building » looks back this far: the twelve months of the rules of complex cases."""
SMALLEST_TOLD = 5
"""Fewer reports than this in a building are never told to the public: an owner could ask who complained."""
CODE_TRIES_PER_DAY = 30
"""Codes one place may try in a day."""
REPORTS_PER_DAY = 20
"""Reports one place may begin in a day: a community organisation may help several people from one network."""
WORDS_MAX = 40
"""Words that a code may add to a report."""


class Band(Enum):
    """What the public is told of other reports of a building: nothing of a few, never a number."""

    SILENT = "silent"
    SEVERAL = "several"


def band_of(count: int) -> Band:
    """The band of a count of reports."""
    return Band.SEVERAL if count >= SMALLEST_TOLD else Band.SILENT
