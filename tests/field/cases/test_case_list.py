"""The list of cases: what a line says and to whom, its filters, and what it costs (docs/performance.md)."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from django.urls import reverse

from concertoit.field.cases.models import Case
from concertoit.field.cases.services import assigning
from tests.field.cases import made_work as made
from tests.hostile import assert_constant_queries
from tests.personas import Table


def listed(table: Table, who: str, query: str = "") -> list[dict[str, str]]:
    """The lines that somebody reads: words of each cell by the label of its column, and the address of the case."""
    page = table.client(who).get(reverse("cases:list", args=[table.space.slug]) + query)
    assert page.status_code == 200
    found = []
    for row in lxml.html.fromstring(page.content).findall(".//tbody/tr"):
        cells = {cell.get("data-label"): " ".join(cell.text_content().split()) for cell in row.findall("td")}
        found.append({**cells, "case": row.find("th").text_content().strip(), "href": row.find("th/a").get("href")})
    return found


def test_a_line_leads_to_its_case_and_names_who_follows_it(table: Table) -> None:
    case = made.case_of(table)
    assert listed(table, "liaison")[0]["Suivi par"] == "Personne"
    Case.objects.filter(pk=case.pk).update(follower=table.membership("worker"))
    (line,) = listed(table, "liaison")
    assert line["href"] == reverse("cases:case", args=[table.space.slug, case.reference])
    assert line["Suivi par"] == str(table.person("worker"))
    assert line["Adresse"].startswith("1234, rue des Érables, app. 5")
    assert (line["État"], line["Partenaires"]) == ("Nouveau", "–")


def test_a_partner_reads_which_dwelling_once_it_has_accepted(table: Table) -> None:
    row = made.asked(table)
    (line,) = listed(table, "responder")
    assert "app." not in line["Adresse"]
    assert (line["Échéance"], line["Partenaires"]) == ("–", "À accepter")
    assigning.move(viewer=table.viewer("liaison"), assignment=row, to="in_progress")
    (line,) = listed(table, "responder")
    assert "app. 5" in line["Adresse"]
    assert line["Partenaires"] == "Accepté"
    assert "Suivi par" not in line


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?probleme=mould", 1),
        ("?probleme=vermin", 0),
        ("?probleme=moul", 0),
        ('?probleme="', 0),
        ("?q=1234+erables", 1),
        ("?q=1234, rue des Érables", 1),
        ("?q=erab", 1),
        ("?q=123", 0),
        ("?q=1235+erables", 0),
        ("?suivi=personne", 1),
        ("?suivi=moi", 0),
        ("?ville=rien", 0),
    ],
)
def test_what_narrows(table: Table, query: str, count: int) -> None:
    made.case_of(table)
    assert len(listed(table, "liaison", query)) == count


@pytest.mark.parametrize("who", ["liaison", "worker", "responder"])
def test_the_home_costs_the_same(table: Table, who: str) -> None:
    def more(first: int) -> None:
        for number in range(first, first + 3):
            made.old_case(table, 20, written=f"{number}, rue Vide")
            case = made.case_of(table, f"{number}, rue A, app. 2")
            made.visit_of(table, case)
            made.asked(table, made.case_of(table, f"{number}, rue B"))
            made.accepted(table, case)

    def read() -> Any:
        return table.client(who).get(reverse("cases:home", args=[table.space.slug]))

    more(10)
    assert_constant_queries(lambda: more(20), read)


@pytest.mark.parametrize("who", ["liaison", "responder"])
def test_the_list_costs_the_same(table: Table, who: str) -> None:
    def ask(*addresses: str) -> None:
        for one in addresses:
            made.accepted(table, made.case_of(table, one))

    def read() -> Any:
        return table.client(who).get(reverse("cases:list", args=[table.space.slug]), {"attention": "retard"})

    ask("10, rue A")
    assert_constant_queries(lambda: ask("12, rue A", "14, rue A, app. 2"), read)
