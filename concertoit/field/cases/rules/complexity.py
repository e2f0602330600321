"""When a case is proposed as complex (I4): what is known, questions asked of it, and three possible answers.

What is known of a fact is a *span*: from the least to the most it may be. A building whose dwellings nobody counted has
at least one, and no known most. A question is then answered yes, no, or « to be checked », never « no » for want of
knowing (Kleene's three-valued logic). Source of the criteria: mission of the Longueuil and Brossard partners, point 2.1,
and the working criteria kept in the project's facts, section 3; the partners adopt their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

DAYS_IN_MONTH = 30.4375


class Answer(StrEnum):
    """The answer to a question. ``CHECK``: what is known does not tell."""

    YES = "yes"
    CHECK = "check"
    NO = "no"


class Outcome(StrEnum):
    """What the rules say of a case. People decide."""

    PROPOSED = "proposed"
    TO_CHECK = "to_check"
    NOT_PROPOSED = "not_proposed"


class Weight(StrEnum):
    """A certain criterion proposes by itself; the others together."""

    CERTAIN = "certain"
    OTHER = "other"


class Kind(StrEnum):
    """What a fact counts, which decides how it is written and typed."""

    NUMBER = "number"
    GRADE = "grade"  # N0 to N4
    NEED = "need"  # P0 to P3
    CLUTTER = "clutter"  # 1 to 9 on the Clutter Image Rating
    YES_NO = "yes_no"


class Op(StrEnum):
    """Comparisons of the vocabulary."""

    MORE = "more"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS = "is"


@dataclass(frozen=True, slots=True)
class Span:
    """What a number may be. ``high`` is ``None`` where no most is known."""

    low: int = 0
    high: int | None = None

    @classmethod
    def of(cls, value: int | bool | None, *, low: int = 0, high: int | None = None) -> Span:
        """A value, or everything it may be when nobody knows."""
        return cls(low, high) if value is None else cls(int(value), int(value))

    @property
    def known(self) -> bool:
        return self.low == self.high

    def holds(self, other: Span) -> bool:
        """Whether everything the other may be is among what this may be."""
        return self.low <= other.low and (self.high is None or (other.high is not None and other.high <= self.high))


@dataclass(frozen=True, slots=True)
class Fact:
    """A word of the vocabulary. ``windowed``: counted over the last months. ``reserved``: read by those who accompany."""

    code: str
    kind: Kind
    windowed: bool = False
    reserved: bool = False


_FACTS = (
    Fact("dwellings", Kind.NUMBER),
    Fact("grade", Kind.GRADE),
    Fact("dwellings_reported", Kind.NUMBER, windowed=True),
    Fact("mandates", Kind.NUMBER),
    Fact("recurrences", Kind.NUMBER, windowed=True),
    Fact("missed_deadlines", Kind.NUMBER),
    Fact("need", Kind.NEED, reserved=True),
    Fact("clutter", Kind.CLUTTER, reserved=True),
    Fact("possible_evacuation", Kind.YES_NO),
    Fact("owner_unreachable", Kind.YES_NO),
    Fact("owner_refuses", Kind.YES_NO),
    Fact("owner_buildings", Kind.NUMBER),
    Fact("fear_of_reprisals", Kind.YES_NO, reserved=True),
    Fact("refused_visits", Kind.NUMBER),
    Fact("children", Kind.NUMBER, reserved=True),
    Fact("days_open", Kind.NUMBER),
)
FACTS: Mapping[str, Fact] = {fact.code: fact for fact in _FACTS}
MOST = {Kind.GRADE: 4, Kind.NEED: 3, Kind.CLUTTER: 9, Kind.YES_NO: 1}


def unknown(code: str) -> Span:
    """Everything a fact may be."""
    kind = FACTS[code].kind
    return Span(1 if kind is Kind.CLUTTER or code == "dwellings" else 0, MOST.get(kind))


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that happened some days ago, in a dwelling when it is known which (``""``: it is not).

    ``sure``: whether it surely is about this case.
    """

    days_ago: int
    dwelling: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """All that the rules know of a case. What is absent from ``spans`` is unknown.

    ``reports``: what was reported in the building, with the dwellings; ``recurrences``: the same problem coming back.
    """

    spans: Mapping[str, Span] = field(default_factory=dict)
    reports: tuple[Dated, ...] = ()
    recurrences: tuple[Dated, ...] = ()

    def span(self, code: str, months: int | None = None) -> Span:
        """What a fact may be, counted over the last ``months`` where it is counted so."""
        if code == "dwellings_reported":
            return _dwellings([one for one in self.reports if _within(one, months)])
        if code == "recurrences":
            back = [one for one in self.recurrences if _within(one, months)]
            return Span(sum(one.sure for one in back), len(back))
        return self.spans.get(code, unknown(code))


def open_to_all(facts: CaseFacts) -> CaseFacts:
    """What is known without what only those who accompany read: a verdict on it tells nothing of that."""
    spans = {code: span for code, span in facts.spans.items() if not FACTS[code].reserved}
    return CaseFacts(spans, facts.reports, facts.recurrences)


def _within(one: Dated, months: int | None) -> bool:
    return months is None or one.days_ago <= round(months * DAYS_IN_MONTH)


def _dwellings(reports: Iterable[Dated]) -> Span:
    """Dwellings reported: a report whose dwelling nobody wrote may be one of the known ones, or another."""
    rows = list(reports)
    known = {one.dwelling for one in rows if one.dwelling}
    vague = sum(not one.dwelling for one in rows)
    return Span(max(len(known), int(bool(rows))), len(known) + vague)


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison: a fact, an operator, a value, and the months it is counted over."""

    fact: str
    op: Op
    value: int
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A line of the rules. ``groups``: one of the groups is enough; in a group, every condition must hold.

    ``title`` is written by the team for a criterion of its own; the others are named by their code.
    """

    code: str
    weight: Weight
    groups: tuple[tuple[Condition, ...], ...]
    on: bool = True
    title: str = ""

    @property
    def reserved(self) -> bool:
        """Whether its answer tells what only those who accompany the household may read."""
        return any(FACTS[one.fact].reserved for group in self.groups for one in group)


@dataclass(frozen=True, slots=True)
class Edition:
    """Criteria, and how many of the others together propose."""

    criteria: tuple[Criterion, ...]
    others_needed: int = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer to one criterion, with the answer and what is known for each of its conditions."""

    criterion: Criterion
    answer: Answer
    groups: tuple[tuple[tuple[Condition, Span, Answer], ...], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of a case, criterion by criterion."""

    outcome: Outcome
    items: tuple[Judged, ...]


def compare(op: Op, span: Span, value: int) -> Answer:
    """Compare what is known with a value: yes or no only when everything it may be agrees."""
    high = span.high
    if op is Op.IS:
        if span.low == high == value:
            return Answer.YES
        return Answer.NO if value < span.low or (high is not None and value > high) else Answer.CHECK
    if op is Op.AT_MOST:
        return invert(compare(Op.MORE, span, value))
    least = value + 1 if op is Op.MORE else value
    if span.low >= least:
        return Answer.YES
    return Answer.NO if high is not None and high < least else Answer.CHECK


def invert(answer: Answer) -> Answer:
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(answer, Answer.CHECK)


def all_of(answers: Iterable[Answer]) -> Answer:
    """Every one: a single no decides; otherwise one to be checked keeps it open."""
    seen = set(answers)
    return Answer.NO if Answer.NO in seen else Answer.CHECK if Answer.CHECK in seen else Answer.YES


def any_of(answers: Iterable[Answer]) -> Answer:
    """At least one: a single yes decides."""
    seen = set(answers)
    return Answer.YES if Answer.YES in seen else Answer.CHECK if Answer.CHECK in seen else Answer.NO


def judge_criterion(criterion: Criterion, facts: CaseFacts) -> Judged:
    """Ask one criterion of a case."""
    groups = tuple(tuple(_asked(condition, facts) for condition in group) for group in criterion.groups)
    answer = any_of(all_of(said for _condition, _span, said in group) for group in groups)
    return Judged(criterion, answer, groups)


def _asked(condition: Condition, facts: CaseFacts) -> tuple[Condition, Span, Answer]:
    span = facts.span(condition.fact, condition.months)
    return condition, span, compare(condition.op, span, condition.value)


def judge(edition: Edition, facts: CaseFacts) -> Verdict:
    """Ask every criterion that is on. Certain, or enough others: proposed; if what is unknown could tell: to check."""
    items = tuple(judge_criterion(criterion, facts) for criterion in edition.criteria if criterion.on)
    return Verdict(outcome_of([(one.criterion.weight, one.answer) for one in items], edition.others_needed), items)


def outcome_of(answers: Iterable[tuple[Weight, Answer]], others_needed: int) -> Outcome:
    """The outcome of weighted answers."""
    rows = list(answers)

    def enough(wanted: set[Answer]) -> bool:
        certain = any(weight is Weight.CERTAIN and answer in wanted for weight, answer in rows)
        others = sum(weight is Weight.OTHER and answer in wanted for weight, answer in rows)
        return certain or others >= others_needed

    if enough({Answer.YES}):
        return Outcome.PROPOSED
    return Outcome.TO_CHECK if enough({Answer.YES, Answer.CHECK}) else Outcome.NOT_PROPOSED
