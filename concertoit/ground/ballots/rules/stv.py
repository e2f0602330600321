"""Single transferable vote: seats for as many groups of voters as there are, from rankings.

Weighted inclusive Gregory method, as the Scottish Local Government Elections Order 2007 (schedule 1, part III): an
elected option keeps a quota, and every ballot it holds goes on with the same share of its value. Exact fractions, where
the Order cuts at five decimals. Counting one election at a time (``together=False``) is what Belenios does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import floor

from .equal_shares import Progress
from .rankings import Ranking
from .ties import CODE_VERSION, Number, TieBreak


class Quota(StrEnum):
    """Votes that elect, of ``votes`` and ``seats``."""

    DROOP = "droop"  # floor(votes / (seats + 1)) + 1
    DROOP_EXACT = "droop-exact"  # votes / (seats + 1), to be exceeded or reached
    HARE = "hare"  # votes / seats


class Event(StrEnum):
    """What happens to an option."""

    ELECTED = "elected"  # reached the quota
    REMAINING = "remaining"  # elected without the quota: as many left as seats
    SURPLUS = "surplus"  # what exceeds the quota goes on
    ELIMINATED = "eliminated"


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the count: who, what, and the votes of everyone still in the count when it happened.

    ``tied`` names the options among which the tie-break chose.
    """

    event: Event
    option: str
    votes: Mapping[str, Fraction]
    tied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Elected:
    """The result: ``winners`` in the order of their election; ``order`` adds the others, the last to go first."""

    rule: str
    winners: tuple[str, ...]
    order: tuple[str, ...]
    quota: Fraction
    stages: tuple[Stage, ...]
    exhausted: Fraction
    options: Mapping[str, object] = field(default_factory=dict)


def stv(
    options: Sequence[str],
    ballots: Sequence[Ranking],
    *,
    seats: int,
    quota: Quota = Quota.DROOP,
    together: bool = True,
    ties: TieBreak | None = None,
    progress: Progress | None = None,
) -> Elected:
    """Elect ``seats`` options. Every ballot given counts in the quota: leave blank ones out, or not.

    A ballot stops at the first group of several equals. Among equal votes, the tie-break's preferred option is elected
    first and eliminated last; options that no ballot ranks lose every tie. ``together``: all who reach the quota are
    elected before any surplus goes on; otherwise one, its surplus, the next, and those who remain at the end are elected
    in the order of the tie-break (Belenios). Raises ``ValueError`` without a seat, for an unknown option, or one ranked
    twice.
    """
    if seats < 1:
        raise ValueError("there is at least one seat")
    ties = ties or TieBreak(criteria=())
    count = _Count(ties.order(options), ballots, seats, quota)
    while count.open and len(count.winners) < seats:
        if len(count.open) <= seats - len(count.winners):
            count.fill(together)
        elif not ((not together and count.pass_on()) or count.elect(together) or count.pass_on()):
            count.eliminate()
        if progress:
            progress(1 - len(count.open) / len(options))
    told = {"seats": seats, "quota_rule": str(quota), "quota": count.quota, "together": together, "transfer": "wig"}
    return Elected(
        "stv",
        tuple(count.winners),
        (*count.winners, *sorted(count.open, key=count.standing), *reversed(count.lost)),
        count.quota,
        tuple(count.stages),
        count.exhausted,
        {**told, **ties.described(), "code_version": CODE_VERSION},
    )


@dataclass(slots=True)
class _Parcel:
    """Ballots that have the same value for each unit of weight."""

    value: Fraction
    ballots: list[int]


class _Count:
    def __init__(self, options: Sequence[str], ballots: Sequence[Ranking], seats: int, quota: Quota) -> None:
        ranked = {option for ballot in ballots for tier in ballot.tiers for option in tier}
        known = sorted(options, key=lambda option: option not in ranked)  # nobody's choice loses every tie
        self.rank = {option: number for number, option in enumerate(known)}
        self.lists: list[list[str]] = []
        self.weights: list[Number] = []
        self._gather(ballots)
        total = Fraction(sum(Fraction(ballot.weight) for ballot in ballots))
        kinds = {Quota.DROOP: Fraction(floor(total / (seats + 1)) + 1), Quota.DROOP_EXACT: total / (seats + 1)}
        self.quota = kinds.get(quota, total / seats)
        self.seats = seats
        self.open = set(options)
        self.winners: list[str] = []
        self.lost: list[str] = []
        self.stages: list[Stage] = []
        self.exhausted = Fraction(0)
        self.surplus: list[str] = []  # elected, surplus not yet gone on
        self.votes: dict[str, Fraction] = dict.fromkeys(options, Fraction(0))
        self.piles: dict[str, list[_Parcel]] = {option: [] for option in options}
        self.next = [0] * len(self.lists)
        self._deal([_Parcel(Fraction(1), list(range(len(self.lists))))])

    def _gather(self, ballots: Sequence[Ranking]) -> None:
        together: dict[tuple[str, ...], Number] = {}
        for ballot in ballots:
            ranked: list[str] = []
            for tier in ballot.tiers:
                if len(tier) != 1:
                    break
                ranked.append(tier[0])
            if len(set(ranked)) < len(ranked) or not self.rank.keys() >= set(ranked):
                raise ValueError("a ballot ranks known options, each once")
            key = tuple(ranked)
            together[key] = together.get(key, 0) + ballot.weight
        for key, weight in together.items():
            self.lists.append(list(key))
            self.weights.append(weight)

    def standing(self, option: str) -> tuple[Fraction, int]:
        """Sorts by votes, the most first, then by the tie-break."""
        return -self.votes[option], self.rank[option]

    def elect(self, together: bool) -> bool:
        """Elect those who reach the quota. With ``together=False``, the first only."""
        reached = sorted((option for option in self.open if self.votes[option] >= self.quota), key=self.standing)
        room = self.seats - len(self.winners) if together else 1
        for option in reached[:room]:
            self._record(Event.ELECTED, option, reached)
            self._seat(option)
            self.surplus.append(option)
        return bool(reached)

    def pass_on(self) -> bool:
        """Let the largest surplus go on. False when there is none."""
        self.surplus = [option for option in self.surplus if self.votes[option] > self.quota]
        if not self.surplus:
            return False
        option = min(self.surplus, key=self.standing)
        self._record(Event.SURPLUS, option, self.surplus)
        self.surplus.remove(option)
        share = (self.votes[option] - self.quota) / self.votes[option]
        parcels, self.piles[option] = self.piles[option], []
        self.votes[option] = self.quota
        self._deal([_Parcel(parcel.value * share, parcel.ballots) for parcel in parcels])
        return True

    def eliminate(self) -> None:
        option = max(self.open, key=self.standing)
        self._record(Event.ELIMINATED, option, self.open)
        self.open.remove(option)
        self.lost.append(option)
        parcels, self.piles[option] = self.piles[option], []
        self.votes[option] = Fraction(0)
        self._deal(parcels)

    def fill(self, by_votes: bool) -> None:
        """As many options as seats: all are elected, the most voted first or in the order of the tie-break."""
        for option in sorted(self.open, key=self.standing if by_votes else self.rank.__getitem__):
            self._record(Event.REMAINING, option, ())
            self._seat(option)

    def _seat(self, option: str) -> None:
        self.open.remove(option)
        self.winners.append(option)

    def _deal(self, parcels: Sequence[_Parcel]) -> None:
        """Give ballots to the next option on each that is still in the count."""
        for parcel in parcels:
            dealt: dict[str, list[int]] = {}
            for ballot in parcel.ballots:
                ranked, place = self.lists[ballot], self.next[ballot]
                while place < len(ranked) and ranked[place] not in self.open:
                    place += 1
                self.next[ballot] = place
                dealt.setdefault(ranked[place] if place < len(ranked) else "", []).append(ballot)
            for option, ballots in dealt.items():
                value = parcel.value * sum(self.weights[ballot] for ballot in ballots)
                if option in self.open:
                    self.votes[option] += value
                    self.piles[option].append(_Parcel(parcel.value, ballots))
                else:
                    self.exhausted += value

    def _record(self, event: Event, option: str, among: Sequence[str] | set[str]) -> None:
        equal = [other for other in among if self.votes[other] == self.votes[option]]
        tied = tuple(sorted(equal, key=self.rank.__getitem__)) if len(equal) > 1 else ()
        present = sorted({*self.open, *self.surplus, option}, key=self.rank.__getitem__)
        standing = {other: self.votes[other] for other in present}
        self.stages.append(Stage(event, option, standing, tied))
