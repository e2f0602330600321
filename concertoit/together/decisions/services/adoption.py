"""Adopting a draft of the plan part by part, until it is put in force with its acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.models import GoverningBody
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import CONSENT_SUBJECT_LABELS, NOT_MINOR_LABELS
from concertoit.together.decisions.models import Adoption, ConsentRound, ConsentSession, MinorCorrection
from concertoit.together.decisions.queries.adoption import (
    PartLine,
    Progress,
    accepted_content,
    change_between,
    draft_to_adopt,
    parts_now,
    progress_of,
)
from concertoit.together.decisions.queries.adoption_record import acts_of
from concertoit.together.decisions.queries.consent import session_views
from concertoit.together.decisions.rules.adoption import Part, why_not_minor
from concertoit.together.decisions.rules.adoption_record import record_text
from concertoit.together.decisions.rules.consent import Subject
from concertoit.together.decisions.services.consent_rounds import add_round
from concertoit.together.decisions.services.consent_sessions import SessionFacts, end, prepare
from concertoit.together.plans.models import Plan
from concertoit.together.plans.rules.diff import PlanDiff
from concertoit.together.plans.rules.snapshot import digest
from concertoit.together.plans.services.versions import put_in_force


@transaction.atomic
def propose_adoption(*, viewer: Viewer, plan: Plan, facts: SessionFacts, keys: set[str] | None = None) -> Adoption:
    """Propose the plan's draft to adoption: one proposal for each axis, then the budget, then the fiscal agent.

    Raises ``DomainError`` without a draft, for an empty one, or when an adoption of this plan is under way.
    """
    viewer.must("adoption.run")
    plan = Plan.objects.select_for_update().get(pk=plan.pk, space=viewer.space)
    if Adoption.objects.filter(plan=plan, frozen_at=None, abandoned_at=None).exists():
        raise DomainError(_("Une adoption de ce plan est déjà en cours."))
    draft = draft_to_adopt(plan)
    if draft is None:
        raise DomainError(_("Il n’y a pas d’ébauche à adopter : ouvrez-en une depuis le plan."))
    session = prepare(viewer=viewer, facts=facts, keys=keys)
    adoption = Adoption.objects.create(
        space=viewer.space, session=session, plan=plan, version=draft, version_number=draft.number
    )
    parts = parts_now(adoption)
    if not parts:
        raise DomainError(_("L’ébauche est vide : ajoutez au moins un axe."))
    for part in parts.values():
        add_part(session, part)
    _journal(viewer, "adoption.opened", adoption, after={"version": draft.number, "parts": len(parts)})
    return adoption


def add_part(session: ConsentSession, part: Part) -> ConsentRound:
    """The proposal of one part of the draft."""
    title = title_of(part)
    return add_round(session=session, subject=part.subject, title=title, item_uid=part.uid)


def title_of(part: Part) -> str:
    """The name of a part as it is kept, in French whatever the interface of who proposes it."""
    with override("fr-ca"):
        if part.subject is Subject.AXIS:
            return _("Axe %(code)s : %(title)s") % {"code": part.code, "title": part.title}
        return str(CONSENT_SUBJECT_LABELS[part.subject])


def held(viewer: Viewer, adoption_id: int) -> Adoption:
    """An adoption of the démarche, held until the end of the transaction.

    Raises ``NotVisible`` for another's, ``DomainError`` once it is over.
    """
    viewer.must("adoption.run")
    found = must_exist(
        Adoption.objects.select_for_update(of=("self",))
        .select_related("session__space", "session__body", "plan", "version__plan", "version__space")
        .filter(space=viewer.space, pk=adoption_id)
        .first()
    )
    if found.frozen_at:
        raise DomainError(_("Cette adoption est terminée : ses actes sont figés."))
    if found.abandoned_at or found.version is None:
        raise DomainError(_("Cette adoption a été abandonnée."))
    return found


def standing(viewer: Viewer, adoption: Adoption) -> Progress:
    """Where an adoption stands now."""
    return progress_of(adoption, session_views(viewer, adoption.session))


@transaction.atomic
def add_new_parts(*, viewer: Viewer, adoption_id: int) -> int:
    """Propose the parts that the draft has gained since (a new axis, a first amount); answers how many.

    They come in the order of the plan: axes before the budget, the budget before the fiscal agent.
    """
    adoption = held(viewer, adoption_id)
    found = standing(viewer, adoption)
    for part in found.new:
        add_part(adoption.session, part)
    if found.new:
        _in_order(adoption)
        _journal(viewer, "adoption.opened", adoption, after={"parts": len(found.new)})
    return len(found.new)


def _in_order(adoption: Adoption) -> None:
    places = {key: place for place, key in enumerate(parts_now(adoption))}
    rows = list(ConsentRound.objects.filter(session=adoption.session).order_by("position", "pk"))
    rows.sort(key=lambda row: (places.get((row.subject, row.item_uid), len(places)), row.position))
    for position, row in enumerate(rows):
        row.position = position
    ConsentRound.objects.bulk_update(rows, ["position"])


def line_of(viewer: Viewer, round_id: int) -> tuple[Adoption, PartLine]:
    """The part behind a proposal. Raises ``NotVisible`` for a proposal that is no part of an open adoption."""
    row = ConsentRound.objects.filter(pk=round_id, space=viewer.space).first()
    adoption = Adoption.objects.filter(session=row.session_id).first() if row else None
    if row is None or adoption is None:
        raise NotVisible("")
    adoption = held(viewer, adoption.pk)
    line = must_exist(next((one for one in standing(viewer, adoption).lines if one.view.round.pk == round_id), None))
    return adoption, line


@dataclass(frozen=True, slots=True)
class Minor:
    """How a minor correction was decided: by which body, when, and what was heard."""

    body: GoverningBody | None
    decided_on: date
    note: str


def must_be_minor(diff: PlanDiff, minor: Minor) -> None:
    """Raise ``DomainError`` with every reason why a change is more than wording, or when nothing is said of it."""
    if reasons := why_not_minor(diff):
        said = "; ".join(
            f"{change.node.written or change.node.canonical} {change.node.title[:60]} : {NOT_MINOR_LABELS[why]}".strip()
            for change, why in reasons[:8]
        )
        raise DomainError(_("Ce n’est pas une correction mineure. %(said)s.") % {"said": said})
    if not diff:
        raise DomainError(_("Rien n’a changé depuis ce qui a été adopté."))
    if minor.decided_on > timezone.localdate():
        raise DomainError(_("La date de la décision est dans le futur."), field="decided_on")
    if not minor.note.strip():
        raise DomainError(_("Dites ce qui a été entendu, en une phrase."), field="note")


@transaction.atomic
def note_minor(*, viewer: Viewer, round_id: int, minor: Minor) -> MinorCorrection:
    """Record that what changed in an adopted part is a minor correction of wording; the part stays adopted.

    Raises ``DomainError`` when nothing changed, or when an amount, an organisation, a period, a number or the structure
    did: then the part is consented again.
    """
    adoption, line = line_of(viewer, round_id)
    if not line.touched or line.part is None:
        raise DomainError(_("Cette partie n’a pas changé depuis son adoption."))
    before = accepted_content(line)
    diff = change_between(before, line.part.text) or PlanDiff()
    must_be_minor(diff, minor)
    row = MinorCorrection.objects.create(
        space=viewer.space, plan=adoption.plan, round=line.view.round, from_version=adoption.version,
        before=before, after=line.part.text, before_sha256=line.accepted, after_sha256=line.part.sha256,
        body=minor.body, decided_on=minor.decided_on, note=minor.note.strip(), recorded_by=viewer.user,
    )  # fmt: skip
    _journal(viewer, "adoption.minor", adoption, after={"part": line.view.round.title, "note": row.note})
    return row


@transaction.atomic
def adopt(*, viewer: Viewer, adoption_id: int, adopted_on: date, note: str = "") -> Adoption:
    """Put the draft in force once every part is adopted and unchanged since, and freeze the acts with their SHA-256.

    Raises ``DomainError`` with the parts that remain, or as putting a version in force does.
    """
    adoption = held(viewer, adoption_id)
    found = standing(viewer, adoption)
    if not found.complete:
        left = [line.view.round.title for line in found.lines if not line.settled or line.touched]
        left += [title_of(part) for part in found.new]
        raise DomainError(_("Il reste à adopter : %(parts)s.") % {"parts": ", ".join(left)})
    assert adoption.version is not None  # noqa: S101 - held() says so
    adoption.version = put_in_force(viewer=viewer, version=adoption.version, adopted_on=adopted_on, note=note)
    adoption.adopted_on, adoption.frozen_at = adopted_on, timezone.now()
    adoption.record = record_text(acts_of(adoption, found))
    adoption.sha256 = digest(adoption.record)
    adoption.save()
    end(session=adoption.session, user=viewer.user)
    _journal(
        viewer, "adoption.frozen", adoption, after={"version": adoption.version_number, "sha256": adoption.sha256}
    )
    return adoption


@transaction.atomic
def abandon(*, viewer: Viewer, adoption_id: int) -> None:
    """Stop an adoption; what was said stays readable, and the draft stays a draft.

    Also for one whose draft is gone or entered into force by another way. Raises ``NotVisible``, or ``DomainError`` once
    its acts are frozen.
    """
    viewer.must("adoption.run")
    adoption = must_exist(Adoption.objects.select_for_update().filter(space=viewer.space, pk=adoption_id).first())
    if adoption.frozen_at:
        raise DomainError(_("Cette adoption est terminée : ses actes sont figés."))
    if adoption.abandoned_at is None:
        adoption.abandoned_at = timezone.now()
        adoption.save(update_fields=["abandoned_at", "updated_at"])
        end(session=adoption.session, user=viewer.user)
        _journal(viewer, "adoption.abandoned", adoption)


def _journal(viewer: Viewer, verb: str, adoption: Adoption, **values: Any) -> None:
    record(
        actor=viewer.user, verb=verb, object_type="decisions.consentsession", object_id=adoption.session_id,
        object_label=adoption.session.title, space_id=adoption.space_id, **values,
    )  # fmt: skip
