from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.permissions import COCO, COORDINATION, HIDDEN, MEMBERS, NO, PUBLIC, TABLE, Kwargs, Row, row
from tests.personas import Table

# A prioritisation that is being prepared, or a recommendation that is being written, exists only for the coco.
PREPARING = MEMBERS.but(
    partner=HIDDEN, contributor=HIDDEN, observer=HIDDEN, funder=HIDDEN, elected=HIDDEN,
    liaison=HIDDEN, worker=HIDDEN, responder=HIDDEN,
)  # fmt: skip
# Only members of an organisation that has a voice answer: those of the table.
VOICES = TABLE


def made(factory: str, **more: Callable[[Table, Any], Any]) -> Kwargs:
    """Kwargs of a prioritisation of ``tests/together/decisions/prioritised.py`` in the state that the page needs."""

    def kwargs(table: Table) -> dict[str, Any]:
        from tests.together.decisions import prioritised

        one = getattr(prioritised, factory)(table)
        return {"pk": one.pk, **{name: find(table, one) for name, find in more.items()}}

    return kwargs


def voice(table: Table, one: Any) -> int:
    """The voice of organisation x."""
    from concertoit.together.decisions.models import Voice

    return Voice.objects.get(prioritisation=one, organisation=table.x).pk


def token(table: Table) -> dict[str, Any]:
    from tests.together.decisions import prioritised

    return {"token": prioritised.link_of(prioritised.opened(table), "partner@exemple.test").split("/")[2]}


ROWS: list[Row] = [
    row("decisions:prioritisation_add", read=COORDINATION, write=COORDINATION),
    row("decisions:prioritisation", made("opened"), read=MEMBERS),
    row("decisions:prioritisation", made("prepared"), read=PREPARING),
    row("decisions:prioritisation_edit", made("prepared"), read=COORDINATION, write=COORDINATION),
    row("decisions:prioritisation_options", made("prepared"), read=COORDINATION, write=COORDINATION),
    row("decisions:prioritisation_state", made("prepared"), write=COORDINATION),
    row("decisions:prioritisation_amounts", made("prepared"), read=COORDINATION, write=COORDINATION),
    row("decisions:prioritisation_voices", made("prepared"), read=COORDINATION, write=COORDINATION),
    row("decisions:prioritisation_remind", made("opened"), write=COORDINATION),
    row("decisions:prioritisation_voice", made("opened", voice_id=voice), read=COORDINATION, write=COORDINATION),
    row("decisions:prioritisation_paper", made("opened", voice_id=voice), read=COORDINATION, write=COORDINATION),
    row(
        "decisions:prioritisation_ballot",
        made("answered", voice_id=voice),
        read=TABLE.but(coordinator=HIDDEN, coco=HIDDEN, contributor=HIDDEN, elected=HIDDEN),
    ),
    row("decisions:prioritisation_answer", made("opened"), read=TABLE, write=TABLE),
    row(
        "decisions:prioritisation_answer_for",
        made("opened", voice_id=voice),
        read=TABLE.but(coordinator=HIDDEN, coco=HIDDEN, contributor=HIDDEN, elected=HIDDEN),
        write=TABLE.but(coordinator=HIDDEN, coco=HIDDEN, contributor=HIDDEN, elected=HIDDEN),
    ),
    row("decisions:prioritisation_results", made("closed"), read=MEMBERS),
    row("decisions:prioritisation_short_list", made("closed"), read=COCO, write=COCO),
    row("decisions:prioritisation_proof", made("closed"), read=MEMBERS),
    row("decisions:prioritisation_verify", made("closed"), write=MEMBERS),
    row("decisions:prioritisation_file", made("closed", extension=lambda _table, _one: "xlsx"), read=MEMBERS),
    row("decisions:prioritisation_pb", made("closed", place=lambda _table, _one: 0), read=COCO),
    row("decisions:prioritisation_money", made("closed"), read=MEMBERS),
    row(
        "decisions:recommendation",
        made("published"),
        read=MEMBERS,
        write=MEMBERS.but(
            coordinator=HIDDEN,
            coco=HIDDEN,
            partner=NO,
            contributor=NO,
            observer=NO,
            funder=NO,
            elected=NO,
            liaison=NO,
            worker=NO,
            responder=NO,
        ),
    ),
    row("decisions:recommendation", made("recommended"), read=PREPARING, write=PREPARING),
    row("decisions:recommendation_start", made("closed"), write=COCO, data={"rule": "greedy"}),
    row("decisions:recommendation_state", made("recommended"), write=COORDINATION, data={"quoi": "publier"}),
    row("decisions:opinion", token, read=PUBLIC, write=PUBLIC),
]
