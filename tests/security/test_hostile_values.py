"""What nobody types by hand, in addresses and in forms: a clear answer, never a broken page, on either database."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from concertoit.ground.core.identifiers import read_id
from concertoit.together.plans.rules.amounts import read_amount
from tests.personas import Table

DIGITS = "9" * 5000  # more than Python reads as a number
IN_SPACE = ("plans:plan", "plans:gantt", "plans:bulk", "spaces:people", "spaces:organisations", "spaces:journal")


@pytest.mark.parametrize("text", ["", None, "²", "٣", "-1", "1.0", "1e9", " 1", "9" * 19, DIGITS, "a\x00b"])
def test_what_is_no_identifier(text: str | None) -> None:
    assert read_id(text) is None


def test_an_identifier() -> None:
    assert read_id("42") == 42


@pytest.mark.parametrize("name", IN_SPACE)
def test_a_null_character_is_no_address(table: Table, name: str) -> None:
    """PostgreSQL refuses to compare a text with one: the page does not exist."""
    address = reverse(name, kwargs={"slug": table.space.slug})
    for query in ("q=a%00b", "role=%00", "type=%00", "mrc=%00", "n%00=1"):
        assert table.client("coordinator").get(f"{address}?{query}").status_code == 404


def test_a_null_character_in_a_path(table: Table) -> None:
    for address in ("/journal/a%00b/1/", "/journal/plans.item/%00/", "/invitation/%00/", "/territoires/?mrc=%00"):
        assert table.client("coordinator").get(address).status_code == 404
        assert Client().get(address).status_code == 404


def test_a_null_character_in_a_form_is_told_beside_it(table: Table) -> None:
    address = reverse("plans:item_note", kwargs={"slug": table.space.slug, "item_id": table.action.pk})
    response = table.client("coordinator").post(address, {"note-body": "avant\x00après"})
    assert response.status_code == 422
    assert "invalid-feedback" in response.content.decode() or "is-invalid" in response.content.decode()


@pytest.mark.parametrize("value", ["²", DIGITS, str(2**63), "-1", "a"])
def test_identifiers_that_are_not(table: Table, value: str) -> None:
    """In forms and in addresses, they are nothing that exists."""
    client, slug = table.client("coordinator"), table.space.slug
    bulk = reverse("plans:bulk", kwargs={"slug": slug})
    assert client.post(bulk, {"items": value, "state": "doing"}).status_code == 422
    merge = reverse("spaces:organisation_merge", kwargs={"slug": slug, "organisation_id": table.x.pk})
    assert client.post(merge, {"merged": value}).status_code == 404
    merge = reverse("spaces:person_merge", kwargs={"slug": slug, "person_id": table.person("partner").pk})
    assert client.post(merge, {"merged": value}).status_code == 404
    state = reverse("plans:item_state", kwargs={"slug": slug, "item_id": table.step.pk})
    assert client.post(state, {"state": "doing", "page": value}).status_code in (302, 404)
    for query in (f"version={value}", f"axe={value}", f"page={value}", f"organisme={value}"):
        assert client.get(reverse("plans:plan", kwargs={"slug": slug}) + f"?{query}").status_code in (200, 404)


@pytest.mark.parametrize("value", [str(10**30), DIGITS, "1" + " 000" * 12, "9999999999999999", f"2 x {10**30} $"])
def test_amounts_beyond_any_plan(table: Table, value: str) -> None:
    """Refused beside the field; a document that says one keeps it as words."""
    assert all(one.value < Decimal(10) ** 16 for one in read_amount(value).amounts)
    address = reverse("plans:node_edit", kwargs={"slug": table.space.slug, "node_id": table.drafted("action").pk})
    for field, text in (("budget", value), ("lines", f"An 1 ; {value}")):
        response = table.client("coordinator").post(address, {"title": "Titre", field: text})
        assert response.status_code == 422


def test_a_number_that_is_not_money_is_not_money() -> None:
    assert not read_amount("dossier 1234567890123456").amounts


def test_an_alias_too_long(table: Table) -> None:
    address = reverse("spaces:organisation_edit", kwargs={"slug": table.space.slug, "organisation_id": table.x.pk})
    values = {"name": table.x.name, "kind": table.x.kind, "aliases": "x" * 201}
    response = table.client("coordinator").post(address, values)
    assert response.status_code == 422
    assert "200 caractères" in response.content.decode()


def test_bytes_that_are_no_text(table: Table) -> None:
    address = reverse("plans:bulk", kwargs={"slug": table.space.slug})
    assert table.client("partner").get(f"{address}?q=%FF%ED%A0%80&page=%C0").status_code == 200


def test_too_many_fields_at_once(table: Table) -> None:
    """The limit of the server has a page too."""
    body = "&".join(f"items={n}" for n in range(5100))
    response = table.client("coordinator").post(
        reverse("plans:bulk", kwargs={"slug": table.space.slug}),
        body,
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 400
    assert "ne peut pas être lu" in response.content.decode()


def test_another_host_is_refused_without_its_name(db: None) -> None:
    response = Client(headers={"host": "mechant.example"}).get("/compte/mot-de-passe/oublie/")
    assert response.status_code == 400
    assert "mechant" not in response.content.decode()
