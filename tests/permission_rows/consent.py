"""Consent rounds, adoptions and deposits: everybody reads what is open and decided, the coordination facilitates.

Only the people of an organisation speak for it."""

from __future__ import annotations

from typing import Any

from tests.permissions import COORDINATION, MEMBERS, PUBLIC, TABLE, Kwargs, Row, row
from tests.personas import Table


def made(**sources: str) -> Kwargs:
    """Kwargs from what ``tests/together/decisions/consented.py`` makes (``"round_of.pk"``) or plain values (``"=x"``)."""

    def kwargs(table: Table) -> dict[str, Any]:
        from tests.together.decisions import consented

        values: dict[str, Any] = {}
        for name, source in sources.items():
            factory, _dot, attribute = source.partition(".")
            values[name] = (
                source[1:] if source.startswith("=") else getattr(getattr(consented, factory)(table), attribute)
            )
        return values

    return kwargs


def _step(table: Table) -> dict[str, Any]:
    from tests.together.plans import exchanged

    return {"step_id": exchanged.cycle_step_of(table).pk}


def _token(table: Table) -> dict[str, Any]:
    from tests.together.decisions import consented

    return {"token": consented.token_of(table)}


SESSION = made(session_id="session_of.pk")
ROUND = made(round_id="round_of.pk")
# The organisation's own people, and the coordination that notes what a board answered
_MANDATE = COORDINATION.but(partner="yes")

ROWS: list[Row] = [
    row("decisions:consent_list", read=MEMBERS),
    row("decisions:consent_new", read=COORDINATION, write=COORDINATION),
    row("decisions:consent_session", SESSION, read=MEMBERS),
    row("decisions:consent_seats", SESSION, read=COORDINATION, write=COORDINATION),
    row("decisions:consent_links", SESSION, write=COORDINATION),
    row("decisions:consent_propose", SESSION, read=COORDINATION, write=COORDINATION),
    row("decisions:consent_close", SESSION, write=COORDINATION),
    row("decisions:consent_answer", SESSION, read=TABLE, write=TABLE),
    row("decisions:consent_round", ROUND, read=MEMBERS),
    row("decisions:consent_room", ROUND, read=COORDINATION),
    row("decisions:consent_move", ROUND, write=COORDINATION, data={"state": "questions"}),
    row("decisions:consent_edit", ROUND, read=COORDINATION, write=COORDINATION),
    row("decisions:consent_note", ROUND, write=COORDINATION),
    row("decisions:consent_integrate", ROUND, read=COORDINATION, write=COORDINATION),
    row("decisions:consent_conclude", ROUND, write=COORDINATION),
    row("decisions:consent_question", made(question_id="question_of.pk"), write=COORDINATION),
    row(
        "decisions:consent_mandate",
        made(voice_id="pending_of.pk"),
        write=_MANDATE,
        data={"confirmed": "oui", "on": "2026-03-01"},
    ),
    row(
        "decisions:consent_objection",
        made(objection_id="object_to.pk"),
        read=MEMBERS,
        write=COORDINATION,
        data={"geste": "clarifier", "words": "Compris."},
    ),
    row("decisions:consent_link", _token, read=PUBLIC, write=PUBLIC, bound=False),
    row("decisions:adoption_new", read=COORDINATION, write=COORDINATION),
    row("decisions:adoption_corrections", read=COORDINATION, write=COORDINATION),
    row("decisions:adoption_step", _step, read=COORDINATION, write=COORDINATION),
    row("decisions:adoption_minor", made(round_id="touched_part.pk"), read=COORDINATION, write=COORDINATION),
    row("decisions:adoption_parts", made(adoption_id="adoption_of.pk"), write=COORDINATION),
    row("decisions:adoption_adopt", made(adoption_id="adoption_of.pk"), read=COORDINATION, write=COORDINATION),
    row("decisions:adoption_abandon", made(adoption_id="adoption_of.pk"), write=COORDINATION),
    row("decisions:adoption_record", made(adoption_id="adopted_of.pk"), read=MEMBERS),
    row("decisions:adoption_file", made(adoption_id="adopted_of.pk", extension="=json"), read=MEMBERS),
    row("decisions:deposits", read=MEMBERS),
    row("decisions:deposit_new", read=COORDINATION, write=COORDINATION),
    row("decisions:deposit_receipt", made(filing_id="filing_of.pk"), read=COORDINATION, write=COORDINATION),
]
