"""The pages of a prioritisation: what a person sees and does, on a phone and at a desk (L5)."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from concertoit.ground.ballots.importers import pabulib
from concertoit.together.decisions.models import Prioritisation, PriorityBallot, Voice
from concertoit.together.decisions.services import prioritisation_counting as counting
from tests.hostile import assert_constant_queries, assert_queries
from tests.htmx import element, headers
from tests.personas import Table
from tests.together.decisions import prioritised as made


def url(table: Table, row: Prioritisation, rest: str = "") -> str:
    return f"/demarches/{table.space.slug}/decider/priorisations/{row.pk}/{rest}"


def body(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def shown(voice: Voice) -> dict[str, Any]:
    """The hidden fields that say what the form showed."""
    ballot = PriorityBallot.objects.filter(voice=voice).first()
    return {f"initial-note-{key}": (ballot.grades if ballot else {}).get(str(key), "") for key in (1, 2, 3)}


class TestPreparing:
    def test_from_a_draft_to_an_open_form(self, table: Table) -> None:
        client = table.client("coordinator")
        new = f"/demarches/{table.space.slug}/decider/priorisations/nouvelle/"
        assert "Version 2" in body(client, new)
        values = {
            "version": table.draft.pk, "title": "Priorités 2027", "voice_mode": "organisation", "money": "none",
            "disclosure": "coordination", "deadline_on": "2020-01-01", "deadline_at": "16:00",
        }  # fmt: skip
        assert client.post(new, values).status_code == 422
        day = (timezone.localdate() + timezone.timedelta(days=5)).isoformat()
        assert client.post(new, values | {"deadline_on": day}).status_code == 302
        row = Prioritisation.objects.get()
        assert "aucune voix" in body(client, url(table, row))
        client.post(url(table, row, "voix/"), {"occasion": ""})
        page = body(client, url(table, row))
        assert "Tout est prêt" in page
        client.post(url(table, row, "etat/"), {"quoi": "ouvrir"})
        row.refresh_from_db()
        assert row.state == "open"
        assert "Voix qui ont répondu" in body(client, url(table, row))

    def test_amounts_are_written_to_the_cent(self, table: Table) -> None:
        row = made.prepared(table)
        client = table.client("coordinator")
        address = url(table, row, "montants/")
        assert "1200" in body(client, address)
        client.post(
            address,
            {"quoi": "enveloppes", "enveloppe-0": "1 500,25", "annee-nouvelle": "An 2", "enveloppe-nouvelle": "300"},
        )
        client.post(address, {"quoi": "demandes", "demande-1-0": "999,99", "demande-1-1": "50"})
        assert [str(one.amount) for one in row.envelopes.order_by("position")] == ["1500.25", "300.00"]
        asked = {one.year: str(one.amount) for one in row.options.get().requests.all()}
        assert asked == {"2026-2027": "999.99", "An 2": "50.00"}
        assert client.post(address, {"quoi": "enveloppes", "enveloppe-0": "beaucoup"}).status_code == 422

    def test_what_is_being_prepared_is_not_told(self, table: Table) -> None:
        row = made.prepared(table)
        assert table.client("partner").get(url(table, row)).status_code == 404
        assert row.title not in body(table.client("partner"), f"/demarches/{table.space.slug}/decider/")
        assert row.title in body(table.client("coco"), f"/demarches/{table.space.slug}/decider/")


class TestAnswering:
    def test_the_link_needs_no_account_and_fits_a_minute(self, table: Table) -> None:
        row = made.opened(table)
        made.add_options(row, 2)
        link = made.link_of(row, "partner@exemple.test")
        response = Client().get(link)
        page = response.content.decode()
        assert "Vous répondez pour" in page
        assert "Organisme X" in page
        assert "0 sur 3" in page
        assert "Je ne sais pas" in page
        assert "partner@exemple.test" not in page
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "no-store" in response.headers["Cache-Control"]
        voice = made.voice_of(row, "Organisme X")
        Client().post(link, {**shown(voice), "note-1": "essential", "note-2": "unknown", "quoi": "enregistrer"})
        assert PriorityBallot.objects.get().grades == {"1": "essential", "2": "unknown"}
        assert "2 sur 3" in Client().get(link).content.decode()
        Client().post(link, {**shown(voice), "note-1": "essential", "note-2": "unknown", "quoi": "terminer"})
        assert "Votre réponse est complète" in Client().get(link).content.decode()

    def test_each_answer_is_kept_as_it_is_given(self, table: Table) -> None:
        row = made.opened(table)
        link = made.link_of(row, "partner@exemple.test")
        voice = made.voice_of(row, "Organisme X")
        answer = Client().post(link, {**shown(voice), "note-1": "useful"}, headers=headers("avancement"))
        fragment = answer.content.decode()
        assert "<html" not in fragment
        assert element(fragment, "avancement") == element(Client().get(link).content.decode(), "avancement")
        assert "1 sur 1" in fragment
        voice.refresh_from_db()
        assert voice.done_at is None

    def test_two_people_at_once_do_not_erase_each_other(self, table: Table) -> None:
        row = made.opened(table)
        made.add_options(row, 2)
        voice = made.voice_of(row, "Organisme porteur")
        before = shown(voice)  # both opened the form when it was empty
        address = url(table, row, f"repondre/{voice.pk}/")
        table.client("coordinator").post(address, {**before, "note-1": "useful"})
        table.client("coco").post(address, {**before, "note-2": "leave"})
        assert PriorityBallot.objects.get().grades == {"1": "useful", "2": "leave"}
        assert "par Bruno Exemple" in body(table.client("coordinator"), address)

    def test_money_can_be_ticked_and_unticked(self, table: Table) -> None:
        row = made.opened(table)
        link = made.link_of(row, "partner@exemple.test")
        Client().post(link, {"initial-argent-1": "False", "argent-1": "on"})
        assert PriorityBallot.objects.get().money == {"1": 1}
        Client().post(link, {"initial-argent-1": "True"})
        assert PriorityBallot.objects.get().money == {}

    def test_a_wrong_answer_keeps_what_was_typed(self, table: Table) -> None:
        row = made.opened(table, money="allot")
        response = Client().post(made.link_of(row, "partner@exemple.test"), {"argent-1": "120", "note-1": "minor"})
        assert response.status_code == 422
        assert "Au plus 100 points" in response.content.decode()
        assert 'value="120"' in response.content.decode()

    def test_once_closed_the_link_says_so(self, table: Table) -> None:
        row = made.answered(table)
        counting.close(viewer=table.viewer("coordinator"), pk=row.pk)
        answer = Client().get(made.link_of(row, "partner@exemple.test"))
        assert answer.status_code == 410
        assert "elle compte" in answer.content.decode()
        assert Client().get("/priorites/rien/").status_code == 404

    def test_the_order_is_drawn_for_each_voice_and_stays(self, table: Table) -> None:
        row = made.opened(table)
        made.add_options(row, 12)

        def order(email: str) -> list[str]:
            page = Client().get(made.link_of(row, email)).content.decode()
            names = [f"note-{key}" for key in range(1, 14)]
            return sorted(names, key=lambda name: page.index(f'name="{name}"'))

        first = order("partner@exemple.test")
        assert first == order("partner@exemple.test")
        assert first != order("contributor@exemple.test")

    def test_paper_is_typed_by_the_coordination(self, table: Table) -> None:
        row = made.opened(table)
        voice = made.voice_of(row, "Organisme Y")
        client = table.client("coordinator")
        address = url(table, row, f"voix/{voice.pk}/papier/")
        assert "Réponse sur papier" in body(client, address)
        client.post(address, {"note-1": "important", "quoi": "terminer"})
        page = body(client, url(table, row, "voix/"))
        assert "sur papier" in page
        assert "d’après le papier" in page


class TestReading:
    def test_the_table_of_who_reads_a_ballot(self, table: Table) -> None:
        """Contents by organisation only as declared before opening."""
        expected = {
            "nobody": set(),
            "coordination": {"coordinator", "partner"},
            "table": {"coordinator", "coco", "partner", "contributor", "elected"},
        }
        for disclosure, readers in expected.items():
            row = made.opened(table, disclosure=disclosure)
            voice = made.voice_of(row, "Organisme X")
            made.said(row, voice, {"1": "useful"})
            address = url(table, row, f"voix/{voice.pk}/reponse/")
            assert table.client("coordinator").get(address).status_code == 404, "not while it is open"
            counting.close(viewer=table.viewer("coordinator"), pk=row.pk)
            people = ("coordinator", "coco", "partner", "contributor", "elected")
            assert {who for who in people if table.client(who).get(address).status_code == 200} == readers, disclosure

    def test_who_answered_is_for_the_coordination(self, table: Table) -> None:
        row = made.answered(table)
        page = body(table.client("coordinator"), url(table, row, "voix/"))
        assert "Commencée" in page
        assert table.client("partner").get(url(table, row, "voix/")).status_code == 403

    def test_no_results_while_it_is_open(self, table: Table) -> None:
        row = made.answered(table)
        for who in ("coordinator", "coco", "partner"):
            assert table.client(who).get(url(table, row, "resultats/")).status_code == 404

    def test_unless_that_was_announced_to_the_coco(self, table: Table) -> None:
        row = made.opened(table, live=True)
        made.said(row, made.voice_of(row, "Organisme X"), {"1": "useful"})
        assert "provisoires" in body(table.client("coco"), url(table, row, "resultats/"))
        assert table.client("partner").get(url(table, row, "resultats/")).status_code == 404

    @pytest.mark.parametrize("view", ["", "image", "familles", "tableau"])
    def test_every_view_shows_counts_and_denominators(self, table: Table, view: str) -> None:
        row = made.closed(table)
        page = body(table.client("observer"), url(table, row, f"resultats/?vue={view}"))
        assert "3 voix ont répondu" in page
        assert "sur 4 invitées" in page
        assert "Ce compte ne décide de rien" in page

    def test_bars_come_with_words(self, table: Table) -> None:
        row = made.closed(table)
        page = body(table.client("partner"), url(table, row, "resultats/"))
        assert "Important : 3" in page
        assert "ne sait pas" in page

    def test_too_few_secret_answers_show_nothing(self, table: Table) -> None:
        row = made.opened(table, disclosure="nobody")
        made.said(row, made.voice_of(row, "Organisme X"), {"1": "useful"}, {"1": 1})
        counting.close(viewer=table.viewer("coordinator"), pk=row.pk)
        for rest in ("resultats/", "argent/"):
            assert "Trop peu de réponses" in body(table.client("coordinator"), url(table, row, rest))
        assert table.client("coordinator").get(url(table, row, "resultats.xlsx")).status_code == 404
        assert table.client("coordinator").get(url(table, row, "argent-0.pb")).status_code == 404
        assert "À mener en premier" not in body(table.client("coordinator"), url(table, row))

    def test_the_proof_can_be_asked_by_anybody(self, table: Table) -> None:
        row = made.closed(table)
        client = table.client("funder")
        assert "Recompter et comparer" in body(client, url(table, row, "preuve/"))
        assert client.post(url(table, row, "verifier/")).content.decode().count("exactement le même résultat") == 2
        ballot = PriorityBallot.objects.order_by("pk")[0]
        ballot.grades = {"1": "leave"}
        ballot.save()
        assert "ne sont plus celles" in client.post(url(table, row, "verifier/")).content.decode()

    def test_a_short_list(self, table: Table) -> None:
        row = made.closed(table)
        client = table.client("coco")
        address = url(table, row, "courte-liste/")
        assert client.post(address, {"options": ["1"]}).status_code == 422
        assert client.post(address, {"options": ["1", "2", "3"]}).status_code == 302
        assert "Dernière courte liste" in body(client, address)


class TestFiles:
    def test_a_workbook_and_a_table(self, table: Table) -> None:
        row = made.closed(table)
        client = table.client("partner")
        book = openpyxl.load_workbook(io.BytesIO(client.get(url(table, row, "resultats.xlsx")).content))
        assert book.sheetnames == ["Priorités", "Argent", "Comment c’est compté"]
        sheet = book["Priorités"]
        assert [sheet.cell(1, place).value for place in (1, 4, 5)] == ["Rang", "Action", "Médiane"]
        assert sheet.max_row == 5
        text = client.get(url(table, row, "resultats.csv")).content.decode("utf-8-sig")
        assert text.splitlines()[0].startswith("Rang,Axe,Numéro,Action,Médiane")
        assert client.get(url(table, row, "resultats.exe")).status_code == 404

    def test_an_audit_file_that_other_programs_read(self, table: Table) -> None:
        row = made.closed(table)
        election = pabulib.read(table.client("coco").get(url(table, row, "argent-0.pb")).content.decode())
        assert election.budget == 1500
        assert {one.id: one.cost for one in election.options} == {"1": 1200, "2": 400, "3": 400, "4": 400}
        assert len(election.ballots) == 3
        assert not any("Organisme" in str(one) for one in election.ballots)
        assert table.client("coco").get(url(table, row, "argent-7.pb")).status_code == 404


class TestElsewhere:
    def test_an_opinion_is_expected_on_the_desk(self, table: Table) -> None:
        row = made.opened(table)
        assert "Votre avis est attendu" in body(table.client("partner"), "/")
        made.said(row, made.voice_of(row, "Organisme X"), {"1": "useful"})
        Voice.objects.filter(organisation=table.x).update(done_at=timezone.now())
        assert "Votre avis est attendu" not in body(table.client("partner"), "/")

    def test_it_is_found_once_open(self, table: Table) -> None:
        row = made.prepared(table)
        search = "/recherche/?q=priorités"
        found = f"/decider/priorisations/{row.pk}/"
        assert found not in body(table.client("partner"), search)
        made.services.open_form(viewer=table.viewer("coordinator"), pk=row.pk)
        assert found in body(table.client("partner"), search)

    def test_the_journal_tells_it(self, table: Table) -> None:
        row = made.closed(table)
        page = body(table.client("coordinator"), f"/demarches/{table.space.slug}/journal/")
        assert "a ouvert la priorisation" in page
        assert row.title in page


class TestSize:
    def test_pages_cost_the_same_with_many_actions(self, table: Table) -> None:
        row = made.closed(table)
        client = table.client("coordinator")
        for rest in ("", "resultats/", "argent/", "voix/"):
            with assert_queries(12):
                client.get(url(table, row, rest))

    def test_the_form_costs_the_same_with_many_actions(self, table: Table) -> None:
        row = made.opened(table)
        client, link = Client(), made.link_of(row, "partner@exemple.test")
        assert_constant_queries(lambda: made.add_options(row, 20), lambda: client.get(link))

    def test_so_does_decider(self, table: Table) -> None:
        made.opened(table)
        client = table.client("partner")
        home = f"/demarches/{table.space.slug}/decider/"
        assert_constant_queries(lambda: [made.opened(table) for _ in range(3)], lambda: client.get(home), at_most=16)
