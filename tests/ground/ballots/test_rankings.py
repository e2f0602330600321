"""Borda, Schulze, single transferable vote, approval, score and dots."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concertoit.ground.ballots.rules.funding import Points, approvals
from concertoit.ground.ballots.rules.rankings import Ranking, borda, pairwise, schulze
from concertoit.ground.ballots.rules.scores import approval, dots, score
from concertoit.ground.ballots.rules.stv import Elected, Event, Quota, stv
from concertoit.ground.ballots.rules.ties import Last, TieBreak

NAMES = "abcdef"


@st.composite
def rankings(draw: st.DrawFn) -> list[list[str]]:
    """A ranking of some options, with equals."""
    order = draw(st.permutations(NAMES))[: draw(st.integers(0, len(NAMES)))]
    tiers: list[list[str]] = []
    for option in order:
        if tiers and draw(st.booleans()):
            tiers[-1].append(option)
        else:
            tiers.append([option])
    return tiers


profiles = st.lists(rankings(), max_size=9)


def of(*written: str) -> list[Ranking]:
    """``"3 ab=c"``: three ballots, a first, then b and c equal."""
    ballots = []
    for line in written:
        weight, _space, order = line.partition(" ")
        ballots.append(Ranking([list(tier) for tier in order.replace("=", "").split()], int(weight)))
    return ballots


def _prefers(ballot: Sequence[Sequence[str]], one: str, other: str) -> bool:
    place = {option: rank for rank, tier in enumerate(ballot) for option in tier}
    return place.get(one, 99) < place.get(other, 99)


SCHULZE_2011 = of(
    "5 a c b e d",
    "5 a d e c b",
    "8 b e d a c",
    "3 c a b e d",
    "7 c a e b d",
    "2 c b a d e",
    "7 d c e b a",
    "8 e b a d c",
)


def test_the_example_of_schulze() -> None:
    """Schulze's own example of 45 voters, as his articles and the encyclopedias give it: e, a, c, b, d."""
    found = schulze("abcde", SCHULZE_2011)
    assert found.groups == (("e",), ("a",), ("c",), ("b",), ("d",))
    assert found.winners == ("e",)


Path = tuple[int, int] | None


def _strongest_paths(drawn: list[list[list[str]]]) -> dict[tuple[str, str], Path]:
    """The cubic way; a defeat is stronger with more votes for, then with fewer against."""
    against = {pair: sum(_prefers(ballot, *pair) for ballot in drawn) for pair in product(NAMES, repeat=2)}
    path: dict[tuple[str, str], Path] = {
        (one, other): (votes, -against[other, one]) if votes > against[other, one] else None
        for (one, other), votes in against.items()
    }
    for through, one, other in product(NAMES, repeat=3):
        first, second, known = path[one, through], path[through, other], path[one, other]
        if first and second and (known is None or min(first, second) > known):
            path[one, other] = min(first, second)
    return path


@settings(max_examples=200)
@given(profiles)
def test_schulze_is_its_definition(drawn: list[list[list[str]]]) -> None:
    path = _strongest_paths(drawn)

    def before(one: str, other: str) -> bool:
        way, back = path[one, other], path[other, one]
        return one != other and way is not None and (back is None or way > back)

    found = schulze(NAMES, [Ranking(ballot) for ballot in drawn])
    place = {option: number for number, group in enumerate(found.groups) for option in group}
    assert found.totals == {one: sum(before(one, other) for other in NAMES) for one in NAMES}
    assert all(place[one] < place[other] for one, other in product(NAMES, repeat=2) if before(one, other))
    assert set(found.winners) == {one for one in NAMES if not any(before(other, one) for other in NAMES)}


@given(profiles)
def test_who_beats_everyone_wins(drawn: list[list[list[str]]]) -> None:
    ballots = [Ranking(ballot) for ballot in drawn]
    matrix = pairwise(NAMES, ballots)
    for one in range(len(NAMES)):
        if all(matrix[one][other] > matrix[other][one] for other in range(len(NAMES)) if other != one):
            assert schulze(NAMES, ballots).winners == (NAMES[one],)


@given(profiles)
def test_pairs_are_counted_one_by_one(drawn: list[list[list[str]]]) -> None:
    matrix = pairwise(NAMES, [Ranking(ballot, Fraction(3, 2)) for ballot in drawn])
    for one, row in zip(NAMES, matrix, strict=True):
        for other, found in zip(NAMES, row, strict=True):
            assert found == Fraction(3, 2) * sum(_prefers(ballot, one, other) for ballot in drawn)


@given(profiles)
def test_borda_counts_the_options_below(drawn: list[list[list[str]]]) -> None:
    found = borda(NAMES, [Ranking(ballot) for ballot in drawn])
    for option in NAMES:
        points = Fraction(0)
        for ballot in drawn:
            for other in set(NAMES) - {option}:
                points += (
                    1 if _prefers(ballot, option, other) else 0 if _prefers(ballot, other, option) else Fraction(1, 2)
                )
        assert found.totals[option] == points


def test_borda_by_hand() -> None:
    found = borda("abcd", of("51 a c b d", "5 c b d a", "23 b c d a", "21 d c b a"))
    assert found.totals == {"a": 153, "b": 151, "c": 205, "d": 91}
    assert found.order == ("c", "a", "b", "d")
    assert borda("abc", of("1 a"), unranked_zero=True).totals == {"a": 2, "b": 0, "c": 0}
    assert borda("abc", of("1 a")).totals == {"a": 2, "b": Fraction(1, 2), "c": Fraction(1, 2)}


@given(profiles, st.permutations(NAMES))
def test_rules_on_rankings_are_neutral_and_anonymous(drawn: list[list[list[str]]], other: list[str]) -> None:
    new = dict(zip(NAMES, other, strict=True))
    ballots = [Ranking(ballot) for ballot in drawn]
    renamed = [Ranking([[new[option] for option in tier] for tier in ballot]) for ballot in drawn[::-1]]
    for rule in (borda, schulze):
        here, there = rule(NAMES, ballots), rule(NAMES, renamed)
        assert [{new[option] for option in group} for group in here.groups] == [set(group) for group in there.groups]


def _one_at_a_time(ballots: list[list[str]], seats: int) -> set[str]:
    """Belenios's way, played slowly: every round counts all ballots again."""
    piles = [(Fraction(1), ballot) for ballot in ballots]
    quota, winners = len(ballots) // (seats + 1) + 1, set[str]()
    while len(winners) < seats:
        running = sorted({option for _value, ballot in piles for option in ballot})
        if len(running) <= seats - len(winners):
            return winners | set(running)
        votes = {
            option: sum((value for value, ballot in piles if ballot[:1] == [option]), Fraction(0))
            for option in running
        }
        first, last = min(running, key=lambda o: (-votes[o], o)), max(running, key=lambda o: (-votes[o], o))
        gone, share = (first, (votes[first] - quota) / votes[first]) if votes[first] >= quota else (last, Fraction(1))
        winners |= {first} if votes[first] >= quota else set()
        piles = [
            (value * (share if ballot[:1] == [gone] else 1), [option for option in ballot if option != gone])
            for value, ballot in piles
        ]
    return winners


@settings(max_examples=300)
@given(
    st.lists(st.permutations(NAMES).flatmap(lambda o: st.integers(0, 6).map(lambda n: o[:n])), max_size=12),
    st.integers(1, 5),
)
def test_stv_one_at_a_time_is_belenios(drawn: list[list[str]], seats: int) -> None:
    found = stv(NAMES, [Ranking([[option] for option in ballot]) for ballot in drawn], seats=seats, together=False)
    slowly = _one_at_a_time(drawn, seats)
    assert slowly <= set(found.winners)
    assert slowly == set(found.winners) or len(slowly) < seats  # nobody ranks enough options for the seats


@given(
    st.lists(st.permutations(NAMES).flatmap(lambda o: st.integers(0, 6).map(lambda n: o[:n])), max_size=12),
    st.integers(1, 6),
)
def test_stv_keeps_every_vote(drawn: list[list[str]], seats: int) -> None:
    found = stv(NAMES, [Ranking([[option] for option in ballot]) for ballot in drawn], seats=seats)
    assert len(found.winners) == len(set(found.winners)) == seats
    assert sorted(found.order) == sorted(NAMES)
    for stage in found.stages:
        assert sum(stage.votes.values()) <= len(drawn)


def _fruits() -> list[Ranking]:
    """20 guests choose 3 of 5 foods (a textbook example): orange, pear, chocolate, strawberry, sweets."""
    return of("4 o", "2 p o", "8 c s", "4 c w", "1 s", "1 w")


def test_a_textbook_count() -> None:
    found: Elected = stv("opcsw", _fruits(), seats=3)
    assert found.quota == 6
    assert found.winners == ("c", "o", "s")
    events = [f"{stage.event} {stage.option}" for stage in found.stages]
    assert events[:3] == ["elected c", "surplus c", "eliminated p"]
    assert found.stages[2].votes["s"] == 1 + 8 * Fraction(1, 2)


def test_quotas() -> None:
    assert stv("ab", of("10 a"), seats=1, quota=Quota.DROOP_EXACT).quota == 5
    assert stv("ab", of("10 a"), seats=2, quota=Quota.HARE).quota == 5
    assert stv("ab", of("10 a"), seats=1).quota == 6


def test_a_ballot_stops_where_it_hesitates() -> None:
    found = stv("abc", [Ranking([["a", "b"], ["c"]]), Ranking([["c"]])], seats=1)
    assert found.winners == ("c",)
    assert found.exhausted == 1


def test_ties_are_said_and_follow_the_tie_break() -> None:
    even = of("1 a", "1 b")
    found = stv("ab", even, seats=1)
    assert found.winners == ("a",)
    assert next((stage.event, stage.option, stage.tied) for stage in found.stages) == (
        Event.ELIMINATED,
        "b",
        ("a", "b"),
    )
    assert stv("ba", even, seats=1).winners == ("b",)
    assert stv("ba", even, seats=1, ties=TieBreak((), Last.LEXICO)).winners == ("a",)


@pytest.mark.parametrize("ballot", [[["z"]], [["a"], ["a"]]])
def test_a_ballot_ranks_known_options_once(ballot: list[list[str]]) -> None:
    for rule in (borda, schulze, lambda options, ballots: stv(options, ballots, seats=1)):
        with pytest.raises(ValueError, match=r"\w"):
            rule("abc", [Ranking(ballot)])  # type: ignore[operator]


def test_a_seat_is_needed() -> None:
    with pytest.raises(ValueError, match="seat"):
        stv("ab", [], seats=0)
    with pytest.raises(ValueError, match="seats"):
        approval("ab", [], seats=-1)


def test_no_ballot_leaves_everyone_equal() -> None:
    assert schulze("abc", []).groups == (("a", "b", "c"),)
    assert borda("abc", []).winners == ("a", "b", "c")
    assert stv("abc", [], seats=2).winners == ("a", "b")
    assert borda("", []).winners == ()


def test_approval_counts_supporters() -> None:
    found = approval("abc", [approvals("ab"), approvals("b", 2), Points({"c": 0})])
    assert (found.totals, found.winners) == ({"a": 1, "b": 3, "c": 0}, ("b",))


def test_score_sums_or_averages() -> None:
    ballots = [Points({"a": 5, "b": 3}), Points({"b": 3}), Points({"b": 0, "c": -1})]
    assert score("abc", ballots).totals == {"a": 5, "b": 6, "c": -1}
    assert score("abcd", ballots, average=True).totals == {"a": 5, "b": 2, "c": -1, "d": 0}


def test_dots_beyond_the_limits_are_rejected() -> None:
    ballots = [Points({"a": 3, "b": 2}), Points({"a": 4, "b": 2}), Points({"b": 5}), Points({"c": -1})]
    found = dots("abc", ballots, most=5, most_each=4)
    assert (found.totals, found.rejected) == ({"a": 3, "b": 2, "c": 0}, 3)


def test_seats_are_filled_and_the_tie_is_said() -> None:
    ballots = [approvals("ab"), approvals("abcd")]
    found = approval("abcd", ballots, seats=3)
    assert (found.winners, found.untied) == (("a", "b", "c"), ("c", "d"))
    assert approval("abcd", ballots).winners == ("a", "b")
    drawn = approval("abcd", ballots, seats=3, ties=TieBreak((), Last.LOT, "2026-02-24"))
    assert drawn.options["seed"] == "2026-02-24"
    assert drawn.winners == approval("dcba", ballots, seats=3, ties=TieBreak((), Last.LOT, "2026-02-24")).winners


@pytest.mark.parametrize("rule", [approval, score, dots])
def test_points_go_to_known_options(rule: object) -> None:
    with pytest.raises(ValueError, match="no option"):
        rule("ab", [approvals("z")])  # type: ignore[operator]
