"""Words that a plan already uses for its money, offered while typing so that totals meet."""

from concertoit.together.plans.models import BudgetLine, NodeActor, PlanNode, Spending
from concertoit.together.plans.rules.document import ActorRole

WORDS = ("year", "fiscal_agent", "source")


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
