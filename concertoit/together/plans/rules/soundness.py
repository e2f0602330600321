"""What a document may say and a plan cannot hold: told before anything is written, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from concertoit.together.plans.rules.document import Node, PlanDocument

# Ten digits of dollars: what the columns of amounts hold.
LARGEST = Decimal("9999999999.99")


class Fault(StrEnum):
    BACKWARDS = "backwards"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"


def faults(document: PlanDocument) -> Iterator[tuple[Node, Fault]]:
    """Nodes whose period ends before it starts, or whose amounts are negative or beyond any plan, in reading order."""
    for node in document.walk():
        start, end = node.period.start, node.period.end
        if start and end and end < start:
            yield node, Fault.BACKWARDS
        if node.budget is not None and node.budget < 0:
            yield node, Fault.NEGATIVE
        amounts = [line.amount for line in node.budget_lines] + ([node.budget] if node.budget is not None else [])
        if any(abs(amount) > LARGEST for amount in amounts):
            yield node, Fault.TOO_LARGE
