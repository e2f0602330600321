"""What a person does with their code: add words and photos, answer, correct, withdraw, say that it is not settled (P3).

The code is the permission: ``queries.codes.report_behind`` found the report, and these write on that report only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.consents import ConsentPurpose
from concertoit.field.cases.enums.intake import WordKind
from concertoit.field.cases.models import Report, ReportWord
from concertoit.field.cases.notifications import intake as notifications
from concertoit.field.cases.rules.intake import WORDS_MAX
from concertoit.field.cases.services import closing, people
from concertoit.field.cases.services.intake import PHOTOS_MAX, journal, keep_photos
from concertoit.field.cases.services.opening import moved
from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.files.queries import attachments
from concertoit.ground.places.services import Place
from concertoit.ground.privacy.enums import Means

OBJECT = "cases.report"
_LONGEST = 2000


@transaction.atomic
def add(*, report: Report, text: str = "", photos: Sequence[UploadedFile[Any]] = ()) -> None:
    """Add a precision and photos. Raises ``DomainError`` for nothing, too many, or a photo refused."""
    if not text.strip() and not photos:
        raise DomainError(_("Écrivez quelque chose, ou choisissez une photo."), field="text")
    if len(attachments(OBJECT, report.uid)) + len(photos) > 3 * PHOTOS_MAX:
        raise DomainError(_("Il y a déjà beaucoup de photos : montrez les autres à la visite."), field="photos")
    keep_photos(report_uid=report.uid, space=report.space, photos=photos, actor=None)
    _say(report, WordKind.ADDITION, text.strip() or _("Photos ajoutées : %(number)s") % {"number": len(photos)})


@transaction.atomic
def answer(*, report: Report, question_id: int, text: str) -> ReportWord:
    """Answer a question of the team; once. Raises ``NotVisible`` for a question of another report."""
    question = must_exist(report.words.filter(pk=question_id, kind=WordKind.QUESTION).first())
    if report.words.filter(answers=question).exists():
        raise DomainError(_("Vous avez déjà répondu à cette question. Ajoutez une précision plus bas."))
    if not text.strip():
        raise DomainError(_("Écrivez votre réponse."), field="text")
    return _say(report, WordKind.ANSWER, text, answers=question)


@transaction.atomic
def ask_correction(*, report: Report, text: str) -> ReportWord:
    """Ask that something be corrected; the team notes when it is done (Loi sur l’accès, art. 89; P-39.1, art. 28)."""
    if not text.strip():
        raise DomainError(_("Dites ce qui est à corriger."), field="text")
    return _say(report, WordKind.CORRECTION, text)


def _say(report: Report, kind: WordKind, text: str, answers: ReportWord | None = None) -> ReportWord:
    if report.words.count() >= WORDS_MAX:
        raise DomainError(_("Il y a déjà beaucoup de messages ici : appelez l’équipe."))
    word = ReportWord.objects.create(
        space=report.space, report=report, kind=kind, text=text.strip()[:_LONGEST], answers=answers, at=timezone.now()
    )
    if report.case is not None:
        moved(report.case)
    journal(None, "cases.report_word", report, after={"kind": str(kind)})
    notifications.said(word=word)
    return word


@transaction.atomic
def correct_contact(*, report: Report, contact: people.Contact, agree: bool) -> None:
    """Correct who to reach, or give a name to a report that had none. Raises ``DomainError`` without the consent."""
    if not contact and not contact.reach:
        raise DomainError(_("Écrivez ce qui est à corriger."), field="given_name")
    household = report.household
    known = household is not None and people.agrees(household, ConsentPurpose.CONTACT)
    if not known and not agree:
        raise DomainError(_("Cochez votre accord pour que l’on garde vos coordonnées."), field="agree")
    if household is None:
        place = Place(report.building, report.dwelling, False) if report.building else None
        report.household = people.start_household(
            space=report.space, actor=None, place=place, contact=contact, consents=[ConsentPurpose.CONTACT]
        )
        report.save(update_fields=["household", "updated_at"])
        _give_to_case(report)
        return
    people.give_consent(actor=None, household=household, purpose=ConsentPurpose.CONTACT, means=Means.FORM)
    people.correct_contact(household=household, contact=contact)


def _give_to_case(report: Report) -> None:
    """The case opened from a report without a name now has somebody to reach."""
    case = report.case
    if case is not None and case.household_id is None and case.dwelling_id == report.dwelling_id:
        case.household = report.household
        case.save(update_fields=["household", "updated_at"])


@transaction.atomic
def consent(*, report: Report, purpose: str, give: bool) -> None:
    """Agree to a purpose, or withdraw: what rests on it is destroyed at once."""
    household = report.household
    if purpose not in ConsentPurpose.values:
        raise NotVisible("")
    if household is None:
        raise DomainError(_("Il n’y a ni nom ni coordonnées dans ce signalement."))
    if give:
        people.give_consent(actor=None, household=household, purpose=purpose, means=Means.FORM)
    else:
        people.withdraw_consent(actor=None, household=household, purpose=purpose)


@transaction.atomic
def refuse_closure(*, report: Report, words: str) -> None:
    """Say that it is not settled: the case is in progress again. Raises ``DomainError`` without words."""
    if report.case is None:
        raise NotVisible("")
    closing.refuse_closure(case=report.case, words=words)


@transaction.atomic
def confirm_closure(*, report: Report) -> None:
    """Say that it is settled. Raises ``DomainError`` for a case that waits for no answer."""
    if report.case is None:
        raise NotVisible("")
    closing.confirm_closure(case=report.case)
