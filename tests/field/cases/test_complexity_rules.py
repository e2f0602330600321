"""When a case is proposed as complex: three-valued, criterion by criterion (I4)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.field.cases.rules.complexity import (
    FACTS,
    Answer,
    CaseFacts,
    Condition,
    Criterion,
    Dated,
    Judged,
    Op,
    Outcome,
    Span,
    Weight,
    all_of,
    any_of,
    compare,
    judge,
    judge_criterion,
    outcome_of,
    unknown,
)
from concertoit.field.cases.rules.complexity_edition import (
    START,
    BadRules,
    checked,
    digest_of,
    from_json,
    next_own,
    to_json,
    verdict_json,
    with_criterion,
    without,
)

NONE = {code: Span.of(0) for code in FACTS if code not in ("dwellings_reported", "recurrences")} | {
    "dwellings": Span.of(4), "clutter": Span.of(1),
}  # fmt: skip


def facts(**known: int | None) -> CaseFacts:
    """A small building where nothing is wrong, but for what is said; ``None``: nobody knows."""
    spans = dict(NONE)
    for code, value in known.items():
        spans[code] = unknown(code) if value is None else Span.of(value)
    return CaseFacts(spans)


def item(code: str, given_facts: CaseFacts) -> Judged:
    return next(one for one in judge(START, given_facts).items if one.criterion.code == code)


@pytest.mark.parametrize(
    ("dwellings", "grade", "answer"),
    [
        (7, 2, Answer.YES), (6, 2, Answer.NO), (6, 4, Answer.NO), (12, 1, Answer.NO), (12, 3, Answer.YES),
        (None, 2, Answer.CHECK),  # unknown number of dwellings: to be checked, never « no »
        (None, 1, Answer.NO),  # whatever the number, the issue is too small
        (12, None, Answer.CHECK), (5, None, Answer.NO), (None, None, Answer.CHECK),
    ],
)  # fmt: skip
def test_the_certain_criterion(dwellings: int | None, grade: int | None, answer: Answer) -> None:
    assert item("large_building", facts(dwellings=dwellings, grade=grade)).answer is answer


@pytest.mark.parametrize(
    ("known", "outcome"),
    [
        ({}, Outcome.NOT_PROPOSED),
        ({"grade": 4}, Outcome.PROPOSED),
        ({"dwellings": 7, "grade": 2}, Outcome.PROPOSED),
        ({"mandates": 3}, Outcome.NOT_PROPOSED),  # one of the others is not enough
        ({"mandates": 3, "refused_visits": 2}, Outcome.PROPOSED),
        ({"mandates": 2, "refused_visits": 2}, Outcome.NOT_PROPOSED),
        ({"need": 2, "grade": 2, "possible_evacuation": 1}, Outcome.PROPOSED),
        ({"need": 2, "grade": 1, "possible_evacuation": 1}, Outcome.NOT_PROPOSED),
        ({"clutter": 5, "grade": 2, "fear_of_reprisals": 1}, Outcome.PROPOSED),
        ({"owner_unreachable": 1, "missed_deadlines": 2}, Outcome.PROPOSED),
        ({"owner_refuses": 1, "missed_deadlines": 1}, Outcome.NOT_PROPOSED),
        ({"owner_buildings": 2, "fear_of_reprisals": None}, Outcome.TO_CHECK),
        ({"fear_of_reprisals": None}, Outcome.NOT_PROPOSED),  # alone it would change nothing
        ({"grade": None}, Outcome.TO_CHECK),
    ],
)
def test_certain_or_danger_or_two_others(known: dict[str, int | None], outcome: Outcome) -> None:
    assert judge(START, facts(**known)).outcome is outcome


def test_three_dwellings_of_the_building_in_twelve_months() -> None:
    def reported(*rows: tuple[int, str]) -> Answer:
        return item("several_dwellings", replace(facts(), reports=tuple(Dated(*row) for row in rows))).answer

    assert reported((10, "a"), (20, "b"), (300, "c")) is Answer.YES
    assert reported((10, "a"), (20, "b"), (400, "c")) is Answer.NO
    assert reported((10, "a"), (20, "a"), (30, "a")) is Answer.NO
    assert reported((10, "a"), (20, "b"), (30, "")) is Answer.CHECK  # which dwelling? it may be a third one
    assert reported((10, "")) is Answer.NO
    assert reported() is Answer.NO


def test_it_comes_back() -> None:
    assert item("comes_back", replace(facts(), recurrences=(Dated(200),))).answer is Answer.YES
    assert item("comes_back", replace(facts(), recurrences=(Dated(400),))).answer is Answer.NO
    assert item("comes_back", facts(missed_deadlines=2)).answer is Answer.YES


spans = st.builds(
    lambda low, more: Span(low, None if more is None else low + more),
    st.integers(0, 12), st.none() | st.integers(0, 12),
)  # fmt: skip
inside = spans.flatmap(
    lambda wide: st.tuples(
        st.just(wide),
        st.integers(wide.low, wide.low + 12 if wide.high is None else wide.high).map(lambda v: Span(v, v)),
    )
)


@given(inside, st.sampled_from(Op), st.integers(0, 14))
def test_not_knowing_never_decides(pair: tuple[Span, Span], op: Op, value: int) -> None:
    """What an answer says of the wide, it says of every narrow one inside: unknown never lowers to no."""
    wide, narrow = pair
    assert wide.holds(narrow)
    assert compare(op, wide, value) in (compare(op, narrow, value), Answer.CHECK)


known_or_not = st.fixed_dictionaries(
    {code: st.none() | st.integers(0, 4) for code in NONE if code not in ("dwellings", "clutter")}
)
ORDER = [Outcome.NOT_PROPOSED, Outcome.TO_CHECK, Outcome.PROPOSED]


@given(known_or_not, st.sampled_from(sorted(NONE)))
def test_forgetting_a_fact_never_makes_a_no(known: dict[str, int | None], forgotten: str) -> None:
    whole = CaseFacts({code: Span.of(value) for code, value in known.items() if value is not None})
    less = CaseFacts({code: span for code, span in whole.spans.items() if code != forgotten})
    for before, after in zip(judge(START, whole).items, judge(START, less).items, strict=True):
        assert after.answer in (before.answer, Answer.CHECK)
    before_outcome, after_outcome = judge(START, whole).outcome, judge(START, less).outcome
    assert (before_outcome, after_outcome) != (Outcome.PROPOSED, Outcome.NOT_PROPOSED)


weighted = st.lists(st.tuples(st.sampled_from(Weight), st.sampled_from(Answer)), max_size=8)


@given(weighted, st.integers(1, 4), st.sampled_from(Weight), st.sampled_from([Answer.YES, Answer.CHECK]))
def test_one_more_never_removes_a_proposal(
    answers: list[tuple[Weight, Answer]], needed: int, weight: Weight, answer: Answer
) -> None:
    less, more = outcome_of(answers, needed), outcome_of([*answers, (weight, answer)], needed)
    assert ORDER.index(more) >= ORDER.index(less)
    if answer is Answer.YES and weight is Weight.CERTAIN:
        assert more is Outcome.PROPOSED


@given(weighted, st.integers(1, 4))
def test_turning_to_yes_never_lowers(answers: list[tuple[Weight, Answer]], needed: int) -> None:
    for place, (weight, _answer) in enumerate(answers):
        yes = [*answers[:place], (weight, Answer.YES), *answers[place + 1 :]]
        assert ORDER.index(outcome_of(yes, needed)) >= ORDER.index(outcome_of(answers, needed))


@given(st.lists(st.sampled_from(Answer)))
def test_all_and_any_are_mirrors(answers: list[Answer]) -> None:
    mirror = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.CHECK: Answer.CHECK}
    assert mirror[all_of(answers)] is any_of(mirror[one] for one in answers)


def test_an_edition_is_kept_and_read_back() -> None:
    assert from_json(to_json(START)) == START
    assert digest_of(START) == digest_of(from_json(to_json(START)))
    assert digest_of(replace(START, others_needed=3)) != digest_of(START)


def own(*conditions: Condition, title: str = "Jeunes enfants et danger", code: str = "own-1") -> Criterion:
    return Criterion(code, Weight.OTHER, (conditions,), title=title)


CHILDREN = Condition("children", Op.AT_LEAST, 1)


def test_a_criterion_of_ones_own() -> None:
    edition = with_criterion(START, own(CHILDREN, Condition("grade", Op.AT_LEAST, 3)))
    assert next_own(START) == "own-1"
    assert next_own(edition) == "own-2"
    found = next(o for o in judge(edition, facts(children=2, grade=3)).items if o.criterion.code == "own-1")
    assert found.answer is Answer.YES
    assert found.criterion.reserved
    assert verdict_json(judge(edition, facts()))[-1]["title"] == "Jeunes enfants et danger"
    assert without(edition, "own-1") == START


@pytest.mark.parametrize(
    ("criterion", "wrong"),
    [
        (own(), "empty"),
        (own(CHILDREN, title=" "), "title"),
        (own(CHILDREN, CHILDREN, CHILDREN, CHILDREN), "many"),
        (own(Condition("rent", Op.MORE, 1)), "fact"),
        (own(Condition("grade", Op.MORE, 5)), "value"),
        (own(Condition("possible_evacuation", Op.MORE, 0)), "op"),
        (own(Condition("grade", Op.MORE, 1, 12)), "months"),
        (own(Condition("recurrences", Op.MORE, 1)), "months"),
    ],
)
def test_only_the_vocabulary(criterion: Criterion, wrong: str) -> None:
    with pytest.raises(BadRules) as refusal:
        checked(criterion)
    assert refusal.value.code == wrong


def test_what_is_read_back_is_checked() -> None:
    kept = to_json(START)
    with pytest.raises(BadRules):
        from_json({**kept, "others_needed": 0})
    with pytest.raises(BadRules):
        from_json({**kept, "criteria": [*kept["criteria"], kept["criteria"][0]]})
    with pytest.raises(BadRules):
        from_json({"criteria": [{"code": "x", "weight": "heavy", "groups": []}], "others_needed": 2})
    with pytest.raises(BadRules):
        without(START, "danger")


def test_a_criterion_turned_off_is_not_asked() -> None:
    off = with_criterion(START, replace(START.criteria[1], on=False))
    assert judge(off, facts(grade=4)).outcome is Outcome.NOT_PROPOSED
    assert judge_criterion(off.criteria[1], facts(grade=4)).answer is Answer.YES
