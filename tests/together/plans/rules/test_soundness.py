"""What a plan cannot hold is told with its place."""

from datetime import date
from decimal import Decimal

from concertoit.together.plans.rules.document import BudgetLine, Node, NodeKind, Period, PlanDocument
from concertoit.together.plans.rules.soundness import Fault, faults


def test_each_fault_with_its_node() -> None:
    backwards = Node("a", NodeKind.ACTION, period=Period("", date(2027, 1, 1), date(2026, 1, 1)))
    negative = Node("b", NodeKind.ACTION, budget=Decimal("-1.00"))
    large = Node("c", NodeKind.ACTION, budget_lines=[BudgetLine(Decimal("12345678901.00"))])
    fine = Node("d", NodeKind.ACTION, period=Period("", date(2026, 1, 1), date(2026, 1, 1)), budget=Decimal(0))
    document = PlanDocument(roots=[backwards, negative, large, fine])
    assert [(node.id, fault) for node, fault in faults(document)] == [
        ("a", Fault.BACKWARDS),
        ("b", Fault.NEGATIVE),
        ("c", Fault.TOO_LARGE),
    ]
