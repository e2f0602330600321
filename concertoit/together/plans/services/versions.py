"""Versions of a plan: open a draft, put it in force, freeze it, prove that it did not change."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import VersionState
from concertoit.together.plans.models import (
    Alignment,
    BudgetLine,
    Measure,
    NodeActor,
    NodeLink,
    NodePriority,
    Plan,
    PlanItem,
    PlanNode,
    PlanSection,
    PlanVersion,
)
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.rules.snapshot import canonical_text, digest
from concertoit.together.plans.services import indexing


@transaction.atomic
def create_plan(
    *,
    viewer: Viewer,
    title: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    kind: str = "action_plan",
) -> Plan:
    """Open an empty plan with its first draft."""
    viewer.must("plan.edit")
    plan = Plan(space=viewer.space, title=title, starts_on=starts_on, ends_on=ends_on, kind=kind)
    plan.full_clean()
    plan.save()
    PlanVersion.objects.create(space=viewer.space, plan=plan, number=1)
    _journal(viewer, "plan.created", plan, after={"title": title})
    return plan


def draft_of(plan: Plan) -> PlanVersion | None:
    """The draft of a plan, if one is open."""
    return PlanVersion.objects.filter(plan=plan, state=VersionState.DRAFT).first()


def next_number(plan: Plan) -> int:
    """Number of the plan's next version."""
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


@transaction.atomic
def open_draft(*, viewer: Viewer, plan: Plan) -> PlanVersion:
    """A draft copied from the version in force; the one already open when there is one."""
    viewer.must("plan.edit")
    plan = Plan.objects.select_for_update().get(pk=plan.pk)  # two people at once open the same one
    open_one = draft_of(plan)
    if open_one:
        return open_one
    base = PlanVersion.objects.filter(plan=plan, state=VersionState.CURRENT).first()
    draft = PlanVersion.objects.create(
        space=viewer.space, plan=plan, number=next_number(plan), based_on=base, state=VersionState.DRAFT
    )
    if base:
        copy_content(source=base, target=draft)
    _journal(viewer, "plan.draft_opened", plan, after={"version": draft.number})
    return draft


def copy_content(*, source: PlanVersion, target: PlanVersion) -> None:
    """Copy every row of a version's content, keeping what people matched by hand."""
    made: dict[int, PlanNode] = {}
    level = list(PlanNode.objects.filter(version=source, parent=None).order_by("order"))
    children: dict[int | None, list[PlanNode]] = {}
    for node in PlanNode.objects.filter(version=source).exclude(parent=None).order_by("order"):
        children.setdefault(node.parent_id, []).append(node)
    while level:
        copies = {}
        for node in level:
            copies[node.pk] = _copy(node, version=target)
            for name in ("parent", "action", "axis"):
                old = getattr(node, f"{name}_id")
                setattr(copies[node.pk], name, made[old] if old else None)
        PlanNode.objects.bulk_create(copies.values(), batch_size=500)
        made.update(copies)
        level = [child for node in level for child in children.get(node.pk, [])]
    for model in (NodeActor, NodeLink, BudgetLine, NodePriority):
        rows: Any = model.objects.filter(version=source).order_by("id")
        model.objects.bulk_create([_copy(row, version=target, node=made[row.node_id]) for row in rows], batch_size=500)
    PlanSection.objects.bulk_create(
        [_copy(row, version=target) for row in PlanSection.objects.filter(version=source).order_by("position", "id")]
    )


def _copy(row: Any, **changes: Any) -> Any:
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    copy = type(row)(**values)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


@transaction.atomic
def put_in_force(
    *, viewer: Viewer, version: PlanVersion, adopted_on: date, note: str = "", at: datetime | None = None
) -> PlanVersion:
    """Make a draft the version in force: it is frozen with its SHA-256, the previous one is archived.

    ``at`` is when it happened, for what is told afterwards (the journal says it so).
    Raises ``DomainError`` for a version that is not a draft, an empty one, or a date in the future.
    """
    viewer.must("plan.freeze")
    locked = as_it_stands(version)
    if locked.state != VersionState.DRAFT:
        raise DomainError(_("Seule une ébauche peut entrer en vigueur."))
    if adopted_on > timezone.localdate():
        raise DomainError(_("La date d’adoption est dans le futur."), field="adopted_on")
    if not PlanNode.objects.filter(version=locked).exists():
        raise DomainError(_("L’ébauche est vide : ajoutez au moins une action avant de la faire entrer en vigueur."))
    PlanVersion.objects.filter(plan_id=locked.plan_id, state=VersionState.CURRENT).update(state=VersionState.ARCHIVED)
    locked.state = VersionState.CURRENT
    locked.adopted_on = adopted_on
    locked.note = note
    freeze(version=locked, user=viewer.user, at=at)
    _journal(
        viewer,
        "plan.put_in_force",
        locked.plan,
        at=at,
        after={"version": locked.number, "adopted_on": adopted_on.isoformat(), "sha256": locked.sha256},
    )
    indexing.put_in_force(locked)
    return locked


def freeze(*, version: PlanVersion, user: Any, at: datetime | None = None) -> None:
    """Keep the version's canonical text and its hash; saves the version."""
    version.snapshot = canonical_text(document_of(version))
    version.sha256 = digest(version.snapshot)
    version.frozen_at = at or timezone.now()
    version.frozen_by = user
    version.save()


@transaction.atomic
def abandon_draft(*, viewer: Viewer, version: PlanVersion) -> None:
    """Throw a draft away, with the items that only it had and that nobody has followed."""
    viewer.must("plan.edit")
    version = as_it_stands(version)
    if version.state != VersionState.DRAFT:
        raise DomainError(_("Seule une ébauche peut être abandonnée."))
    plan = version.plan
    _journal(viewer, "plan.draft_abandoned", plan, before={"version": version.number})
    version.delete()
    unused_items(plan.pk).delete()
    indexing.said_changed(plan)


def unused_items(plan_id: int) -> QuerySet[PlanItem]:
    """Items that no version has and about which nobody has written anything."""
    aligned = Alignment.objects.filter(item__plan_id=plan_id).values("item_id")
    aligned_to = Alignment.objects.filter(other_item__plan_id=plan_id).values("other_item_id")
    bare = PlanItem.objects.filter(
        plan_id=plan_id, nodes=None, notes=None, comments=None, outlooks=None, spendings=None, update_requests=None
    )
    measured = Measure.objects.filter(indicator__item__plan_id=plan_id).values("indicator__item_id")
    return bare.exclude(pk__in=aligned).exclude(pk__in=aligned_to).exclude(pk__in=measured)


def as_it_stands(version: PlanVersion) -> PlanVersion:
    """The version as it is now, held until the end of the transaction: it may have changed since the page was opened.

    Raises ``DomainError`` when somebody has abandoned it meanwhile.
    """
    found = PlanVersion.objects.select_for_update().filter(pk=version.pk).first()
    if found is None:
        raise DomainError(_("Cette ébauche a été abandonnée."))
    return found


def must_be_editable(version: PlanVersion) -> None:
    """Raise ``DomainError`` for a frozen version: a change goes through a draft. Call it in a transaction."""
    now = as_it_stands(version)
    if now.is_frozen or now.state != VersionState.DRAFT:
        raise DomainError(_("Cette version est figée. Ouvrez une ébauche pour la modifier."))


def _journal(viewer: Viewer, verb: str, plan: Plan, **values: Any) -> None:
    record(
        actor=viewer.user,
        verb=verb,
        object_type="plans.plan",
        object_id=plan.pk,
        object_label=plan.title,
        space_id=plan.space_id,
        **values,
    )
