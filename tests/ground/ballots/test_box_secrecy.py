"""Nothing links a ballot to an elector: not the tables, the journal, a backup, the logs, nor the order of anything."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections, models
from django.test import Client
from django.urls import reverse

from concertoit.ground.audit.models import Entry
from concertoit.ground.ballots.models import Ballot, Elector
from concertoit.ground.ballots.services import box as boxes
from concertoit.ground.ballots.services import voting
from concertoit.ground.core.errors import DomainError
from tests.ground.ballots.made import codes, opened
from tests.personas import Table
from tests.template_database import template

on_postgresql = pytest.mark.skipif(
    "postgres" not in os.environ.get("CONCERTOIT_DATABASE", ""), reason="asks PostgreSQL's hidden columns and locks"
)


def fields(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields()}


class TestTables:
    def test_a_ballot_is_a_random_id_its_box_and_choices(self) -> None:
        """Facts, section 1: no foreign key to the elector, no time, no address, no history, no edit."""
        assert fields(Ballot) == {"id", "box", "choices"}
        assert isinstance(Ballot._meta.pk, models.UUIDField)

    def test_the_register_has_no_time(self) -> None:
        timed = [
            field.name for field in Elector._meta.fields if isinstance(field, models.DateField | models.TimeField)
        ]
        assert timed == []

    def test_nothing_else_points_at_a_ballot_or_at_an_elector(self) -> None:
        for model in (Ballot, Elector):
            assert not model._meta.related_objects
        pointing = {
            f"{model._meta.label}.{field.name}"
            for model in (Ballot, Elector)
            for field in model._meta.fields
            if field.is_relation
        }
        assert pointing == {"ballots.Ballot.box", "ballots.Elector.box", "ballots.Elector.space"}


def vote_in_order(table: Table, count: int) -> list[str]:
    """Each elector signs their ballot by what they choose; answers the choices in the order of the votes."""
    keys = [format(number, "03d") for number in range(count + 1)]
    options = [boxes.Option(key, f"Nom {key}") for key in keys]
    box = opened(table, electors=count, options=options, max_choices=1)
    for key, (_elector, code) in zip(keys, codes(table, box), strict=False):
        voting.cast(code=code, choices=[key])
    return keys[:count]


def rows_as_stored() -> list[tuple[str, ...]]:
    """Ballots as the file has them: by the hidden number of the row, or by its place on the disk."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT choices, id FROM ballots_ballot ORDER BY {place}")  # noqa: S608 - two words of ours
        return [tuple(map(str, row)) for row in cursor.fetchall()]


def inversions(order: list[str]) -> int:
    return sum(one > other for place, one in enumerate(order) for other in order[place + 1 :])


class TestOrder:
    COUNT = 40

    def test_neither_the_row_number_nor_the_id_tells_who_came_first(self, table: Table) -> None:
        """SQLite numbers rows as they come; the box is stirred at each ballot so that it says nothing."""
        voted = vote_in_order(table, self.COUNT)
        stored = rows_as_stored()
        by_row = [json.loads(choices)[0] for choices, _id in stored]
        by_id = [json.loads(choices)[0] for choices, _id in sorted(stored, key=lambda row: row[1])]
        assert sorted(by_row) == voted
        most = self.COUNT * (self.COUNT - 1) // 2
        for order in (by_row, by_id):  # 390 of 780 on average, ±91 by chance: within one chance in fifty thousand
            assert most * 0.25 < inversions(order) < most * 0.75

    def test_the_newest_ballot_may_be_anywhere(self, table: Table) -> None:
        """Also between two votes: whoever looks at the table then does not find the newest at the end."""
        options = [boxes.Option(format(number, "03d"), f"Nom {number}") for number in range(41)]
        box = opened(table, electors=40, options=options, max_choices=1)
        at_the_end = 0
        for number, (_elector, code) in enumerate(codes(table, box)):
            voting.cast(code=code, choices=[format(number, "03d")])
            newest = json.loads(rows_as_stored()[-1][0])[0]
            at_the_end += number >= 5 and newest == format(number, "03d")
        assert at_the_end < 15, "two or three times by chance, thirty-five if rows were only added"

    def test_ids_are_renewed_at_each_vote(self, table: Table) -> None:
        """Two looks at the table do not recognise a ballot by its id."""
        people = codes(table, opened(table))
        voting.cast(code=people[0][1], choices=["aa"])
        before = set(Ballot.objects.values_list("pk", flat=True))
        voting.cast(code=people[1][1], choices=["aa"])
        assert not before & set(Ballot.objects.values_list("pk", flat=True))

    @on_postgresql
    @pytest.mark.django_db(transaction=True)
    def test_the_hidden_transaction_of_rows_joins_nothing(self, table: Table) -> None:
        """A strike and a ballot written together share ``xmin``: every ballot has the one of the last vote."""
        vote_in_order(table, 8)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM ballots_ballot")
            assert cursor.fetchone() == (1,)
            cursor.execute(
                "SELECT count(*) FROM ballots_ballot b JOIN ballots_elector e ON b.xmin = e.xmin GROUP BY e.id"
            )
            joined = [count for (count,) in cursor.fetchall()]
        assert joined == [8]  # the last strike is beside all eight ballots: it tells nothing


class TestAround:
    def test_the_journal_says_nothing_of_votes(self, table: Table) -> None:
        people = codes(table, opened(table))
        before = Entry.objects.count()
        voting.cast(code=people[0][1], choices=["aa"])
        assert Entry.objects.count() == before

    def test_the_code_is_nowhere(self, table: Table) -> None:
        code = codes(table, opened(table))[0][1]
        bare = code.replace("-", "")
        for text in (dumped(), *(str(one) for one in Entry.objects.values())):
            assert code not in text
            assert bare not in text

    def test_a_backup_holds_no_link(self, table: Table) -> None:
        """The portable backup: lines of ballots say an id, a box and choices; of electors, no choice, no time."""
        voted = vote_in_order(table, 12)
        lines = [json.loads(line) for line in dumped().splitlines()]
        ballots = [line for line in lines if line["model"] == "ballots.ballot"]
        electors = [line for line in lines if line["model"] == "ballots.elector"]
        assert sorted(line["fields"]["choices"][0] for line in ballots) == voted
        assert all(set(line["fields"]) == {"box", "choices"} for line in ballots)
        assert len(electors) == 12
        said = {str(value) for line in electors for value in line["fields"].values()}
        identifiers = {str(line["pk"]) for line in ballots}
        everything_else = "".join(json.dumps(line) for line in lines if line["model"] != "ballots.ballot")
        assert not said & identifiers
        assert not any(identifier in everything_else for identifier in identifiers)

    def test_the_page_logs_no_choice(self, table: Table, caplog: pytest.LogCaptureFixture) -> None:
        address = reverse("ballots:vote", kwargs={"code": codes(table, opened(table))[0][1]})
        with caplog.at_level(logging.DEBUG):
            answer = Client().post(address, {"choices": ["cc"], "quoi": "deposer"})
        assert answer.status_code == 302
        # The statements of the database are logged by developers only, where DEBUG is on.
        said = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
        assert not any(re.search(r"\bcc\b|Sara", line) for line in said)
        assert "cc" not in answer["Location"].split("/")

    def test_closing_forgets_the_codes_and_gives_one_time_to_all(self, table: Table) -> None:
        box = opened(table)
        for _elector, code in codes(table, box)[:4]:
            voting.cast(code=code, choices=["aa"])
        boxes.close_box(viewer=table.viewer("coordinator"), box=box)
        assert not Elector.objects.exclude(code_digest=None).exists()


def dumped() -> str:
    """What the portable backup writes (``ground/core/backups.py``)."""
    from io import StringIO

    out = StringIO()
    call_command("dumpdata", format="jsonl", stdout=out)
    return out.getvalue()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_submissions_make_one_ballot(table: Table) -> None:
    """Threads with connections of their own, all at the same moment, on PostgreSQL."""
    people = codes(table, opened(table, electors=4))
    barrier, refused = threading.Barrier(12), []

    def submit(code: str) -> None:
        barrier.wait()
        try:
            voting.cast(code=code, choices=["aa"])
        except DomainError as error:
            refused.append(str(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=submit, args=(code,)) for _elector, code in people[:3] for _turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Ballot.objects.count() == 3
    assert Elector.objects.filter(state="voted").count() == 3
    assert len(refused) == 9


PROGRAM = """
import sys, time
import django
django.setup()
from concertoit.ground.ballots.services import voting
from concertoit.ground.core.errors import DomainError
while time.time() < float(sys.argv[2]):
    pass
try:
    voting.cast(code=sys.argv[1], choices=["aa"])
    print("dans l'urne")
except DomainError:
    print("déjà")
"""
PREPARE = """
import sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from concertoit.ground.ballots.models import Box, Elector
from concertoit.ground.ballots.services.voting import digest_of
from concertoit.ground.spaces.models import Space
space = Space.objects.create(name="Essai", slug="essai")
options = [{"key": "aa", "label": "A", "detail": ""}, {"key": "bb", "label": "B", "detail": ""}]
box = Box.objects.create(space=space, title="Essai", state="open", options=options, channels=["online"])
Elector.objects.create(space=space, box=box, number=1, name="Ana", folded="ana|", code_digest=digest_of(sys.argv[1]))
"""
COUNT = """
import django
django.setup()
from concertoit.ground.ballots.models import Ballot, Elector
print(Ballot.objects.count(), Elector.objects.filter(state="voted").count())
"""


def test_two_processes_at_the_same_moment_make_one_ballot(tmp_path: Path) -> None:
    """Real processes on one embedded database, as two phones behind two workers."""
    import time

    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "concertoit.config.settings", "CONCERTOIT_DATA": str(tmp_path),
        "CONCERTOIT_DATABASE": f"sqlite:///{tmp_path}/db.sqlite3", "CONCERTOIT_SECRET_KEY": "tests-only",
    }  # fmt: skip
    root = Path(__file__).resolve().parents[3]

    def run(program: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", program, *arguments], env=environment, cwd=root, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    if template().exists():  # else it is migrated, which takes longer
        shutil.copy(template(), tmp_path / "db.sqlite3")
    code = voting.new_code()
    prepare = run(PREPARE, code)
    _out, problem = prepare.communicate(timeout=120)
    assert prepare.returncode == 0, problem[-2000:]
    moment = str(time.time() + 5)
    both = [run(PROGRAM, code, moment) for _turn in range(2)]
    said = sorted(process.communicate(timeout=60)[0].strip() for process in both)
    assert said == ["dans l'urne", "déjà"]
    assert run(COUNT).communicate(timeout=60)[0].split() == ["1", "1"]
    shutil.rmtree(tmp_path, ignore_errors=True)
