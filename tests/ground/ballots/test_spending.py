"""Greedy and equal shares: the published outcome, the definition played slowly, and what must never happen."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concertoit.ground.ballots.importers import read
from concertoit.ground.ballots.rules.catalogue import count
from concertoit.ground.ballots.rules.equal_shares import Completion, Satisfaction, equal_shares
from concertoit.ground.ballots.rules.funding import Merit, Points, Project, approvals, greedy, left_out
from concertoit.ground.ballots.rules.names import choose
from concertoit.ground.ballots.rules.ties import Last, TieBreak
from tests.shared_data import shared

NAMES = "abcdef"
projects_drawn = st.lists(st.integers(1, 12), min_size=1, max_size=6).map(
    lambda costs: [Project(name, cost * 5) for name, cost in zip(NAMES, costs, strict=False)]
)
ballots_drawn = st.lists(
    st.dictionaries(st.sampled_from(NAMES), st.integers(1, 4), max_size=6), min_size=1, max_size=9
)


def _of(projects: list[Project], drawn: list[dict[str, int]]) -> list[Points]:
    known = {project.id for project in projects}
    return [Points({name: given for name, given in ballot.items() if name in known}) for ballot in drawn]


def _slowly(projects: list[Project], ballots: list[Points], budget: int, satisfaction: Satisfaction) -> list[str]:
    """The definition of Peters, Pierczyński and Skowron, with fractions and no shortcut; ties by cost, votes, order."""
    left = [Fraction(budget, len(ballots))] * len(ballots)
    bought: list[str] = []

    def gain(project: Project, ballot: Points) -> Fraction:
        points = Fraction(ballot.points.get(project.id, 0))
        unit = {Satisfaction.COST: Fraction(project.cost), Satisfaction.CARDINALITY: Fraction(1)}
        return unit.get(satisfaction, points) if points else Fraction(0)

    while True:
        best: tuple[Fraction, Fraction, int, int] | None = None
        for position, project in enumerate(projects):
            gains = [gain(project, ballot) for ballot in ballots]
            able = [(money / utility, money, utility) for money, utility in zip(left, gains, strict=True) if utility]
            if project.id in bought or not able or sum(money for _ratio, money, _utility in able) < project.cost:
                continue
            owed, share = Fraction(project.cost), sum(utility for _ratio, _money, utility in able)
            for ratio, money, utility in sorted(able):
                if owed / share <= ratio:
                    break
                owed, share = owed - money, share - utility
            key = (owed / share, Fraction(project.cost), -len(able), position)
            best = key if best is None or key < best else best
        if best is None:
            return bought
        chosen = projects[best[3]]
        bought.append(chosen.id)
        left = [
            money - min(money, best[0] * gain(chosen, ballot)) for money, ballot in zip(left, ballots, strict=True)
        ]


@settings(max_examples=300)
@given(projects_drawn, ballots_drawn, st.integers(0, 150), st.sampled_from(list(Satisfaction)[:3]))
def test_equal_shares_is_its_definition(
    projects: list[Project], drawn: list[dict[str, int]], budget: int, satisfaction: Satisfaction
) -> None:
    ballots = _of(projects, drawn)
    found = equal_shares(projects, ballots, budget, satisfaction=satisfaction)
    assert list(found.winners) == _slowly(projects, ballots, budget, satisfaction)


@settings(max_examples=150)
@given(projects_drawn, ballots_drawn, st.integers(0, 150), st.sampled_from(list(Satisfaction)[:3]))
def test_add_one_is_its_definition(
    projects: list[Project], drawn: list[dict[str, int]], budget: int, satisfaction: Satisfaction
) -> None:
    """equalshares.net: one unit more for each voter, until exhaustive or until the next would exceed the budget."""
    ballots = _of(projects, drawn)
    cost = {project.id: project.cost for project in projects}
    wanted = {name for ballot in ballots for name in ballot.points}
    given_out, best = budget, _slowly(projects, ballots, budget, satisfaction)
    while any(sum(cost[n] for n in best) + cost[other] <= budget for other in wanted - set(best)):
        given_out += len(ballots)
        more = _slowly(projects, ballots, given_out, satisfaction)
        if sum(cost[name] for name in more) > budget:
            break
        best = more
    found = equal_shares(projects, ballots, budget, satisfaction=satisfaction, completion=Completion.ADD1)
    assert list(found.winners) == best


@given(projects_drawn, ballots_drawn, st.integers(0, 150), st.sampled_from(Completion), st.sampled_from(Satisfaction))
def test_the_budget_is_never_exceeded(
    projects: list[Project],
    drawn: list[dict[str, int]],
    budget: int,
    completion: Completion,
    satisfaction: Satisfaction,
) -> None:
    ballots = _of(projects, drawn)
    found = equal_shares(projects, ballots, budget, satisfaction=satisfaction, completion=completion)
    assert found.spent + found.left == budget
    assert found.left >= 0
    assert sorted([*found.winners, *found.unfunded]) == sorted(project.id for project in projects)
    if completion in {Completion.GREEDY, Completion.ADD1_GREEDY}:
        assert all(project.cost > found.left for project in projects if project.id in found.unfunded)


@given(projects_drawn, ballots_drawn, st.integers(0, 150), st.sampled_from(Merit))
def test_greedy_leaves_nothing_it_could_pay(
    projects: list[Project], drawn: list[dict[str, int]], budget: int, merit: Merit
) -> None:
    found = greedy(projects, _of(projects, drawn), budget, merit=merit)
    assert found.left >= 0
    assert all(project.cost > found.left for project in projects if project.id in found.unfunded)


@given(projects_drawn, ballots_drawn, st.integers(0, 150), st.randoms(use_true_random=False), st.data())
def test_names_and_order_do_not_matter(
    projects: list[Project], drawn: list[dict[str, int]], budget: int, random: object, data: st.DataObject
) -> None:
    """Anonymity: voters in any order. Neutrality: renamed projects, with the tie-break renamed alike."""
    ballots = _of(projects, drawn)
    shuffled = data.draw(st.permutations(ballots))
    renamed = {project.id: project.id.upper() for project in projects}
    others = [Project(renamed[project.id], project.cost) for project in projects]
    theirs = [Points({renamed[name]: given for name, given in ballot.points.items()}) for ballot in ballots]
    for completion in Completion:
        once = equal_shares(projects, ballots, budget, completion=completion)
        assert equal_shares(projects, shuffled, budget, completion=completion).winners == once.winners
        again = equal_shares(others, theirs, budget, completion=completion).winners
        assert again == tuple(renamed[name] for name in once.winners)


@given(projects_drawn, ballots_drawn, st.integers(1, 150), st.integers(1, 4))
def test_a_weight_is_that_many_voters(
    projects: list[Project], drawn: list[dict[str, int]], budget: int, weight: int
) -> None:
    ballots = _of(projects, drawn)
    heavy = [Points(ballots[0].points, weight), *ballots[1:]]
    copies = [*[ballots[0]] * weight, *ballots[1:]]
    for completion in (Completion.NONE, Completion.ADD1):
        one = equal_shares(projects, heavy, budget, completion=completion)
        assert one.winners == equal_shares(projects, copies, budget, completion=completion).winners
    halves = [Points(ballot.points, Fraction(1, 2)) for ballot in ballots]
    assert equal_shares(projects, halves, budget).winners == equal_shares(projects, ballots, budget).winners


@pytest.mark.parametrize("rule", ["equalshares/add1", "mes-cost+add1", "mes-add1u"])
def test_the_official_outcome_of_assen(rule: str) -> None:
    """Pabulib, Netherlands_Assen_2024: rule ``equalshares/add1``; ``selected`` is what the city decided."""
    election = read(shared("data/pabulib/Netherlands_Assen_2024.pb").read_bytes(), "assen.pb")
    official = {option.id for option in election.options if option.details["selected"] == "1"}
    found = set(count(election, choose(rule)).winners)
    assert found >= official
    assert found == official or rule == "mes-add1u"


@pytest.mark.parametrize(
    ("file", "rule", "expected"),
    [
        ("Netherlands_Assen_2024", "greedy", "2 3 8 9 11 13 14"),
        ("Netherlands_Assen_2024", "mes-cost", "2 3 9 11 12 13 14"),
        ("Netherlands_Assen_2024", "mes-cardinality", "2 3 5 9 12 13 14"),
        ("Netherlands_Assen_2024", "mes-cardinality+add1", "2 3 5 6 7 9 11 12 13 14"),
        ("Switzerland_Zurich_D5", "greedy", "2 5 6 7 13 14 17 24"),
        ("Switzerland_Zurich_D5", "mes", "5 6 7 13 14 17"),
        ("Switzerland_Zurich_D5", "mes-cost-add1", "5 6 7 11 13 14 17 19 24"),
        ("France_Toulouse_2019", "mes-cost", "1 3 6 7 10 12 13 14 16 18 20 24 25 27 30"),
        ("France_Toulouse_2019", "mes-cost+add1", "1 4 5 6 7 10 12 13 14 16 18 20 24 25 26 27 28 30"),
        ("France_Toulouse_2019", "mes-points+add1", "1 3 5 6 7 10 12 13 14 16 18 20 23 24 25 26 27 28 29 30"),
    ],
)
def test_what_the_reference_library_finds(file: str, rule: str, expected: str) -> None:
    """pabutools 1.2.3 on the same files (greedy: the order by votes or points that Pabulib describes)."""
    election = read(shared(f"data/pabulib/{file}.pb").read_bytes(), f"{file}.pb")
    assert sorted(count(election, choose(rule)).winners, key=int) == expected.split()


def test_tie_break_examples_of_equalshares_net() -> None:
    """ "How to break ties?": lower cost first, then more votes."""
    cheap, dear = Project("dear", 20), Project("cheap", 10)
    everyone = [approvals(["cheap", "dear"])] * 3
    assert equal_shares([cheap, dear], everyone, 30).winners == ("cheap", "dear")
    twins = [Project("less", 10), Project("more", 10)]
    assert greedy(twins, [approvals(["more"]), approvals(["less"])], 10).winners == ("less",)
    assert TieBreak().order(["less", "more"], {"less": 1, "more": 1}, {"less": 1, "more": 2}) == ["more", "less"]


def test_a_draw_is_repeated_from_its_seed() -> None:
    twins = [Project(name, 10) for name in NAMES]
    everyone = [approvals(NAMES)]
    drawn = {
        seed: equal_shares(twins, everyone, 10, ties=TieBreak(last=Last.LOT, seed=seed))
        for seed in map(str, range(20))
    }
    assert len({found.winners for found in drawn.values()}) > 1
    for seed, found in drawn.items():
        assert found.options["seed"] == seed
        again = equal_shares(twins[::-1], everyone, 10, ties=TieBreak(last=Last.LOT, seed=seed))
        assert again.winners == found.winners


def test_a_minority_gets_its_share_where_greedy_gives_it_nothing() -> None:
    projects = [Project("north1", 50), Project("north2", 50), Project("south", 40)]
    ballots = [approvals(["north1", "north2"])] * 6 + [approvals(["south"])] * 4
    assert greedy(projects, ballots, 100).winners == ("north1", "north2")
    shares = equal_shares(projects, ballots, 100)
    assert set(shares.winners) == {"north1", "south"}
    assert left_out(ballots, ("north1", "north2")) == [6, 7, 8, 9]
    assert left_out([*ballots, approvals([])], shares.winners) == []


def test_the_price_says_what_each_supporter_paid() -> None:
    found = equal_shares([Project("a", 30)], [approvals(["a"])] * 3, 90)
    purchase = found.purchases[0]
    assert (purchase.price, purchase.votes, purchase.by) == (Fraction(1, 3), 3, "equal-shares")
    assert purchase.price * 30 == 10  # cost satisfaction: each gains 30, at a third each


@pytest.mark.parametrize("ballots", [[], [approvals([])], [approvals([]), approvals([])]])
def test_no_ballot_or_empty_ballots_buy_nothing(ballots: list[Points]) -> None:
    for completion in Completion:
        found = equal_shares([Project("a", 10)], ballots, 10, completion=completion)
        bought = completion in {Completion.GREEDY, Completion.ADD1_GREEDY}
        assert found.winners == (("a",) if bought else ())


def test_one_voter_spends_the_whole_budget() -> None:
    projects = [Project("a", 10), Project("b", 5), Project("c", 3)]
    assert set(equal_shares(projects, [approvals(["a", "b"])], 15).winners) == {"a", "b"}


def test_a_free_project_is_funded_when_someone_wants_it() -> None:
    projects = [Project("free", 0), Project("unwanted", 0), Project("a", 10)]
    assert equal_shares(projects, [approvals(["free", "a"])], 10).winners == ("free", "a")


def test_a_threshold_and_no_skipping() -> None:
    projects = [Project("a", 10), Project("b", 90), Project("c", 10)]
    ballots = [approvals("ab"), approvals("ab"), approvals("ac")]
    assert greedy(projects, ballots, 30).winners == ("a", "c")
    assert greedy(projects, ballots, 30, skip=False).winners == ("a",)
    assert greedy(projects, ballots, 30, threshold=2).winners == ("a",)
    assert "c" not in equal_shares(projects, ballots, 90, threshold=2).winners


def test_progress_is_told() -> None:
    told: list[float] = []
    projects = [Project("a", 60), Project("b", 30)]
    equal_shares(projects, [approvals("a"), approvals("b")], 100, completion=Completion.ADD1, progress=told.append)
    assert told
    assert all(0 <= part <= 1 for part in told)


@pytest.mark.parametrize(
    ("projects", "ballots", "budget"),
    [
        ([Project("a", -1)], [], 1),
        ([Project("a", 1)], [], -1),
        ([Project("a", 1), Project("a", 2)], [], 1),
        ([Project("a", 1)], [approvals(["z"])], 1),
        ([Project("a", 1)], [approvals(["a"], 0)], 1),
    ],
)
def test_what_makes_no_sense_is_refused(projects: list[Project], ballots: list[Points], budget: int) -> None:
    for rule in (greedy, equal_shares):
        with pytest.raises(ValueError, match=r"\w"):
            rule(projects, ballots, budget)


def test_an_increment_is_more_than_zero() -> None:
    with pytest.raises(ValueError, match="increment"):
        equal_shares([], [], 1, increment=0)
