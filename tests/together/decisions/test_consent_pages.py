"""Pages of consent: the session, a proposal, the screen of the room, the phone; who sees what, and at what cost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from concertoit.ground.identity.models import Organisation
from concertoit.together.decisions.models import (
    ConsentObjection,
    ConsentQuestion,
    ConsentReaction,
    ConsentSeat,
    ConsentSession,
    ConsentTurn,
    ConsentVoice,
)
from concertoit.together.decisions.queries.consent_desk import waiting_for_consent
from concertoit.together.decisions.rules.consent import Mode, RoundState, Voice
from concertoit.together.decisions.services.consent_rounds import conclude
from concertoit.together.plans.services.content import change_node, content_of
from tests.hostile import assert_constant_queries
from tests.htmx import assert_fragment_is_page
from tests.personas import Table
from tests.together.decisions import consented
from tests.together.decisions.consented import move, object_to, round_of, say, session_of


def address(table: Table, name: str, **kwargs: object) -> str:
    return reverse(f"decisions:{name}", kwargs={"slug": table.space.slug, **kwargs})


def more_seats(table: Table, count: int = 60) -> None:
    """Organisations called beside those of the table, which all speak, react, ask and object."""
    session, row = session_of(table), round_of(table)
    turn = ConsentTurn.objects.filter(round=row).order_by("-number")[0]
    names = [Organisation(name=f"Organisme {n}", kind="community") for n in range(count)]
    organisations = Organisation.objects.bulk_create(names)
    seats = ConsentSeat.objects.bulk_create(
        ConsentSeat(
            space=table.space, session=session, organisation=one, label=one.name, token_digest=f"{one.pk:064}",
            position=one.pk,
        )
        for one in organisations
    )  # fmt: skip
    common = {"space": table.space, "turn": turn}
    now = turn.opened_at
    ConsentVoice.objects.bulk_create(
        ConsentVoice(**common, seat=s, kind="consent", way="aloud", said_at=now) for s in seats
    )
    ConsentReaction.objects.bulk_create(
        ConsentReaction(**common, seat=s, kind="support", body="Oui", said_at=now) for s in seats
    )
    ConsentQuestion.objects.bulk_create(
        ConsentQuestion(**common, seat=s, body="Quand?", asked_at=now) for s in seats[:10]
    )
    ConsentObjection.objects.bulk_create(
        ConsentObjection(**common, round=row, seat=s, reason="Trop tôt", raised_at=now) for s in seats[:10]
    )


class TestCost:
    """Queries do not grow with the organisations: 4 or 64 cost the same."""

    @pytest.mark.parametrize("name", ["consent_round", "consent_room"])
    def test_a_proposal(self, table: Table, name: str) -> None:
        object_to(table)
        url, client = address(table, name, round_id=round_of(table).pk), table.client("coordinator")
        assert_constant_queries(lambda: more_seats(table), lambda: client.get(url))

    def test_a_session(self, table: Table) -> None:
        url, client = (
            address(table, "consent_session", session_id=round_of(table).session_id),
            table.client("coordinator"),
        )
        assert_constant_queries(lambda: more_seats(table), lambda: client.get(url))

    def test_the_phone(self, table: Table) -> None:
        url, client = address(table, "consent_answer", session_id=round_of(table).session_id), table.client("partner")
        assert_constant_queries(lambda: more_seats(table), lambda: client.get(url))

    def test_the_list(self, table: Table) -> None:
        client, url = table.client("partner"), address(table, "consent_list")
        session_of(table)

        def more() -> None:
            for place in range(10):
                ConsentSession.objects.create(space=table.space, title=f"Séance {place}", body=table.coco)

        assert_constant_queries(more, lambda: client.get(url))


class TestReading:
    def test_who_observes_reads_who_said_what_once_it_is_concluded(self, table: Table) -> None:
        row = round_of(table)
        object_to(table)
        url = address(table, "consent_round", round_id=row.pk)
        assert "sont sur la route" not in table.client("observer").get(url).content.decode()
        assert "sont sur la route" in table.client("contributor").get(url).content.decode()
        conclude(viewer=table.viewer("coordinator"), round_id=row.pk, adopted=False, words="Le mardi.")
        assert "sont sur la route" in table.client("observer").get(url).content.decode()

    def test_a_draft_not_yet_proposed_is_for_those_who_prepare_it(self, table: Table) -> None:
        row = consented.part_rounds(consented.adoption_of(table))[0]
        url = address(table, "consent_round", round_id=row.pk)
        assert table.client("coco").get(url).status_code == 200
        assert table.client("partner").get(url).status_code == 404
        move(table, row, RoundState.QUESTIONS)
        page = table.client("partner").get(url).content.decode()
        assert table.drafted("action").title in page

    def test_silence_is_shown(self, table: Table) -> None:
        row = round_of(table)
        say(table, row)
        page = table.client("coco").get(address(table, "consent_round", round_id=row.pk)).content.decode()
        assert page.count("Silence") >= 3
        assert "1 voix présentes sur 4" in page

    def test_what_changed_since_the_adoption_is_shown(self, table: Table) -> None:
        row = consented.touched_part(table)
        session = address(table, "consent_session", session_id=row.session_id)
        assert "modifiée depuis son adoption" in table.client("partner").get(session).content.decode()
        page = table.client("coordinator").get(address(table, "adoption_minor", round_id=row.pk)).content.decode()
        assert "<ins>" in page
        node = table.drafted("action")
        content = content_of(node)
        content.period_written = "27-28"
        change_node(viewer=table.viewer("coordinator"), node=node, content=content)
        page = table.client("coordinator").get(address(table, "adoption_minor", round_id=row.pk)).content.decode()
        assert "une période change" in page


class TestRoom:
    def test_the_direct_part_is_what_a_reload_shows(self, table: Table) -> None:
        object_to(table)
        url = address(table, "consent_room", round_id=round_of(table).pk)
        assert_fragment_is_page(table.client("coordinator"), url, "direct")

    def test_the_whole_way_with_forms(self, table: Table) -> None:
        """Without JavaScript: steps, a voice said aloud, an objection not retained, the result."""
        row, client = round_of(table, RoundState.PREPARED), table.client("coordinator")

        def press(name: str, data: dict[str, object]) -> int:
            return client.post(address(table, name, round_id=row.pk), {"page": "salle", **data}).status_code

        assert press("consent_move", {"state": "questions"}) == 302
        assert press("consent_move", {"state": "adopted"}) == 422
        assert press("consent_move", {"state": "voices"}) == 302
        seat = consented.seat_of(table, "y").pk
        assert press("consent_note", {"seat": seat, "voice": "objection"}) == 422
        assert press("consent_note", {"seat": seat, "voice": "objection", "reason": "Trop tôt."}) == 302
        assert press("consent_conclude", {"resultat": "adoptee"}) == 422
        objection = ConsentObjection.objects.get()
        page = address(table, "consent_objection", objection_id=objection.pk)
        assert client.post(page, {"geste": "ecarter", "words": ""}).status_code == 422
        assert client.post(page, {"geste": "ecarter", "words": "C’est le bon moment."}).status_code == 302
        say(table, row)
        assert press("consent_conclude", {"resultat": "adoptee"}) == 302
        row.refresh_from_db()
        assert row.state == RoundState.ADOPTED_OVER

    def test_integrating_from_its_page(self, table: Table) -> None:
        row, objection = round_of(table), object_to(table)
        move(table, row, RoundState.INTEGRATION)
        url, client = address(table, "consent_integrate", round_id=row.pk), table.client("coordinator")
        sent = {"objections": [objection.pk], "change": "Le mardi.", "text": row.text, "opens": "voices"}
        refused = client.post(url, sent)
        assert refused.status_code == 422
        assert "Le mardi." in refused.content.decode(), "what was typed is kept"
        assert client.post(url, {**sent, "text": "Nos plénières ont lieu le mardi."}).status_code == 302

    def test_presences(self, table: Table) -> None:
        seat, client = consented.seat_of(table), table.client("coordinator")
        url = address(table, "consent_seats", session_id=seat.session_id)
        assert client.post(url, {f"presence-{seat.pk}": "excused", "presence-999": "present"}).status_code == 302
        seat.refresh_from_db()
        assert seat.presence == "excused"


class TestPhone:
    def link(self, table: Table) -> str:
        return reverse("decisions:consent_link", kwargs={"token": consented.token_of(table)})

    def test_one_question_at_a_time(self, table: Table) -> None:
        row, client = round_of(table, RoundState.QUESTIONS), Client()
        url = self.link(table)
        assert "Une question pour comprendre?" in client.get(url).content.decode()
        assert client.post(url, {"geste": "question", "question": "À quelle heure?"}).status_code == 302
        move(table, row, RoundState.REACTIONS)
        assert "Comment recevez-vous la proposition?" in client.get(url).content.decode()
        assert client.post(url, {"geste": "reaction"}).status_code == 422
        assert client.post(url, {"geste": "reaction", "reaction": "support", "words": "Enfin."}).status_code == 302
        move(table, row, RoundState.VOICES)
        assert "Pouvez-vous vivre avec cette proposition?" in client.get(url).content.decode()
        refused = client.post(url, {"geste": "voix", "voice": "objection"})
        assert refused.status_code == 422
        assert client.post(url, {"geste": "voix", "voice": "consent"}).status_code == 302
        assert ConsentVoice.objects.get().way == "link"
        assert "Changer cette voix" in client.get(url).content.decode()

    def test_nobody_is_named_behind_a_link(self, table: Table) -> None:
        say(table, round_of(table))
        page = Client().get(self.link(table))
        assert table.person("partner").family_name not in page.content.decode()
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"

    def test_an_objection_from_a_link_is_withdrawn_there(self, table: Table) -> None:
        round_of(table)
        url, client = self.link(table), Client()
        client.post(url, {"geste": "voix", "voice": "objection", "reason": "Trop tôt.", "amendment": "En mars."})
        objection = ConsentObjection.objects.get()
        assert "Retirer l’objection" in client.get(url).content.decode()
        assert client.post(url, {"geste": "retirer", "objection": objection.pk}).status_code == 302
        objection.refresh_from_db()
        assert objection.state == "withdrawn"

    def test_a_board_answers_from_the_link(self, table: Table) -> None:
        voice = consented.pending_of(table)
        url, client = self.link(table), Client()
        sent = {"geste": "mandat", "voix": voice.pk, "confirmed": "non", "on": "2026-03-01"}
        assert client.post(url, sent).status_code == 422
        assert client.post(url, {**sent, "confirmed": "oui"}).status_code == 302
        voice.refresh_from_db()
        assert voice.mandate == "confirmed"

    def test_waiting_renews_itself(self, table: Table) -> None:
        session_of(table)
        url = address(table, "consent_answer", session_id=session_of(table).pk)
        assert "Aucune proposition n’est ouverte" in table.client("partner").get(url).content.decode()
        assert_fragment_is_page(table.client("partner"), url, "tour")

    def test_who_has_no_voice_is_refused(self, table: Table) -> None:
        session = round_of(table).session
        ConsentSeat.objects.filter(organisation=table.x).delete()
        assert table.client("partner").get(address(table, "consent_answer", session_id=session.pk)).status_code == 403


class TestElsewhere:
    def test_my_table_says_what_is_expected(self, table: Table) -> None:
        row = round_of(table, mode=Mode.REMOTE)
        assert "Vous prononcer" in table.client("partner").get("/").content.decode()
        say(table, row, Voice.RESERVED)
        page = table.client("partner").get("/").content.decode()
        assert "Vous prononcer" not in page
        assert "Donner la réponse de votre CA" in page
        consented.question_of(table)
        assert "Faire avancer" in table.client("coordinator").get("/").content.decode()

    def test_decide_lists_sessions(self, table: Table) -> None:
        round_of(table)
        page = table.client("partner").get(address(table, "home")).content.decode()
        assert consented.TITLE in page
        assert "La voix de votre organisme est attendue." in page

    def test_search_finds_proposals_that_opened(self, table: Table) -> None:
        row = round_of(table, RoundState.PREPARED)
        found = table.client("partner").get("/recherche/?q=jeudi").content.decode()
        assert f"propositions/{row.pk}/" not in found
        move(table, row, RoundState.QUESTIONS)
        assert f"propositions/{row.pk}/" in table.client("partner").get("/recherche/?q=jeudi").content.decode()

    def test_agendas_know_what_waits(self, table: Table) -> None:
        assert [row.title for row in waiting_for_consent(table.space.pk)] == []
        row = round_of(table)
        assert waiting_for_consent(table.space.pk) == [row]

    def test_putting_in_force_by_hand_tells_of_the_adoption(self, table: Table) -> None:
        consented.adoption_of(table)
        url = reverse("plans:adopt", kwargs={"slug": table.space.slug})
        assert "Une adoption par consentement est en cours" in table.client("coordinator").get(url).content.decode()
