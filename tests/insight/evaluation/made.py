"""A strategy of change, for tests and the permission table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from concertoit.insight.evaluation.models import ExpectedChange, Sign, StrategyAxis
from concertoit.insight.evaluation.services import strategy
from concertoit.insight.evaluation.services.strategy import ChangeFacts, SignFacts
from tests.personas import Table


def axis(table: Table, number: int = 1) -> StrategyAxis:
    known = StrategyAxis.objects.filter(space=table.space, number=number).first()
    return known or strategy.save_axis(
        viewer=table.viewer("coordinator"), number=number, name="Proximité", item_id=table.axis.pk
    )


def change(
    table: Table, text: str = "Les locataires savent à qui s’adresser", kind: str = "knowledge"
) -> ExpectedChange:
    facts = ChangeFacts(kind, text, "locataires", [axis(table)])
    return strategy.save_change(viewer=table.viewer("coordinator"), facts=facts)


def sign(table: Table, metric: str = "") -> Sign:
    facts = SignFacts(name="" if metric else "Appels reçus", metric=metric, source="" if metric else "Registre")
    return strategy.save_sign(viewer=table.viewer("coordinator"), change=change(table), facts=facts)


def valued(table: Table) -> Sign:
    one = sign(table)
    strategy.keep_value(
        viewer=table.viewer("coordinator"), sign=one, since=date(2026, 1, 1), until=date(2026, 3, 31),
        value=Decimal(12), source="Registre",
    )  # fmt: skip
    return one
