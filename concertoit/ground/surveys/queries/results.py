"""What people answered, counted: a constant number of queries whatever the number of questions and answers."""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import Count

from concertoit.ground.surveys import rules
from concertoit.ground.surveys.enums import Identity, Moment, QuestionKind
from concertoit.ground.surveys.models import Answer, Option, Question, Response, Survey
from concertoit.ground.surveys.queries.surveys import questions_of

TEXTS_SHOWN = 200


@dataclass(slots=True)
class QuestionResult:
    """A question with what was answered, in the shape of its kind."""

    question: Question
    answered: int = 0
    tally: rules.Tally | None = None
    middle: str = ""
    numbers: rules.Numbers | None = None
    texts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Results:
    """The whole of a survey. ``hidden``: too few answers without names to show anything."""

    received: int
    hidden: bool
    smallest: int = rules.SMALLEST
    questions: list[QuestionResult] = field(default_factory=list)


def results_of(survey: Survey) -> Results:
    """Count everything."""
    received = Response.objects.filter(survey=survey).count()
    hidden = survey.identity == Identity.NOBODY and received < rules.SMALLEST
    results = Results(received, hidden)
    if hidden or not received:
        return results
    chosen = dict(
        Answer.objects.filter(response__survey=survey, option__isnull=False)
        .values_list("option_id")
        .annotate(count=Count("pk"))
        .order_by("option_id")
    )
    answered = dict(
        Answer.objects.filter(response__survey=survey)
        .values_list("question_id")
        .annotate(count=Count("response", distinct=True))
        .order_by("question_id")
    )
    said = _said(survey)
    for question in questions_of(survey):
        results.questions.append(_result(question, received, answered.get(question.pk, 0), chosen, said))
    return results


def _said(survey: Survey) -> dict[int, list[Any]]:
    rows = defaultdict(list)
    free = Answer.objects.filter(response__survey=survey, option=None).select_related("response")
    for row in free.order_by("response__received_on", "pk"):
        rows[row.question_id].append(row)
    return rows


def _result(
    question: Question, received: int, answered: int, chosen: dict[int, int], said: dict[int, list[Any]]
) -> QuestionResult:
    result = QuestionResult(question, answered)
    if question.kind == QuestionKind.NUMBER:
        result.numbers = rules.sum_up([row.number for row in said[question.pk] if row.number is not None])
    elif question.kind == QuestionKind.TEXT:
        result.texts = [(row.text, row.response.signed) for row in said[question.pk][:TEXTS_SHOWN]]
    else:
        options = sorted(question.options.all(), key=lambda one: (one.position, one.pk))
        result.tally = rules.tally(
            [(one.label, one.is_right, chosen.get(one.pk, 0)) for one in options], answered=answered, asked=received
        )
        if question.kind == QuestionKind.SCALE:
            place = rules.middle([line.count for line in result.tally.lines])
            result.middle = "" if place is None else options[place].label
    return result


def scores(survey: Survey) -> list[tuple[str, Fraction]]:
    """For each response, the share of questions of knowledge it got right, with the key that pairs it.

    A question of knowledge has at least one right answer marked; it is right when exactly these are chosen.
    """
    right: dict[int, set[int]] = defaultdict(set)
    for option in Option.objects.filter(question__survey=survey, is_right=True).order_by("pk"):
        right[option.question_id].add(option.pk)
    if not right:
        return []
    chosen: dict[Any, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = Answer.objects.filter(response__survey=survey, question_id__in=right, option__isnull=False)
    for response_id, question_id, option_id in rows.order_by("pk").values_list(
        "response_id", "question_id", "option_id"
    ):
        chosen[response_id][question_id].add(option_id)
    keys = Response.objects.filter(survey=survey).order_by("pk").values_list("pk", "pair_key")
    return [
        (key, Fraction(sum(chosen[pk][question] == wanted for question, wanted in right.items()), len(right)))
        for pk, key in keys
    ]


def change_of(survey: Survey) -> rules.Change | None:
    """Knowledge before and after, when this survey is one of two moments and the other exists."""
    if survey.pair is None:
        return None
    both = {one.moment: one for one in Survey.objects.filter(pair=survey.pair).order_by("pk")}
    if set(both) != {Moment.BEFORE, Moment.AFTER}:
        return None
    before, after = scores(both[Moment.BEFORE]), scores(both[Moment.AFTER])
    if survey.identity == Identity.NOBODY and min(len(before), len(after)) < rules.SMALLEST:
        return None
    return rules.change(before, after)
