"""Every figure, against the same aggregation written by hand in DuckDB (a development oracle; skipped without it)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concertoit.field.logbook.models import Entry, Referral
from concertoit.field.logbook.queries.figures import Reach, figures
from concertoit.field.logbook.queries.figures_words import words_of
from concertoit.field.logbook.rules.statistics import compute_all
from concertoit.field.logbook.services.figures import recount
from tests.field.logbook import made_statistics as made
from tests.field.logbook.sample import ACTIVITIES, CLIENTELES
from tests.personas import Table

duckdb: Any = pytest.importorskip("duckdb", reason="DuckDB is a development oracle")

SINGLES = {
    **{f"sectors:{code}": f"sector = '{code}'" for code in ("office", "nonprofit", "coop", "other")},
    **{f"kinds:{code}": f"kind = '{code}'" for code in ("individual", "collective", "partner")},
    **{f"objects:{code}": f"object = '{code}'" for code in ("projects", "association", "committee", "gathering")},
    "referred:yes": "referred",
    "referred_individual:yes": "referred AND kind = 'individual'",
    "youth_families:yes": "clienteles & 3 <> 0",
    **{f"clienteles:{code}": f"clienteles & {1 << bit} <> 0" for bit, code in enumerate(CLIENTELES)},
    **{f"activities:{code}": f"activities & {1 << bit} <> 0" for bit, code in enumerate(ACTIVITIES)},
}


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize(
    "period", [(date(2022, 1, 1), date(2022, 12, 31)), (date(2021, 3, 9), date(2022, 10, 4))], ids=["year", "free"]
)
def test_figures_are_those_of_duckdb(table: Table, period: tuple[date, date], kept: bool) -> None:
    made.year(table)
    made.year(table, 2021)
    if kept:
        recount(table.space.pk)
    words = words_of(table.space.pk)
    mine = compute_all(figures(table.space.pk, [period], Reach())[0].population, words.vocabulary)
    duck = _duck(period)
    for name, test in SINGLES.items():
        code, _mark, line = name.partition(":")
        (count,) = duck.execute(f"SELECT count(*) FROM entry WHERE {test}").fetchone()  # noqa: S608
        assert mine[code].lines.get(line, 0) == count, name
    for code in ("cisss", "community"):
        found = duck.execute(
            "SELECT reason, count(*) FROM referral WHERE destination = ? GROUP BY reason", [code]
        ).fetchall()
        assert mine[f"reasons_{code}"].lines == {words.vocabulary.reasons[why]: count for why, count in found}


def _duck(period: tuple[date, date]) -> Any:
    duck = duckdb.connect()
    duck.execute(
        "CREATE TABLE entry (sector VARCHAR, kind VARCHAR, object VARCHAR, clienteles BIGINT, activities BIGINT, "
        "referred BOOLEAN)"
    )
    columns = ("sector", "kind", "collective_object", "clientele_mask", "activity_mask", "referred")
    entries = Entry.objects.filter(on__range=period).order_by("pk").values_list(*columns)
    duck.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", list(entries))
    duck.execute("CREATE TABLE referral (destination VARCHAR, reason BIGINT)")
    referrals = Referral.objects.filter(on__range=period).order_by("pk").values_list("destination", "main_reason_id")
    duck.executemany("INSERT INTO referral VALUES (?, ?)", list(referrals))
    return duck
