"""Checks on the plan as a whole: steps that are missing, budgets that do not add up."""

from __future__ import annotations

from decimal import Decimal

from concertoit.together.plans.rules.document import BudgetKind, Node, NodeKind
from concertoit.together.plans.rules.wording import shorten

from .work import Work


def check_plan(work: Work) -> None:
    """Report nodes without steps among nodes that have some, and complete or check yearly splits."""
    for node in work.tree.nodes():
        _check_budget(node, work)
    _check_steps(work)


def _check_budget(node: Node, work: Work) -> None:
    """A split without a stated total gives the total; a split that differs from it is reported."""
    planned = [line for line in node.budget_lines if line.kind is BudgetKind.PLANNED]
    if not planned:
        return
    split = sum((line.amount for line in planned), Decimal("0.00"))
    if node.budget is None:
        node.budget = split
        if "budget" not in node.guessed:
            node.guessed.append("budget")
    elif node.budget != split:
        work.report(
            "budget_split_mismatch",
            node.source_place,
            shorten(node.source_text),
            split=f"{split:.2f}",
            total=f"{node.budget:.2f}",
        )


def _check_steps(work: Work) -> None:
    """Most elements have steps: those that have none are reported."""
    holders = [node for node in work.tree.nodes() if node.kind is NodeKind.OUTCOME]
    holders = holders or [node for node in work.tree.nodes() if node.kind is NodeKind.ACTION]
    bare = [node for node in holders if not any(child.kind is NodeKind.STEP for child in node.children)]
    if not bare or len(bare) * 2 >= len(holders):
        return
    for node in bare:
        work.report(
            "no_step",
            node.source_place,
            shorten(node.source_text),
            node=node.written or f"«\u00a0{shorten(node.title, 60)}\u00a0»",
        )
