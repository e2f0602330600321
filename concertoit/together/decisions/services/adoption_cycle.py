"""Linking a step of the planning cycle to what carries it out (L2)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.models import CycleLink
from concertoit.together.decisions.queries.adoption_cycle import linked, options
from concertoit.together.plans.models import CycleStep


@transaction.atomic
def link_step(*, viewer: Viewer, step: CycleStep, keys: Collection[str]) -> None:
    """Say what carries out a step: ``kind:id`` of things of the démarche. Raises ``DomainError`` for anything else."""
    viewer.must("adoption.run")
    known = dict(options(viewer))
    if not set(keys) <= set(known):
        raise DomainError(_("Choisissez parmi ce qui existe dans la démarche."), field="processes")
    before = linked(step)
    CycleLink.objects.filter(step_id=step.pk).delete()
    for key in dict.fromkeys(keys):
        kind, _colon, pk = key.partition(":")
        CycleLink.objects.create(space=viewer.space, step_id=step.pk, kind=kind, object_id=int(pk))
    record(
        actor=viewer.user, verb="adoption.step_linked", object_type="plans.plan", object_id=step.plan_id,
        object_label=step.title, space_id=viewer.space.pk, before={"links": before}, after={"links": linked(step)},
    )  # fmt: skip
