"""Reads of the money: the recommendation, its lines, its totals."""

from __future__ import annotations

from collections.abc import Iterable

from concertoit.together.decisions.models import Envelope, Prioritisation, Recommendation, RecommendationLine
from concertoit.together.decisions.rules.money_lines import Balance, balances


def recommendation_of(row: Prioritisation) -> Recommendation | None:
    """What the coco recommends, if it was started."""
    return Recommendation.objects.filter(prioritisation=row).select_related("result", "applied_to").first()


def lines_of(recommendation: Recommendation) -> list[RecommendationLine]:
    """Its lines, action by action."""
    rows = RecommendationLine.objects.filter(recommendation=recommendation).select_related("request__option")
    return sorted(rows, key=lambda line: (line.request.option.key, line.request.year, line.pk))


def balances_of(row: Prioritisation, lines: Iterable[RecommendationLine]) -> list[Balance]:
    """Each year's envelope, what is asked and what is recommended."""
    envelopes = Envelope.objects.filter(prioritisation=row).order_by("position", "pk").values_list("year", "amount")
    return balances(envelopes, [(line.request.year, line.request.amount, line.amount) for line in lines])
