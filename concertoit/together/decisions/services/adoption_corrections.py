"""Minor corrections « telles qu’entendues » after an adoption: a new version in force, the frozen one untouched."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.models import Adoption, MinorCorrection
from concertoit.together.decisions.queries.adoption import current_of, draft_to_adopt
from concertoit.together.decisions.rules.adoption import difference
from concertoit.together.decisions.services.adoption import Minor, must_be_minor
from concertoit.together.plans.models import Plan
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.rules.snapshot import read_canonical
from concertoit.together.plans.services.versions import put_in_force


@transaction.atomic
def correct(*, viewer: Viewer, plan: Plan, minor: Minor) -> MinorCorrection:
    """Put in force a draft that only corrects the wording of the version in force; keeps the difference.

    The coco decides (seed 000): ``minor`` says which body did, and when. Raises ``DomainError`` without a frozen version
    in force or a draft derived from it, while an adoption is under way, without a body, or when an amount, an
    organisation, a period, a number or the structure changed.
    """
    viewer.must("adoption.run")
    plan = Plan.objects.select_for_update().get(pk=plan.pk, space=viewer.space)
    current, draft = current_of(plan), draft_to_adopt(plan)
    if current is None or not current.snapshot:
        raise DomainError(_("Aucune version en vigueur n’est figée : adoptez d’abord le plan."))
    if draft is None or draft.based_on_id != current.pk:
        raise DomainError(_("Ouvrez une ébauche à partir de la version en vigueur et corrigez-y les mots."))
    if Adoption.objects.filter(plan=plan, frozen_at=None, abandoned_at=None).exists():
        raise DomainError(_("Une adoption est en cours : notez la correction sur la partie concernée."))
    if minor.body is None:
        raise DomainError(_("Dites quelle instance a décidé ces corrections."), field="body")
    must_be_minor(difference(read_canonical(current.snapshot), document_of(draft)), minor)
    draft = put_in_force(viewer=viewer, version=draft, adopted_on=minor.decided_on, note=minor.note.strip())
    row = MinorCorrection.objects.create(
        space=viewer.space, plan=plan, from_version=current, to_version=draft, before=current.snapshot,
        after=draft.snapshot, before_sha256=current.sha256, after_sha256=draft.sha256, body=minor.body,
        decided_on=minor.decided_on, note=minor.note.strip(), recorded_by=viewer.user,
    )  # fmt: skip
    record(
        actor=viewer.user, verb="adoption.corrected", object_type="plans.plan", object_id=plan.pk,
        object_label=plan.title, space_id=plan.space_id, before={"sha256": current.sha256},
        after={"sha256": draft.sha256, "note": row.note},
    )  # fmt: skip
    return row
