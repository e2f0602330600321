"""Figures of the logbook over 1,000,000 interventions of eleven years, against DuckDB on the same data.

DuckDB makes the data (always the same), keeps them in memory and aggregates them by hand-written SQL: one pass over
interventions with a filter for each figure, one over referrals. Ours reads kept counts and the open month. Both answers
are compared figure by figure before anything is timed. ``statistics_large`` does the same with ten times as many.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from concertoit.field.logbook.models import Edition, Entry, Site, Tally, TallyPeriod, Term, Worker
from concertoit.field.logbook.queries.figures import Reach, figures
from concertoit.field.logbook.queries.figures_words import words_of
from concertoit.field.logbook.rules.statistics import Computed, compute_all
from concertoit.field.logbook.services.figures import recount, touch
from concertoit.ground.identity.models import Person
from concertoit.ground.places.models import Mrc, Municipality, Region
from concertoit.ground.spaces.models import Membership, Space

ON = ("sqlite", "postgresql")
ENTRIES = 1_000_000
YEARS, WORKERS, TOWNS, ROUNDS = 11, 400, 60, 9
CLIENTELES = ("youth", "families", "elders", "alone", "newcomers", "disabled", "indigenous", "other")
ACTIVITIES = tuple(f"activity{bit}" for bit in range(11))
REASONS = tuple(f"reason{place}" for place in range(16))
Period = tuple[date, date]

ENTRY_COLUMNS = (
    "id, created_at, updated_at, client_id, \"on\", sector, municipality_id_then, mrc_id_then, kind, collective_object, "
    "clientele_mask, activity_mask, minutes, people, referred, note, deleted_at, edition_id, site_id, space_id, worker_id"
)  # fmt: skip
MADE = """
CREATE TABLE entry AS
WITH drawn AS (
  SELECT i, hash(i) AS a, hash(i + 1000000007) AS b, hash(i + 2000000011) AS c FROM range(1, {n} + 1) AS t(i)
)
SELECT i AS id, DATE '{start}' + CAST(i * {days} // ({n} + 1) AS INTEGER) AS day,
  CASE WHEN a % 100 < 85 THEN 'office' WHEN a % 100 < 92 THEN 'nonprofit' WHEN a % 100 < 96 THEN 'coop'
    ELSE 'other' END AS sector,
  CAST((c % {workers} * 7 + b // 4096 % 8 // 7) % {towns} AS INTEGER) AS town, CAST(c % {workers} AS INTEGER) AS worker,
  CASE WHEN a // 100 % 100 < 50 THEN 'individual' WHEN a // 100 % 100 < 95 THEN 'collective'
    ELSE 'partner' END AS kind,
  CASE WHEN a // 100 % 100 BETWEEN 50 AND 94 THEN CASE WHEN b // 64 % 100 < 66 THEN 'projects'
    WHEN b // 64 % 100 < 81 THEN 'association' WHEN b // 64 % 100 < 92 THEN 'committee' ELSE 'gathering' END
    ELSE '' END AS object,
  CAST((1 << CAST(c // 1024 % 8 AS INTEGER)) | CASE WHEN c // 8192 % 2 = 0 THEN 1 << CAST(c // 65536 % 3 AS INTEGER)
    ELSE 0 END AS BIGINT) AS clienteles,
  CAST((1 << CAST(b // 8192 % 11 AS INTEGER)) | CASE WHEN b // 131072 % 3 = 0
    THEN 1 << CAST(b // 1048576 % 11 AS INTEGER) ELSE 0 END AS BIGINT) AS activities,
  CAST(15 * (1 + a // 10000 % 8) AS INTEGER) AS minutes, CAST(1 + c // 1000000 % 12 AS INTEGER) AS people,
  a // 1000000 % 5 = 0 AS referred
FROM drawn;
CREATE TABLE referral AS
SELECT row_number() OVER (ORDER BY id) AS id, id AS entry, day, worker,
  CASE WHEN hash(id + 5) % 100 < 46 THEN 'cisss' WHEN hash(id + 5) % 100 < 81 THEN 'community'
    WHEN hash(id + 5) % 100 < 88 THEN 'municipal' ELSE 'other' END AS destination,
  CAST(hash(id + 9) % 16 AS INTEGER) AS reason
FROM entry WHERE referred;
"""


class Bench:
    """A démarche of eleven years, in DuckDB and in our database."""

    def __init__(self, entries: int) -> None:
        # Tables as the models say, without playing every migration again: that takes longer than the measures.
        settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
        self.entries = entries
        self.today = timezone.localdate()
        self.start = date(self.today.year - YEARS + 1, 1, 1)
        self.duck = duckdb.connect()
        self.duck.execute("SET threads = 2")
        days = (self.today - self.start).days + 1
        self.duck.execute(MADE.format(n=entries, start=self.start, days=days, towns=TOWNS, workers=WORKERS))
        self._people()

    def _people(self) -> None:
        region = Region.objects.create(code="98", name="Région d’essai")
        mrcs = [Mrc.objects.create(code=f"9{n:02}", name=f"MRC {n}", region=region) for n in range(10)]
        self.towns = [
            Municipality.objects.create(code=f"98{n:03}", name=f"Ville {n}", region=region, mrc=mrcs[n % 10])
            for n in range(TOWNS)
        ]
        self.space = Space.objects.create(name="Grande région", slug="grande", kind="table")
        self.edition = Edition.objects.create(code="bench", name="Listes", starts_on=date(2000, 1, 1))
        for kind, codes in (("clientele", CLIENTELES), ("activity", ACTIVITIES), ("reason", REASONS)):
            for bit, code in enumerate(codes):
                Term.objects.create(edition=self.edition, kind=kind, code=code, bit=bit, position=bit, label=code)
        self.reasons = list(Term.objects.filter(kind="reason").order_by("bit").values_list("pk", flat=True))
        people = Person.objects.bulk_create(Person(given_name="P", family_name=str(n)) for n in range(WORKERS))
        members = Membership.objects.bulk_create(
            Membership(space=self.space, person=person, role="worker") for person in people
        )
        self.workers = Worker.objects.bulk_create(Worker(space=self.space, membership=member) for member in members)
        self.sites = Site.objects.bulk_create(
            Site(space=self.space, name=town.name, municipality=town, sector="office") for town in self.towns
        )

    # --- filling ----------------------------------------------------------------------------------------------------
    def fill(self) -> float:
        """Write the same rows in our database; answers interventions per second, indexes and constraints included."""
        self._lookups()
        start = time.perf_counter()
        for table, columns, select in (("logbook_entry", ENTRY_COLUMNS, self._entries()), self._referrals()):
            if connection.vendor == "postgresql":
                self._copy(table, columns, select)
            else:
                self._insert(table, columns, select)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        return self.entries / (time.perf_counter() - start)

    def _lookups(self) -> None:
        """What small numbers of the drawing are in our database."""
        self.duck.execute("CREATE TABLE town (n INTEGER, pk BIGINT, mrc BIGINT, site BIGINT)")
        rows = zip(self.towns, self.sites, strict=True)
        self.duck.executemany(
            "INSERT INTO town VALUES (?, ?, ?, ?)",
            [(n, town.pk, town.mrc_id, site.pk) for n, (town, site) in enumerate(rows)],
        )
        self.duck.execute("CREATE TABLE person (n INTEGER, worker BIGINT, member BIGINT)")
        self.duck.executemany(
            "INSERT INTO person VALUES (?, ?, ?)",
            [(n, worker.pk, worker.membership_id) for n, worker in enumerate(self.workers)],
        )
        self.duck.execute("CREATE TABLE why (n INTEGER, pk BIGINT)")
        self.duck.executemany("INSERT INTO why VALUES (?, ?)", list(enumerate(self.reasons)))

    def _entries(self) -> str:
        key = "printf('%032x', e.id)"
        if connection.vendor == "postgresql":
            key = f"CAST(CAST({key} AS UUID) AS VARCHAR)"
        return (
            f"SELECT e.id, '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', {key}, CAST(e.day AS VARCHAR), e.sector, "
            "town.pk, town.mrc, e.kind, e.object, e.clienteles, e.activities, e.minutes, e.people, "
            f"CAST(e.referred AS INTEGER), '', NULL, {self.edition.pk}, town.site, {self.space.pk}, person.worker "
            "FROM entry e JOIN town ON town.n = e.town JOIN person ON person.n = e.worker ORDER BY e.id"
        )

    def _referrals(self) -> tuple[str, str, str]:
        """Every column of a referral: what is not drawn is empty as a new one's."""
        from concertoit.field.logbook.models import Referral

        known = {
            "id": "r.id", "created_at": "'2026-01-01 12:00:00+00'", "updated_at": "'2026-01-01 12:00:00+00'",
            "on": "CAST(r.day AS VARCHAR)", "destination": "r.destination", "state": "'received'",
            "state_at": "'2026-01-01 12:00:00+00'", "author_id": "person.member", "entry_id": "r.entry",
            "main_reason_id": "why.pk", "space_id": str(self.space.pk),
        }  # fmt: skip
        columns = [field.column for field in Referral._meta.concrete_fields]
        rest = {
            field.column: "NULL"
            if field.null
            else str(int(field.default))
            if isinstance(field.default, bool)
            else "''"
            for field in Referral._meta.concrete_fields
        }
        select = ", ".join(known.get(column, rest[column]) for column in columns)
        quoted = ", ".join(f'"{column}"' for column in columns)
        source = "FROM referral r JOIN person ON person.n = r.worker JOIN why ON why.n = r.reason ORDER BY r.id"
        return "logbook_referral", quoted, f"SELECT {select} {source}"

    def _insert(self, table: str, columns: str, select: str) -> None:
        places = ", ".join("?" * (columns.count(",") + 1))
        rows = self.duck.execute(select)
        with connection.cursor() as cursor:
            raw = cursor.cursor
            while batch := rows.fetchmany(50_000):
                with transaction.atomic():
                    raw.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", batch)

    def _copy(self, table: str, columns: str, select: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rows.csv"
            self.duck.execute(f"COPY ({select}) TO '{path}' (FORMAT csv, HEADER false, NULL '\\N')")
            sql = f"COPY {table} ({columns}) FROM STDIN WITH (FORMAT csv, NULL '\\N')"
            with connection.cursor() as cursor, cursor.cursor.copy(sql) as copy, path.open("rb") as stream:
                while block := stream.read(1 << 20):
                    copy.write(block)

    # --- the two ways of counting ------------------------------------------------------------------------------------
    def ours(self, period: Period) -> dict[str, Computed]:
        """Every figure, as the page reads them."""
        found = figures(self.space.pk, [period], Reach(), places=False)[0]
        return compute_all(found.population, words_of(self.space.pk).vocabulary)

    def by_hand(self, period: Period) -> tuple[dict[str, int], dict[tuple[str, int], int]]:
        """The same figures in two passes of DuckDB."""
        asked = f"WHERE day BETWEEN DATE '{period[0]}' AND DATE '{period[1]}'"
        filters = ", ".join(f'count(*) FILTER (WHERE {test}) AS "{name}"' for name, test in FILTERS.items())
        row = self.duck.execute(f"SELECT {filters} FROM entry {asked}").fetchone()
        pairs = self.duck.execute(
            f"SELECT destination, reason, count(*) FROM referral {asked} GROUP BY 1, 2"
        ).fetchall()
        return dict(zip(FILTERS, row or (), strict=True)), {(where, why): count for where, why, count in pairs}

    def bare(self, period: Period) -> None:
        """Our database asked the shortest question about the same rows: how many, and how many carry the union."""
        rows = Entry.objects.filter(space=self.space, on__gte=period[0], on__lte=period[1], deleted_at=None)
        table = Entry._meta.db_table
        sql, params = rows.order_by().values("sector").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT sector, count(*), sum(CASE WHEN clientele_mask & 3 <> 0 THEN 1 ELSE 0 END) FROM {table} "
                f"WHERE {sql.partition(' WHERE ')[2]} GROUP BY sector", params,
            )  # fmt: skip
            cursor.fetchall()

    def agree(self, period: Period) -> None:
        """Both ways give the same numbers. Raises ``AssertionError``."""
        mine, (singles, pairs) = self.ours(period), self.by_hand(period)
        for name, count in singles.items():
            table, _mark, line = name.partition(":")
            assert mine[table].lines.get(line, 0) == count, (name, mine[table].lines.get(line, 0), count)
        for code in ("cisss", "community"):
            lines = mine[f"reasons_{code}"].lines
            theirs = {f"reason{why}": count for (where, why), count in pairs.items() if where == code}
            assert lines == theirs, code


FILTERS = {
    **{f"sectors:{code}": f"sector = '{code}'" for code in ("office", "nonprofit", "coop", "other")},
    **{f"kinds:{code}": f"kind = '{code}'" for code in ("individual", "collective", "partner")},
    **{f"objects:{code}": f"object = '{code}'" for code in ("projects", "association", "committee", "gathering")},
    "referred:yes": "referred",
    "referred_individual:yes": "referred AND kind = 'individual'",
    "youth_families:yes": "clienteles & 3 <> 0",
    **{f"clienteles:{code}": f"clienteles & {1 << bit} <> 0" for bit, code in enumerate(CLIENTELES)},
    **{f"activities:{code}": f"activities & {1 << bit} <> 0" for bit, code in enumerate(ACTIVITIES)},
}


def fastest(*acts: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of the quickest round of each act; they take turns, so that a busy machine is busy for all."""
    taken: list[list[float]] = [[] for _act in acts]
    for _round in range(rounds + 1):
        for place, act in enumerate(acts):
            start = time.perf_counter()
            act()
            taken[place].append((time.perf_counter() - start) * 1000)
    return [min(one[1:]) for one in taken]


def rows_of(entries: int) -> Iterator[dict[str, Any]]:
    """Every measure at one size."""
    bench = Bench(entries)
    size = f"{entries / 1_000_000:g} M"
    yield {"name": f"{size}: rows loaded, indexes included", "value": round(bench.fill()), "unit": "interventions/s"}
    this = bench.today.year
    everything, closed = (bench.start, bench.today), (date(this - 1, 1, 1), date(this - 1, 12, 31))
    current = (date(this, 1, 1), bench.today)
    bench.agree(current)
    yield _against(bench, f"{size}: all figures of this year, nothing kept", current, "")
    start = time.perf_counter()
    months = recount(bench.space.pk)
    taken = time.perf_counter() - start
    yield {
        "name": f"{size}: counting {months} closed months",
        "value": round(entries / taken),
        "unit": "interventions/s",
    }
    for period in (everything, closed, current):
        bench.agree(period)
    yield _against(bench, f"{size}: all figures, eleven years", everything, "≤ 2 times DuckDB")
    yield _against(bench, f"{size}: all figures, a closed year", closed, "≤ 2 times DuckDB")
    yield _against(bench, f"{size}: all figures, this year", current, "≤ 2 times DuckDB")
    yield from _growth(bench, size, current)
    yield _bare(bench, size, everything)
    yield from _writing(bench, size)
    yield from _weight(bench, size, everything)


def _against(bench: Bench, name: str, period: Period, target: str) -> dict[str, Any]:
    value, floor = fastest(lambda: bench.ours(period), lambda: bench.by_hand(period))
    return {
        "name": name, "value": round(value, 1), "unit": "ms", "floor": round(floor, 1),
        "ratio": round(value / floor, 2), "target": target,
    }  # fmt: skip


def _growth(bench: Bench, size: str, current: Period) -> Iterator[dict[str, Any]]:
    """This year, with ten closed years behind it and then with one: the years that are closed cost nothing."""
    ten = fastest(lambda: bench.ours(current))[0]
    with transaction.atomic():
        old = date(bench.today.year - 1, 1, 1)
        Tally.objects.filter(start__lt=old).delete()
        TallyPeriod.objects.filter(start__lt=old).delete()
        one = fastest(lambda: bench.ours(current))[0]
        transaction.set_rollback(True)
    yield {
        "name": f"{size}: this year with ten closed years (floor: with one)", "value": round(ten, 1), "unit": "ms",
        "floor": round(one, 1), "ratio": round(ten / one, 2), "target": "the same",
    }  # fmt: skip


def _bare(bench: Bench, size: str, period: Period) -> dict[str, Any]:
    ours, bare = fastest(lambda: bench.ours(period), lambda: bench.bare(period), rounds=3)
    return {
        "name": f"{size}: all figures, eleven years (floor: two of them by a scan of the same database)",
        "value": round(ours, 1), "unit": "ms", "floor": round(bare, 1), "ratio": round(ours / bare, 2),
    }  # fmt: skip


def _writing(bench: Bench, size: str) -> Iterator[dict[str, Any]]:
    """One intervention at a time, each in its transaction, as phones send them; then a correction of a closed month."""
    site, worker = bench.sites[0], bench.workers[0]
    town = bench.towns[0]

    def write(on: date) -> None:
        with transaction.atomic():
            Entry.objects.create(
                space=bench.space, worker=worker, on=on, site=site, sector="office", municipality_id_then=town.pk,
                mrc_id_then=town.mrc_id, edition=bench.edition, kind="individual", clientele_mask=1, activity_mask=1,
            )  # fmt: skip
            touch(bench.space.pk, on)

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('logbook_entry', 'id'), (SELECT max(id) FROM logbook_entry))"
            )
    for label, on in (("today", bench.today), ("in a closed month", bench.today - timedelta(days=70))):
        start = time.perf_counter()
        for _one in range(300):
            write(on)
        rate = 300 / (time.perf_counter() - start)
        yield {"name": f"{size}: one intervention at a time, {label}", "value": round(rate), "unit": "interventions/s"}
    corrected = (date(bench.today.year, 1, 1), bench.today)
    yield {
        "name": f"{size}: all figures of this year while a month waits", "unit": "ms",
        "value": round(fastest(lambda: bench.ours(corrected))[0], 1),
    }  # fmt: skip
    start = time.perf_counter()
    recount(bench.space.pk)
    yield {
        "name": f"{size}: that month counted again",
        "value": round((time.perf_counter() - start) * 1000),
        "unit": "ms",
    }


def _weight(bench: Bench, size: str, period: Period) -> Iterator[dict[str, Any]]:
    tracemalloc.start()
    bench.ours(period)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    yield {"name": f"{size}: memory of a reading", "value": round(peak / 1e6, 1), "unit": "MB"}
    kept = Tally.objects.order_by().values_list("counts", flat=True)
    yield {"name": f"{size}: kept counts", "value": kept.count(), "unit": "rows"}
    text = sum(len(one) for one in kept.iterator(chunk_size=5000))
    yield {"name": f"{size}: kept counts, their text", "value": round(text / 1e6, 1), "unit": "MB"}
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield {
        "name": f"{size}: the whole process at its highest, DuckDB's data included",
        "value": round(whole),
        "unit": "MB",
    }


def measure() -> list[dict[str, Any]]:
    """One size. ``STATISTICS_ENTRIES`` asks for another one."""
    return list(rows_of(int(os.environ.get("STATISTICS_ENTRIES", ENTRIES))))
