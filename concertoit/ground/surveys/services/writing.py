"""Preparing a survey: its words, its questions, its life."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.surveys.enums import Moment, QuestionKind, SurveyState
from concertoit.ground.surveys.models import Option, Question, Response, Survey
from concertoit.ground.surveys.services import indexing
from concertoit.ground.surveys.workflow import allowed

OBJECT = "surveys.survey"
# Read aloud in a room and typed on a phone: no letter or digit that looks like another.
CODE_LETTERS, CODE_LENGTH = "ABCDEFGHJKMNPQRSTUVWXYZ23456789", 8
CHOICES = (QuestionKind.ONE, QuestionKind.MANY, QuestionKind.SCALE)
Choices = Sequence[tuple[str, bool]]
WORDS = ("title", "intro", "identity", "audience", "open_address", "closes_on")


def journal(viewer: Viewer, verb: str, survey: Survey, **values: Any) -> None:
    """Write a line of the journal about a survey."""
    record(
        actor=viewer.user, verb=verb, object_type=OBJECT, object_id=survey.pk, object_label=survey.title,
        space_id=survey.space_id, **values,
    )  # fmt: skip


def new_code() -> str:
    """A code nobody has yet."""
    while True:
        code = get_random_string(CODE_LENGTH, CODE_LETTERS)
        if not Survey.objects.filter(code=code).exists():
            return code


@transaction.atomic
def create_survey(*, viewer: Viewer, subject: tuple[str, int] | None = None, **words: Any) -> Survey:
    """Prepare a survey. ``words``: title, intro, identity, audience, open_address, closes_on."""
    viewer.must("survey.manage")
    survey = Survey(space=viewer.space, code=new_code(), **words)
    if subject:
        survey.subject_type, survey.subject_id = subject
    survey.save()
    journal(viewer, "survey.created", survey, after={"title": survey.title})
    indexing.survey_changed(survey)
    return survey


def held(survey: Survey) -> Survey:
    """The survey as it is now, until the end of the transaction."""
    return Survey.objects.select_for_update().get(pk=survey.pk)


def must_be_draft(survey: Survey) -> None:
    """Raise ``DomainError`` once a survey was opened: the same questions for everybody."""
    if held(survey).state != SurveyState.DRAFT:
        raise DomainError(
            _("Ce sondage a été ouvert : ses questions ne changent plus. Copiez-le pour en faire un autre.")
        )


@transaction.atomic
def change_survey(*, viewer: Viewer, survey: Survey, **words: Any) -> None:
    """Change the words of a survey; once it is open, whom an answer names no longer changes. Raises ``DomainError``."""
    viewer.must("survey.manage")
    row = held(survey)
    if row.state != SurveyState.DRAFT and words.get("identity", row.identity) != row.identity:
        raise DomainError(
            _("Les gens ont répondu en sachant ce qui serait gardé : cela ne change plus."), field="identity"
        )
    before = {name: str(getattr(row, name) or "") for name in words}
    for name in WORDS:
        setattr(row, name, words.get(name, getattr(row, name)))
    row.save()
    after = {name: str(getattr(row, name) or "") for name in words}
    if before != after:
        journal(viewer, "survey.updated", row, before=before, after=after)
        indexing.survey_changed(row)


@transaction.atomic
def save_question(
    *,
    viewer: Viewer,
    survey: Survey,
    question: Question | None = None,
    kind: str,
    text: str,
    help: str = "",
    required: bool = False,
    options: Choices = (),
) -> Question:
    """Add a question at the end, or rewrite one. Raises ``DomainError`` for choices without two answers."""
    viewer.must("survey.manage")
    must_be_draft(survey)
    row = question or Question(space=viewer.space, survey=survey, position=_next_position(survey))
    _write_question(row, kind=kind, text=text, help=help, required=required, options=options)
    journal(viewer, "survey.updated", survey, after={"question": row.text})
    return row


def _write_question(
    row: Question, *, kind: str, text: str, help: str = "", required: bool = False, options: Choices = ()
) -> None:
    if kind in CHOICES and len(options) < 2:
        raise DomainError(_("Écrivez au moins deux réponses, une par ligne."), field="options")
    row.kind, row.text, row.help, row.required = kind, text.strip(), help.strip(), required
    rewritten = row.pk is not None
    row.save()
    if rewritten:
        row.options.all().delete()
    kept = options if kind in CHOICES else ()
    Option.objects.bulk_create(
        Option(space=row.space, question=row, position=place, label=label[:200], is_right=right)
        for place, (label, right) in enumerate(kept)
    )


@transaction.atomic
def create_with_questions(
    *, viewer: Viewer, subject: tuple[str, int], questions: Sequence[dict[str, Any]], **words: Any
) -> Survey:
    """Prepare a survey from a model: ``questions`` are what ``save_question`` takes."""
    survey = create_survey(viewer=viewer, subject=subject, **words)
    for position, question in enumerate(questions):
        _write_question(Question(space=viewer.space, survey=survey, position=position), **question)
    return survey


def _next_position(survey: Survey) -> int:
    last = Question.objects.filter(survey=survey).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def move_question(*, viewer: Viewer, question: Question, up: bool) -> None:
    """Put a question one place higher or lower; at the edge, nothing moves."""
    viewer.must("survey.manage")
    must_be_draft(question.survey)
    rows = list(Question.objects.filter(survey=question.survey).order_by("position", "id"))
    here = next(place for place, row in enumerate(rows) if row.pk == question.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows):
        row.position = position
    Question.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_question(*, viewer: Viewer, question: Question) -> None:
    """Take a question out of a survey that nobody has answered yet."""
    viewer.must("survey.manage")
    must_be_draft(question.survey)
    journal(viewer, "survey.updated", question.survey, before={"question": question.text})
    question.delete()


@transaction.atomic
def open_survey(*, viewer: Viewer, survey: Survey) -> Survey:
    """Let people answer. Raises ``DomainError`` without a question, or when the last day is past."""
    viewer.must("survey.manage")
    row = held(survey)
    _must_pass(row, SurveyState.OPEN)
    if not Question.objects.filter(survey=row).exists():
        raise DomainError(_("Ajoutez au moins une question avant d’ouvrir le sondage."))
    today = timezone.localdate()
    if row.closes_on and row.closes_on < today:
        raise DomainError(_("Le dernier jour pour répondre est passé. Changez-le d’abord."))
    again = row.state == SurveyState.CLOSED
    row.state, row.opened_on, row.closed_on = SurveyState.OPEN, row.opened_on or today, None
    row.save()
    journal(viewer, "survey.reopened" if again else "survey.opened", row)
    indexing.survey_changed(row)
    return row


@transaction.atomic
def close_survey(*, viewer: Viewer, survey: Survey) -> None:
    """Take no more answers."""
    viewer.must("survey.manage")
    row = held(survey)
    _must_pass(row, SurveyState.CLOSED)
    row.state, row.closed_on = SurveyState.CLOSED, timezone.localdate()
    row.save()
    journal(viewer, "survey.closed", row)


def _must_pass(survey: Survey, wanted: SurveyState) -> None:
    if not allowed(survey.state, wanted):
        raise DomainError(
            _("Le sondage est déjà ouvert.") if wanted == SurveyState.OPEN else _("Le sondage n’est pas ouvert.")
        )


@transaction.atomic
def remove_survey(*, viewer: Viewer, survey: Survey) -> None:
    """Remove a survey that nobody has answered. Raises ``DomainError`` otherwise."""
    viewer.must("survey.manage")
    row = held(survey)
    if Response.objects.filter(survey=row).exists():
        raise DomainError(_("Des gens ont répondu : fermez ce sondage plutôt que de le supprimer."))
    journal(viewer, "survey.removed", row, before={"title": row.title})
    indexing.survey_removed(row)
    row.delete()


@transaction.atomic
def copy_survey(*, viewer: Viewer, survey: Survey, title: str, after: bool = False) -> Survey:
    """A new draft with the same questions. ``after``: it asks again, to measure what has changed since the first.

    Raises ``DomainError`` when the survey already has its second.
    """
    viewer.must("survey.manage")
    source = held(survey)
    copy = Survey(
        space=viewer.space, code=new_code(), title=title.strip(), intro=source.intro, identity=source.identity,
        audience=source.audience, open_address=source.open_address, subject_type=source.subject_type,
        subject_id=source.subject_id,
    )  # fmt: skip
    if after:
        if source.moment == Moment.AFTER or _has_second(source):
            raise DomainError(_("Ce sondage a déjà son second moment."))
        _pair(source, copy)
    copy.save()
    _copy_questions(source, copy)
    journal(viewer, "survey.copied", copy, after={"title": source.title})
    indexing.survey_changed(copy)
    return copy


def _has_second(survey: Survey) -> bool:
    return survey.pair is not None and Survey.objects.filter(pair=survey.pair, moment=Moment.AFTER).exists()


def _pair(first: Survey, second: Survey) -> None:
    """Join the two moments. Answers already given to the first stay without a pair: nothing says whose they are."""
    first.pair = first.pair or uuid4()
    first.moment = Moment.BEFORE
    first.save()
    second.pair, second.moment = first.pair, Moment.AFTER


def _copy_questions(source: Survey, copy: Survey) -> None:
    for question in Question.objects.filter(survey=source).prefetch_related("options").order_by("position", "id"):
        row = Question.objects.create(
            space=copy.space, survey=copy, position=question.position, kind=question.kind, text=question.text,
            help=question.help, required=question.required,
        )  # fmt: skip
        Option.objects.bulk_create(
            Option(space=copy.space, question=row, position=one.position, label=one.label, is_right=one.is_right)
            for one in question.options.all()
        )


@transaction.atomic
def create_first(*, viewer: Viewer, subject: tuple[str, int], title: str) -> Survey:
    """A first survey « avant », to be asked again « après » with the same questions."""
    survey = create_survey(viewer=viewer, subject=subject, title=title)
    survey.pair, survey.moment = uuid4(), Moment.BEFORE
    survey.save()
    return survey


def is_open(survey: Survey, today: date) -> bool:
    """Whether one may answer on a day."""
    return survey.state == SurveyState.OPEN and (survey.closes_on is None or today <= survey.closes_on)
