"""The money of nodes and items: what is planned, committed and spent, and the words that a plan uses for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, DateField, Value

from concertoit.together.plans.enums import BUDGET_KIND_LABELS
from concertoit.together.plans.models import BudgetLine, NodeActor, PlanNode, Spending
from concertoit.together.plans.rules.document import ActorRole, BudgetKind

WORDS = ("year", "fiscal_agent", "source")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that a version plans (``of`` is a node) or that somebody wrote down (``of`` is an item)."""

    kind: BudgetKind
    pk: int
    of: int
    amount: Decimal
    year: str
    fiscal_agent: str
    source: str
    on: date | None
    note: str
    author: str

    @property
    def label(self) -> Any:
        return BUDGET_KIND_LABELS[self.kind]


def amounts_of(nodes: Iterable[PlanNode], item_ids: Collection[int]) -> list[Amount]:
    """What is planned on these nodes, in the order of writing, then what is committed and spent on these items, the
    latest first; one query.
    """
    word, no_day = Value("", CharField()), Value(None, DateField())
    money = ("pk", "amount", *WORDS)
    planned: Any = BudgetLine.objects.filter(node__in=[node.pk for node in nodes]).order_by()
    spent: Any = Spending.objects.filter(item__in=item_ids).order_by()
    rows = planned.values_list(
        Value(BudgetKind.PLANNED.value, CharField()), "node_id", *money, no_day, word, word
    ).union(spent.values_list("kind", "item_id", *money, "on", "note", "author__name"), all=True)
    found = [
        Amount(BudgetKind(kind), pk, of, amount, year, agent, source, on, note, author or "")
        for kind, of, pk, amount, year, agent, source, on, note, author in rows
    ]
    lines = sorted((one for one in found if one.kind is BudgetKind.PLANNED), key=lambda one: one.pk)
    acts = [one for one in found if one.kind is not BudgetKind.PLANNED]
    return [*lines, *sorted(acts, key=lambda one: (one.on or date.min, one.pk), reverse=True)]


def known_words(node: PlanNode) -> dict[str, list[str]]:
    """Years, fiscal agents and sources of the whole plan, those of this node and above it first."""
    found: dict[str, dict[str, None]] = {name: {} for name in WORDS}
    near = own_words(node)
    far = BudgetLine.objects.filter(version_id=node.version_id).order_by("pk").values_list(*WORDS)
    done = Spending.objects.filter(item__plan_id=node.version.plan_id).order_by("pk").values_list(*WORDS)
    for name, words in near.items():
        found[name].update(dict.fromkeys(words))
    for row in (*far, *done):
        for name, word in zip(WORDS, row, strict=True):
            if word:
                found[name][word] = None
    agents = NodeActor.objects.filter(version_id=node.version_id, role=ActorRole.FISCAL_AGENT).order_by("pk")
    found["fiscal_agent"].update(dict.fromkeys(agents.values_list("name", flat=True)))
    return {name: list(words) for name, words in found.items()}


def own_words(node: PlanNode) -> dict[str, list[str]]:
    """Years, fiscal agents and sources that the budget of the node itself names."""
    rows = list(BudgetLine.objects.filter(node=node).order_by("pk").values_list(*WORDS))
    return {name: list(dict.fromkeys(row[i] for row in rows if row[i])) for i, name in enumerate(WORDS)}
