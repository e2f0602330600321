"""Logging in again after a session ended: one comes back to a page, never to the address that a form is sent to."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.personas import Table


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/demarches/chantier-essai/signalements/listes/1/?page=2",
         "/demarches/chantier-essai/signalements/listes/1/?page=2"),
        ("", "/"),
        ("https://ailleurs.test/piege/", "/"),
    ],
)  # fmt: skip
def test_a_form_sent_too_late_leads_back_to_its_page(table: Table, came_from: str, back: str) -> None:
    address = f"/demarches/{table.space.slug}/signalements/listes/1/confirmer/"
    answer = Client(headers={"referer": came_from} if came_from else {}).post(address)
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [back]


def test_a_page_asked_for_is_the_page_one_comes_back_to(table: Table) -> None:
    address = f"/demarches/{table.space.slug}/dossiers/liste/?q=rue"
    answer = Client().get(address)
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [address]
