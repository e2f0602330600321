"""Applying a published recommendation to the budget lines of the draft: an act of its own, never a consequence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.models import RecommendationLine
from concertoit.together.decisions.queries.money import lines_of
from concertoit.together.decisions.rules.money_lines import spread
from concertoit.together.decisions.services.money_recommendation import recommended
from concertoit.together.decisions.services.prioritisation import journal, locked
from concertoit.together.plans.models import PlanNode, PlanVersion
from concertoit.together.plans.services.budgeting import Label, write_lines
from concertoit.together.plans.services.versions import draft_of


@dataclass(slots=True)
class Applied:
    """What was written: elements changed, and requests whose action is no longer in the draft."""

    version: PlanVersion
    changed: int = 0
    missing: list[str] = field(default_factory=list)


@transaction.atomic
def apply(*, viewer: Viewer, pk: int) -> Applied:
    """Write the recommended amounts in the budget lines they came from, spread to the cent where there were several.

    A request that was typed becomes a line of its action. Raises ``DomainError`` when it is not published, was applied
    already, or when no draft is open.
    """
    viewer.must("money.publish")
    row = locked(viewer, pk)
    recommendation = recommended(row)
    if recommendation.published_at is None:
        raise DomainError(_("Publiez la recommandation avant de l’appliquer."))
    if recommendation.applied_at is not None:
        raise DomainError(_("Cette recommandation est déjà dans l’ébauche."))
    draft = draft_of(row.plan)
    if draft is None:
        raise DomainError(_("Aucune ébauche n’est ouverte : ouvrez-en une depuis le plan."))
    applied = Applied(draft)
    there = set(PlanNode.objects.filter(version=draft).order_by().values_list("item_id", flat=True))
    amounts = _by_item(lines_of(recommendation), there, applied)
    applied.changed = write_lines(viewer=viewer, version=draft, amounts=amounts)
    recommendation.applied_at, recommendation.applied_to = timezone.now(), draft
    recommendation.save()
    journal(viewer.user, "money.recommendation_applied", row, after={"version": str(draft)})
    return applied


def _by_item(lines: list[RecommendationLine], there: set[int], applied: Applied) -> dict[int, dict[Label, Decimal]]:
    """The amounts to write on each element of the draft."""
    found: dict[int, dict[Label, Decimal]] = defaultdict(dict)
    for line in lines:
        option = line.request.option
        sources = [one for one in line.request.sources if one["item"] in there]
        if not sources and option.item_id not in there:
            if line.amount:
                applied.missing.append(str(option))
            continue
        if not sources:
            sources = [{"item": option.item_id, "year": line.request.year, "amount": "1"}]
        amounts = spread(line.amount, [Decimal(one["amount"]) for one in sources])
        for source, amount in zip(sources, amounts, strict=True):
            label = _label(source)
            here = found[source["item"]]
            here[label] = here.get(label, Decimal(0)) + amount
    return found


def _label(source: dict[str, Any]) -> Label:
    return source["year"], source.get("fiscal_agent", ""), source.get("source", "")
