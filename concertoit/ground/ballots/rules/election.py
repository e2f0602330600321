"""What a ballot file holds, whatever its format, and the forms in which rules want the ballots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from .funding import Points, Project
from .rankings import Ranking
from .ties import Number


class Kind(StrEnum):
    """What the marks of the ballots mean. The first four are those of Pabulib."""

    APPROVAL = "approval"  # 1 for each option supported
    ORDINAL = "ordinal"  # the rank: 1 for the first, equal numbers for equals
    CUMULATIVE = "cumulative"  # points out of a total
    SCORING = "scoring"  # points, more is better
    GRADES = "grades"  # the number of a worded grade: 0 for the best
    NUMBERS = "numbers"  # 1 is the best, 0 is nothing: ranks for rules on rankings, grades for rules on grades


@dataclass(frozen=True, slots=True)
class Option:
    """What is voted on. ``details`` are the other columns of the file, as written."""

    id: str
    name: str = ""
    cost: Number | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ballot:
    """Marks by option, in the order of the file; an option left out has none."""

    voter: str
    marks: Mapping[str, Number]
    weight: Number = 1
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Election:
    """Everything that was read. ``grades`` are the words of the grades, the best first.

    ``whole``: a ballot that marks some options only is invalid for rules on grades (Belenios). ``notes`` are sentences
    about what is odd in the file and did not prevent reading it.
    """

    format: str
    kind: Kind
    options: tuple[Option, ...]
    ballots: tuple[Ballot, ...]
    budget: Number | None = None
    seats: int | None = None
    grades: tuple[str, ...] = ()
    whole: bool = False
    meta: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def ids(self) -> list[str]:
        return [option.id for option in self.options]

    def projects(self) -> list[Project]:
        """The options as projects. Raises ``ValueError`` when one has no cost."""
        if any(option.cost is None for option in self.options):
            raise ValueError("an option has no cost")
        return [Project(option.id, option.cost or 0) for option in self.options]


def as_points(election: Election, *, favourable: int | None = None) -> list[Points]:
    """Ballots as points, more is better.

    A ranking gives its length to its first group, one less to each following option, as Pabulib counts. Grades and
    numbers give one point when they are among the ``favourable`` first ones (the better half when not said). Scoring
    ballots give the file's ``default_score`` to options left out.
    """
    default = Fraction(election.meta.get("default_score") or 0) if election.kind is Kind.SCORING else 0
    return [Points(_points(election, ballot, default, favourable), ballot.weight) for ballot in election.ballots]


def _points(election: Election, ballot: Ballot, default: Number, favourable: int | None) -> Mapping[str, Number]:
    if election.kind is Kind.ORDINAL:
        tiers = _tiers(ballot.marks, best=1)
        length = sum(map(len, tiers))
        points: dict[str, Number] = {}
        for tier in tiers:
            points |= dict.fromkeys(tier, length - len(points))
        return points
    if election.kind in {Kind.GRADES, Kind.NUMBERS}:
        first = 0 if election.kind is Kind.GRADES else 1
        good = grade_count(election) // 2 if favourable is None else favourable
        return {option: 1 for option, mark in ballot.marks.items() if first <= mark < first + good}
    if default:
        return {option: ballot.marks.get(option, default) for option in election.ids}
    return ballot.marks


def as_rankings(election: Election) -> list[Ranking]:
    """Ballots as groups of equals, the best first. An option without a mark, or marked 0 by number, is left out.

    Points rank above what is left out only when they are more than the file's default (0).
    """
    return [Ranking(_ranking(election, ballot), ballot.weight) for ballot in election.ballots]


def _ranking(election: Election, ballot: Ballot) -> list[list[str]]:
    if election.kind in {Kind.ORDINAL, Kind.NUMBERS}:
        return _tiers({option: mark for option, mark in ballot.marks.items() if mark}, best=1)
    if election.kind is Kind.GRADES:
        return _tiers(ballot.marks, best=1)
    default = Fraction(election.meta.get("default_score") or 0) if election.kind is Kind.SCORING else Fraction(0)
    marks = {option: ballot.marks.get(option, default) for option in election.ids}
    tiers = _tiers(marks, best=-1)
    return tiers if any(mark < default for mark in marks.values()) else [t for t in tiers if marks[t[0]] != default]


def _tiers(marks: Mapping[str, Number], *, best: int) -> list[list[str]]:
    """Options by mark, the lowest first with ``best`` 1, the greatest with −1."""
    groups: dict[Number, list[str]] = {}
    for option, mark in marks.items():
        groups.setdefault(mark, []).append(option)
    return [groups[mark] for mark in sorted(groups, key=lambda mark: best * mark)]


def grade_count(election: Election) -> int:
    """How many grades there are: those named, else those the ballots use."""
    if election.grades:
        return len(election.grades)
    if election.kind is Kind.APPROVAL:
        return 2
    used = max((mark for ballot in election.ballots for mark in ballot.marks.values()), default=0)
    return int(used) + (1 if election.kind is Kind.GRADES else 0)


@dataclass(frozen=True, slots=True)
class Graded:
    """Ballots as grades by number (0 the best), and how many were set apart."""

    ballots: list[dict[str, int]]
    weights: list[Number]
    grades: tuple[str, ...]
    blank: int
    invalid: int


def as_grades(election: Election, *, whole: bool | None = None) -> Graded:
    """Ballots as grades. Points become grades by value, the greatest is the best; a rank is a grade.

    With ``whole`` (the file's habit when not said), a ballot that does not grade every option is set apart, as Belenios
    does; without it, each grade given counts.
    """
    whole = election.whole if whole is None else whole
    names, number = _scale(election)
    ballots, weights, blank, invalid = [], [], 0, 0
    for ballot in election.ballots:
        graded = {option: number[mark] for option, mark in _marks(election, ballot) if mark in number}
        blank += not graded
        if graded and whole and len(graded) < len(election.options):
            invalid += 1
        elif graded:
            ballots.append(graded)
            weights.append(ballot.weight)
    return Graded(ballots, weights, names, blank, invalid)


def _marks(election: Election, ballot: Ballot) -> Iterable[tuple[str, Number]]:
    if election.kind is Kind.APPROVAL:
        return [(option, ballot.marks.get(option, 0)) for option in election.ids]
    return ballot.marks.items()


def _scale(election: Election) -> tuple[tuple[str, ...], dict[Number, int]]:
    """Names of the grades, and the number of the grade that each mark is."""
    if election.kind in {Kind.GRADES, Kind.NUMBERS, Kind.ORDINAL}:
        first = 0 if election.kind is Kind.GRADES else 1
        marks: list[Number] = list(range(first, first + grade_count(election)))
    elif election.kind is Kind.APPROVAL:
        marks = [1, 0]
    else:
        marks = sorted({mark for ballot in election.ballots for mark in ballot.marks.values()}, reverse=True)
    names = election.grades or tuple(str(mark) for mark in marks)
    return names, {mark: number for number, mark in enumerate(marks)}
