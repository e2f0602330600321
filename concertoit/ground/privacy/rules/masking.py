"""Masking of small counts, so that none can be found again from what stays published.

A publication is a set of counts and the sums that hold between them: a table and its total, a nested table whose total
is a line of another, a line and its complement, a territory and its parts. Counts from 1 to ``smallest - 1`` are
masked (primary); then others are, until nothing that is masked can be worked out (complementary suppression, as in
A. Hundepool and others, *Statistical Disclosure Control*, 2012, chapter 4). Zero is shown: it is about nobody.

Counts that are not printed but follow from what is (« both of these », « none of these ») are given as ``hidden``:
a small one is protected like a masked one.

What is guaranteed of every masked count, and tested: it is not a combination of published ones (no unit vector in the
space of the equations); and, knowing besides that a masked count is at least 1, the bounds that the sums set on it leave
room for as many values as there are under ``smallest``.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Key = Hashable
Row = dict[Key, Fraction]
Bounds = dict[Key, tuple[int, int | None]]
SMALLEST = 5
"""Counts under this are masked, unless a publication asks for more. Choice of the platform (no law sets one)."""
TURNS = 60
"""More than the depth of any publication: bounds go once up and once down its sums."""


@dataclass(frozen=True, slots=True)
class Sum:
    """``total`` is what ``parts`` add up to."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return (self.total, *self.parts)


def mask(
    counts: Mapping[Key, int], sums: Sequence[Sum], *, smallest: int = SMALLEST, hidden: Iterable[Key] = ()
) -> frozenset[Key]:
    """The counts that may not be shown. Raises ``ValueError`` when a sum does not hold, or names no count."""
    _check(counts, sums)
    away = frozenset(hidden)
    small = frozenset(key for key, count in counts.items() if 0 < count < smallest)
    masked = small - away
    while True:
        unknown = masked | away
        exposed = _exposed(counts, sums, unknown, masked | small, away, smallest)
        chosen = _next(counts, sums, unknown, exposed) if exposed else None
        if chosen is None:
            return masked
        masked |= {chosen}


def told_by_difference(
    outer: Mapping[Key, int | None], inner: Mapping[Key, int | None], *, smallest: int = SMALLEST
) -> list[Key]:
    """Counts that two publications tell together, though neither may: of those who are in ``outer`` and not in ``inner``.

    The second is about a part of the first (some of its months); the same key counts the same thing in both; ``None`` is
    masked. Exact for what one subtraction gives: a masked count of either gives none. What three publications, or two
    that overlap without one holding the other, say together is not looked for.
    """
    found = []
    for key, whole in outer.items():
        part = inner.get(key)
        if whole is not None and part is not None and 0 < whole - part < smallest:
            found.append(key)
    return found


def determined(sums: Sequence[Sum], unknown: Iterable[Key]) -> set[Key]:
    """The unknown counts that the others give exactly: those alone in a row of the reduced equations."""
    wanted = set(unknown)
    rows = [_equation(one, wanted) for one in sums]
    return {next(iter(row)) for row in _reduced(rows) if len(row) == 1}


def _check(counts: Mapping[Key, int], sums: Sequence[Sum]) -> None:
    for one in sums:
        if missing := [key for key in one.keys if key not in counts]:
            raise ValueError(f"no count for {missing[0]!r}")
        if counts[one.total] != sum(counts[key] for key in one.parts):
            raise ValueError(f"not the sum of its parts: {one.total!r}")


def _exposed(
    counts: Mapping[Key, int], sums: Sequence[Sum], unknown: frozenset[Key], kept: frozenset[Key],
    hidden: frozenset[Key], smallest: int,
) -> list[Key]:  # fmt: skip
    """Counts to protect that can be worked out, or of which a sum says too much; the easiest to find first."""
    found = dict.fromkeys(key for one in sums for key in _alone(one, unknown) if key in kept)
    if not found:
        cramped = _cramped(counts, sums, unknown, hidden, smallest)
        found = dict.fromkeys(sorted((key for key in cramped if key in kept), key=repr))
    if not found:
        found = dict.fromkeys(sorted(determined(sums, unknown) & kept, key=repr))
    return list(found)


def _alone(one: Sum, unknown: frozenset[Key]) -> list[Key]:
    """The only unknown of a sum."""
    found = [key for key in one.keys if key in unknown]
    return found if len(found) == 1 else []


def _cramped(
    counts: Mapping[Key, int], sums: Sequence[Sum], unknown: frozenset[Key], hidden: frozenset[Key],
    smallest: int,
) -> list[Key]:  # fmt: skip
    """Unknown counts that the sums hold between bounds so near that fewer than ``smallest - 1`` values are left."""
    bounds: Bounds = {
        key: (0 if key in hidden else 1, None) if key in unknown else (n, n) for key, n in counts.items()
    }
    for _turn in range(TURNS):
        if not sum(_tighten(one, bounds) for one in sums):
            break
    return [key for key in unknown if (high := bounds[key][1]) is not None and high - bounds[key][0] < smallest - 2]


def _tighten(one: Sum, bounds: Bounds) -> bool:
    """Bring the bounds of a total and its parts nearer by what they say of each other; whether anything moved."""
    before = [bounds[key] for key in one.keys]
    low = sum(bounds[part][0] for part in one.parts)
    highs = [bounds[part][1] for part in one.parts]
    high = None if None in highs else sum(value for value in highs if value is not None)
    bounds[one.total] = _within(bounds[one.total], low, high)
    least, most = bounds[one.total]
    for part in one.parts:
        mine, mine_high = bounds[part]
        others = None if high is None or mine_high is None else high - mine_high
        floor = least - others if others is not None else 0
        bounds[part] = _within(bounds[part], floor, None if most is None else most - (low - mine))
        low += bounds[part][0] - mine
        high = None if others is None or bounds[part][1] is None else others + (bounds[part][1] or 0)
    return before != [bounds[key] for key in one.keys]


def _within(bound: tuple[int, int | None], low: int, high: int | None) -> tuple[int, int | None]:
    highest = bound[1] if high is None else high if bound[1] is None else min(bound[1], high)
    return max(bound[0], low), highest


def _next(
    counts: Mapping[Key, int], sums: Sequence[Sum], unknown: frozenset[Key], exposed: Sequence[Key]
) -> Key | None:
    """What to mask beside an exposed count: the smallest published count of one of its sums, a part before a total."""
    for near in (set(exposed[:1]), set(exposed), set(unknown)):
        candidates = [
            (key == one.total, counts[key], repr(key), key)
            for one in sums
            if not near.isdisjoint(one.keys)
            for key in one.keys
            if key not in unknown and counts[key]
        ]
        if candidates:
            return min(candidates, key=lambda candidate: candidate[:3])[3]
    return None


def _equation(one: Sum, unknown: set[Key]) -> Row:
    """A sum over its unknowns: total minus parts is what is known."""
    row: Row = {}
    for key, sign in ((one.total, 1), *((part, -1) for part in one.parts)):
        if key in unknown:
            row[key] = row.get(key, Fraction(0)) + sign
    return {key: value for key, value in row.items() if value}


def _reduced(rows: Iterable[Row]) -> list[Row]:
    """The equations in reduced row echelon form, over the rationals; empty rows are gone."""
    done: dict[Key, Row] = {}
    for row in rows:
        current = dict(row)
        for pivot in [key for key in current if key in done]:
            _subtract(current, done[pivot], current.get(pivot, Fraction(0)))
        if not current:
            continue
        pivot = next(iter(current))
        scale = current[pivot]
        current = {key: value / scale for key, value in current.items()}
        for other in done.values():
            if pivot in other:
                _subtract(other, current, other[pivot])
        done[pivot] = current
    return list(done.values())


def _subtract(row: Row, other: Row, times: Fraction) -> None:
    for key, value in other.items():
        left = row.get(key, Fraction(0)) - times * value
        if left:
            row[key] = left
        else:
            row.pop(key, None)
