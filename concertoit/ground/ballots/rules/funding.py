"""Spending a budget on projects: what every spending rule shares, and the greedy rule.

Pabulib calls ``greedy`` what most cities do: projects by decreasing support, each funded if what is left pays for it
(Stolicki, Szufa, Talmon, "Pabulib: A Participatory Budgeting Library", arXiv 2012.06539).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from .ties import CODE_VERSION, Number, TieBreak


@dataclass(frozen=True, slots=True)
class Project:
    """Something that can be funded whole or not at all. ``cost`` is in the unit of the budget, zero or more."""

    id: str
    cost: Number


@dataclass(frozen=True, slots=True)
class Points:
    """A ballot: points by project (more is better; 1 each for an approval ballot). More than zero is support."""

    points: Mapping[str, Number]
    weight: Number = 1


def approvals(projects: Iterable[str], weight: Number = 1) -> Points:
    """The ballot of someone who supports these projects."""
    return Points(dict.fromkeys(projects, 1), weight)


class Merit(StrEnum):
    """What the greedy rule sorts by."""

    POINTS = "points"  # sum of points: Pabulib's greedy
    VOTES = "votes"  # number of supporters
    POINTS_PER_COST = "points-per-cost"
    VOTES_PER_COST = "votes-per-cost"


@dataclass(frozen=True, slots=True)
class Purchase:
    """One project funded: what it cost, its supporters' weight, and how.

    ``by`` is "greedy", "equal-shares" or "completion". ``price`` is, for equal shares, what one unit of satisfaction cost
    each supporter who could pay in full.
    """

    project: str
    cost: Number
    votes: Number
    by: str
    price: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Funding:
    """What a spending rule recommends. ``options`` says everything needed to count again."""

    rule: str
    budget: Number
    purchases: tuple[Purchase, ...]
    unfunded: tuple[str, ...]
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def winners(self) -> tuple[str, ...]:
        """Funded projects, in the order they were."""
        return tuple(purchase.project for purchase in self.purchases)

    @property
    def spent(self) -> Number:
        return sum(purchase.cost for purchase in self.purchases)

    @property
    def left(self) -> Number:
        return self.budget - self.spent


@dataclass(frozen=True, slots=True)
class Support:
    """Weight of supporters and of points of each project."""

    votes: dict[str, Number]
    points: dict[str, Number]


def support(projects: Sequence[Project], ballots: Iterable[Points]) -> Support:
    """Count the support of each project. Raises ``ValueError`` for an unknown project or a weight of zero or less."""
    votes: dict[str, Number] = {project.id: 0 for project in projects}
    points = dict(votes)
    for ballot in ballots:
        if ballot.weight <= 0:
            raise ValueError("a ballot weighs more than zero")
        for project, given in ballot.points.items():
            if project not in votes:
                raise ValueError(f"no project {project}")
            votes[project] += ballot.weight if given > 0 else 0
            points[project] += ballot.weight * given
    return Support(votes, points)


def greedy(
    projects: Sequence[Project],
    ballots: Iterable[Points],
    budget: Number,
    *,
    merit: Merit = Merit.POINTS,
    skip: bool = True,
    threshold: Number = 0,
    ties: TieBreak | None = None,
) -> Funding:
    """Fund projects by decreasing merit while money is left.

    A project too expensive for what is left is passed over (``skip``) or ends the count. Projects with fewer points than
    ``threshold`` are not considered. Raises ``ValueError`` for inconsistent projects or ballots.
    """
    checked(projects, budget)
    ties = ties or TieBreak()
    found = support(projects, ballots)
    purchases, left = [], budget
    for project in by_merit(projects, found, merit, ties):
        if found.points[project.id] < threshold:
            continue
        if project.cost <= left:
            purchases.append(Purchase(project.id, project.cost, found.votes[project.id], "greedy"))
            left -= project.cost
        elif not skip:
            break
    options = {"merit": str(merit), "skip": skip, "threshold": threshold, "budget": budget}
    return concluded("greedy", projects, budget, purchases, {**options, **ties.described()})


def by_merit(projects: Sequence[Project], found: Support, merit: Merit, ties: TieBreak) -> list[Project]:
    """Projects by decreasing merit; a free project has the greatest merit per cost when someone supports it."""
    totals = found.votes if merit in {Merit.VOTES, Merit.VOTES_PER_COST} else found.points
    per_cost = merit in {Merit.VOTES_PER_COST, Merit.POINTS_PER_COST}

    def key(project: Project) -> tuple[bool, Number]:
        total = totals[project.id]
        if not per_cost:
            return False, -total
        return not (total > 0 and not project.cost), -Fraction(total) / project.cost if project.cost else 0

    known = {project.id: project for project in projects}
    costs = {project.id: project.cost for project in projects}
    return sorted((known[name] for name in ties.order(known, costs, found.votes)), key=key)


def checked(projects: Sequence[Project], budget: Number) -> None:
    """Raises ``ValueError`` for a negative budget or cost, or an id given twice."""
    if budget < 0 or any(project.cost < 0 for project in projects):
        raise ValueError("budget and costs are zero or more")
    if len({project.id for project in projects}) < len(projects):
        raise ValueError("each project has its own id")


def concluded(
    rule: str, projects: Sequence[Project], budget: Number, purchases: Sequence[Purchase], options: dict[str, object]
) -> Funding:
    """A result, with the version of the rules that made it."""
    funded = {purchase.project for purchase in purchases}
    unfunded = tuple(project.id for project in projects if project.id not in funded)
    return Funding(rule, budget, tuple(purchases), unfunded, {**options, "code_version": CODE_VERSION})


def left_out(ballots: Sequence[Points], winners: Iterable[str]) -> list[int]:
    """Positions of the ballots that support something and get nothing of it."""
    funded = set(winners)
    return [
        position
        for position, ballot in enumerate(ballots)
        if (wanted := {name for name, given in ballot.points.items() if given > 0}) and not wanted & funded
    ]
