"""The coco's recommendation: started from a count, written with reasons, published, applied by an act (L5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.notifications.models import Notice
from concertoit.together.decisions.models import (
    FundingRequest,
    Prioritisation,
    Recommendation,
    RecommendationLine,
)
from concertoit.together.decisions.queries.money import balances_of, lines_of
from concertoit.together.decisions.services import money_applying
from concertoit.together.decisions.services import money_recommendation as services
from concertoit.together.plans.models import BudgetLine
from concertoit.together.plans.services.versions import abandon_draft
from tests.personas import Table
from tests.together.decisions import prioritised as made


def url(table: Table, row: Prioritisation, rest: str = "") -> str:
    return f"/demarches/{table.space.slug}/decider/priorisations/{row.pk}/recommandation/{rest}"


def amounts(row: Prioritisation) -> dict[int, str]:
    lines = lines_of(Recommendation.objects.get(prioritisation=row))
    return {line.request.option.key: f"{line.amount:.2f}" for line in lines}


def line_of(row: Prioritisation, key: int) -> RecommendationLine:
    return next(
        line for line in lines_of(Recommendation.objects.get(prioritisation=row)) if line.request.option.key == key
    )


def write(table: Table, row: Prioritisation, key: int, amount: str, reason: str = "") -> None:
    lines = {line_of(row, key).request_id: (Decimal(amount), reason)}
    services.write(viewer=table.viewer("coco"), pk=row.pk, lines=lines)


class TestWriting:
    def test_it_starts_from_a_rule_and_nothing_is_decided(self, table: Table) -> None:
        """1 500 $: three voices want 1 (1 200 $), one each wants 2, 3 and 4 (400 $)."""
        row = made.recommended(table, rule="greedy")
        assert amounts(row) == {1: "1200.00", 2: "0.00", 3: "0.00", 4: "0.00"}
        assert BudgetLine.objects.filter(version=table.draft).get().amount == Decimal(1200)
        services.start(viewer=table.viewer("coco"), pk=row.pk, rule="nothing")
        assert set(amounts(row).values()) == {"0.00"}

    def test_another_amount_needs_a_reason(self, table: Table) -> None:
        row = made.recommended(table, rule="greedy")
        with pytest.raises(DomainError, match="Dites pourquoi") as refusal:
            write(table, row, 2, "300.00")
        assert refusal.value.field == f"motif-{line_of(row, 2).request_id}"
        write(table, row, 2, "300.00", "Amorcer avec ce qui reste.")
        write(table, row, 1, "1200.00")
        [balance] = balances_of(row, lines_of(Recommendation.objects.get()))
        assert (balance.recommended, balance.left) == (Decimal("1500.00"), 0)
        assert Entry.objects.filter(verb="money.recommendation_changed", after__amount="300.00").count() == 1

    def test_never_more_than_asked_nor_less_than_nothing(self, table: Table) -> None:
        row = made.recommended(table)
        with pytest.raises(DomainError, match="plus que ce qui est demandé"):
            write(table, row, 2, "400.01", "x")
        with pytest.raises(DomainError, match="négatif"):
            write(table, row, 2, "-1", "x")

    def test_only_the_coco_writes(self, table: Table) -> None:
        row = made.recommended(table)
        with pytest.raises(NotAllowed):
            services.start(viewer=table.viewer("partner"), pk=row.pk, rule="greedy")
        with pytest.raises(NotAllowed):
            services.publish(viewer=table.viewer("coco"), pk=row.pk)

    def test_the_page_keeps_what_was_typed(self, table: Table) -> None:
        row = made.recommended(table, rule="greedy")
        client, pk = table.client("coco"), line_of(row, 2).request_id
        values: dict[str, Any] = {
            f"montant-{line.request_id}": str(line.amount) for line in lines_of(Recommendation.objects.get())
        }
        response = client.post(url(table, row), values | {f"montant-{pk}": "250,50"})
        assert response.status_code == 422
        assert 'value="250,50"' in response.content.decode()
        assert (
            client.post(url(table, row), values | {f"montant-{pk}": "250,50", f"motif-{pk}": "Un début."}).status_code
            == 302
        )
        assert amounts(row)[2] == "250.50"


class TestPublishing:
    def test_the_plenary_sees_it_once_published(self, table: Table) -> None:
        row = made.recommended(table, rule="greedy")
        partner = table.client("partner")
        assert partner.get(url(table, row)).status_code == 404
        services.publish(viewer=table.viewer("coordinator"), pk=row.pk)
        page = partner.get(url(table, row)).content.decode()
        assert "1\u00a0200,00\u00a0$" in page
        assert "C’est une recommandation" in page
        assert Notice.objects.filter(kind="decisions.results", user=table.user("partner")).exists()

    def test_not_over_the_envelope_by_a_cent(self, table: Table) -> None:
        row = made.recommended(table, rule="greedy")
        write(table, row, 2, "300.01", "Un cent de trop.")
        with pytest.raises(DomainError, match="dépasse l’enveloppe de 0,01"):
            services.publish(viewer=table.viewer("coordinator"), pk=row.pk)

    def test_published_it_holds_until_it_is_taken_back(self, table: Table) -> None:
        row = made.published(table)
        with pytest.raises(DomainError, match="publiée"):
            write(table, row, 2, "10", "x")
        services.take_back(viewer=table.viewer("coordinator"), pk=row.pk)
        write(table, row, 2, "0", "Repris.")
        assert table.client("partner").get(url(table, row)).status_code == 404

    def test_nothing_before_the_count(self, table: Table) -> None:
        row = made.opened(table)
        with pytest.raises(DomainError):
            services.start(viewer=table.viewer("coco"), pk=row.pk, rule="greedy")
        with pytest.raises(NotVisible):
            services.shown(table.viewer("coco"), row.pk)


class TestApplying:
    def applied(self, table: Table, amount: str = "800.00") -> Prioritisation:
        row = made.recommended(table, rule="greedy")
        write(table, row, 1, amount, "Moins que demandé.")
        services.publish(viewer=table.viewer("coordinator"), pk=row.pk)
        return row

    def test_the_budget_lines_of_the_draft_are_written(self, table: Table) -> None:
        row = self.applied(table)
        result = money_applying.apply(viewer=table.viewer("coordinator"), pk=row.pk)
        assert (result.changed, result.missing) == (1, [])
        line = BudgetLine.objects.get(version=table.draft)
        assert (line.year, line.amount) == ("2026-2027", Decimal("800.00"))
        node = table.drafted("action")
        assert node.budget == Decimal("800.00")
        assert BudgetLine.objects.get(version=table.version).amount == Decimal(1200)  # in force: nothing moves
        with pytest.raises(DomainError, match="déjà dans l’ébauche"):
            money_applying.apply(viewer=table.viewer("coordinator"), pk=row.pk)

    def test_spread_over_the_lines_it_came_from(self, table: Table) -> None:
        node = table.drafted("action")
        common = {"space": table.space, "version": table.draft, "node": node, "year": "2026-2027"}
        BudgetLine.objects.create(**common, amount=Decimal("600.00"), fiscal_agent="Organisme Y")
        row = made.prepared(table)
        request = FundingRequest.objects.get(option__prioritisation=row)
        assert (request.amount, len(request.sources)) == (Decimal("1800.00"), 2)
        Prioritisation.objects.filter(pk=row.pk).update(state="closed", closed_at=row.created_at)
        row.refresh_from_db()
        made.prioritisation_counting.count_now(row=row)
        services.start(viewer=table.viewer("coco"), pk=row.pk, rule="nothing")
        write(table, row, 1, "1000.00", "Deux tiers, un tiers.")
        services.publish(viewer=table.viewer("coordinator"), pk=row.pk)
        money_applying.apply(viewer=table.viewer("coordinator"), pk=row.pk)
        found = dict(BudgetLine.objects.filter(node=node).values_list("fiscal_agent", "amount"))
        assert found == {"": Decimal("666.67"), "Organisme Y": Decimal("333.33")}

    def test_an_action_that_left_the_draft_is_told(self, table: Table) -> None:
        row = made.recommended(table, rule="greedy")
        write(table, row, 2, "100", "Un essai.")
        services.publish(viewer=table.viewer("coordinator"), pk=row.pk)
        result = money_applying.apply(viewer=table.viewer("coordinator"), pk=row.pk)
        assert result.missing == ["1.2 Action 2"]

    def test_not_without_publishing_nor_without_a_draft(self, table: Table) -> None:
        row = made.recommended(table)
        coordinator = table.viewer("coordinator")
        with pytest.raises(DomainError, match="Publiez"):
            money_applying.apply(viewer=coordinator, pk=row.pk)
        services.publish(viewer=coordinator, pk=row.pk)
        abandon_draft(viewer=coordinator, version=table.draft)
        with pytest.raises(DomainError, match="Aucune ébauche"):
            money_applying.apply(viewer=coordinator, pk=row.pk)
        with pytest.raises(NotAllowed):
            money_applying.apply(viewer=table.viewer("coco"), pk=row.pk)

    def test_it_is_an_act_of_its_own_on_the_page(self, table: Table) -> None:
        row = self.applied(table)
        client = table.client("coordinator")
        assert "Appliquer au budget de l’ébauche" in client.get(url(table, row)).content.decode()
        client.post(url(table, row, "etat/"), {"quoi": "appliquer"})
        assert BudgetLine.objects.get(version=table.draft).amount == Decimal(800)
        assert "Appliquée à l’ébauche" in client.get(url(table, row)).content.decode()
