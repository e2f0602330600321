"""The method of equal shares: everyone receives the same part of the budget, and projects are bought by their supporters.

Dominik Peters, Grzegorz Pierczyński and Piotr Skowron, "Proportional Participatory Budgeting with Additive Utilities",
NeurIPS 2021 (arXiv 2008.13276); equalshares.net for the completions and the tie-break. In turn, the project with the
smallest price is bought: the price ρ such that its supporters, each paying ρ times its utility or all that is left,
together pay its cost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, lcm

from .funding import Funding, Merit, Points, Project, Purchase, by_merit, checked, concluded, support
from .shares_run import Bought, Candidate, Run
from .shares_steady import steady_until
from .ties import Number, TieBreak

Progress = Callable[[float], None]
"""Called now and then with the part done, from 0 to 1."""

PATIENCE = 4
"""Equal runs in turn before it is worth finding how long they last."""


class Satisfaction(StrEnum):
    """How much a voter gains from a funded project it supports."""

    COST = "cost"  # its cost: the usual choice
    CARDINALITY = "cardinality"  # one
    POINTS = "points"  # the points given
    POINTS_COST = "points-cost"  # the points given, times the cost


class Completion(StrEnum):
    """What is done with the money that the method leaves."""

    NONE = "none"
    ADD1 = "add1"  # run again with one unit of money more for each voter, while the result stays within the budget
    GREEDY = "greedy"  # then the most supported of the others, while money is left
    ADD1_GREEDY = "add1+greedy"


@dataclass(frozen=True, slots=True)
class _Instance:
    """Projects and ballots as integers: amounts, weights and utilities times ``money``, ``weight`` and ``utility``."""

    candidates: list[Candidate]
    weights: list[int]
    money: int
    weight: int
    utility: int

    def endowment(self, amount: Number) -> Fraction:
        """What a weight of one integer receives, when a weight of one receives this amount."""
        return Fraction(amount) * self.money / self.weight

    def amount(self, endowment: Fraction) -> Fraction:
        return endowment * self.weight / self.money

    def price(self, price: Fraction) -> Fraction:
        """Price for each unit of satisfaction, for a weight of one."""
        return price * self.weight * self.utility / self.money


def equal_shares(
    projects: Sequence[Project],
    ballots: Sequence[Points],
    budget: Number,
    *,
    satisfaction: Satisfaction = Satisfaction.COST,
    completion: Completion = Completion.NONE,
    increment: Number = 1,
    threshold: Number = 0,
    ties: TieBreak | None = None,
    progress: Progress | None = None,
) -> Funding:
    """Fund projects by equal shares. Each unit of weight receives budget / (total weight).

    ``add1`` gives each unit of weight ``increment`` more, again and again, and keeps the last result before the budget is
    exceeded, or the first that leaves no supported project affordable. A supported project that costs nothing is funded.
    Projects with fewer points than ``threshold`` are not considered. Raises ``ValueError`` for inconsistent projects or
    ballots, or an increment that is not positive.
    """
    checked(projects, budget)
    if increment <= 0:
        raise ValueError("the increment is more than zero")
    ties = ties or TieBreak()
    found = support(projects, ballots)
    considered = [project for project in projects if found.points[project.id] >= threshold]
    instance = _instance(considered, ballots, satisfaction, ties.order(*_figures(considered, found.votes)))
    total = sum((Fraction(ballot.weight) for ballot in ballots), Fraction(0))
    amount = Fraction(budget) / total if total else Fraction(0)
    bought = Run(instance.candidates, instance.weights, instance.endowment(amount)).play()
    if completion in {Completion.ADD1, Completion.ADD1_GREEDY}:
        goal = _Goal(considered, found.votes, budget, progress)
        bought, amount = _add1(instance, goal, bought, amount, Fraction(increment))
    purchases = _purchases(instance, considered, found.votes, bought)
    if completion in {Completion.GREEDY, Completion.ADD1_GREEDY}:
        by_points = satisfaction in {Satisfaction.POINTS, Satisfaction.POINTS_COST}
        order = by_merit(considered, found, Merit.POINTS if by_points else Merit.VOTES, ties)
        purchases += _completed(order, found.votes, purchases, budget)
    options: dict[str, object] = {
        "satisfaction": str(satisfaction),
        "completion": str(completion),
        "increment": increment,
        "threshold": threshold,
        "budget": budget,
        "endowment": amount,
    }
    return concluded("equal-shares", projects, budget, purchases, {**options, **ties.described()})


def _purchases(
    instance: _Instance, projects: Sequence[Project], votes: dict[str, Number], bought: Sequence[Bought]
) -> list[Purchase]:
    """What was bought, after the supported projects that cost nothing."""
    free = [project for project in projects if not project.cost and votes[project.id] > 0]
    purchases = [Purchase(project.id, 0, votes[project.id], "equal-shares", Fraction(0)) for project in free]
    for purchase in bought:
        project = projects[purchase.position]
        price = instance.price(purchase.price)
        purchases.append(Purchase(project.id, project.cost, votes[project.id], "equal-shares", price))
    return purchases


def _figures(
    projects: Sequence[Project], votes: dict[str, Number]
) -> tuple[list[str], dict[str, Number], dict[str, Number]]:
    return [project.id for project in projects], {project.id: project.cost for project in projects}, votes


def _utility(satisfaction: Satisfaction, project: Project, points: Number) -> Number:
    gain: dict[Satisfaction, Number] = {
        Satisfaction.COST: project.cost,
        Satisfaction.CARDINALITY: 1,
        Satisfaction.POINTS: points,
        Satisfaction.POINTS_COST: points * project.cost,
    }
    return gain[satisfaction]


def _instance(
    projects: Sequence[Project], ballots: Sequence[Points], satisfaction: Satisfaction, order: Sequence[str]
) -> _Instance:
    """Equal ballots are one voter with their weight; projects that are free or without support are left apart."""
    position = {project.id: number for number, project in enumerate(projects)}
    together: dict[tuple[tuple[int, Number], ...], Number] = {}
    for ballot in ballots:
        gains = (
            (position[name], _utility(satisfaction, projects[position[name]], points))
            for name, points in ballot.points.items()
            if points > 0 and name in position and projects[position[name]].cost
        )
        key = tuple(sorted(gains))
        together[key] = together.get(key, 0) + ballot.weight
    together.pop((), None)
    money = lcm(*(Fraction(project.cost).denominator for project in projects))
    weight = lcm(*(Fraction(given).denominator for given in together.values()))
    utility = lcm(*{Fraction(gain).denominator for key in together for _number, gain in key})
    weights = [int(given * weight) for given in together.values()]
    gains_of: dict[int, dict[int, int]] = {}
    for voter, key in enumerate(together):
        for number, gain in key:
            gains_of.setdefault(number, {})[voter] = int(gain * utility)
    rank = {name: number for number, name in enumerate(order)}
    candidates = [
        Candidate(
            position=number,
            cost=int(projects[number].cost * money),
            voters=list(gains),
            utility=gains,
            total=sum(weights[voter] * gain for voter, gain in gains.items()),
            uniform=len(set(gains.values())) == 1,
            rank=rank[projects[number].id],
        )
        for number, gains in sorted(gains_of.items())
    ]
    return _Instance(candidates, weights, money, weight, utility)


@dataclass(frozen=True, slots=True)
class _Goal:
    """What add-one aims at: as much as the budget allows, among the supported projects."""

    projects: Sequence[Project]
    votes: dict[str, Number]
    budget: Number
    progress: Progress | None

    def cost(self, bought: Sequence[Bought]) -> Number:
        return sum(self.projects[purchase.position].cost for purchase in bought)

    def reached(self, bought: Sequence[Bought]) -> bool:
        """Whether no other supported project can be added."""
        have, spent = {purchase.position for purchase in bought}, self.cost(bought)
        if self.progress and self.budget:
            self.progress(float(Fraction(spent) / self.budget))
        return not any(
            spent + project.cost <= self.budget
            for number, project in enumerate(self.projects)
            if project.cost and self.votes[project.id] > 0 and number not in have
        )


def _add1(
    instance: _Instance, goal: _Goal, bought: list[Bought], amount: Fraction, increment: Fraction
) -> tuple[list[Bought], Fraction]:
    """Results and endowment after the last increase that stays within the budget.

    When some increases in turn changed nothing, those that cannot change anything either are passed over at once.
    """
    same, patience = 0, PATIENCE
    while not goal.reached(bought):
        if same >= patience:
            passed = _passed(instance, bought, amount, increment)
            if passed is None:
                break
            amount += passed * increment
            same, patience = 0, PATIENCE if passed > patience else 2 * patience
        more = Run(instance.candidates, instance.weights, instance.endowment(amount + increment)).play()
        if goal.cost(more) > goal.budget:
            break
        same = same + 1 if _trace(more) == _trace(bought) else 0
        bought, amount = more, amount + increment
    return bought, amount


def _passed(instance: _Instance, bought: list[Bought], amount: Fraction, increment: Fraction) -> int | None:
    """How many increases leave the run as it is; None when all do."""
    steady = steady_until(instance.candidates, instance.weights, instance.endowment(amount), bought)
    return None if steady is None else max(0, ceil(steady / instance.endowment(increment)) - 1)


def _trace(bought: Sequence[Bought]) -> list[tuple[int, tuple[int, ...]]]:
    return [(purchase.position, purchase.poor) for purchase in bought]


def _completed(
    order: Sequence[Project], votes: dict[str, Number], purchases: Sequence[Purchase], budget: Number
) -> list[Purchase]:
    have, left = {purchase.project for purchase in purchases}, budget - sum(p.cost for p in purchases)
    more = []
    for project in order:
        if project.id not in have and project.cost <= left:
            more.append(Purchase(project.id, project.cost, votes[project.id], "completion"))
            left -= project.cost
    return more
