"""Letters of a case: produced once, frozen with their digest, never sent by the software (I5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.intake import LookReason
from concertoit.field.cases.enums.support import LetterKind, VoidReason
from concertoit.field.cases.models import Case, Letter
from concertoit.field.cases.policies import must_see_identity, must_see_support
from concertoit.field.cases.queries import people
from concertoit.field.cases.rules import letters
from concertoit.field.cases.services.log import journal
from concertoit.field.cases.services.opening import moved
from concertoit.field.cases.services.support import membership_of, signature
from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.policies import Viewer


def owner_letter(case: Case) -> Letter | None:
    """The letter that the owner already has at this stage: since the case was opened, or opened again."""
    rows = Letter.objects.filter(case=case, kind=LetterKind.OWNER, stage=case.reopened_count, voided_at=None)
    return rows.order_by("pk").first()


@transaction.atomic
def produce(
    *, viewer: Viewer, case: Case, kind: str, dated: date, words: Mapping[str, letters.Words]
) -> Letter:  # fmt: skip
    """Freeze a letter in both languages.

    Raises ``NotAllowed`` outside the accompaniment, ``DomainError`` for empty words, or when the owner already has a
    letter at this stage of the case: one, no more, until it is marked as returned or wrong.
    """
    must_see_support(viewer, case)
    for language in letters.LANGUAGES:
        if not words[language].subject.strip() or not words[language].body.strip():
            raise DomainError(_("Il manque l’objet ou le texte de la lettre."), field=f"body_{language}")
    if kind == LetterKind.OWNER and (first := owner_letter(case)):
        raise DomainError(_second(first))
    content = letters.frozen(words, kind=kind, dated=dated, reference=case.reference)
    try:
        with transaction.atomic():
            row = Letter.objects.create(
                space=viewer.space, case=case, kind=LetterKind(kind), stage=case.reopened_count, dated=dated,
                content=content, sha256=letters.digest(content), produced_at=timezone.now(),
                signed_as=signature(viewer, membership_of(viewer)),
            )  # fmt: skip
    except IntegrityError as error:  # another person produced it at the same moment
        raise DomainError(_("Le propriétaire a déjà sa lettre à cette étape du dossier.")) from error
    _journal(viewer, "cases.letter_produced", row)
    moved(case)
    return row


def _second(first: Letter) -> str:
    return _(
        "Le propriétaire a déjà une lettre à cette étape, datée du %(day)s. Une seule lettre lui est adressée : si "
        "elle est "
        "revenue ou contient une erreur, marquez-la d’abord."
    ) % {"day": date_short(first.dated)}


@transaction.atomic
def void(*, viewer: Viewer, letter: Letter, reason: str, note: str = "") -> Letter:
    """Mark a letter as returned, unsent or wrong; it stays, as it was written. Raises ``DomainError`` twice."""
    must_see_support(viewer, letter.case)
    if letter.voided_at is not None:
        raise DomainError(_("Cette lettre est déjà annulée."))
    letter.voided_at, letter.void_reason = timezone.now(), VoidReason(reason)
    letter.void_note = note.strip()[:200]
    letter.save(update_fields=["voided_at", "void_reason", "void_note", "updated_at"])
    _journal(viewer, "cases.letter_voided", letter)
    moved(letter.case)
    return letter


def is_intact(letter: Letter) -> bool:
    """Whether what is kept is what was produced."""
    return letters.digest(letter.content) == letter.sha256


def _journal(viewer: Viewer, verb: str, row: Letter) -> None:
    journal(
        row.case, verb, actor=viewer.user, after={"letter": row.kind, "sha256": row.sha256, "reason": row.void_reason}
    )


@transaction.atomic
def name_for(*, viewer: Viewer, letter: Letter) -> str:
    """The name to write on a letter that is being downloaded; the look at the identity is logged, as any other.

    Raises ``NotAllowed`` for who may not know the household, ``DomainError`` when no name is kept.
    """
    case = letter.case
    must_see_identity(viewer, case)
    contact = None
    if case.household is not None:
        contact = people.look_at(viewer=viewer, household=case.household, why=LookReason.LETTER).contact
    if contact is None or not contact.name:
        raise DomainError(_("Aucun nom n’est gardé pour ce ménage. Téléchargez la lettre avec une ligne à remplir."))
    _journal(viewer, "cases.letter_named", letter)
    return contact.name
