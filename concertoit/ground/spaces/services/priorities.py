"""Cross-cutting priorities: naming, ordering, removing."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity.queries import relations_to
from concertoit.ground.spaces.models import CrossCuttingPriority
from concertoit.ground.spaces.policies import Viewer

OBJECT = "spaces.crosscuttingpriority"


@transaction.atomic
def save_priority(
    *, viewer: Viewer, name: str, narrative: str = "", priority: CrossCuttingPriority | None = None
) -> CrossCuttingPriority:
    """Add a priority at the end, or change one. Raises ``DomainError`` when the démarche already has it."""
    viewer.must("space.manage")
    rows = CrossCuttingPriority.objects.filter(space=viewer.space)
    if any(row.pk != getattr(priority, "pk", None) for row in rows.filter(name__iexact=name.strip())):
        raise DomainError(_("Cette priorité existe déjà dans la démarche."), field="name")
    before = {"name": priority.name, "narrative": priority.narrative} if priority else {}
    row = priority or CrossCuttingPriority(
        space=viewer.space, position=(rows.aggregate(last=Max("position"))["last"] or 0) + 1
    )
    row.name, row.narrative = name.strip(), narrative
    row.save()
    after = {"name": row.name, "narrative": row.narrative}
    if before != after:
        record(
            actor=viewer.user, verb="priority.updated" if before else "priority.created", object_type=OBJECT,
            object_id=row.pk, object_label=row.name, space_id=viewer.space.pk, before=before, after=after,
        )  # fmt: skip
    return row


@transaction.atomic
def move_priority(*, viewer: Viewer, priority: CrossCuttingPriority, up: bool) -> None:
    """Put a priority one place higher or lower; at the edge, nothing moves."""
    viewer.must("space.manage")
    rows = list(CrossCuttingPriority.objects.filter(space=viewer.space).order_by("position", "pk"))
    here = next(place for place, row in enumerate(rows) if row.pk == priority.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    before = [row.name for row in rows]
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, 1):
        row.position = position
    CrossCuttingPriority.objects.bulk_update(rows, ["position"])
    record(
        actor=viewer.user, verb="priority.moved", object_type=OBJECT, object_id=priority.pk,
        object_label=priority.name, space_id=viewer.space.pk, before={"order": before},
        after={"order": [row.name for row in rows]},
    )  # fmt: skip


@transaction.atomic
def remove_priority(*, viewer: Viewer, priority: CrossCuttingPriority) -> None:
    """Remove a priority that nothing carries. Raises ``DomainError`` when the plan refers to it."""
    viewer.must("space.manage")
    for relation in relations_to(CrossCuttingPriority):
        if relation.related_model._default_manager.filter(**{relation.field.attname: priority.pk}).exists():
            raise DomainError(_("Le plan se réfère à cette priorité. Retirez-la d’abord des actions qui la portent."))
    pk, name, narrative = priority.pk, priority.name, priority.narrative
    priority.delete()
    record(
        actor=viewer.user, verb="priority.removed", object_type=OBJECT, object_id=pk, object_label=name,
        space_id=viewer.space.pk, before={"name": name, "narrative": narrative},
    )  # fmt: skip
