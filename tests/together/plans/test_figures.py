"""Indicators, measures, contests, and money to the cent."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.notifications.models import Notice
from concertoit.together.plans.models import Measure, Spending
from concertoit.together.plans.queries.measures import indicators_of
from concertoit.together.plans.rules.document import BudgetKind
from concertoit.together.plans.rules.spending import CENT, is_amount, reconcile  # fmt: skip
from concertoit.together.plans.rules.spending import Entry as Amount
from concertoit.together.plans.services import indicators, spending
from tests.personas import Table
from tests.together.plans.followed import contest_of, indicator_of, measure_of, spending_of
from tests.together.plans.test_followup import LEAD, PARTNER_ONLY
from tests.together.plans.test_item_page import address

AMOUNTS = st.decimals(Decimal("0.01"), Decimal("99999.99"), places=2)
WORDS = st.sampled_from(["", "2026-2027", "An 1", "Organisme X"])
ENTRIES = st.lists(st.builds(Amount, st.sampled_from(BudgetKind), AMOUNTS, WORDS, WORDS, WORDS), max_size=30)


class TestReconciliation:
    def test_an_example(self) -> None:
        found = reconcile(
            [
                Amount(BudgetKind.PLANNED, Decimal("1200.00"), "An 1"),
                Amount(BudgetKind.COMMITTED, Decimal("900.00"), "An 1"),
                Amount(BudgetKind.SPENT, Decimal("412.37"), " An 1 "),
            ],
            stated=Decimal("11446.00"),
        )
        assert [line.year for line in found.lines] == ["An 1", ""]
        assert (found.lines[0].left, found.lines[0].free) == (Decimal("787.63"), Decimal("300.00"))
        assert (found.total.planned, found.unallocated) == (Decimal("11446.00"), Decimal("10246.00"))
        assert found.overspent == 0

    def test_what_is_spent_was_committed(self) -> None:
        found = reconcile([Amount(BudgetKind.PLANNED, Decimal(100)), Amount(BudgetKind.SPENT, Decimal(130))])
        assert (found.total.free, found.overspent) == (Decimal(-30), Decimal(30))

    @given(entries=ENTRIES, stated=st.none() | AMOUNTS)
    def test_lines_always_add_up(self, entries: list[Amount], stated: Decimal | None) -> None:
        found = reconcile(entries, stated)
        for kind, total in (
            (BudgetKind.COMMITTED, found.total.committed),
            (BudgetKind.SPENT, found.total.spent),
        ):
            assert total == sum((e.amount for e in entries if e.kind is kind), Decimal(0))
        planned = sum((e.amount for e in entries if e.kind is BudgetKind.PLANNED), Decimal(0))
        assert found.total.planned == (planned if stated is None else stated)
        assert found.total.left == sum((line.left for line in found.lines), Decimal(0))
        assert len({(line.year, line.fiscal_agent, line.source) for line in found.lines}) == len(found.lines)

    @given(amount=st.decimals(allow_nan=False, allow_infinity=False, min_value=-10, max_value=10))
    def test_only_whole_positive_cents_are_amounts(self, amount: Decimal) -> None:
        assert is_amount(amount) == (amount > 0 and amount % CENT == 0)


class TestIndicators:
    def test_only_the_coordination_defines_them(self, table: Table) -> None:
        row = indicators.define_indicator(
            viewer=table.viewer("coordinator"), item_id=table.action.pk, title="Visites", unit="visites"
        )
        with pytest.raises(NotAllowed):
            indicators.define_indicator(viewer=table.viewer(LEAD), item_id=table.action.pk, title="Autre")
        indicators.edit_indicator(
            viewer=table.viewer("coordinator"), item_id=table.action.pk, indicator_id=row.pk, target="vingt"
        )
        assert Entry.objects.latest("pk").before["target"] == ""
        assert Entry.objects.latest("pk").after["target"] == "vingt"

    def test_a_retired_one_leaves_the_page_and_loses_nothing(self, table: Table) -> None:
        measure = measure_of(table)
        viewer, pk = table.viewer("coordinator"), table.action.pk
        indicators.retire_indicator(viewer=viewer, item_id=pk, indicator_id=measure.indicator_id)
        assert indicators_of([pk]) == []
        assert len(indicators_of([pk], retired=True)) == 1
        with pytest.raises(DomainError, match="plus suivi"):
            indicators.add_measure(
                viewer=viewer, item_id=pk, indicator_id=measure.indicator_id, on=date(2026, 5, 2), value=Decimal(1),
                source="Registre",
            )  # fmt: skip
        indicators.retire_indicator(viewer=viewer, item_id=pk, indicator_id=measure.indicator_id, retired=False)
        assert [view.last for view in indicators_of([pk])] == [measure]

    def test_a_measure_has_a_past_date_and_a_source(self, table: Table) -> None:
        row = indicator_of(table)
        viewer, pk, today = table.viewer(LEAD), table.action.pk, timezone.localdate()
        for on, source in ((today + timedelta(days=1), "Registre"), (today, "  ")):
            with pytest.raises(DomainError):
                indicators.add_measure(
                    viewer=viewer, item_id=pk, indicator_id=row.pk, on=on, value=Decimal(3), source=source
                )
        with pytest.raises(NotAllowed):
            indicators.add_measure(
                viewer=table.viewer(PARTNER_ONLY), item_id=pk, indicator_id=row.pk, on=today, value=Decimal(3),
                source="Registre",
            )  # fmt: skip
        with pytest.raises(NotVisible):
            indicators.add_measure(
                viewer=viewer, item_id=table.outcome.pk, indicator_id=row.pk, on=today, value=Decimal(3), source="R"
            )

    def test_a_second_measure_of_the_same_day_stands_in_its_place(self, table: Table) -> None:
        first = measure_of(table)
        indicators.add_measure(
            viewer=table.viewer(LEAD), item_id=table.action.pk, indicator_id=first.indicator_id, on=first.on,
            value=Decimal(14), source="Registre corrigé",
        )  # fmt: skip
        view = indicators_of([table.action.pk])[0]
        assert [m.superseded for m in view.measures] == [True, False]
        assert [m.value for m in view.series] == [Decimal(14)]

    @pytest.mark.parametrize(
        ("direction", "value", "reached"),
        [("up", 60, True), ("up", 59, False), ("down", 60, True), ("down", 61, False), ("keep", 60, True)],
    )
    def test_reaching_a_target_depends_on_the_direction(
        self, table: Table, direction: str, value: int, reached: bool
    ) -> None:
        row = measure_of(table).indicator
        row.target_value, row.baseline_value, row.direction = Decimal(60), Decimal(0), direction
        row.save()
        Measure.objects.update(value=value)
        view = indicators_of([table.action.pk])[0]
        assert view.reached is reached
        assert view.way == min(value * 100 // 60, 100)

    def test_nothing_is_drawn_with_one_point(self, table: Table) -> None:
        measure_of(table)
        assert indicators_of([table.action.pk])[0].chart() is None


class TestContests:
    def test_a_figure_is_contested_with_a_source_and_its_author_is_told(self, table: Table) -> None:
        measure = measure_of(table)
        viewer, pk = table.viewer(PARTNER_ONLY), table.action.pk
        with pytest.raises(DomainError, match="source"):
            indicators.contest_measure(viewer=viewer, item_id=pk, measure_id=measure.pk, reason="Non.", source=" ")
        indicators.contest_measure(
            viewer=viewer, item_id=pk, measure_id=measure.pk, reason="Deux doublons.", source="Liste"
        )
        assert indicators_of([pk])[0].measures[0].contested
        notice = Notice.objects.get(kind="plans.contest")
        assert notice.user == table.user(LEAD)
        with pytest.raises(NotAllowed):
            indicators.contest_measure(
                viewer=table.viewer("observer"), item_id=pk, measure_id=measure.pk, reason="Non.", source="Moi"
            )

    def test_accepted_the_proposed_value_becomes_the_measure(self, table: Table) -> None:
        contest, pk = contest_of(table), table.action.pk
        indicators.answer_contest(
            viewer=table.viewer(LEAD), item_id=pk, contest_id=contest.pk, accepted=True, answer="Vérifié."
        )
        view = indicators_of([pk])[0]
        assert [m.value for m in view.series] == [Decimal(10)]
        assert view.measures[0].contests[0].answer == "Vérifié."
        assert Notice.objects.get(user=table.user(PARTNER_ONLY)).body == "Vérifié."
        with pytest.raises(DomainError, match="déjà répondu"):
            indicators.answer_contest(
                viewer=table.viewer(LEAD), item_id=pk, contest_id=contest.pk, accepted=False, answer="Encore."
            )

    def test_refused_the_figure_stays(self, table: Table) -> None:
        contest, pk = contest_of(table), table.action.pk
        client = table.client(LEAD)
        url = address(table, table.action, "contest_answer", contest_id=contest.pk)
        assert client.post(url, {"accepted": "non"}).status_code == 422
        assert client.post(url, {"accepted": "non", "answer": "Le registre fait foi."}).status_code == 302
        assert [m.value for m in indicators_of([pk])[0].series] == [Decimal(12)]
        assert "Non retenue" in client.get(address(table, table.action)).content.decode()


class TestSpending:
    def add(self, table: Table, who: str = LEAD, **values: object) -> Spending:
        known = {"kind": BudgetKind.SPENT, "amount": Decimal("412.37"), "on": date(2026, 5, 1), "year": "2026-2027"}
        return spending.add_spending(
            viewer=table.viewer(who),
            item_id=table.action.pk,
            **{**known, **values},  # type: ignore[arg-type]
        )

    def test_it_stands_beside_what_was_planned(self, table: Table) -> None:
        self.add(table)
        self.add(table, kind=BudgetKind.COMMITTED, amount=Decimal("900.00"))
        page = table.client("observer").get(address(table, table.action)).content.decode()
        for text in ("1\u00a0200,00\u00a0$", "900,00\u00a0$", "412,37\u00a0$", "787,63\u00a0$", "300,00\u00a0$"):
            assert text in page

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"amount": Decimal(0)}, "amount"),
            ({"amount": Decimal("-5.00")}, "amount"),
            ({"amount": Decimal("1.005")}, "amount"),
            ({"amount": Decimal("999999999.00")}, "amount"),
            ({"on": date(2062, 5, 1)}, "on"),
            ({"on": date(2024, 5, 1)}, "on"),
            ({"on": timezone.localdate() + timedelta(days=2)}, "on"),
            ({"kind": BudgetKind.PLANNED}, "kind"),
        ],
    )
    def test_nonsense_is_refused(self, table: Table, wrong: dict[str, object], field: str) -> None:
        with pytest.raises(DomainError) as refused:
            self.add(table, **wrong)
        assert refused.value.field == field
        assert not Spending.objects.exists()

    def test_a_promise_may_be_in_the_future(self, table: Table) -> None:
        self.add(table, kind=BudgetKind.COMMITTED, on=timezone.localdate() + timedelta(days=20))

    def test_not_on_an_axis_and_not_by_others(self, table: Table) -> None:
        with pytest.raises(DomainError):
            spending.add_spending(
                viewer=table.viewer("coordinator"), item_id=table.axis.pk, kind=BudgetKind.SPENT, amount=Decimal(5),
                on=date(2026, 5, 1),
            )  # fmt: skip
        with pytest.raises(NotAllowed):
            self.add(table, PARTNER_ONLY)

    def test_corrected_and_removed_the_journal_keeps_it(self, table: Table) -> None:
        row, viewer, pk = spending_of(table), table.viewer(LEAD), table.action.pk
        spending.edit_spending(viewer=viewer, item_id=pk, spending_id=row.pk, amount=Decimal("41.00"))
        assert (Entry.objects.latest("pk").before["amount"], Entry.objects.latest("pk").after["amount"]) == (
            "40.00",
            "41.00",
        )
        spending.remove_spending(viewer=viewer, item_id=pk, spending_id=row.pk)
        assert not Spending.objects.exists()
        assert Entry.objects.latest("pk").before["amount"] == "41.00"

    def test_the_form_reads_french_amounts_and_keeps_what_was_typed(self, table: Table) -> None:
        url = address(table, table.action, "spending_add")
        client = table.client(LEAD)
        assert 'value="2026-2027"' in client.get(url).content.decode()
        typed = {"kind": "spent", "amount": "beaucoup", "on": "2026-05-01", "note": "Location de salle"}
        wrong = client.post(url, typed)
        assert wrong.status_code == 422
        assert "Location de salle" in wrong.content.decode()
        assert client.post(url, {**typed, "amount": "1 234,50 $"}).status_code == 302
        assert Spending.objects.get().amount == Decimal("1234.50")
