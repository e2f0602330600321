"""How long an agenda takes: the minutes of its points, when each starts, what overruns the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Timing:
    """When each point starts, in order; the minutes of all; how many go over the length (negative: minutes to spare)."""

    starts: list[datetime]
    total: int
    over: int


def of_section(own: int, lines: Sequence[int]) -> int:
    """Minutes of a point: its own, or those of the lines under it where these add up to more."""
    return max(own, sum(lines))


def timing(minutes: Sequence[int], starts_at: datetime, length: int) -> Timing:
    """Times of an agenda whose points take these minutes."""
    starts, elapsed = [], 0
    for one in minutes:
        starts.append(starts_at + timedelta(minutes=elapsed))
        elapsed += one
    return Timing(starts, elapsed, elapsed - length)


def shared(minutes: int, weights: Sequence[int]) -> list[int]:
    """Share whole minutes by weight; they add up exactly (largest remainder, the first one first among equals)."""
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    parts = [minutes * weight // whole for weight in weights]
    left = minutes - sum(parts)
    by_rest = sorted(range(len(weights)), key=lambda place: (-(minutes * weights[place] % whole), place))
    for place in by_rest[:left]:
        parts[place] += 1
    return parts
