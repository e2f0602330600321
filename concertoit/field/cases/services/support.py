"""Accompaniment: signed notes, the tenant's path, households that an organisation sends to us (I5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.support import NoteKind, PathResult, PathStepKind, RentAsk
from concertoit.field.cases.models import Case
from concertoit.field.cases.models.support import PathStep, ReceivedReferral, SupportNote
from concertoit.field.cases.policies import must_see_support
from concertoit.field.cases.queries.clocks import delays_of
from concertoit.field.cases.rules import path, rights
from concertoit.field.cases.services.log import journal
from concertoit.field.cases.services.opening import moved
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import Viewer

LABEL = 200


def membership_of(viewer: Viewer) -> Membership | None:
    """The seat from which the viewer writes."""
    rows = Membership.objects.filter(pk__in=viewer.membership_ids).select_related("person", "organisation")
    return rows.order_by("position", "pk").first()


def signature(viewer: Viewer, seat: Membership | None) -> str:
    """Who signs a note: a person of a team, and their organisation."""
    organisation = f", {seat.organisation}" if seat and seat.organisation else ""
    return f"{viewer.user}{organisation}"[:LABEL]


@transaction.atomic
def write_note(
    *, viewer: Viewer, case: Case, kind: str, on: date, body: str = "", card: str = "",
    corrects: SupportNote | None = None,
) -> SupportNote:  # fmt: skip
    """Sign a note. Nothing of it changes afterwards: a correction is another note that names the first.

    Raises ``NotAllowed`` outside the accompaniment, ``DomainError`` for an empty note, a day to come, an unknown card or
    a correction that corrects nothing.
    """
    must_see_support(viewer, case)
    _check_note(case, kind, on, body, card, corrects)
    seat = membership_of(viewer)
    note = SupportNote.objects.create(
        space=viewer.space, case=case, kind=kind, on=on, body=body.strip(), card=card, corrects=corrects, author=seat,
        signed_as=signature(viewer, seat),
    )  # fmt: skip
    journal(case, "cases.note_written", actor=viewer.user)
    moved(case)
    return note


def _check_note(
    case: Case, kind: str, on: date, body: str, card: str, corrects: SupportNote | None
) -> None:  # fmt: skip
    if card and card not in rights.BY_CODE:
        raise DomainError(_("Cette fiche n’existe pas."), field="card")
    if not body.strip() and not card:
        raise DomainError(_("Écrivez au moins une phrase."), field="body")
    if on > timezone.localdate():
        raise DomainError(_("Une note raconte ce qui est fait : choisissez aujourd’hui ou avant."), field="on")
    if (kind == NoteKind.CORRECTION) != (corrects is not None):
        raise DomainError(_("Une correction se fait à partir de la note qu’elle corrige."), field="kind")
    if corrects is not None and corrects.case_id != case.pk:
        raise NotVisible("")


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A step of the path as a worker describes it. Without ``answer_by``, the delay of the programme is applied."""

    kind: str
    asks: Sequence[str] = ()
    due_on: date | None = None
    done_on: date | None = None
    answer_by: date | None = None
    result: str = ""
    result_on: date | None = None
    note: str = ""


@transaction.atomic
def save_step(*, viewer: Viewer, case: Case, facts: StepFacts, step: PathStep | None = None) -> PathStep:
    """Write a step of the tenant's path, or what became of it.

    Raises ``NotAllowed`` outside the accompaniment, ``DomainError`` for dates that do not follow each other.
    """
    must_see_support(viewer, case)
    _check_step(facts)
    row = step or PathStep(space=viewer.space, case=case, signed_as=signature(viewer, membership_of(viewer)))
    if row.case_id != case.pk:
        raise NotVisible("")
    before = {} if row.pk is None else _told(row)
    row.kind, row.asks = PathStepKind(facts.kind), [code for code in facts.asks if code in RentAsk.values]
    row.due_on, row.done_on, row.note = facts.due_on, facts.done_on, facts.note.strip()[:280]
    row.answer_by, row.answer_rule = _expected(case.space, facts)
    row.result = PathResult(facts.result) if facts.result else ""
    row.result_on = (facts.result_on or timezone.localdate()) if facts.result else None
    row.save()
    after = _told(row)
    if before != after:
        journal(case, "cases.path_stepped", actor=viewer.user, before=before, after=after)
        moved(case)
    return row


def _told(row: PathStep) -> dict[str, str]:
    """What the journal keeps of a step: codes and days, never the words."""
    names = ("kind", "due_on", "done_on", "answer_by", "result")
    return {name: str(getattr(row, name) or "") for name in names}


def _check_step(facts: StepFacts) -> None:
    if facts.done_on and facts.done_on > timezone.localdate():
        raise DomainError(_("Ce qui est à venir s’écrit dans « À faire d’ici le »."), field="done_on")
    if facts.result and not facts.done_on:
        raise DomainError(_("Dites d’abord quand la démarche a été faite."), field="done_on")
    if facts.done_on and facts.answer_by and facts.answer_by < facts.done_on:
        raise DomainError(_("La réponse est attendue après la démarche."), field="answer_by")
    if facts.done_on and facts.result_on and facts.result_on < facts.done_on:
        raise DomainError(_("Le résultat suit la démarche."), field="result_on")


def _expected(space: Space, facts: StepFacts) -> tuple[date | None, str]:
    """The day an answer is expected, and the rule that says so (empty when a person wrote the day)."""
    if facts.answer_by or facts.done_on is None:
        return facts.answer_by, ""
    if facts.kind != PathStepKind.LETTER:
        return path.answer_by(facts.kind, facts.done_on), path.DELAYS[facts.kind].source[:LABEL]
    delays = delays_of(space)
    days, source = delays[path.LETTER], delays.source_of(path.LETTER)
    return path.answer_by(facts.kind, facts.done_on, days), source[:LABEL]


@transaction.atomic
def receive(
    *, viewer: Viewer, case: Case, on: date, reason: str, organisation: Organisation | None = None, from_whom: str = ""
) -> ReceivedReferral:
    """Write that somebody sent the household to us. Raises ``DomainError`` when it is said by nobody or for nothing."""
    must_see_support(viewer, case)
    if organisation is None and not from_whom.strip():
        raise DomainError(_("Dites qui a dirigé le ménage vers l’équipe."), field="organisation")
    if not reason.strip():
        raise DomainError(_("Dites pourquoi, en quelques mots, sans nom."), field="reason")
    row = ReceivedReferral.objects.create(
        space=viewer.space, case=case, organisation=organisation, from_whom=from_whom.strip()[:120], on=on,
        reason=reason.strip()[:LABEL], signed_as=signature(viewer, membership_of(viewer)),
    )  # fmt: skip
    journal(case, "cases.referral_received", actor=viewer.user, after={"from": row.sender})
    moved(case)
    return row


@transaction.atomic
def answer_back(*, viewer: Viewer, row: ReceivedReferral, on: date | None = None) -> ReceivedReferral:
    """Write that who sent the household was told that somebody follows; twice changes nothing."""
    must_see_support(viewer, row.case)
    if row.answered_on is None:
        row.answered_on = on or timezone.localdate()
        row.answered_as = signature(viewer, membership_of(viewer))
        row.save(update_fields=["answered_on", "answered_as", "updated_at"])
        journal(row.case, "cases.referral_answered", actor=viewer.user, after={"to": row.sender})
        moved(row.case)
    return row
