"""Adopting a plan part by part (seed 000; facts, section 4): what each part says, what is minor, what comes when."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

import pytest

from concertoit.together.decisions.rules.adoption import (
    NotMinor,
    Standing,
    difference,
    fingerprint,
    may_open,
    numbers_in,
    parts_of,
    why_not_minor,
)
from concertoit.together.decisions.rules.adoption_record import is_unchanged, read_record, record_text
from concertoit.together.decisions.rules.consent import Mode, RoundState, Subject
from concertoit.together.plans.rules.document import (
    Actor,
    ActorRole,
    BudgetLine,
    Indicator,
    Node,
    NodeKind,
    Period,
    PlanDocument,
    Section,
    SectionKind,
)
from concertoit.together.plans.rules.snapshot import digest


def plan() -> PlanDocument:
    action = Node("a", NodeKind.ACTION, "Soutenir trois comités locaux", "1.1", "1.1")
    action.actors = [Actor(ActorRole.LEAD, "DS Lanaudière"), Actor(ActorRole.FISCAL_AGENT, "UQTR")]
    action.budget = Decimal("5000.00")
    action.budget_lines = [BudgetLine(Decimal("5000.00"), "An 1", fiscal_agent="UQTR", source="Entente")]
    action.period = Period("26-28")
    first = Node("x", NodeKind.AXIS, "Mobilisation", "1", "1", children=[action])
    second = Node(
        "y", NodeKind.AXIS, "Vision", "2", "2", children=[Node("b", NodeKind.ACTION, "Écrire", "2.1", "2.1")]
    )
    return PlanDocument(title="Plan", roots=[first, second])


def hashes(document: PlanDocument) -> dict[str, str]:
    return {part.uid or part.subject.value: part.sha256 for part in parts_of(document)}


class TestParts:
    def test_axes_then_budget_then_fiscal_agent(self) -> None:
        """« du plan d’action, un axe à la fois, du budget, du fiduciaire » : the order of the field."""
        assert [part.subject for part in parts_of(plan())] == [
            Subject.AXIS, Subject.AXIS, Subject.BUDGET, Subject.FISCAL_AGENT,
        ]  # fmt: skip

    def test_a_plan_without_money_has_only_axes(self) -> None:
        document = plan()
        document.roots = document.roots[1:]
        assert [part.subject for part in parts_of(document)] == [Subject.AXIS]

    def test_what_stands_outside_of_axes_is_a_part_too(self) -> None:
        document = plan()
        document.roots.append(Node("z", NodeKind.ACTION, "Une action seule"))
        assert Subject.REST in [part.subject for part in parts_of(document)]

    @pytest.mark.parametrize(
        ("change", "touched"),
        [
            (lambda a: setattr(a, "title", "Autre chose"), {"x"}),
            (lambda a: a.actors.append(Actor(ActorRole.PARTNER, "Habeo")), {"x"}),
            (lambda a: setattr(a, "period", Period("27-28")), {"x"}),
            (lambda a: setattr(a, "budget", Decimal("6000.00")), {"budget"}),
            (lambda a: setattr(a.budget_lines[0], "source", "Autre"), {"budget", "fiscal_agent"}),
            (lambda a: setattr(a.actors[1], "name", "DSL"), {"fiscal_agent"}),
            (lambda a: a.indicators.append(Indicator("Comités soutenus")), set()),
        ],
    )
    def test_a_change_touches_its_part_and_no_other(self, change: object, touched: set[str]) -> None:
        before, after = plan(), plan()
        change(after.roots[0].children[0])  # type: ignore[operator]
        old, new = hashes(before), hashes(after)
        assert {key for key in old if old[key] != new[key]} == touched

    def test_an_axis_that_only_moved_says_the_same(self) -> None:
        axis = parts_of(plan())[0]
        moved = deepcopy(axis.document)
        for node in moved.walk():
            node.canonical = f"9.{node.canonical}"
        assert fingerprint(Subject.AXIS, moved) == axis.sha256


class TestOrder:
    def standings(self, *states: RoundState) -> list[Standing]:
        subjects = [Subject.AXIS, Subject.AXIS, Subject.BUDGET, Subject.FISCAL_AGENT]
        return [Standing(subject, state) for subject, state in zip(subjects, states, strict=True)]

    def test_the_budget_waits_for_the_axes(self) -> None:
        done, new = RoundState.ADOPTED, RoundState.PREPARED
        assert may_open(1, self.standings(done, new, new, new), Mode.ROOM, [])
        assert not may_open(2, self.standings(done, new, new, new), Mode.ROOM, [])
        assert may_open(2, self.standings(done, RoundState.ADOPTED_OVER, new, new), Mode.ROOM, [])
        assert not may_open(3, self.standings(done, done, RoundState.NOT_ADOPTED, new), Mode.ROOM, [])
        assert may_open(3, self.standings(done, done, done, new), Mode.ROOM, [])

    def test_one_at_a_time_in_the_room_several_axes_from_afar(self) -> None:
        states = self.standings(RoundState.VOICES, RoundState.PREPARED, RoundState.PREPARED, RoundState.PREPARED)
        assert not may_open(1, states, Mode.ROOM, [0])
        assert may_open(1, states, Mode.REMOTE, [0])

    def test_an_axis_touched_since_is_no_longer_settled(self) -> None:
        parts = [
            Standing(Subject.AXIS, RoundState.ADOPTED, touched=True),
            Standing(Subject.BUDGET, RoundState.PREPARED),
        ]
        assert not may_open(1, parts, Mode.ROOM, [])


class TestMinor:
    """Minor corrections « telles qu’entendues » are limited to wording."""

    def reasons(self, change: object) -> list[NotMinor]:
        after = plan()
        change(after)  # type: ignore[operator]
        return [why for _change, why in why_not_minor(difference(plan(), after))]

    def action(self, document: PlanDocument) -> Node:
        return document.roots[0].children[0]

    def test_wording_is_minor(self) -> None:
        assert self.reasons(lambda d: setattr(self.action(d), "title", "Appuyer trois comités locaux")) == []
        assert self.reasons(lambda d: setattr(self.action(d), "description", "Ensemble.")) == []

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            (lambda a: setattr(a, "budget", Decimal("1.00")), NotMinor.AMOUNT),
            (lambda a: a.actors.pop(), NotMinor.ORGANISATION),
            (lambda a: setattr(a, "period", Period("27-28")), NotMinor.PERIOD),
            (lambda a: setattr(a, "title", "Soutenir quatre comités locaux"), NotMinor.NUMBER),
            (lambda a: a.children.append(Node("n", NodeKind.STEP, "Une étape")), NotMinor.ADDED),
        ],
    )
    def test_the_rest_is_not(self, change: object, why: NotMinor) -> None:
        assert why in self.reasons(lambda d: change(self.action(d)))  # type: ignore[operator]

    def test_removing_and_moving_are_not(self) -> None:
        assert self.reasons(lambda d: d.roots[1].children.pop()) == [NotMinor.REMOVED]
        assert NotMinor.MOVED in self.reasons(lambda d: d.roots[0].children.append(d.roots[1].children.pop()))

    def test_a_text_around_the_plan_is_wording(self) -> None:
        after = plan()
        after.sections = [Section(SectionKind.FOLLOW_UP, "Six rencontres.")]
        diff = difference(plan(), after)
        assert diff
        assert not why_not_minor(diff)

    def test_writing_down_the_total_of_the_lines_changes_no_amount(self) -> None:
        before = plan()
        before.roots[0].children[0].budget = None
        assert not why_not_minor(difference(before, plan()))
        assert hashes(before)["budget"] == hashes(plan())["budget"]

    def test_indicators_belong_to_the_follow_up(self) -> None:
        assert self.reasons(lambda d: self.action(d).indicators.append(Indicator("Comités soutenus"))) == []

    def test_numbers_ignore_their_spaces(self) -> None:
        assert numbers_in("5\u00a0000,00\u00a0$ en 2026") == ["2026", "5000,00"]
        assert numbers_in("Deux comités, l’un au nord") == ["deux"]


def test_acts_keep_their_hash() -> None:
    text = record_text({"plan": "Été", "parts": []})
    assert is_unchanged(text, digest(text))
    assert not is_unchanged(text.replace("Été", "Hiver"), digest(text))
    assert read_record(text)["plan"] == "Été"
    with pytest.raises(ValueError, match="schema"):
        read_record('{"schema": "autre"}')
