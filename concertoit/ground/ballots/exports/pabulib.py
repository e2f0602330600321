"""An election as a Pabulib file, so that anyone may count it again (pabulib.org/format).

What came from a ``.pb`` file leaves as it came: every key of META, every column. Worded grades, which Pabulib does not
have, leave as points (the worst is 0) with their words in META's ``grades``; our own reader makes them grades again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from fractions import Fraction

from concertoit.ground.ballots.rules.election import Ballot, Election, Kind
from concertoit.ground.ballots.rules.ties import Number


def to_pabulib(election: Election, meta: Mapping[str, str] | None = None) -> str:
    """The text of the file; ``meta`` adds to, or replaces, what META says.

    Raises ``ValueError`` for equals in a ranking, or marks that are mere numbers, which the format cannot say.
    """
    if election.kind is Kind.NUMBERS or (election.kind is Kind.ORDINAL and any(map(_has_equals, election.ballots))):
        raise ValueError("Pabulib has no such ballots")
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\n")
    writer.writerows([["META"], ["key", "value"], *_meta(election, meta or {}).items()])
    columns = _columns(option.details for option in election.options)
    named = any(option.name for option in election.options)
    writer.writerows([["PROJECTS"], ["project_id", "cost", *(["name"] if named else []), *columns]])
    for option in election.options:
        name = [option.name] if named else []
        writer.writerow([option.id, _text(option.cost or 0), *name, *(option.details.get(key, "") for key in columns)])
    columns = _columns(ballot.details for ballot in election.ballots)
    weighted = [] if "weight" in columns or all(ballot.weight == 1 for ballot in election.ballots) else ["weight"]
    points = ["points"] if election.kind not in {Kind.APPROVAL, Kind.ORDINAL} else []
    writer.writerows([["VOTES"], ["voter_id", "vote", *points, *weighted, *columns]])
    for ballot in election.ballots:
        chosen, given = _marks(election, ballot)
        row = [ballot.voter, ",".join(chosen), *([",".join(given)] if points else [])]
        row += [_text(ballot.weight)] if weighted else []
        writer.writerow([*row, *(ballot.details.get(key, "") for key in columns)])
    return target.getvalue()


def _meta(election: Election, more: Mapping[str, str]) -> dict[str, str]:
    told = {"description": "", "country": "", "unit": "", "instance": ""} | dict(election.meta) | dict(more)
    told["num_projects"] = str(len(election.options))
    told["num_votes"] = str(len(election.ballots))
    if election.budget is not None:
        told["budget"] = told.get("budget") or _text(election.budget)
    told["vote_type"] = str(Kind.SCORING if election.kind is Kind.GRADES else told.get("vote_type") or election.kind)
    told.setdefault("rule", "unknown")
    if election.kind is Kind.GRADES:
        told["grades"] = ",".join(election.grades)
    return told


def _marks(election: Election, ballot: Ballot) -> tuple[list[str], list[str]]:
    """Options and points, the most supported first as Pabulib wants, in their own order among equals."""
    if election.kind is Kind.APPROVAL:
        return [option for option, mark in ballot.marks.items() if mark > 0], []
    if election.kind is Kind.ORDINAL:
        return sorted(ballot.marks, key=lambda option: ballot.marks[option]), []
    worst = len(election.grades) - 1
    points = {option: worst - mark if election.kind is Kind.GRADES else mark for option, mark in ballot.marks.items()}
    chosen = sorted(points, key=lambda option: -points[option])
    return chosen, [_text(points[option]) for option in chosen]


def _columns(details: Iterable[Mapping[str, str]]) -> list[str]:
    return list(dict.fromkeys(key for one in details for key in one))


def _has_equals(ballot: Ballot) -> bool:
    return len(set(ballot.marks.values())) < len(ballot.marks)


def _text(number: Number) -> str:
    """A decimal number where it is exact, else a fraction, which our reader understands."""
    exact = Fraction(number)
    if exact.denominator == 1:
        return str(exact.numerator)
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest > 1:
        return str(exact)
    digits = 0
    while (exact * 10**digits).denominator > 1:
        digits += 1
    whole = abs(exact.numerator) * 10**digits // exact.denominator
    written = f"{whole:0{digits + 1}d}"
    return f"{'-' if exact < 0 else ''}{written[:-digits]}.{written[-digits:]}"
