"""Surveys that tests and rows of the permission table need."""

from __future__ import annotations

from typing import Any

from concertoit.ground.surveys.models import Invitee, Question, Survey
from concertoit.ground.surveys.services import asking, writing
from tests.personas import Table


def survey_of(table: Table, *, opened: bool = True, **words: Any) -> Survey:
    """A survey with a question of each kind."""
    viewer = table.viewer("coordinator")
    values: dict[str, Any] = {"title": "Après la rencontre", "open_address": True, "identity": "nobody", **words}
    survey = writing.create_survey(viewer=viewer, **values)
    for kind, text, options in (
        ("one", "Êtes-vous d’accord?", [("Oui", True), ("Non", False)]),
        ("many", "Quels sujets?", [("Loyers", False), ("Rénovations", False), ("Droits", False)]),
        ("scale", "L’animation", [("faible", False), ("moyenne", False), ("bonne", False)]),
        ("number", "Combien de logements?", []),
        ("text", "Autre chose?", []),
    ):
        writing.save_question(viewer=viewer, survey=survey, kind=kind, text=text, options=options)
    return writing.open_survey(viewer=viewer, survey=survey) if opened else survey


def draft_of(table: Table) -> Survey:
    return survey_of(table, opened=False)


def named_of(table: Table) -> Survey:
    return survey_of(table, identity="person")


def question_of(survey: Survey, kind: str = "one") -> Question:
    return Question.objects.get(survey=survey, kind=kind)


def invited(table: Table, survey: Survey, email: str = "voisine@exemple.test") -> str:
    """The secret of somebody's personal link."""
    asking.invite(viewer=table.viewer("coordinator"), survey=survey, recipients=[asking.Recipient(email)])
    return asking.token_of(Invitee.objects.get(survey=survey, email=email))
