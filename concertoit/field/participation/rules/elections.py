"""The election of the tenants' representatives: seats, acclamation, counts that must agree, ties, who is elected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from concertoit.field.participation.rules.parameters import Parameters
from concertoit.ground.ballots.rules.ties import Last, TieBreak


def seats(board_size: int | None, parameters: Parameters) -> int | None:
    """How many representatives sit on a board: two, three when it has eleven members or more (art. 57.1).

    ``None`` when the size of the board, or a parameter, is not known.
    """
    few, many = parameters.number("board.tenants"), parameters.number("board.tenants_large")
    limit = parameters.number("board.large_from")
    if board_size is None or few is None or many is None or limit is None:
        return None
    return many if board_size >= limit else few


def acclaimed(candidates: int, places: int) -> bool:
    """Nobody votes where there are no more candidates than seats."""
    return 0 < candidates <= places


@dataclass(frozen=True, slots=True)
class Count:
    """What a scrutineer counted on paper: envelopes, rejected and blank ballots, marks by candidate."""

    envelopes: int
    blank: int
    rejected: int
    marks: Mapping[str, int]


def impossible(count: Count, max_choices: int) -> str:
    """Why a count cannot be right on its own: ``blank``, ``marks``, ``few``; nothing when it can."""
    valid = count.envelopes - count.blank - count.rejected
    if valid < 0:
        return "blank"
    if any(value > valid for value in count.marks.values()) or sum(count.marks.values()) > valid * max_choices:
        return "marks"
    return "few" if sum(count.marks.values()) < valid else ""


def differences(one: Count, other: Count) -> list[str]:
    """What two counts say differently: ``envelopes``, ``blank``, ``rejected``, or the key of a candidate."""
    found = [name for name in ("envelopes", "blank", "rejected") if getattr(one, name) != getattr(other, name)]
    keys = sorted(set(one.marks) | set(other.marks))
    return found + [key for key in keys if one.marks.get(key, 0) != other.marks.get(key, 0)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who is elected for sure, and who is tied for the ``left`` seats that remain."""

    elected: list[str]
    tied: list[str] = field(default_factory=list)
    left: int = 0


def outcome(totals: Mapping[str, int], places: int) -> Outcome:
    """The candidates with the most marks; equals on the last seats are tied, whatever their names."""
    order = sorted(totals, key=lambda key: (-totals[key], key))
    if len(order) <= places:
        return Outcome(order)
    bar = totals[order[places - 1]]
    if totals[order[places]] != bar:
        return Outcome(order[:places])
    sure = [key for key in order if totals[key] > bar]
    return Outcome(sure, [key for key in order if totals[key] == bar], places - len(sure))


def draw(tied: Sequence[str], left: int, seed: str) -> list[str]:
    """Who the lot gives the remaining seats, from the words that the witnesses say aloud: anyone can do it again."""
    return TieBreak(criteria=(), last=Last.LOT, seed=seed).order(tied)[:left]


def merged(paper: Mapping[str, int], online: Mapping[str, int]) -> dict[str, int]:
    """The channels together: they are never told apart."""
    return {key: paper.get(key, 0) + online.get(key, 0) for key in sorted(set(paper) | set(online))}
