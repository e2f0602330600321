"""Answers as a file: one row per answer, one column per question."""

import csv
import io
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from concertoit.ground.core.spreadsheets import safe_text
from concertoit.ground.surveys.enums import Identity
from concertoit.ground.surveys.models import Answer, Response, Survey
from concertoit.ground.surveys.queries.surveys import questions_of


def answers_csv(survey: Survey) -> str:
    """The answers, in an order that says nothing of when they came. Several choices are separated by « | ».

    Semicolons and a byte order mark: spreadsheets set to French open it as it is. Raises nothing for an empty survey.
    """
    questions = questions_of(survey)
    named = survey.identity != Identity.NOBODY
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([*([_("Signée")] if named else []), *(safe_text(one.text) for one in questions)])
    cells = _cells(survey)
    for response in Response.objects.filter(survey=survey).order_by("pk"):
        said = cells[response.pk]
        row = [safe_text(" | ".join(said[one.pk])) for one in questions]
        writer.writerow([*([safe_text(response.signed)] if named else []), *row])
    return out.getvalue()


def _cells(survey: Survey) -> Any:
    cells: Any = defaultdict(lambda: defaultdict(list))
    rows = Answer.objects.filter(response__survey=survey).select_related("option")
    for answer in rows.order_by("option__position", "pk"):
        number = "" if answer.number is None else f"{answer.number.normalize():f}"
        text = answer.option.label if answer.option else answer.text or number
        cells[answer.response_id][answer.question_id].append(text)
    return cells
