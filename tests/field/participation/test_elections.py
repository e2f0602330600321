"""An election from its modalities to the seats of those elected (P2)."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from docx import Document

from concertoit.field.participation.models import Candidacy, Election, Mandate, Scrutineer
from concertoit.field.participation.queries.elections import result_of
from concertoit.field.participation.services import associations, counting, elections
from concertoit.field.participation.services.elections import ElectionFacts
from concertoit.ground.audit.models import Entry
from concertoit.ground.ballots.models import Ballot, Box
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from tests.field.participation import made
from tests.hostile import assert_constant_queries
from tests.htmx import assert_fragment_is_page
from tests.personas import Table


def url(table: Table, name: str, **kwargs: object) -> str:
    return reverse(f"participation:{name}", kwargs={"slug": table.space.slug, **kwargs})


def html(table: Table, row: Election, key: str = "coordinator") -> str:
    return table.client(key).get(url(table, "election", election_id=row.pk)).content.decode().replace("\u00a0", " ")


class TestPreparing:
    def test_other_than_paper_in_the_room_is_what_the_assembly_adopted(self, table: Table) -> None:
        viewer = table.viewer("coordinator")
        elections.save_election(viewer=viewer, facts=ElectionFacts("Élection", channels=("room", "assisted")))
        for channel in ("mail", "online"):
            with pytest.raises(DomainError, match="demande que l’assemblée l’ait adopté"):
                elections.save_election(viewer=viewer, facts=ElectionFacts("Élection", channels=("room", channel)))

    def test_a_verifiable_election_has_its_address(self, table: Table) -> None:
        with pytest.raises(DomainError, match="Belenios"):
            elections.save_election(viewer=table.viewer("coordinator"), facts=ElectionFacts("É", secrecy="verifiable"))

    def test_candidacies(self, table: Table) -> None:
        viewer, one = table.viewer("coordinator"), made.candidacy_of(table)
        with pytest.raises(DomainError, match="déjà candidate"):
            elections.declare_candidacy(viewer=viewer, election=one.election, person=one.person)
        with pytest.raises(DomainError, match="pourquoi"):
            elections.move_candidacy(viewer=viewer, candidacy=one, state="refused")
        elections.move_candidacy(viewer=viewer, candidacy=one, state="refused", reason="N’habite pas l’office.")
        elections.move_candidacy(viewer=viewer, candidacy=one, state="accepted")
        elections.move_candidacy(viewer=viewer, candidacy=one, state="withdrawn")
        with pytest.raises(DomainError, match="ne peut pas passer"):
            elections.move_candidacy(viewer=viewer, candidacy=one, state="accepted")

    def test_who_counts(self, table: Table) -> None:
        viewer, row = table.viewer("coordinator"), made.election_of(table)
        for name, says in (("sam compte", "compte déjà"), ("Candidate A", "ne compte pas")):
            with pytest.raises(DomainError, match=says):
                elections.add_scrutineer(viewer=viewer, election=row, name=name)

    def test_a_candidacy_without_answer_keeps_the_vote_closed(self, table: Table) -> None:
        viewer, row = table.viewer("coordinator"), made.election_of(table)
        elections.declare_candidacy(viewer=viewer, election=row, person=made.person("Zoé Tardive"))
        with pytest.raises(DomainError, match="attend encore"):
            elections.open_vote(viewer=viewer, election=row)

    def test_acclamation_where_there_are_no_more_candidates_than_seats(self, table: Table) -> None:
        viewer, row = table.viewer("coordinator"), made.election_of(table, candidates=2, electors=0)
        row = elections.open_vote(viewer=viewer, election=row)
        assert row.state == "acclaimed"
        counting.proclaim(viewer=viewer, election=row, on=made.today())
        assert Mandate.objects.filter(origin="elected", left_on=None).count() == 2
        page = html(table, row, "partner")
        assert "sans opposition" in page
        assert "Candidate A" in page

    def test_nothing_changes_once_open(self, table: Table) -> None:
        viewer, row = table.viewer("coordinator"), made.opened(table)
        one = Candidacy.objects.filter(election=row).first()
        assert one is not None
        for act in (
            lambda: elections.save_election(viewer=viewer, facts=made.FACTS, election=row),
            lambda: elections.declare_candidacy(viewer=viewer, election=row, person=made.person("Zoé")),
            lambda: elections.move_candidacy(viewer=viewer, candidacy=one, state="withdrawn"),
            lambda: elections.open_vote(viewer=viewer, election=row),
        ):
            with pytest.raises(DomainError):
                act()

    def test_the_ballot_is_by_family_name(self, table: Table) -> None:
        row = made.opened(table)
        assert row.box is not None
        box = Box.objects.get(pk=row.box.pk)
        assert [option["label"] for option in box.options] == ["Candidate A", "Candidate B", "Candidate C"]
        assert box.max_choices == 2

    def test_only_the_coordination(self, table: Table) -> None:
        row = made.election_of(table)
        with pytest.raises(NotAllowed):
            elections.open_vote(viewer=table.viewer("coco"), election=row)


class TestCounting:
    def test_two_counts_that_agree_make_the_result(self, table: Table) -> None:
        """Paper counted twice by two scrutineers; channels merged."""
        row = made.opened(table)
        made.strike(table, row, range(1, 6))
        made.online(table, row, [[0, 1]] * 3)
        row.box.threshold = 3  # type: ignore[union-attr]
        Box.objects.update(threshold=3)
        row = elections.close_vote(viewer=table.viewer("coordinator"), election=row)
        one, other = made.tokens(row)
        counting.submit_count(token=one, count=made.count(row, [1, 1, 4], envelopes=5))
        row.refresh_from_db()
        assert (row.state, row.result) == ("closed", {})
        counting.submit_count(token=other, count=made.count(row, [1, 1, 4], envelopes=5))
        row.refresh_from_db()
        assert row.state == "counted"
        assert sorted(row.result["totals"].values()) == [4, 4, 4]
        assert row.result["ballots"] == 8

    def test_counts_that_differ_are_all_done_again(self, table: Table) -> None:
        row = made.closed(table)
        one, other = made.tokens(row)
        counting.submit_count(token=one, count=made.count(row, [4, 3, 1]))
        with pytest.raises(DomainError, match="déjà remis"):
            counting.submit_count(token=one, count=made.count(row, [4, 3, 1]))
        counting.submit_count(token=other, count=made.count(row, [4, 2, 2]))
        row.refresh_from_db()
        assert (row.state, row.counting_round, len(row.differences)) == ("closed", 2, 2)
        page = table.client("coordinator").get(url(table, "counting", election_id=row.pk)).content.decode()
        assert "ne concordent pas" in page
        assert "Candidate B" in page
        for token in (one, other):
            counting.submit_count(token=token, count=made.count(row, [4, 3, 1]))
        row.refresh_from_db()
        assert (row.state, row.result["round"]) == ("counted", 2)

    @pytest.mark.parametrize(
        ("marks", "facts", "says"),
        [
            ([4, 3, 1], {"envelopes": 5}, "le registre en attend 4"),
            ([0, 0, 0], {"blank": 5}, "plus de bulletins blancs"),
            ([5, 0, 0], {}, "au plus 2"),
            ([1, 1, 0], {}, "moins de marques"),
        ],
    )
    def test_a_count_that_cannot_be_right_is_refused(
        self, table: Table, marks: list[int], facts: dict[str, int], says: str
    ) -> None:
        """Envelopes equal struck-off electors."""
        row = made.closed(table)
        with pytest.raises(DomainError, match=says):
            counting.submit_count(token=made.tokens(row)[0], count=made.count(row, marks, **facts))

    def test_a_channel_with_few_ballots_is_poured_into_the_other(self, table: Table) -> None:
        """Never shown below a threshold: the scrutineers, who know the paper, would know the rest by subtraction."""
        row = made.opened(table)
        made.strike(table, row, range(3, 9))
        made.online(table, row, [[0], [2]])
        row = elections.close_vote(viewer=table.viewer("coordinator"), election=row)
        client = table.client("coordinator")
        assert "Versez d’abord" in client.get(url(table, "counting", election_id=row.pk)).content.decode()
        slips = client.get(url(table, "slips_file", election_id=row.pk))
        text = [cell.text for line in Document(io.BytesIO(slips.content)).tables[0].rows for cell in line.cells]
        assert sorted(text[1:]) == ["Candidate A", "Candidate C"]
        for token in made.tokens(row):
            counting.submit_count(token=token, count=made.count(row, [6, 5, 2], envelopes=8))
        row.refresh_from_db()
        assert sorted(row.result["totals"].values()) == [2, 5, 6]

    def test_online_only_is_counted_at_closing(self, table: Table) -> None:
        viewer, row = table.viewer("coordinator"), made.opened(table)
        made.online(table, row, [[0, 1]] * 5 + [[]])
        row = elections.close_vote(viewer=viewer, election=row)
        table.client("coordinator").post(url(table, "count_online", election_id=row.pk))
        row.refresh_from_db()
        assert (row.state, row.result["blank"], sorted(row.result["totals"].values())) == ("counted", 1, [0, 5, 5])
        with pytest.raises(DomainError, match="demande deux comptes"):
            counting.count_without_paper(viewer=viewer, election=row)

    def test_few_voters_only_who_is_elected(self, table: Table) -> None:
        row = made.counted(table)  # four ballots, under the threshold of five
        result = result_of(Election.objects.get(pk=row.pk))
        assert result is not None
        assert result.masked
        page = html(table, row, "partner")
        assert "les nombres ne se montrent pas" in page
        assert "4 voix" not in page
        document = table.client("partner").get(url(table, "minutes_file", election_id=row.pk, extension="docx"))
        text = "\n".join(one.text for one in Document(io.BytesIO(document.content)).paragraphs)
        assert "le détail ne s’écrit pas" in text

    def test_nothing_before_closing(self, table: Table) -> None:
        row = made.opened(table)
        made.online(table, row, [[0]] * 6)
        assert result_of(Election.objects.get(pk=row.pk)) is None
        page = html(table, row)
        assert "Rien ne se voit avant la clôture" in page
        assert "voix" not in page.replace("voix électronique", "")
        assert table.client("coordinator").get(
            url(table, "minutes_file", election_id=row.pk, extension="pdf")
        ).status_code == 404  # fmt: skip

    def test_what_each_counted_alone_is_not_kept(self, table: Table) -> None:
        row = made.counted(table)
        assert list(Scrutineer.objects.filter(election=row).values_list("count", flat=True)) == [{}, {}]
        assert Box.objects.get(pk=row.box_id).tally == {}

    def test_the_page_of_a_scrutineer(self, table: Table) -> None:
        row = made.closed(table)
        address = reverse("participation:count", kwargs={"token": made.tokens(row)[0]})
        client = Client()
        page = client.get(address)
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert "Le registre attend 4 bulletins" in page.content.decode()
        wrong = client.post(address, {"envelopes": 4, "blank": 0, "rejected": 0, "marks-0": 4, "marks-1": ""})
        assert wrong.status_code == 422
        assert 'value="4"' in wrong.content.decode()
        values = {"envelopes": 4, "blank": 0, "rejected": 0, "marks-0": 4, "marks-1": 3, "marks-2": 1}
        done = client.post(address, values, follow=True).content.decode()
        assert "Votre compte est remis" in done
        assert client.get(reverse("participation:count", kwargs={"token": "rien"})).status_code == 404


class TestAfter:
    def test_a_tie_is_drawn_before_witnesses(self, table: Table) -> None:
        viewer, row = table.viewer("coordinator"), made.tied(table)
        assert "Tirer au sort devant témoins" in html(table, row)
        with pytest.raises(DomainError, match="égalité à départager"):
            counting.proclaim(viewer=viewer, election=row, on=made.today())
        for facts, says in (
            ({"seed": "x", "witnesses": "Une"}, "deux témoins"),
            ({"seed": " ", "witnesses": "A, B"}, "mots"),
        ):
            with pytest.raises(DomainError, match=says):
                counting.draw(viewer=viewer, election=row, **facts)
        row = counting.draw(viewer=viewer, election=row, seed="érable, 27", witnesses="Ana Témoin\nBob Témoin")
        assert row.lot["witnesses"] == ["Ana Témoin", "Bob Témoin"]
        assert len(row.lot["drawn"]) == 1
        assert "par le sort" in html(table, row)
        with pytest.raises(DomainError, match="Il n’y a pas d’égalité"):
            counting.draw(viewer=viewer, election=row, seed="encore", witnesses="A, B")

    def test_a_complaint_waits_for_its_answer(self, table: Table) -> None:
        viewer, complaint = table.viewer("coordinator"), made.complaint_of(table)
        row = complaint.election
        assert "La salle était trop petite" in html(table, row)
        assert "La salle était trop petite" not in html(table, row, "partner")
        with pytest.raises(DomainError, match="attend sa réponse"):
            counting.proclaim(viewer=viewer, election=row, on=made.today())
        counting.answer_complaint(viewer=viewer, complaint=complaint, answer="Une deuxième salle était ouverte.")
        with pytest.raises(DomainError, match="déjà sa réponse"):
            counting.answer_complaint(viewer=viewer, complaint=complaint, answer="Autre.")
        assert counting.proclaim(viewer=viewer, election=row, on=made.today()).state == "proclaimed"

    def test_the_delay_is_a_parameter(self, table: Table) -> None:
        viewer = table.viewer("coordinator")
        associations.set_parameter(
            viewer=viewer, code="election.complaint_days", text="5", since=made.today(), source="Règlement de l’office"
        )
        row = made.counted(table)
        assert row.complaints_until == made.today() + timedelta(days=5)
        with pytest.raises(DomainError, match="On peut encore contester"):
            counting.proclaim(viewer=viewer, election=row, on=made.today() + timedelta(days=5))
        with pytest.raises(DomainError, match="délai pour contester est passé"):
            counting.receive_complaint(
                viewer=viewer, election=row, author="Ugo", text="Trop tard", on=made.today() + timedelta(days=6)
            )
        counting.proclaim(viewer=viewer, election=row, on=made.today() + timedelta(days=6))

    def test_the_elected_enter_the_committee(self, table: Table) -> None:
        viewer = table.viewer("coordinator")
        before = made.seat_of(table, "Vieille Élue", starts_on=made.today() - timedelta(days=1080))
        row = made.counted(table)
        counting.proclaim(viewer=viewer, election=row, on=made.today())
        before.refresh_from_db()
        assert before.left_why == "term"
        now = Mandate.objects.filter(left_on=None, origin="elected").select_related("person").order_by("pk")
        assert sorted(str(one.person) for one in now) == ["Candidate A", "Candidate B"]
        assert {one.starts_on for one in now} == {made.today()}

    def test_who_sat_for_an_association_sits_as_elected(self, table: Table) -> None:
        viewer, row = table.viewer("coordinator"), made.counted(table)
        one = Candidacy.objects.select_related("person").get(person__family_name="A")
        made.seat_of(table, person=one.person, origin="association", association=made.association_of(table))
        counting.proclaim(viewer=viewer, election=row, on=made.today())
        assert [seat.origin for seat in Mandate.objects.filter(person=one.person, left_on=None)] == ["elected"]

    def test_annulled_with_its_reason(self, table: Table) -> None:
        viewer, row = table.viewer("coordinator"), made.opened(table)
        with pytest.raises(DomainError, match="pourquoi"):
            elections.annul(viewer=viewer, election=row, why=" ")
        row = elections.annul(viewer=viewer, election=row, why="Panne de courant dans la salle.")
        assert Box.objects.get(pk=row.box_id).state == "closed"
        assert "Panne de courant" in html(table, row, "partner")
        with pytest.raises(DomainError):
            elections.annul(viewer=viewer, election=row, why="Encore")

    def test_a_verifiable_election_keeps_its_archive_and_two_transcriptions(self, table: Table, media: Any) -> None:
        facts = {"secrecy": "verifiable", "external_url": "https://belenios.exemple.test/e/1", "channels": ("online",)}
        row = made.closed(table, paper=0, **facts)
        for token in made.tokens(row):
            counting.submit_count(token=token, count=made.count(row, [9, 7, 5], envelopes=12))
        row.refresh_from_db()
        assert row.result["ballots"] == 12
        from django.core.files.uploadedfile import SimpleUploadedFile

        archive = SimpleUploadedFile("archive.txt", b"archive de l'election", content_type="text/plain")
        back = url(table, "election", election_id=row.pk)
        add = reverse("files:add", kwargs={"object_type": "participation.election", "object_id": row.pk})
        table.client("coordinator").post(add, {"fichier": archive, "next": back})
        import hashlib

        assert hashlib.sha256(b"archive de l'election").hexdigest() in html(table, row)


class TestPapers:
    @pytest.mark.parametrize("extension", ["docx", "pdf"])
    def test_minutes_to_sign(self, table: Table, extension: str) -> None:
        row = made.counted(table)
        answer = table.client("coordinator").get(url(table, "minutes_file", election_id=row.pk, extension=extension))
        assert answer.status_code == 200
        assert answer.content[:2] == (b"PK" if extension == "docx" else b"%P")

    def test_what_the_minutes_say(self, table: Table) -> None:
        row = made.closed(table, paper=7)
        for token in made.tokens(row):
            counting.submit_count(token=token, count=made.count(row, [5, 4, 3], envelopes=7, blank=1))
        answer = table.client("coco").get(url(table, "minutes_file", election_id=row.pk, extension="docx"))
        document = Document(io.BytesIO(answer.content))
        said = "\n".join(one.text for one in document.paragraphs)
        cells = [cell.text for one in document.tables for line in one.rows for cell in line.cells]
        assert "Deux comptes séparés concordent" in said
        assert {"Candidate A", "5", "Odile Présidente", "Sam Compte", "Tess Recompte", "Signature"} <= set(cells)

    def test_slips_with_codes_are_the_only_copy(self, table: Table) -> None:
        row = made.opened(table)
        answer = table.client("coordinator").post(url(table, "codes_file", election_id=row.pk))
        cells = [cell.text for line in Document(io.BytesIO(answer.content)).tables[0].rows for cell in line.cells]
        code = cells[3].split("\n")[0]
        assert len(code) == 14
        assert Client().get(reverse("ballots:vote", kwargs={"code": code})).status_code == 200
        assert "no-store" in answer["Cache-Control"]
        again = table.client("coordinator").post(url(table, "codes_file", election_id=row.pk))
        assert again.status_code == 422

    def test_one_code_on_the_screen(self, table: Table) -> None:
        row = made.opened(table)
        address = url(table, "code_new", election_id=row.pk, elector_id=made.elector_of(row).pk)
        page = table.client("coordinator").post(address).content.decode()
        assert "ne s’affiche qu’une fois" in page


class TestRegisterPage:
    def test_pasted_corrected_struck(self, table: Table) -> None:
        row, client = made.election_of(table, electors=0), table.client("coordinator")
        address = url(table, "register", election_id=row.pk)
        lines = ["Nom;Logement;Courriel", "Ana Tremble;Tour Nord, 101;ana@exemple.test", "Bob Orme;102", ""]
        text = "\n".join([*lines, "Ana Tremble;Tour Nord, 101"])
        client.post(address, {"people": text})
        page = client.get(address).content.decode()
        assert "Ana Tremble" in page
        assert "Déjà sur la liste" in page
        assert client.post(address, {"people": " "}).status_code == 422
        first = made.elector_of(row)
        assert (first.email, first.dwelling) == ("ana@exemple.test", "Tour Nord, 101")
        edit = url(table, "elector_edit", election_id=row.pk, elector_id=first.pk)
        client.post(edit, {"name": "Anna Tremble", "dwelling": "101"})
        elections.open_vote(viewer=table.viewer("coordinator"), election=row)
        act = url(table, "elector_act", election_id=row.pk, elector_id=first.pk)
        client.post(act, {"quoi": "room", "q": "anna"})
        struck = client.get(address + "?etat=voted").content.decode()
        assert "Anna Tremble" in struck
        assert "Bob Orme" not in struck
        client.post(act, {"quoi": "defaire"})
        assert made.elector_of(row).state == "listed"

    def test_a_file(self, table: Table) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        row = made.election_of(table, electors=0)
        document = SimpleUploadedFile("liste.csv", "Locataire;App\nÉlodie Près;3\n".encode("cp1252"))
        address = url(table, "register", election_id=row.pk)
        table.client("coordinator").post(address, {"document": document})
        assert made.elector_of(row).name == "Élodie Près"

    def test_the_list_is_a_fragment_of_the_page(self, table: Table) -> None:
        row = made.opened(table)
        assert_fragment_is_page(
            table.client("coordinator"), url(table, "register", election_id=row.pk) + "?q=locataire", "liste"
        )

    def test_the_same_queries_for_two_lines_and_for_twenty(self, table: Table) -> None:
        row = made.election_of(table, electors=2)
        client, address = table.client("coordinator"), url(table, "register", election_id=row.pk)

        def more() -> None:
            from concertoit.ground.ballots.services import register
            from concertoit.ground.ballots.services.register import ElectorFacts

            assert row.box is not None
            people = [ElectorFacts(f"Autre {number}") for number in range(18)]
            register.add_electors(viewer=table.viewer("coordinator"), box=row.box, people=people)

        assert_constant_queries(more, lambda: client.get(address))


def test_nothing_links_a_ballot_to_an_elector_through_this_room(table: Table) -> None:
    """The whole election with votes by every channel; then all that is stored is read as one text."""
    row = made.opened(table, electors=12)
    made.strike(table, row, range(8, 13))
    made.online(table, row, [[0], [1], [2], [0, 1], [1, 2], [0, 2], []])
    entries = Entry.objects.count()
    identifiers = {str(pk) for pk in Ballot.objects.values_list("pk", flat=True)}
    row = elections.close_vote(viewer=table.viewer("coordinator"), election=row)
    for token in made.tokens(row):
        counting.submit_count(token=token, count=made.count(row, [3, 3, 2], envelopes=5))
    assert entries
    out = io.StringIO()
    call_command("dumpdata", format="jsonl", stdout=out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    ballots = [line for line in lines if line["model"] == "ballots.ballot"]
    assert len(ballots) == 7
    assert not identifiers & {line["pk"] for line in ballots}, "the last stirring gave new ids"
    rest = "".join(json.dumps(line) for line in lines if line["model"] != "ballots.ballot")
    assert not any(line["pk"] in rest for line in ballots)
    names = {f"Locataire {number}" for number in range(1, 13)}
    with_names = [line for line in lines if any(name in json.dumps(line) for name in names)]
    assert {line["model"] for line in with_names} == {"ballots.elector"}
    assert all("choices" not in line["fields"] for line in with_names)
    journal = [json.dumps(line) for line in lines if line["model"] == "audit.entry"]
    keys = {str(one.key) for one in row.candidacies.all()}
    assert not any(key in line for key in keys for line in journal)


def test_objects_of_another_demarche_are_not_used(table: Table) -> None:
    viewer = table.viewer("coordinator")
    stranger = table.user("stranger")
    from concertoit.ground.spaces.queries import viewer_for

    theirs = viewer_for(stranger, table.other.slug)
    place = associations.save_complex(viewer=theirs, name="Ailleurs")
    assembly = associations.save_assembly(viewer=theirs, facts=associations.AssemblyFacts(on=made.today()))
    row = made.election_of(table)
    with pytest.raises(NotVisible):
        elections.declare_candidacy(viewer=viewer, election=row, person=made.person("Zoé"), complex=place)
    with pytest.raises(NotVisible):
        elections.save_election(viewer=viewer, facts=replace(made.FACTS, assembly=assembly), election=row)
