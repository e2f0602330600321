"""Keeping what people answer, as the survey said it would be kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _

from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.identity.models import Organisation, Person
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.surveys.enums import Identity, Source
from concertoit.ground.surveys.models import Answer, Invitee, Option, Question, Response, Survey
from concertoit.ground.surveys.services.writing import held, is_open, journal

SIGNATURE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to one question: the places of chosen options, a number, or a text."""

    options: tuple[int, ...] = ()
    number: Decimal | None = None
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.options or self.number is not None or self.text.strip())


@dataclass(frozen=True, slots=True)
class Voice:
    """For whom an answer speaks, before the survey says how much of it is kept."""

    source: Source
    person: Person | None = None
    organisation: Organisation | None = None
    signed: str = ""
    email: str = ""


def voice_of(viewer: Viewer) -> Voice:
    """A member who answers with an account."""
    seat = (
        Membership.objects.filter(pk__in=viewer.membership_ids, organisation__isnull=False)
        .select_related("organisation")
        .order_by("position", "pk")
        .first()
    )
    return Voice(
        source=Source.ACCOUNT,
        person=viewer.user.person,
        organisation=seat.organisation if seat else None,
        signed=str(viewer.user),
        email=viewer.user.email.lower(),
    )


def voice_behind(invitee: Invitee) -> Voice:
    """Somebody who answers by a personal link."""
    seat = invitee.membership
    return Voice(
        source=Source.LINK,
        person=seat.person if seat else None,
        organisation=seat.organisation if seat else None,
        signed=invitee.name or invitee.email,
        email=invitee.email.lower(),
    )


def find(token: str) -> Invitee:
    """Who holds a personal link. Raises ``NotVisible`` for a link that is none of ours."""
    return must_exist(
        Invitee.objects.select_related("survey__space", "membership__person", "membership__organisation")
        .filter(token_digest=personal_links.digest_of(token))
        .first()
    )


@transaction.atomic
def answer(*, survey: Survey, voice: Voice, said: Mapping[int, Said], sent_id: UUID | None = None) -> Response:
    """Keep an answer. Sent twice with the same ``sent_id`` it is kept once; a named one may be changed while open.

    Raises ``DomainError`` when the survey is closed, nothing is said, a needed answer lacks, or this person has already
    answered a survey without names.
    """
    row = held(survey)
    again = Response.objects.filter(survey=row, sent_id=sent_id).first() if sent_id else None
    if again is not None:
        return again
    if not is_open(row, timezone.localdate()):
        raise DomainError(_("Ce sondage est fermé : on n’y répond plus."))
    _check(row, said)
    if voice.email:
        _note_who_answered(row, voice)
    try:
        with transaction.atomic():
            response = _response(row, voice, sent_id)
    except IntegrityError:
        raise DomainError(_("Une réponse est déjà arrivée en votre nom.")) from None
    _keep(response, said)
    return response


def _check(survey: Survey, said: Mapping[int, Said]) -> None:
    """Raise ``DomainError`` for an empty answer, or one that lacks what is needed."""
    if not any(said.values()):
        raise DomainError(_("Répondez à au moins une question."))
    missing = Question.objects.filter(survey=survey, required=True).order_by("position", "id")
    for question in missing:
        if not said.get(question.pk):
            raise DomainError(_("Cette question demande une réponse."), field=f"q{question.pk}")


def _note_who_answered(survey: Survey, voice: Voice) -> None:
    """Know who has answered, so as to remind only the others. Without names, one cannot come back."""
    invitee = Invitee.objects.select_for_update().filter(survey=survey, email=voice.email).first()
    if invitee is None:
        invitee = Invitee.objects.create(
            space=survey.space, survey=survey, email=voice.email, name=voice.signed[:160],
            token_digest=get_random_string(64),
        )  # fmt: skip
    if invitee.answered and survey.identity == Identity.NOBODY:
        raise DomainError(
            _("Vous avez déjà répondu. Sans nom, une réponse ne se retrouve pas : elle ne se change plus.")
        )
    invitee.answered = True
    invitee.save(update_fields=["answered"])


def pair_key(survey: Survey, voice: Voice) -> str:
    """What brings together the two answers of one person, and says nothing else of them."""
    if survey.pair is None or not voice.email:
        return ""
    return salted_hmac("surveys.pair", f"{survey.pair}:{voice.email}", algorithm="sha256").hexdigest()


def _response(survey: Survey, voice: Voice, sent_id: UUID | None) -> Response:
    named = survey.identity != Identity.NOBODY
    person = voice.person if survey.identity == Identity.PERSON else None
    organisation = voice.organisation if survey.identity == Identity.ORGANISATION else None
    before = _already(survey, person, organisation, pair_key(survey, voice) if named else "")
    if before is not None:
        before.answers.all().delete()
        Response.objects.filter(pk=before.pk).update(received_on=timezone.localdate(), source=voice.source)
        return before
    signed = str(organisation) if organisation else voice.signed
    return Response.objects.create(
        space=survey.space, survey=survey, sent_id=sent_id or uuid4(), received_on=timezone.localdate(),
        source=voice.source, person=person, organisation=organisation,
        signed=signed[:SIGNATURE_LENGTH] if named else "", pair_key=pair_key(survey, voice),
    )  # fmt: skip


def _already(survey: Survey, person: Person | None, organisation: Organisation | None, key: str) -> Response | None:
    rows = Response.objects.filter(survey=survey)
    if person is not None:
        return rows.filter(person=person).first()
    if organisation is not None:
        return rows.filter(organisation=organisation, person=None).first()
    return rows.filter(pair_key=key).first() if key else None


def _keep(response: Response, said: Mapping[int, Said]) -> None:
    """Write the rows of an answer; options and questions of another survey are refused."""
    options: dict[int, dict[int, Option]] = {}
    for option in Option.objects.filter(question__survey_id=response.survey_id).order_by("position", "id"):
        options.setdefault(option.question_id, {})[option.position] = option
    questions = set(Question.objects.filter(survey_id=response.survey_id).values_list("pk", flat=True))
    if not set(said) <= questions:
        raise NotVisible("")
    rows = []
    for pk, one in said.items():
        base: dict[str, Any] = {"space_id": response.space_id, "response": response, "question_id": pk}
        rows += [Answer(**base, option=options[pk][place]) for place in one.options if place in options.get(pk, {})]
        if one.number is not None or one.text.strip():
            rows.append(Answer(**base, number=one.number, text=one.text.strip()))
    Answer.objects.bulk_create(rows)


@transaction.atomic
def enter_paper(
    *, viewer: Viewer, survey: Survey, said: Mapping[int, Said], signed: str = "", sent_id: UUID | None = None
) -> Response:
    """Type in an answer given on paper."""
    viewer.must("survey.manage")
    response = answer(survey=survey, voice=Voice(Source.PAPER, signed=signed), said=said, sent_id=sent_id)
    journal(viewer, "survey.paper", survey)
    return response


def read_addresses(text: str) -> Sequence[str]:
    """Addresses written one per line or separated by commas, in lower case, each once."""
    parts = (part.strip().lower() for line in text.splitlines() for part in line.replace(";", ",").split(","))
    return list(dict.fromkeys(part for part in parts if part))
