"""The ballot box: a list frozen at opening, one vote each, nothing told before closing (facts, section 1)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from concertoit.ground.audit.models import Entry
from concertoit.ground.ballots import queries
from concertoit.ground.ballots.enums import BoxState
from concertoit.ground.ballots.models import Ballot, Box, Elector
from concertoit.ground.ballots.services import box as boxes
from concertoit.ground.ballots.services import register, voting
from concertoit.ground.ballots.services.box import Option
from concertoit.ground.ballots.services.register import ElectorFacts
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from tests.ground.ballots.made import OPTIONS, codes, opened, prepared
from tests.personas import Table


def close(table: Table, box: Box) -> Box:
    return boxes.close_box(viewer=table.viewer("coordinator"), box=box)


def strike(table: Table, box: Box, number: int, channel: str = "room") -> Elector:
    elector = box.electors.get(number=number)
    return register.strike(viewer=table.viewer("coordinator"), box=box, elector_id=elector.pk, channel=channel)


class TestTheList:
    def test_one_entry_per_elector(self, table: Table) -> None:
        """Unique per elector: the same name in the same dwelling is one person, however it is typed."""
        box = prepared(table, 2)
        again = [ElectorFacts("LOCATAIRE  1", "tour nord app 1"), ElectorFacts("Locataire 1", "Tour Sud, app. 1")]
        added, already = register.add_electors(viewer=table.viewer("coordinator"), box=box, people=again)
        assert (added, already) == (1, ["LOCATAIRE 1"])
        assert list(box.electors.order_by("number").values_list("number", flat=True)) == [1, 2, 3]

    @pytest.mark.parametrize(
        ("facts", "says"),
        [
            (ElectorFacts(" . "), "Ligne 2 : il manque le nom"),
            (ElectorFacts("A" * 161), "Ligne 2 : le nom ou le logement est trop long"),
            (ElectorFacts("Ana", "1", "ana@"), "Ligne 2 : cette adresse"),
        ],
    )
    def test_a_wrong_line_writes_nothing(self, table: Table, facts: ElectorFacts, says: str) -> None:
        box = prepared(table, 1)
        with pytest.raises(DomainError) as refused:
            register.add_electors(viewer=table.viewer("coordinator"), box=box, people=[ElectorFacts("Bon"), facts])
        assert says in str(refused.value).replace("\u00a0", " ")
        assert box.electors.count() == 1

    def test_corrections_before_opening_only(self, table: Table) -> None:
        viewer, box = table.viewer("coordinator"), prepared(table, 3)
        first, second, third = box.electors.order_by("number")
        facts = ElectorFacts("Locataire un", "Tour Nord, app. 1", "un@exemple.test")
        register.correct_elector(viewer=viewer, box=box, elector_id=first.pk, facts=facts)
        with pytest.raises(DomainError, match="déjà sur la liste"):
            register.correct_elector(viewer=viewer, box=box, elector_id=second.pk, facts=facts)
        register.remove_elector(viewer=viewer, box=box, elector_id=third.pk)
        boxes.open_box(viewer=viewer, box=box, options=OPTIONS, max_choices=1, channels=["room"])
        for act in (
            lambda: register.correct_elector(viewer=viewer, box=box, elector_id=first.pk, facts=facts),
            lambda: register.remove_elector(viewer=viewer, box=box, elector_id=first.pk),
            lambda: register.add_electors(viewer=viewer, box=box, people=[ElectorFacts("Tardive")]),
        ):
            with pytest.raises(DomainError, match="figée"):
                act()
        notes = Entry.objects.filter(verb__startswith="ballot.list_").order_by("pk").values_list("note", flat=True)
        assert "Locataire" not in " ".join(notes)

    def test_a_line_of_another_box_is_nobody(self, table: Table) -> None:
        box, other = prepared(table, 1), prepared(table, 1)
        with pytest.raises(NotVisible):
            register.remove_elector(viewer=table.viewer("coordinator"), box=box, elector_id=other.electors.get().pk)

    def test_search_ignores_accents(self, table: Table) -> None:
        box = prepared(table, 3)
        register.add_electors(viewer=table.viewer("coordinator"), box=box, people=[ElectorFacts("Élodie Près", "9")])
        assert [one.name for one in queries.electors(box, search="elodie PRES")] == ["Élodie Près"]
        assert queries.electors(box, state="voted").count() == 0


class TestOpening:
    @pytest.mark.parametrize(
        ("facts", "says"),
        [
            ({"options": OPTIONS[:1], "max_choices": 1}, "plus de candidatures que de sièges"),
            ({"options": OPTIONS, "max_choices": 3}, "plus de candidatures que de sièges"),
            ({"channels": []}, "de quelles façons"),
            ({"channels": ["pigeon"]}, "de quelles façons"),
        ],
    )
    def test_what_it_needs(self, table: Table, facts: dict[str, object], says: str) -> None:
        with pytest.raises(DomainError, match=says):
            opened(table, **facts)

    def test_not_without_electors_and_not_twice(self, table: Table) -> None:
        with pytest.raises(DomainError, match="liste électorale est vide"):
            opened(table, electors=0)
        box = opened(table)
        with pytest.raises(DomainError, match="déjà été ouvert"):
            boxes.open_box(
                viewer=table.viewer("coordinator"), box=box, options=OPTIONS, max_choices=1, channels=["room"]
            )

    def test_only_the_coordination(self, table: Table) -> None:
        box = prepared(table)
        for key in ("coco", "partner", "observer"):
            with pytest.raises(NotAllowed):
                boxes.open_box(viewer=table.viewer(key), box=box, options=OPTIONS, max_choices=1, channels=["room"])


class TestVoting:
    def test_once_online(self, table: Table) -> None:
        box = opened(table)
        code = codes(table, box)[0][1]
        voting.cast(code=code.lower().replace("-", " "), choices=["bb", "aa"])
        with pytest.raises(DomainError, match="déjà dans l’urne"):
            voting.cast(code=code, choices=["cc"])
        assert list(Ballot.objects.values_list("choices", flat=True)) == [["aa", "bb"]]

    def test_not_twice_through_two_channels(self, table: Table) -> None:
        box = opened(table)
        (first, code), (second, other) = codes(table, box)[:2]
        strike(table, box, first.number)
        with pytest.raises(DomainError, match="déjà dans l’urne"):
            voting.cast(code=code, choices=["aa"])
        voting.cast(code=other, choices=["aa"])
        with pytest.raises(DomainError, match="a déjà voté"):
            strike(table, box, second.number, "mail")
        assert Ballot.objects.count() == 1

    @pytest.mark.parametrize(("choices", "says"), [(["zz"], "pas sur le bulletin"), (["aa", "bb", "cc"], "trop de")])
    def test_a_ballot_that_is_not_valid_strikes_nobody(self, table: Table, choices: list[str], says: str) -> None:
        box = opened(table)
        code = codes(table, box)[0][1]
        with pytest.raises(DomainError, match=says):
            voting.cast(code=code, choices=choices)
        assert not box.electors.filter(state="voted").exists()
        assert not Ballot.objects.exists()

    def test_a_new_code_ends_the_one_before_and_the_journal_says_for_whom(self, table: Table) -> None:
        box = opened(table)
        elector, old = codes(table, box)[0]
        viewer = table.viewer("coordinator")
        ((_same, new),) = register.issue_codes(viewer=viewer, box=box, elector_ids=[elector.pk])
        with pytest.raises(NotVisible):
            voting.cast(code=old, choices=[])
        voting.cast(code=new, choices=[])
        assert Entry.objects.filter(verb="ballot.codes_issued").order_by("pk").last().note == "1"
        assert register.issue_codes(viewer=viewer, box=box, elector_ids=[elector.pk]) == []

    def test_no_code_where_online_was_not_adopted(self, table: Table) -> None:
        box = opened(table, channels=["room"])
        with pytest.raises(DomainError, match="ne prévoient pas le vote en ligne"):
            codes(table, box)
        with pytest.raises(DomainError, match="ne prévoient pas cette façon"):
            strike(table, box, 1, "mail")

    def test_a_strike_by_mistake_is_taken_back_on_paper_only(self, table: Table) -> None:
        box = opened(table)
        viewer = table.viewer("coordinator")
        mistaken = strike(table, box, 2)
        register.undo_strike(viewer=viewer, box=box, elector_id=mistaken.pk)
        strike(table, box, 2, "mail")
        elector, code = codes(table, box)[0]
        voting.cast(code=code, choices=[])
        with pytest.raises(DomainError, match="personne ne peut le reprendre"):
            register.undo_strike(viewer=viewer, box=box, elector_id=elector.pk)
        close(table, box)
        with pytest.raises(DomainError, match="ne peut plus"):
            register.undo_strike(viewer=viewer, box=box, elector_id=mistaken.pk)


class TestClosing:
    def test_nothing_is_counted_before(self, table: Table) -> None:
        box = opened(table)
        for _elector, code in codes(table, box)[:3]:
            voting.cast(code=code, choices=["aa"])
        row = Box.objects.get(pk=box.pk)
        assert (row.tally, row.turnout) == ({}, {})
        closed = close(table, box)
        assert closed.tally == {"ballots": 3, "blank": 0, "options": {"aa": 3, "bb": 0, "cc": 0}}
        assert closed.turnout == {"listed": 6, "online": 3, "paper": 0}
        assert not closed.poured
        with pytest.raises(DomainError, match="n’est pas ouvert"):
            close(table, box)

    @pytest.mark.parametrize(("online", "paper", "poured"), [(2, 3, True), (3, 2, True), (3, 3, False), (2, 0, False)])
    def test_a_channel_under_the_threshold_is_never_counted_apart(
        self, table: Table, online: int, paper: int, poured: bool
    ) -> None:
        """Channels merged, never shown below a threshold (here 3)."""
        box = opened(table)
        for _elector, code in codes(table, box)[:online]:
            voting.cast(code=code, choices=["cc", "aa"])
        for number in range(online + 1, online + paper + 1):
            strike(table, box, number)
        closed = close(table, box)
        assert closed.poured is poured
        assert bool(closed.tally) is not poured
        if poured:
            assert queries.printed_ballots(closed) == [["Prune Candidate", "Sara Aussi"]] * online
        else:
            with pytest.raises(DomainError):
                queries.printed_ballots(closed)

    def test_a_box_that_does_not_agree_with_its_register_is_not_counted(self, table: Table) -> None:
        box = opened(table)
        Ballot.objects.create(box=box, choices=["aa"])
        assert [one.where for one in queries.disagreements()] == [f"ballots_box #{box.pk}"]
        with pytest.raises(DomainError, match="ne concordent pas"):
            close(table, box)
        assert Box.objects.get(pk=box.pk).state == BoxState.OPEN


class TestPages:
    def test_from_the_letter_to_the_box(self, table: Table) -> None:
        client, code = Client(), codes(table, opened(table))[0][1]
        assert client.post(reverse("ballots:enter"), {"code": "rien"}).status_code == 422
        found = client.post(reverse("ballots:enter"), {"code": code})
        page = client.get(found["Location"])
        html = page.content.decode()
        assert "Prune Candidate" in html
        assert "pourrait encore faire" in html
        assert "au cours d’une assemblée" in html
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        address = reverse("ballots:vote", kwargs={"code": code})
        review = client.post(address, {"choices": ["bb"]})
        assert "Déposer mon bulletin" in review.content.decode()
        assert not Ballot.objects.exists()
        again = client.post(address, {"choices": ["bb"], "quoi": "changer"}).content.decode()
        assert 'value="bb" checked' in again
        done = client.post(address, {"choices": ["bb"], "quoi": "deposer"}, follow=True).content.decode()
        assert "Votre vote est dans l’urne" in done
        assert "Raoul" not in done
        assert client.post(address, {"choices": ["cc"], "quoi": "deposer"}).status_code == 200
        assert list(Ballot.objects.values_list("choices", flat=True)) == [["bb"]]
        assert "sessionid" not in client.cookies

    def test_too_many_names_keeps_what_was_ticked(self, table: Table) -> None:
        address = reverse("ballots:vote", kwargs={"code": codes(table, opened(table))[0][1]})
        answer = Client().post(address, {"choices": ["aa", "bb", "cc"]})
        assert answer.status_code == 422
        assert "Gardez-en au plus 2" in answer.content.decode()
        assert answer.content.decode().count("checked") == 3

    def test_a_blank_ballot_is_said(self, table: Table) -> None:
        address = reverse("ballots:vote", kwargs={"code": codes(table, opened(table))[0][1]})
        assert "bulletin sera blanc" in Client().post(address, {}).content.decode()
        Client().post(address, {"quoi": "deposer"})
        assert list(Ballot.objects.values_list("choices", flat=True)) == [[]]

    def test_before_after_and_unknown(self, table: Table) -> None:
        box = prepared(table)
        code = codes(table, box)[0][1]
        address = reverse("ballots:vote", kwargs={"code": code})
        assert "n’est pas ouvert" in Client().get(address).content.decode()
        boxes.open_box(
            viewer=table.viewer("coordinator"), box=box, options=[Option("a", "A"), Option("b", "B")], max_choices=1,
            channels=["online"],
        )  # fmt: skip
        assert "Cochez un nom." in Client().get(address).content.decode()
        close(table, box)
        assert Client().get(address).status_code == 404

    def test_who_voted_on_paper_is_told_so(self, table: Table) -> None:
        box = opened(table)
        elector, code = codes(table, box)[0]
        strike(table, box, elector.number)
        html = Client().get(reverse("ballots:vote", kwargs={"code": code})).content.decode()
        assert "avez voté sur papier" in html


def test_the_list_and_the_ballots_go_when_their_time_is_over(table: Table) -> None:
    from datetime import date

    from concertoit.ground.privacy.services import due

    box = opened(table)
    closed = close(table, box)
    Box.objects.filter(pk=box.pk).update(closed_at="2026-01-10T12:00:00Z")
    found = {one.remover.code: one.ids for one in due(date(2027, 1, 9))}
    assert found["ballots.boxes"] == []
    found = {one.remover.code: one.ids for one in due(date(2027, 1, 12))}
    assert found["ballots.boxes"] == [closed.pk]
    boxes.erase([closed.pk])
    assert not Elector.objects.exists()
    assert Box.objects.get(pk=box.pk).turnout["listed"] == 6
