"""The data of the measures of ``statistics``: a démarche of eleven years, in DuckDB and in our database, and both ways
of counting it.
"""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from concertoit.field.logbook.models import Edition, Entry, Referral, Site, Term, Worker
from concertoit.field.logbook.queries.figures import Reach, figures
from concertoit.field.logbook.queries.figures_words import words_of
from concertoit.field.logbook.rules.statistics import Computed, compute_all
from concertoit.ground.identity.models import Person
from concertoit.ground.places.models import Mrc, Municipality, Region
from concertoit.ground.spaces.models import Membership, Space

YEARS, WORKERS, TOWNS = 11, 400, 60
CLIENTELES = ("youth", "families", "elders", "alone", "newcomers", "disabled", "indigenous", "other")
ACTIVITIES = tuple(f"activity{bit}" for bit in range(11))
REASONS = tuple(f"reason{place}" for place in range(16))
Period = tuple[date, date]

NOW = "'2026-01-01 12:00:00+00'"
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
        for table, columns, select in (self._entries(), self._referrals()):
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

    def _entries(self) -> tuple[str, str, str]:
        key = "printf('%032x', e.id)"
        if connection.vendor == "postgresql":
            key = f"CAST(CAST({key} AS UUID) AS VARCHAR)"
        drawn = {
            "id": "e.id", "client_id": key, "on": "CAST(e.day AS VARCHAR)", "sector": "e.sector", "kind": "e.kind",
            "municipality_id_then": "town.pk", "mrc_id_then": "town.mrc", "collective_object": "e.object",
            "clientele_mask": "e.clienteles", "activity_mask": "e.activities", "minutes": "e.minutes",
            "people": "e.people", "referred": "CAST(e.referred AS INTEGER)", "edition_id": str(self.edition.pk),
            "site_id": "town.site", "space_id": str(self.space.pk), "worker_id": "person.worker",
        }  # fmt: skip
        source = "FROM entry e JOIN town ON town.n = e.town JOIN person ON person.n = e.worker ORDER BY e.id"
        return _written(Entry, drawn, source)

    def _referrals(self) -> tuple[str, str, str]:
        drawn = {
            "id": "r.id", "on": "CAST(r.day AS VARCHAR)", "destination": "r.destination", "state": "'received'",
            "state_at": NOW, "author_id": "person.member", "entry_id": "r.entry", "main_reason_id": "why.pk",
            "space_id": str(self.space.pk),
        }  # fmt: skip
        source = "FROM referral r JOIN person ON person.n = r.worker JOIN why ON why.n = r.reason ORDER BY r.id"
        return _written(Referral, drawn, source)

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
        """Both ways give the same numbers, line by line and whole by whole. Raises ``AssertionError``."""
        mine, (singles, pairs) = self.ours(period), self.by_hand(period)
        theirs: dict[str, dict[str, int]] = {}
        for name, count in singles.items():
            table, _mark, line = name.partition(":")
            theirs.setdefault(table, {})[line] = count
        every = sum(theirs["sectors"].values())
        individual, collective = theirs["kinds"]["individual"], theirs["kinds"]["collective"]
        totals = dict.fromkeys(theirs, every) | {"referred_individual": individual, "objects": collective}
        for table in ("referred", "referred_individual", "youth_families"):
            theirs[table]["no"] = totals[table] - theirs[table]["yes"]
        for (where, why), count in pairs.items():
            for table, line in (("destinations", where), (f"reasons_{where}", f"reason{why}")):
                if table in mine:
                    lines = theirs.setdefault(table, {})
                    lines[line] = lines.get(line, 0) + count
                    totals[table] = totals.get(table, 0) + count
        assert set(theirs) == set(mine), "every definition is compared"
        for table, computed in mine.items():
            assert computed.total == totals[table], (table, computed.total, totals[table])
            found = {line: count for line, count in computed.lines.items() if count}
            assert found == {line: count for line, count in theirs[table].items() if count}, table


def _written(model: type[Model], drawn: dict[str, str], source: str) -> tuple[str, str, str]:
    """A table, its columns and the query that fills them: what is not drawn is empty, as in a new row."""
    known = {"created_at": NOW, "updated_at": NOW} | drawn
    fields = {str(field.column): field for field in model._meta.concrete_fields}
    assert set(known) <= set(fields), "columns that the model has no more"
    empty = {
        name: "NULL" if field.null else "''"
        for name, field in fields.items()
        if field.null or field.empty_strings_allowed
    }
    select = ", ".join(known.get(name) or empty[name] for name in fields)
    return model._meta.db_table, ", ".join(f'"{name}"' for name in fields), f"SELECT {select} {source}"


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
