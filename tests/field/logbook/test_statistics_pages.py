"""Pages of figures: who sees what, with which denominator; reports that never change."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document as Docx
from openpyxl import load_workbook

from concertoit.field.logbook.models import Entry, FiguresReport
from concertoit.field.logbook.queries.figures import Reach
from concertoit.field.logbook.queries.figures_asking import allowed
from concertoit.field.logbook.queries.figures_document import Asked, document_of, period_label
from concertoit.field.logbook.rules import periods
from concertoit.field.logbook.rules.sample_year import YEAR_BEFORE
from concertoit.field.logbook.services import reports
from concertoit.field.logbook.services.figures import recount
from concertoit.ground.core import checks_data
from concertoit.ground.core.errors import DomainError, NotAllowed
from tests.field.logbook import made_statistics as made
from tests.htmx import assert_fragment_is_page
from tests.personas import Table

As = Callable[[str], Client]
ASKED = "?du=2022-01-01&au=2022-12-31"


def address(table: Table, rest: str = "") -> str:
    return f"/demarches/{table.space.slug}/statistiques/{rest}"


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode().replace("\u00a0", " ")


def test_a_worker_reads_the_published_year(table: Table, as_: As) -> None:
    made.year(table)
    made.year(table, 2021, YEAR_BEFORE)
    page = text(as_("worker"), address(table, ASKED))
    for share in ("85 %", "80 %", "20 %", "46 %", "35 %", "31 %", "34 %", "18 %", "45 %", "66 %", "15 %"):
        assert share in page, share
    assert "Parts de 1 600 interventions." in page
    assert "Parts de 184 références vers le CISSS ou le CIUSSS." in page
    assert "le total dépasse 100 %" in page
    assert "masqué" not in page


def test_the_page_asks_the_same_of_the_database_whatever_the_number_of_entries(table: Table, as_: As) -> None:
    made.entry(table, date(2022, 3, 1))
    made.entry(table, date(2021, 3, 1))
    client, url = as_("worker"), address(table, ASKED)
    recount(table.space.pk)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    made.year(table)
    recount(table.space.pk)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many) <= 14, [query["sql"][:120] for query in many]


def test_outside_the_team_small_counts_are_masked(table: Table, as_: As) -> None:
    for day in range(1, 21):
        made.entry(table, date(2022, 3, day))
    made.entry(table, date(2022, 4, 1), sector="coop")
    made.entry(table, date(2022, 4, 2), kind="collective", sector="coop")
    assert "masqué" not in text(as_("liaison"), address(table, ASKED))
    for who in ("coordinator", "funder", "partner"):
        assert "masqué" in text(as_(who), address(table, ASKED)), who


def test_readers_get_years_that_are_over_and_nothing_narrower(table: Table) -> None:
    today = date(2026, 5, 20)
    wanted = Asked((date(2025, 2, 3), date(2026, 4, 9)), Reach(mrc=4, sector="coop", team=3))
    assert allowed(table.viewer("worker"), wanted, today) == wanted
    publisher = allowed(table.viewer("coordinator"), wanted, today)
    assert publisher == Asked((date(2025, 2, 1), date(2026, 4, 30)), Reach(mrc=4, sector="coop"), 5)
    assert allowed(table.viewer("funder"), wanted, today) == Asked(periods.year(2025), Reach(), 5)
    future = replace(wanted, period=(date(2027, 1, 1), date(2027, 2, 1)))
    assert allowed(table.viewer("partner"), future, today).period == periods.year(2025)


def test_filters_of_the_page(table: Table, as_: As) -> None:
    made.year(table)
    made.team(table, ("worker", date(2022, 1, 1), None))
    client = as_("liaison")
    other = made.second_town(table)
    page = text(client, address(table, f"{ASKED}&territoire=mrc-{other.mrc_id}&secteur=coop"))
    assert "MRC voisine" in page
    assert "Secteur : Coopérative d’habitation" in page
    assert "Équipe : Équipe d’essai" in text(client, address(table, f"{ASKED}&groupe=equipe-{made.team(table).pk}"))
    wrong = client.get(address(table, "?du=2022-05-01&au=2022-01-01"))
    assert wrong.status_code == 422
    assert "La fin vient après le début." in wrong.content.decode()
    assert client.get(address(table, "?territoire=mrc-999999")).status_code == 422
    assert_fragment_is_page(client, address(table, ASKED), "chiffres")


def test_an_empty_period_says_what_to_do(table: Table, as_: As) -> None:
    assert "Rien n’a été inscrit dans cette période" in text(as_("worker"), address(table))
    assert "Aucun rapport publié" in text(as_("worker"), address(table, "rapports/"))


def test_every_definition_is_a_sentence(table: Table, as_: As) -> None:
    page = text(as_("partner"), address(table, "comment/"))
    assert "C’est une union" in page
    assert "parmi les seules références vers le CISSS" in page


def test_files_say_the_same(table: Table, as_: As) -> None:
    made.year(table)
    client = as_("worker")
    rows = list(
        csv.reader(
            io.StringIO(client.get(address(table, f"chiffres.csv{ASKED}")).content.decode("utf-8-sig")), delimiter=";"
        )
    )
    assert ["Secteur de l’immeuble", "Office d’habitation", "1360", "1600", "interventions", "85.0"] in rows
    book = load_workbook(io.BytesIO(client.get(address(table, f"chiffres.xlsx{ASKED}")).content))
    assert book.sheetnames == ["Chiffres", "Dans le temps", "Territoires", "Temps et présences", "Définitions"]
    assert book["Dans le temps"].max_row == 13
    word = Docx(io.BytesIO(client.get(address(table, f"chiffres.docx{ASKED}")).content))
    assert any(str(table.space) in one.text for one in word.paragraphs[:4])
    said = "\n".join(paragraph.text for paragraph in word.paragraphs).replace("\u00a0", " ")
    assert "Parts de 720 interventions collectives." in said
    assert "Comment c’est compté" in said
    assert client.get(address(table, "chiffres.pdf")).status_code == 404


def test_a_report_is_frozen(table: Table, as_: As) -> None:
    row = made.report(table)
    before = text(as_("funder"), address(table, f"rapports/{row.number}/"))
    Entry.objects.filter(space=table.space).delete()
    made.year(table)
    after = text(as_("funder"), address(table, f"rapports/{row.number}/"))
    start = before.index('id="tableaux"')
    assert before[start : before.index("SHA-256")] == after[start : after.index("SHA-256")]
    kept = as_("funder").get(address(table, f"rapports/{row.number}.json")).content.decode()
    assert reports.digest(kept) == row.sha256
    assert "n’a plus l’empreinte" not in after
    FiguresReport.objects.filter(pk=row.pk).update(snapshot=row.snapshot.replace("1", "2"))
    assert "n’a plus l’empreinte" in text(as_("funder"), address(table, f"rapports/{row.number}/"))
    for extension in ("csv", "xlsx", "docx"):
        assert as_("funder").get(address(table, f"rapports/{row.number}.{extension}")).status_code == 200
    assert as_("funder").get(address(table, "rapports/99/")).status_code == 404


def test_what_is_masked_is_nowhere_in_the_frozen_text(table: Table) -> None:
    for day in range(1, 21):
        made.entry(table, date(2022, 3, day))
    made.entry(table, date(2022, 4, 2), kind="partner", sector="coop", minutes=77, people=3)
    body = json.loads(made.report(table).snapshot)
    sectors = {line["code"]: line for line in body["tables"][0]["lines"]}
    assert sectors["coop"]["count"] is None
    assert sectors["coop"]["percent"] is None
    assert sectors["office"]["count"] is None, "the rest of the total would give it back"
    partner = next(one for one in body["efforts"] if one["timed"] is None)
    assert (partner["minutes"], partner["people"]) == (None, None)
    assert body["over_time"][3]["interventions"] is None
    assert body["smallest"] == 5


def test_publishing_from_the_page(table: Table, as_: As) -> None:
    made.year(table)
    client = as_("coordinator")
    assert "Ce qui paraîtra" in text(client, address(table, f"publier/{ASKED}"))
    answer = client.post(address(table, f"publier/{ASKED}"), {"title": "Année 2022", "smallest": 5})
    assert answer.status_code == 302
    assert "Rapport publié" in text(client, answer.url)
    assert "Année 2022" in text(client, address(table, "rapports/"))
    assert "portent déjà sur une partie" in text(client, address(table, f"publier/{ASKED}"))
    refused = client.post(address(table, f"publier/{ASKED}"), {"title": "", "smallest": 3})
    assert refused.status_code == 422
    year = timezone.localdate().year
    now = client.post(
        address(table, f"publier/?du={year}-01-01&au={year}-12-31"), {"title": "Trop tôt", "smallest": 5}
    )
    assert now.status_code == 422
    assert "n’est pas finie" in now.content.decode()


def test_what_may_not_be_published(table: Table) -> None:
    made.year(table)
    liaison = table.viewer("liaison")
    year = Asked(periods.year(2022))
    refusals = [
        ("  ", year, 5), ("Titre", replace(year, period=(date(2022, 1, 5), date(2022, 3, 31))), 5), ("Titre", year, 4),
        ("Titre", replace(year, reach=Reach(team=1)), 5), ("Titre", Asked(periods.year(2001)), 5),
    ]  # fmt: skip
    for title, asked, smallest in refusals:
        with pytest.raises(DomainError):
            reports.publish(viewer=liaison, title=title, asked=asked, smallest=smallest)
    with pytest.raises(NotAllowed):
        reports.publish(viewer=table.viewer("partner"), title="Titre", asked=year)
    assert reports.publish(viewer=liaison, title="Titre", asked=year, smallest=10).smallest == 10


def test_two_reports_do_not_give_a_small_count_by_subtraction(table: Table, as_: As) -> None:
    """A year, then the same without December where little happened: the difference would tell of three people."""
    for month in range(1, 12):
        for day in range(1, 9):
            made.entry(table, date(2022, month, day))
    for day in (5, 6, 7):
        made.entry(table, date(2022, 12, day))
    liaison = table.viewer("liaison")
    without = Asked((date(2022, 1, 1), date(2022, 11, 30)))
    year = reports.publish(viewer=liaison, title="Année 2022", asked=Asked(periods.year(2022)))
    with pytest.raises(DomainError, match="soustraction"):
        reports.publish(viewer=liaison, title="Sans décembre", asked=without)
    page = as_("coordinator").post(
        address(table, "publier/?du=2022-01-01&au=2022-11-30"), {"title": "Sans décembre", "smallest": 5}
    )
    assert page.status_code == 422
    assert "Année 2022" in page.content.decode()
    assert FiguresReport.objects.count() == 1
    half = reports.publish(
        viewer=liaison, title="Premier semestre", asked=Asked((date(2022, 1, 1), date(2022, 6, 30)))
    )
    again = reports.publish(viewer=liaison, title="Encore l’année", asked=Asked(periods.year(2022)))
    assert (year.number, half.number, again.number) == (1, 2, 3)


def test_the_check_of_stored_data_speaks_of_figures(table: Table) -> None:
    made.entry(table, date(2022, 4, 2))
    recount(table.space.pk)
    assert not dict(checks_data.run())["logbook-figures"]
    made.entry(table, date(2022, 4, 3))
    assert len(dict(checks_data.run())["logbook-figures"]) == 1


def test_periods() -> None:
    assert [period_label(periods.year(2022)), period_label(periods.quarter(2022, 2))] == [
        "2022",
        "2e trimestre de 2022",
    ]
    assert period_label((date(2020, 1, 1), date(2022, 12, 31))) == "2020 à 2022"
    assert (
        period_label((date(2022, 2, 3), date(2022, 5, 1))).replace("\u00a0", " ")
        == "Du 3 février 2022 au 1er mai 2022"
    )
    assert periods.before(periods.quarter(2024, 1)) == periods.quarter(2023, 1)
    assert periods.before((date(2024, 2, 1), date(2024, 2, 29))) == (date(2023, 2, 1), date(2023, 2, 28))
    assert periods.before((date(2021, 1, 1), date(2022, 12, 31))) == (date(2019, 1, 1), date(2020, 12, 31))
    assert periods.overlap(periods.year(2022), periods.quarter(2022, 4))
    assert not periods.overlap(periods.year(2022), periods.year(2023))


def test_the_year_before_stands_beside(table: Table) -> None:
    made.year(table)
    made.year(table, 2021, YEAR_BEFORE)
    found = document_of(table.space.pk, Asked(periods.year(2022)), title="", scope=[], places={})
    collective = next(line for line in found["tables"][8]["lines"] if line["code"] == "collective")
    assert (collective["percent"], collective["before"], found["before"]) == ("45", "38", "2021")
