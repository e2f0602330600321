"""Rules, and what one may choose about them, by the names that people type."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from .equal_shares import Completion, Progress, Satisfaction
from .funding import Merit
from .stv import Quota
from .ties import Number, TieBreak


class Rule(StrEnum):
    """The rules, under the name that results carry."""

    MEDIAN = "median"
    MAJORITY_JUDGMENT = "majority-judgment"
    BORDA = "borda"
    SCHULZE = "schulze"
    SCORE = "score"
    DOTS = "dots"
    APPROVAL = "approval"
    STV = "stv"
    GREEDY = "greedy"
    EQUAL_SHARES = "equal-shares"


NAMES: dict[str, Rule] = {
    "median": Rule.MEDIAN,
    "mediane": Rule.MEDIAN,
    "majority-judgment": Rule.MAJORITY_JUDGMENT,
    "majority-judgement": Rule.MAJORITY_JUDGMENT,
    "majorityjudgment": Rule.MAJORITY_JUDGMENT,
    "jugement-majoritaire": Rule.MAJORITY_JUDGMENT,
    "mj": Rule.MAJORITY_JUDGMENT,
    "jm": Rule.MAJORITY_JUDGMENT,
    "borda": Rule.BORDA,
    "schulze": Rule.SCHULZE,
    "beatpath": Rule.SCHULZE,
    "condorcet": Rule.SCHULZE,
    "condorcet-schulze": Rule.SCHULZE,
    "score": Rule.SCORE,
    "scoring": Rule.SCORE,
    "range": Rule.SCORE,
    "dots": Rule.DOTS,
    "dot": Rule.DOTS,
    "dot-voting": Rule.DOTS,
    "dotmocracy": Rule.DOTS,
    "cumulative": Rule.DOTS,
    "points": Rule.DOTS,
    "approval": Rule.APPROVAL,
    "approbation": Rule.APPROVAL,
    "stv": Rule.STV,
    "wigm": Rule.STV,
    "vut": Rule.STV,
    "single-transferable-vote": Rule.STV,
    "greedy": Rule.GREEDY,
    "glouton": Rule.GREEDY,
    "utilitarian": Rule.GREEDY,
    "equal-shares": Rule.EQUAL_SHARES,
    "equalshares": Rule.EQUAL_SHARES,
    "method-of-equal-shares": Rule.EQUAL_SHARES,
    "parts-egales": Rule.EQUAL_SHARES,
    "mes": Rule.EQUAL_SHARES,
}
"""Names a person may give a rule. Those of equal shares may be followed by a satisfaction and a completion."""

COMPLETIONS = {
    "none": Completion.NONE,
    "add1": Completion.ADD1,
    "add-one": Completion.ADD1,
    "greedy": Completion.GREEDY,
    "utilitarian": Completion.GREEDY,
    "add1u": Completion.ADD1_GREEDY,
    "add1+greedy": Completion.ADD1_GREEDY,
    "add1-greedy": Completion.ADD1_GREEDY,
    "add-one-greedy": Completion.ADD1_GREEDY,
}


class Unranked(StrEnum):
    """What Borda's count gives to options that a ballot leaves out."""

    AVERAGE = "average"  # what remains, shared as equals do
    ZERO = "zero"  # nothing; the first has as many points as there are other options
    LENGTH = "length"  # nothing; the first has as many points as options ranked (Pabulib, the habit of its files)


@dataclass(frozen=True, slots=True)
class Choices:
    """A rule and everything one may choose about it; None leaves the rule's own habit, or what the file says."""

    rule: Rule
    seats: int | None = None
    satisfaction: Satisfaction | None = None
    completion: Completion | None = None
    merit: Merit | None = None
    skip: bool = True
    increment: Number = 1
    threshold: Number | None = None
    budget: Number | None = None
    quota: Quota = Quota.DROOP
    together: bool | None = None
    average: bool = False
    unranked: Unranked | None = None
    upper: bool = False
    whole: bool | None = None
    favourable: int | None = None
    ties: TieBreak | None = None
    progress: Progress | None = field(default=None, compare=False)

    def tie_break(self) -> TieBreak:
        spending = self.rule in {Rule.GREEDY, Rule.EQUAL_SHARES}
        return self.ties or (TieBreak() if spending else TieBreak(criteria=()))


_ENDINGS = re.compile(r"-(voting|vote|count|method|rule)$")
_FILLERS = {"with", "and", "completion", "satisfaction", "sat", "utility", "utilities"}
_WORDS: dict[str, frozenset[str]] = {
    word: frozenset(meanings.split())
    for word, meanings in {
        "cost": "cost",
        "cardinality": "cardinality",
        "card": "cardinality",
        "points": "points",
        "score": "points",
        "add1": "add1",
        "addone": "add1",
        "add1u": "add1 greedy",
        "greedy": "greedy",
        "utilitarian": "greedy",
        "none": "none",
        "bare": "none",
    }.items()
}
"""What the words after the name of equal shares ask for."""


def choose(name: str) -> Choices:
    """The rule of a name: ``mj``, ``mes-cost+add1``, ``equalshares/add1``… Raises ``ValueError`` for an unknown one."""
    spoken = re.sub(r"[\s_/+]+", "-", name.strip().lower()).replace("é", "e").strip("-")
    for known in (spoken, _ENDINGS.sub("", spoken)):
        if known in NAMES:
            return Choices(NAMES[known])
    if spoken == "greedy-no-skip":
        return Choices(Rule.GREEDY, skip=False)
    for start in sorted((known for known in NAMES if NAMES[known] is Rule.EQUAL_SHARES), key=len, reverse=True):
        if spoken.startswith(f"{start}-"):
            return _shares(spoken.removeprefix(f"{start}-").replace("add-one", "add1").replace("add-1", "add1"), name)
    raise ValueError(name)


def _shares(rest: str, name: str) -> Choices:
    asked: set[str] = set()
    for word in rest.split("-"):
        if word not in _WORDS and word not in _FILLERS:
            raise ValueError(name)
        asked |= _WORDS.get(word, frozenset())
    gains, rests = sorted(asked & {"cost", "cardinality", "points"}), sorted(asked & {"add1", "greedy", "none"})
    if (len(gains) > 1 and gains != ["cost", "points"]) or (len(rests) > 1 and "none" in rests):
        raise ValueError(name)
    satisfaction = Satisfaction("-".join(reversed(gains))) if gains else None
    return Choices(
        Rule.EQUAL_SHARES, satisfaction=satisfaction, completion=Completion("+".join(rests)) if rests else None
    )
