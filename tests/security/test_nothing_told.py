"""Words that must not reach somebody, looked for on every page and in every file that this person may open."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse

from concertoit.ground.audit.models import Entry
from concertoit.ground.identity.services import save_personal_data
from concertoit.ground.search.models import Document
from concertoit.together.plans.models import NodeActor, NodeLink, PlanSection
from concertoit.together.plans.rules.document import SectionKind
from concertoit.together.plans.services.indexing import index_plan
from tests.permissions import ROWS
from tests.personas import VISITOR, Table
from tests.test_permissions import address

pytestmark = pytest.mark.once
SECRET = "Zanzibarine"
PERSONAL = ("secret@maison.test", "450 555-0199", "12, rue Cachée", "Besoin discret")
QUIET = ("partner", "observer", VISITOR)


def _text(response: HttpResponseBase) -> str:
    """What a page says, or a file: archives (Word, Excel) are opened, and PDF are left to their own tests."""
    content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


def _addresses(table: Table, words: tuple[str, ...], apart: str, rooms: str) -> list[Callable[[], str]]:
    """Every address that is read, each made when it is asked: making one may change the démarche."""
    slug = table.space.slug
    rows = [
        row for row in ROWS if row.read and row.name.startswith(rooms) and not (apart and row.name.startswith(apart))
    ]
    asked: list[Callable[[], str]] = [partial(address, row, table) for row in rows]
    # The page repeats the question: it is asked without its last letter.
    plain = {reverse("search:results") + f"?q={word[:-1]}" for word in words}
    plain |= {
        reverse(name, kwargs={"slug": slug}) + "?version=2"
        for name in ("plans:plan", "plans:gantt", "plans:board", "plans:links", "plans:actors", "plans:budget")
    }
    plain |= {
        reverse("plans:export_file", kwargs={"slug": slug, "extension": extension}) + query
        for extension in ("json", "csv", "xlsx", "docx")
        for query in ("", "?version=2")
    }
    plain.add(reverse("plans:compare", kwargs={"slug": slug}) + "?de=1&a=2")
    plain.add(reverse("audit:history", kwargs={"object_type": "plans.item", "object_id": table.action.pk}))
    plain.add(
        reverse("audit:history", kwargs={"object_type": "identity.person", "object_id": table.person("partner").pk})
    )
    return asked + [partial(str, one) for one in sorted(plain)]


def _seen(table: Table, key: str, words: tuple[str, ...], *, apart: str = "", rooms: str = "") -> list[str]:
    """Addresses on which this person reads one of the words; the search is asked for each.

    ``apart``: addresses of this room are not asked. ``rooms``: only those of this one are.
    """
    found = []
    client = table.client(key)
    for make in _addresses(table, words, apart, rooms):
        with transaction.atomic():
            one = make()
            text = _text(client.get(one))
            transaction.set_rollback(True)
        if any(word in text for word in words):
            found.append(one)
    return found


@pytest.fixture
def draft(table: Table) -> None:
    """What only the draft says, in every field that people write."""
    table.draft.nodes.update(title=SECRET, description=SECRET, group=SECRET, period_written=SECRET)
    node = table.drafted("action")
    NodeActor.objects.filter(version=table.draft).update(name=SECRET, precision=SECRET)
    NodeLink.objects.create(space=table.space, version=table.draft, node=node, target_written=SECRET, note=SECRET)
    PlanSection.objects.create(
        space=table.space, version=table.draft, kind=SectionKind.OTHER, heading=SECRET, body=SECRET
    )
    index_plan(table.plan)


@pytest.mark.parametrize("key", QUIET)
def test_a_draft_is_told_to_those_who_prepare_it_only(table: Table, draft: None, key: str) -> None:
    # A review, a form or a consent round that was opened on the draft shows it: opening is the choice to show.
    assert _seen(table, key, (SECRET,), apart="decisions:") == []


def test_the_sweep_finds_what_is_there(table: Table, draft: None) -> None:
    seen = _seen(table, "coordinator", (SECRET,), rooms="plans:")
    assert any("version=2" in one for one in seen)
    assert any("plan.docx" in one for one in seen)


@pytest.fixture
def personal(table: Table) -> None:
    email, phone, home, needs = PERSONAL
    save_personal_data(
        actor=table.user("coordinator"), person=table.person("partner"), space_id=table.space.pk,
        email=email, phone=phone, address=home, needs=needs, purpose="Joindre",
    )  # fmt: skip


@pytest.mark.parametrize("key", ["coordinator", "observer"])
def test_personal_data_is_on_no_page_that_is_only_read(table: Table, personal: None, key: str) -> None:
    assert _seen(table, key, PERSONAL) == []


def test_personal_data_is_in_no_journal_and_no_index(table: Table, personal: None) -> None:
    for entry in Entry.objects.all():
        said = f"{entry.before} {entry.after} {entry.note} {entry.object_label}"
        assert not any(word in said for word in PERSONAL), entry
    for document in Document.objects.all():
        assert not any(word in f"{document.title} {document.body}" for word in PERSONAL)
