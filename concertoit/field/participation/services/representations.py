"""Representations to the office: made, answered (journaled), followed until their result (P3)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.participation.enums import RepresentationOrigin, RepresentationResult
from concertoit.field.participation.models import (
    Assembly,
    Complex,
    Representation,
    RepresentationStep,
    TenantAssociation,
)
from concertoit.field.participation.queries.codes import code_of, digest_of_code
from concertoit.field.participation.queries.parameters import parameters_of
from concertoit.field.participation.rules.representations import expected
from concertoit.field.participation.services import journal
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer


@dataclass(frozen=True, slots=True)
class RepresentationFacts:
    """A representation as a person describes it. Without ``answer_by``, the parameter of the démarche is applied."""

    title: str
    made_on: date
    subject: str
    channel: str
    origin: str
    text: str = ""
    association: TenantAssociation | None = None
    assembly: Assembly | None = None
    complex: Complex | None = None
    answer_by: date | None = None


@transaction.atomic
def save(*, viewer: Viewer, facts: RepresentationFacts, row: Representation | None = None) -> Representation:
    """Write a representation, or correct it until it is answered.

    Raises ``DomainError`` for a day to come, an answer expected before it was made, an origin that is not said, or one
    that was answered already.
    """
    viewer.must("participation.represent")
    _check(viewer, facts)
    if row is not None and row.answered_on:
        raise DomainError(_("L’office a répondu : ce qui a été demandé ne se change plus. Ajoutez une suite."))
    kept = row or Representation(space=viewer.space)
    new = kept.pk is None
    values = {one.name: getattr(facts, one.name) for one in fields(facts)}
    values["answer_by"] = facts.answer_by or _answer_by(viewer, facts.made_on)
    before, after = journal.assign(kept, values)
    kept.save()
    if new and kept.origin == RepresentationOrigin.TENANT:
        kept.code_digest = digest_of_code(code_of(kept))
        kept.save(update_fields=["code_digest"])
    after.pop("text", None)
    if after:
        verb = "participation.representation_made" if new else "participation.representation_changed"
        record_row(
            kept,
            kept,
            actor=viewer.user,
            verb=verb,
            before={k: v for k, v in before.items() if k != "text"},
            after=after,
        )
    return kept


def _answer_by(viewer: Viewer, made_on: date) -> date | None:
    return expected(made_on, parameters_of(viewer.space, made_on).number("representation.answer_days"))


def _check(viewer: Viewer, facts: RepresentationFacts) -> None:
    for thing in (facts.association, facts.assembly, facts.complex):
        if thing is not None and thing.space_id != viewer.space.pk:
            raise NotVisible("")
    if facts.made_on > timezone.localdate():
        raise DomainError(_("La représentation est déjà faite : choisissez aujourd’hui ou avant."), field="made_on")
    if facts.answer_by and facts.answer_by < facts.made_on:
        raise DomainError(_("La réponse est attendue après la représentation."), field="answer_by")
    if facts.origin == RepresentationOrigin.ASSOCIATION and facts.association is None:
        raise DomainError(_("Dites quelle association l’a faite."), field="association")
    if facts.origin == RepresentationOrigin.ASSEMBLY and facts.assembly is None:
        raise DomainError(_("Dites quelle assemblée l’a adoptée."), field="assembly")


@transaction.atomic
def answer(*, viewer: Viewer, row: Representation, on: date, text: str, result: str = "") -> Representation:
    """Write what the office answers; the journal keeps when and by whom. Correcting it is journaled too.

    Raises ``DomainError`` for an answer that says nothing, or before it was asked.
    """
    viewer.must("participation.manage")
    if not text.strip():
        raise DomainError(_("Écrivez ce que l’office répond."), field="text")
    if not row.made_on <= on <= timezone.localdate():
        raise DomainError(_("La réponse suit la représentation, et n’est pas à venir."), field="on")
    before, after = journal.assign(row, {"answered_on": on, "answer": text.strip()})
    row.answered_as = _signature(viewer)
    if result:
        row.result, row.result_on = RepresentationResult(result), on
    row.save()
    if after:
        record_row(
            row, row, actor=viewer.user, verb="participation.representation_answered", before=before, after=after
        )
    return row


@transaction.atomic
def add_step(
    *, viewer: Viewer, row: Representation, on: date, text: str, result: str = ""
) -> RepresentationStep:  # fmt: skip
    """Write what happened next, and the result once it is known. Raises ``DomainError`` for nothing, or a day to come."""
    viewer.must("participation.represent")
    if not text.strip():
        raise DomainError(_("Écrivez ce qui s’est passé."), field="text")
    if not row.made_on <= on <= timezone.localdate():
        raise DomainError(_("Une suite vient après la représentation, et n’est pas à venir."), field="on")
    step = RepresentationStep.objects.create(
        space=viewer.space, representation=row, on=on, text=text.strip()[:400], signed_as=_signature(viewer)
    )
    if result:
        row.result, row.result_on = RepresentationResult(result), on
        row.save(update_fields=["result", "result_on", "updated_at"])
    record_row(
        row,
        row,
        actor=viewer.user,
        verb="participation.representation_followed",
        after={"on": str(on), "result": result},
    )
    return step


def _signature(viewer: Viewer) -> str:
    """Who writes: an organisation, never a tenant's name."""
    seats = Membership.objects.filter(pk__in=viewer.membership_ids).exclude(organisation=None)
    seat = seats.select_related("organisation").order_by("position", "pk").first()
    return str(seat.organisation if seat else viewer.space)[:160]
