"""Remarks of the table, and who is named in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.notifications.models import Notice
from concertoit.together.plans.queries.feed import said_about
from concertoit.together.plans.rules.mentions import mentioned
from concertoit.together.plans.services import comments
from tests.personas import Table
from tests.together.plans.followed import comment_of
from tests.together.plans.test_item_page import address

PEOPLE = [
    (1, "Alice Modèle"),
    (2, "Bruno Exemple"),
    (3, "Alice Autre"),
    (4, "Jean-Luc D’Amour"),
    (5, "Bruno Exemple-Roy"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Alice Modèle, peux-tu?", [1]),
        ("@alice modele et @JEAN-LUC D’AMOUR", [1, 4]),
        ("@Alice", []),  # two people: nobody is guessed
        ("@Jean-Luc regarde", [4]),
        ("@Jean regarde", []),  # a compound given name is said whole
        ("@Bruno Exemple-Roy et @Bruno Exemple", [5, 2]),
        ("écrire à bruno@exemple.test ou @@Bruno", []),
        ("@", []),
        ("(@Bruno Exemple)", [2]),
        ("@Bruno Exemple @Bruno Exemple", [2]),
    ],
)
def test_who_is_named(text: str, found: list[int]) -> None:
    assert mentioned(text, PEOPLE) == found


@given(text=st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    found = mentioned(text, PEOPLE)
    assert len(found) == len(set(found))
    assert not found or "@" in text


def test_people_named_are_told_once_and_members_only(table: Table) -> None:
    body = "@Bruno Exemple, @Hector Ailleurs et moi-même @Carole Témoin"
    comments.add_comment(viewer=table.viewer("partner"), item_id=table.action.pk, body=body)
    notice = Notice.objects.get(kind="plans.mention")
    assert notice.user == table.user("coco")
    assert notice.url == address(table, table.action) + "#commentaires"


@pytest.mark.parametrize("who", ["observer", "funder"])
def test_the_table_talks_among_itself(table: Table, who: str) -> None:
    comment_of(table)
    assert "Bravo." in table.client("elected").get(address(table, table.action)).content.decode()
    assert "Bravo." not in table.client(who).get(address(table, table.action)).content.decode()
    with pytest.raises(NotAllowed):
        comments.add_comment(viewer=table.viewer(who), item_id=table.action.pk, body="Et moi?")


def test_one_withdraws_ones_own_and_the_coordination_anybodys(table: Table) -> None:
    pk = table.action.pk
    with pytest.raises(NotAllowed):
        comments.withdraw_comment(viewer=table.viewer("coco"), item_id=pk, comment_id=comment_of(table).pk)
    comments.withdraw_comment(viewer=table.viewer("partner"), item_id=pk, comment_id=comment_of(table).pk)
    assert said_about([pk]) == []
    assert Entry.objects.latest("pk").before == {"comment": "Bravo."}
    with pytest.raises(NotVisible):
        comments.withdraw_comment(viewer=table.viewer("coordinator"), item_id=pk, comment_id=comment_of(table).pk)


def test_an_empty_one_is_refused_with_the_page(table: Table) -> None:
    with pytest.raises(DomainError):
        comments.add_comment(viewer=table.viewer("partner"), item_id=table.action.pk, body="  ")
    client = table.client("partner")
    assert client.post(address(table, table.action, "item_comment"), {"commentaire-body": ""}).status_code == 422
    response = client.post(address(table, table.action, "item_comment"), {"commentaire-body": "@Bruno Exemple, vois."})
    assert response.status_code == 302
    assert "Un avis part à Bruno Exemple." in client.get(response.headers["Location"]).content.decode()


def test_scripts_are_text(table: Table) -> None:
    comments.add_comment(viewer=table.viewer("partner"), item_id=table.action.pk, body="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in table.client("observer").get(address(table, table.action)).content.decode()
