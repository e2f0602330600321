"""What tests of consent need: a session with a proposal in words, an adoption of the table's draft, and their people."""

from __future__ import annotations

from datetime import date
from typing import Any

from concertoit.together.decisions.models import (
    Adoption,
    ConsentObjection,
    ConsentQuestion,
    ConsentRound,
    ConsentSeat,
    ConsentSession,
    ConsentVoice,
)
from concertoit.together.decisions.rules.consent import Mode, RoundState, Voice
from concertoit.together.decisions.services import adoption as adoptions
from concertoit.together.decisions.services import consent_rounds as rounds
from concertoit.together.decisions.services import consent_sessions as sessions
from concertoit.together.decisions.services import consent_voices as voices
from concertoit.together.decisions.services.consent_rounds import Opening
from concertoit.together.decisions.services.consent_sessions import SessionFacts
from concertoit.together.decisions.services.consent_voices import Objection, Said, Speaker
from concertoit.together.plans.services.filing import file_plan
from concertoit.together.plans.services.versions import put_in_force
from tests.personas import Table

TITLE = "Séance d’essai"


def session_of(table: Table, *, mode: Mode = Mode.ROOM, quorum: int | None = None) -> ConsentSession:
    """A session of the démarche with one proposal in words; the same one when asked again."""
    found = ConsentSession.objects.filter(space=table.space, title=TITLE).first()
    if found:
        return found
    facts = SessionFacts(TITLE, table.plenary, mode, date(2026, 2, 24), quorum, "Règles de la plénière")
    made = sessions.prepare(viewer=table.viewer("coordinator"), facts=facts)
    rounds.propose(
        viewer=table.viewer("coordinator"),
        session_id=made.pk,
        title="Se réunir le jeudi",
        text="Nos plénières ont lieu le jeudi matin.",
    )
    return made


def round_of(table: Table, state: RoundState = RoundState.VOICES, **options: Any) -> ConsentRound:
    """Its proposal, at a step."""
    row = ConsentRound.objects.get(session=session_of(table, **options))
    if state is not RoundState.PREPARED and row.state == RoundState.PREPARED:
        row = move(table, row, RoundState.VOICES if state is RoundState.INTEGRATION else state)
        if state is RoundState.INTEGRATION:
            row = move(table, row, state)
    return row


def move(table: Table, row: ConsentRound, state: RoundState, **options: Any) -> ConsentRound:
    return rounds.move(viewer=table.viewer("coordinator"), round_id=row.pk, opening=Opening(state, **options))


def seat_of(table: Table, key: str = "x", session: ConsentSession | None = None) -> ConsentSeat:
    """The seat of an organisation of the table."""
    where = session or session_of(table)
    return ConsentSeat.objects.get(session=where, organisation=table.organisations[key])


def speaker(table: Table, persona: str = "partner", key: str = "x", session: ConsentSession | None = None) -> Speaker:
    return voices.as_member(table.viewer(persona), seat_of(table, key, session).pk)


def say(
    table: Table,
    row: ConsentRound,
    voice: Voice = Voice.CONSENT,
    *,
    persona: str = "partner",
    key: str = "x",
    **objection: Any,
) -> ConsentVoice:
    """An organisation speaks on a proposal."""
    said = Said(voice, Objection(**objection) if objection else Objection(""))
    return voices.speak(speaker=speaker(table, persona, key, row.session), round_id=row.pk, said=said)


def object_to(table: Table, row: ConsentRound | None = None, **more: Any) -> ConsentObjection:
    """Organisation x objects."""
    row = row or round_of(table)
    found = ConsentObjection.objects.filter(round=row).first()
    if found is None:
        say(table, row, Voice.OBJECTION, reason="Le jeudi, nos intervenantes sont sur la route.", **more)
        found = ConsentObjection.objects.get(round=row)
    return found


def question_of(table: Table) -> ConsentQuestion:
    found = ConsentQuestion.objects.filter(space=table.space).first()
    if found is None:
        found = voices.ask(speaker=speaker(table), round_id=round_of(table).pk, body="Chaque semaine?")
    return found


def pending_of(table: Table) -> ConsentVoice:
    """A reserved consent of organisation x."""
    found = ConsentVoice.objects.filter(space=table.space, mandate="pending").first()
    return found or say(table, round_of(table), Voice.RESERVED)


def token_of(table: Table, key: str = "x") -> str:
    round_of(table)
    return sessions.token_of(seat_of(table, key))


def in_force(table: Table) -> None:
    """Freeze the version in force and give the draft its origin, as services leave them."""
    if not table.version.snapshot:
        from concertoit.together.plans.services.versions import freeze

        freeze(version=table.version, user=table.user("coordinator"))
        table.draft.based_on = table.version
        table.draft.save()


def adoption_of(table: Table, **options: Any) -> Adoption:
    """An adoption of the table's draft; the same one when asked again."""
    found = Adoption.objects.filter(space=table.space).first()
    if found:
        return found
    facts = SessionFacts(
        "Adoption du plan", table.plenary, options.pop("mode", Mode.ROOM), date(2026, 2, 24), **options
    )
    return adoptions.propose_adoption(viewer=table.viewer("coordinator"), plan=table.plan, facts=facts)


def part_rounds(adoption: Adoption) -> list[ConsentRound]:
    return list(ConsentRound.objects.filter(session=adoption.session_id).order_by("position", "pk"))


def adopt_part(table: Table, row: ConsentRound) -> ConsentRound:
    """Open a part, let organisation x consent, and conclude."""
    move(table, row, RoundState.VOICES)
    say(table, ConsentRound.objects.select_related("session").get(pk=row.pk))
    return rounds.conclude(viewer=table.viewer("coordinator"), round_id=row.pk, adopted=True)


def adopted_of(table: Table) -> Adoption:
    """An adoption whose acts are frozen."""
    adoption = adoption_of(table)
    if not adoption.record:
        for row in part_rounds(adoption):
            adopt_part(table, row)
        adoption = adoptions.adopt(
            viewer=table.viewer("coordinator"), adoption_id=adoption.pk, adopted_on=date(2026, 2, 24)
        )
    return adoption


def touched_part(table: Table) -> ConsentRound:
    """The adopted first part of an adoption, whose draft has changed since by wording only."""
    from concertoit.together.plans.services.content import change_node, content_of

    adoption = adoption_of(table)
    row = part_rounds(adoption)[0]
    if row.state == RoundState.PREPARED:
        adopt_part(table, row)
        node = table.drafted("action")
        content = content_of(node)
        content.title = f"{content.title}, ensemble"
        change_node(viewer=table.viewer("coordinator"), node=node, content=content)
    return row


def filing_of(table: Table) -> Any:
    from concertoit.together.plans.models import Filing

    found = Filing.objects.filter(space=table.space).first()
    return found or file_plan(
        viewer=table.viewer("coordinator"),
        version=table.version,
        recipient="Table d’essai",
        filed_on=date(2026, 2, 27),
    )


def draft_in_force(table: Table) -> Any:
    """Put the draft in force, by hand."""
    return put_in_force(viewer=table.viewer("coordinator"), version=table.draft, adopted_on=date(2026, 2, 24))
