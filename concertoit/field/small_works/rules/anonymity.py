"""What may leave for research: rows that nobody can be told from *k* - 1 others.

k-anonymity: each combination of quasi-identifiers appears in at least *k* rows (Samarati and Sweeney, 1998). Columns
are made coarser along fixed ladders, always the same way for the whole file, and the few rows that still stand out are
left out; the choice that loses least is taken, and the file says what was lost. k-anonymity does not hide what a whole
group shares: the page says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

Row = Mapping[str, str]
ALL = "*"

# For each quasi-identifier, the columns that say it, from fine to coarse; after the last one it is not told at all.
LADDERS: dict[str, tuple[str, ...]] = {
    "age": ("age_band", "age_two"),
    "place": ("mrc", "region"),
    "when": ("quarter", "year"),
    "tenure": ("tenure",),
    "alone": ("lives_alone",),
}


@dataclass(frozen=True, slots=True)
class Release:
    """A file that may leave. ``levels``: how coarse each quasi-identifier is; ``smallest``: the k really reached (0: no
    row); ``left_out``: rows that could not be hidden; ``classes``: how many groups of rows alike."""

    rows: list[dict[str, str]]
    levels: dict[str, int]
    k: int
    smallest: int
    left_out: int
    classes: int


def release(rows: Sequence[Row], *, k: int, keep: Sequence[str], most_left_out: float = 0.1) -> Release:
    """The finest generalisation that leaves out at most a share of the rows; the coarsest when none does.

    ``rows`` carry every column of ``LADDERS`` and those of ``keep`` (what is measured, told as it is). Raises
    ``ValueError`` for a ``k`` under 2.
    """
    if k < 2:
        raise ValueError("k hides nobody under 2")
    choices = sorted(
        product(*(range(len(ladder) + 1) for ladder in LADDERS.values())), key=lambda levels: (sum(levels), levels)
    )
    for levels in choices:
        chosen = dict(zip(LADDERS, levels, strict=True))
        found = _at(rows, chosen, k, keep)
        if found.left_out <= most_left_out * len(rows):
            return found
    return _at(rows, {name: len(ladder) for name, ladder in LADDERS.items()}, k, keep)


def _at(rows: Sequence[Row], levels: dict[str, int], k: int, keep: Sequence[str]) -> Release:
    keys = [_key(row, levels) for row in rows]
    sizes = Counter(keys)
    kept = [(key, row) for key, row in zip(keys, rows, strict=True) if sizes[key] >= k]
    told = [
        {**dict(zip(LADDERS, key, strict=True)), **{name: row[name] for name in keep}}
        for key, row in sorted(kept, key=lambda pair: (pair[0], tuple(pair[1][name] for name in keep)))
    ]
    classes = {key for key, _row in kept}
    smallest = min((sizes[key] for key in classes), default=0)
    return Release(told, levels, k, smallest, len(rows) - len(kept), len(classes))


def _key(row: Row, levels: dict[str, int]) -> tuple[str, ...]:
    return tuple(row[ladder[levels[name]]] if levels[name] < len(ladder) else ALL for name, ladder in LADDERS.items())
