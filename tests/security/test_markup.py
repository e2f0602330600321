"""What people write is text everywhere: on every page, in attributes, in drawings, in letters and in tables."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from concertoit.ground.core.jobs import registry
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.spaces.services import InvitationFacts, invite
from concertoit.ground.ui.text import markdown
from concertoit.together.plans.exports import to_csv
from concertoit.together.plans.models import NodeActor
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.services import comments, followup
from tests.permissions import ROWS, YES
from tests.personas import Table
from tests.test_permissions import address

EVIL = "\"'><svg/onload=x>{{7*7}}&lt;b"


class Scripts(HTMLParser):
    """What a browser would run in a page: attributes of events, and addresses that are scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            where = (value or "").strip().lower()
            if name.startswith("on") or "<" in name or where.startswith(("javascript:", "data:text", "vbscript:")):
                self.found.append(f"<{tag} {name}={value}>")


def runs(html: str) -> list[str]:
    """What of a page would run."""
    reader = Scripts()
    reader.feed(html)
    return reader.found


@pytest.fixture
def evil(table: Table) -> Table:
    """Everything that has a name bears a bad one, and everything that is said says it."""
    for row in (
        table.x,
        table.y,
        table.coco,
        table.plenary,
        table.committee,
        table.priority,
        table.space,
        table.other,
    ):
        _rename(row, "name", "mandate", "mission", "short_name", "narrative", "funder_name")
    for person in table.people.values():
        _rename(person, "given_name", "family_name")
    for user in table.users.values():
        _rename(user, "name")
    _rename(table.plan, "title")
    for version in (table.version, table.draft):
        version.nodes.update(title=EVIL, description=EVIL, group=EVIL, period_written=EVIL, written=EVIL[:20])
        NodeActor.objects.filter(version=version).update(name=EVIL, precision=EVIL)
    viewer = table.viewer("coordinator")
    followup.add_note(viewer=viewer, item_id=table.action.pk, body=f"{EVIL} [a](javascript:x) <b onclick=x>b</b>")
    comments.add_comment(viewer=viewer, item_id=table.action.pk, body=EVIL)
    table.space.is_public = True
    table.space.save()
    return table


def _rename(row: Any, *names: str) -> None:
    for name in names:
        if hasattr(row, name):
            setattr(row, name, EVIL)
    row.save()


@pytest.mark.once
def test_no_page_runs_what_people_write(evil: Table) -> None:
    wrong = []
    for row in ROWS:
        if not row.read:
            continue
        # Pages of the field are read by its team.
        client = evil.client("coordinator" if row.read.answers["coordinator"] == YES else "liaison")
        with transaction.atomic():
            where = address(row, evil)
            response = client.get(where)
            html = response.headers.get("Content-Type", "").startswith("text/html")
            text = response.content.decode() if html and not response.streaming else ""
            transaction.set_rollback(True)
        wrong += [f"{where}: {one}" for one in runs(text)]
    assert wrong == []


def test_letters_run_nothing(evil: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_periodic", {})
    invite(viewer=evil.viewer("coordinator"), facts=InvitationFacts(email="invitee@exemple.test", message=EVIL))
    work(once=True)
    letter: Any = mail.outbox[-1]
    assert "\n" not in letter.subject
    html = str(letter.alternatives[0][0])
    assert EVIL not in html
    assert runs(html) == []


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))", "[a](data:text/html,x)", "<a href=x onclick=y>", "![x](https://mechant.example/p.png)",
        "[a](https://x.example\" onmouseover=\"y)", "<https://x.example/\"onload=y>", "[a]: javascript:x\n\n[a]",
    ],
)  # fmt: skip
def test_markdown_opens_no_script(text: str) -> None:
    html = str(markdown(text))
    assert runs(html) == []
    assert "<img" not in html


def test_the_reader_knows_a_script() -> None:
    assert len(runs('<a href=" JavaScript:x">a</a><svg onload=x /><p>onclick=y javascript:</p>')) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_cell_is_a_formula(table: Table, start: str) -> None:
    """In every file that a spreadsheet opens."""
    table.version.nodes.update(title=f"{start}HYPERLINK(1)", description=f"{start}1")
    table.x.name = f"{start}1"
    table.x.save()
    client, slug = table.client("coordinator"), table.space.slug
    files = [
        to_csv(document_of(table.version)).decode(),
        client.post(reverse("spaces:participants_file", kwargs={"slug": slug})).content.decode(),
        b"".join(client.get(reverse("spaces:journal_csv", kwargs={"slug": slug})).streaming_content).decode(),  # type: ignore[attr-defined]
    ]
    for file in files:
        delimiter = ";" if ";" in file.splitlines()[0] else ","
        for line in csv.reader(io.StringIO(file.lstrip("\ufeff"), newline=""), delimiter=delimiter):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in line), line
