"""Filing a plan with the funder, and the planning cycle that leads to it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.models import GoverningBody, Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import VersionState
from concertoit.together.plans.models import CycleStep, Filing, Plan, PlanVersion
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.rules.snapshot import canonical_text, digest, read_canonical
from concertoit.together.plans.services import indexing
from concertoit.together.plans.services.versions import as_it_stands, freeze


@transaction.atomic
def file_plan(
    *,
    viewer: Viewer,
    version: PlanVersion,
    recipient: str,
    filed_on: date,
    note: str = "",
    at: datetime | None = None,
) -> Filing:
    """File a version: what is filed is the whole form as it stands now, frozen with its SHA-256.

    A version that was not frozen yet is frozen by its filing. ``at`` is when it happened, for what is told afterwards.
    Raises ``DomainError`` for a draft that was not put in
    force, a date in the future, or nobody to file with.
    """
    viewer.must("plan.file")
    version = as_it_stands(version)
    if version.state == VersionState.DRAFT:
        raise DomainError(_("Faites entrer l’ébauche en vigueur avant de la déposer."), field="version")
    if filed_on > timezone.localdate():
        raise DomainError(_("La date du dépôt est dans le futur."), field="filed_on")
    if not recipient.strip():
        raise DomainError(_("Dites à qui le plan est déposé."), field="recipient")
    if not version.is_frozen:
        freeze(version=version, user=viewer.user)
    if not is_unchanged(version):
        raise DomainError(_("Le texte figé de cette version n’a plus son empreinte : il ne peut pas être déposé."))
    document = read_canonical(version.snapshot)
    live = document_of(version)
    # The plan itself is the frozen one; the table and its cycle are those of the day of the filing.
    document.participants, document.cycle = live.participants, live.cycle
    text = canonical_text(document)
    said = {"recipient": recipient.strip(), "filed_on": filed_on, "note": note.strip(), "sha256": digest(text)}
    if same := Filing.objects.filter(space=viewer.space, version=version, **said).first():
        return same  # the button pressed twice
    filing = Filing.objects.create(
        space=viewer.space, plan_id=version.plan_id, version=version, filed_by=viewer.user, snapshot=text, **said
    )
    filed = {"recipient": filing.recipient, "sha256": filing.sha256}
    _journal(viewer, "plan.filed", version.plan, at=at, after=filed)
    indexing.filed(filing)
    return filing


def is_unchanged(frozen: Filing | PlanVersion) -> bool:
    """Whether the kept text still has the hash that was given on the day."""
    return bool(frozen.snapshot) and digest(frozen.snapshot) == frozen.sha256


@transaction.atomic
def write_cycle_step(
    *,
    viewer: Viewer,
    plan: Plan,
    step: CycleStep | None,
    title: str,
    body: GoverningBody | None,
    when: str,
    on: date | None,
    detail: str,
    done_on: date | None,
    participants: Iterable[Membership],
) -> CycleStep:
    """Add a step of the cycle, or rewrite one: who holds it, when, what was done, who took part."""
    viewer.must("plan.edit")
    if not title.strip():
        raise DomainError(_("Nommez l’étape."), field="title")
    if done_on and done_on > timezone.localdate():
        raise DomainError(_("Une étape ne peut pas être faite à une date future."), field="done_on")
    before = _cycle_values(step) if step else {}
    if step is None:
        step = CycleStep(space=plan.space, plan=plan, position=CycleStep.objects.filter(plan=plan).count())
    step.title, step.body, step.when, step.on = title.strip(), body, when.strip(), on
    step.detail, step.done_on = detail.strip(), done_on
    step.full_clean()
    step.save()
    step.participants.set(participants)
    _journal(viewer, "plan.cycle_written", plan, before=before, after=_cycle_values(step))
    return step


@transaction.atomic
def move_cycle_step(*, viewer: Viewer, step: CycleStep, up: bool) -> None:
    """Swap a step with its neighbour."""
    viewer.must("plan.edit")
    steps = list(CycleStep.objects.filter(plan_id=step.plan_id).order_by("position", "id"))
    place = next(i for i, row in enumerate(steps) if row.pk == step.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(steps):
        return
    steps[place], steps[other] = steps[other], steps[place]
    for position, row in enumerate(steps):
        row.position = position
    CycleStep.objects.bulk_update(steps, ["position"])


@transaction.atomic
def remove_cycle_step(*, viewer: Viewer, step: CycleStep) -> None:
    """Take a step out of the cycle; the journal keeps what it said."""
    viewer.must("plan.edit")
    _journal(viewer, "plan.cycle_removed", step.plan, before=_cycle_values(step))
    step.delete()


def _cycle_values(step: CycleStep) -> dict[str, Any]:
    return {
        "title": step.title,
        "when": step.when,
        "on": step.on.isoformat() if step.on else None,
        "body": str(step.body or ""),
        "detail": step.detail,
        "done_on": step.done_on.isoformat() if step.done_on else None,
    }


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
