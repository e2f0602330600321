from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.permissions import COCO, COORDINATION, MEMBERS, PUBLIC, Kwargs, Row, row
from tests.personas import Table


def _one(make: str = "survey_of", **more: Any) -> Kwargs:
    """Kwargs of a survey made for the row; ``question`` adds one of its questions."""

    def kwargs(table: Table) -> dict[str, Any]:
        from tests.ground.surveys import made

        survey = getattr(made, make)(table)
        values = {"survey_id": survey.pk}
        return values | ({"question_id": made.question_of(survey).pk} if more.get("question") else {})

    return kwargs


def _alone(name: str) -> Callable[[Table], dict[str, Any]]:
    def kwargs(table: Table) -> dict[str, Any]:
        from tests.ground.surveys import made

        survey = made.survey_of(table)
        return {"token": made.invited(table, survey)} if name == "token" else {"code": survey.code}

    kwargs.bound = False  # type: ignore[attr-defined]
    return kwargs


ROWS: list[Row] = [
    row("surveys:list", read=MEMBERS),
    row("surveys:create", read=COORDINATION, write=COORDINATION),
    row("surveys:survey", _one(), read=MEMBERS),
    row("surveys:edit", _one(), read=COORDINATION, write=COORDINATION),
    row("surveys:state", _one(), write=COORDINATION, data={"quoi": "fermer"}),
    row("surveys:invite", _one(), read=COORDINATION, write=COORDINATION),
    row("surveys:question_add", _one("draft_of"), read=COORDINATION, write=COORDINATION),
    row("surveys:question", _one("draft_of", question=True), read=COORDINATION, write=COORDINATION),
    row("surveys:question_move", _one("draft_of", question=True), write=COORDINATION),
    row("surveys:question_remove", _one("draft_of", question=True), write=COORDINATION),
    row("surveys:fill", _one(), read=MEMBERS, write=MEMBERS),
    row("surveys:paper", _one(), read=COORDINATION, write=COORDINATION),
    row("surveys:results", _one(), read=COCO),
    row("surveys:answers_file", _one("named_of"), read=COCO),
    row("surveys:answer", _alone("token"), read=PUBLIC, write=PUBLIC),
    row("surveys:by_code", _alone("code"), read=PUBLIC, write=PUBLIC),
]
