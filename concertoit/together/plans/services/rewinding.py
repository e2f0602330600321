"""Keeping what a draft says, row by row, so that a large change may be taken back exactly."""

from collections.abc import Iterable
from typing import Any

from django.core import serializers

from concertoit.together.plans.models import BudgetLine, NodeActor, NodeLink, NodePriority, PlanNode, PlanVersion
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.rules.snapshot import canonical_text, digest

HANGING = (NodeActor, NodeLink, BudgetLine, NodePriority)


def fingerprint(version: PlanVersion) -> str:
    """SHA-256 of what a version says of its elements: the same as long as nobody touches it."""
    return digest(canonical_text(document_of(version, with_participants=False)))


def keep(version: PlanVersion) -> str:
    """Every row of a version's content, as text, with their keys (what people matched by hand included)."""
    rows: list[Any] = list(PlanNode.objects.filter(version=version).order_by("order", "pk"))
    for model in HANGING:
        rows += _of(model, version)
    return str(serializers.serialize("json", rows))


def rewind(version: PlanVersion, kept: str) -> None:
    """Give a draft the rows it had. Nodes that are still there keep their row, and what points at them.

    Called in a transaction, on a version that its caller found untouched since.
    """
    by_model: dict[Any, list[Any]] = {PlanNode: [], **{model: [] for model in HANGING}}
    for one in serializers.deserialize("json", kept):
        by_model[type(one.object)].append(one.object)
    nodes = by_model[PlanNode]
    there = set(PlanNode.objects.filter(version=version).values_list("pk", flat=True))
    PlanNode.objects.filter(version=version).exclude(pk__in=[node.pk for node in nodes]).delete()
    PlanNode.objects.bulk_create([node for node in nodes if node.pk not in there], batch_size=500)
    fields = [field.name for field in PlanNode._meta.concrete_fields if not field.primary_key]
    PlanNode.objects.bulk_update([node for node in nodes if node.pk in there], fields, batch_size=50)
    for model in HANGING:
        rows: Any = model._default_manager.filter(version=version)
        rows.delete()
        model._default_manager.bulk_create(by_model[model], batch_size=500)


def _of(model: Any, version: PlanVersion) -> Iterable[Any]:
    return model._default_manager.filter(version=version).order_by("pk")  # type: ignore[no-any-return]
