"""Tables written one above the other in one sheet, each with its own header."""

from __future__ import annotations

from collections.abc import Sequence

from concertoit.together.plans.rules.statuses import read_state

from .grid import Row, find_header, is_header, own_texts, repeats
from .roles import Role, recognise


def split_stacked(rows: list[Row]) -> list[list[Row]]:
    """Cut a grid before each header that differs from the one above it, taking along the lone titles just above."""
    header = find_header(rows)
    if header is None:
        return [rows]
    cuts = [0]
    current, base = header, 0
    index = header.rows[-1] + 1
    while index < len(rows):
        row = rows[index]
        if (
            len(own_texts(row)) > 2
            and is_header(row)
            and _names_columns(row)
            and not repeats(row, current, rows[base:])
            and _after_blank(rows, index)
        ):
            start = _with_titles(rows, index, cuts[-1])
            cuts.append(start)
            found = find_header(rows[start:])
            if found is None:
                break
            current, base = found, start
            index = start + found.rows[-1]
        index += 1
    return [rows[a:b] for a, b in zip(cuts, [*cuts[1:], len(rows)], strict=True)]


def _names_columns(row: Row) -> bool:
    """Two headers at least that are no state and no year: « Direction » beside « 2026 » may be a row's own words."""
    texts = own_texts(row)
    return sum(bool((f := recognise(t)) and f.role is not Role.YEAR and not read_state(t)) for t in texts) > 1


def _after_blank(rows: Sequence[Row], index: int) -> bool:
    """A header of another table follows an empty row or a lone title; otherwise it is a row like the others."""
    return index > 0 and len(own_texts(rows[index - 1])) <= 1


def _with_titles(rows: Sequence[Row], index: int, least: int) -> int:
    start = index
    while start - 1 > least and len(own_texts(rows[start - 1])) == 1:
        start -= 1
    return start
