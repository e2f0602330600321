"""No page offers what it does not open: links of the pages of a démarche are followed, as the people who read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urldefrag, urlsplit

import lxml.html
import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from jinja2 import Template

from concertoit.ground.audit import services
from concertoit.ground.audit.models import Entry
from concertoit.ground.audit.policies import object_type, object_types
from concertoit.ground.spaces.enums import Capacity, Role
from concertoit.ground.spaces.models import Membership
from tests.field.cases import made_intake, made_work
from tests.field.directory import made as made_directory
from tests.field.logbook import made as made_logbook
from tests.field.logbook import made_referrals
from tests.field.participation import made as made_participation
from tests.field.small_works import made as made_works
from tests.personas import Table

pytestmark = pytest.mark.once

DESK = "/"
# Beside the pages of the rail; to these everything that is decided leads.
ALSO = ("spaces:home", "decisions:home", "decisions:consent_list", "decisions:deposits")
MOST = 150  # followed for one person: a page that grows must not make this slow
NEVER = {"account_logout"}


def filled(table: Table) -> None:
    """A little of what each room of the field shows."""
    made_work.order_of(table, made_work.named_case(table))
    made_work.accepted(table)
    made_intake.report(table)
    made_intake.case_list(table)
    made_logbook.entry(table)
    made_directory.service_of(table)
    made_referrals.one(table)
    made_works.received(table)
    made_participation.association_of(table)


def written_of_everything(table: Table) -> list[Entry]:
    """A line of the journal for every kind of object that has a history; the objects themselves are gone."""
    with transaction.atomic():
        return [
            services.record(
                actor=table.user("coordinator"), verb="essai", object_type=kind.code, object_id=990_000,
                object_label=kind.code, space_id=table.space.pk,
            )
            for kind in object_types()
        ]  # fmt: skip


def allowed(table: Table, key: str, line: Entry) -> bool:
    kind = object_type(line.object_type)
    return kind is not None and kind.can_view(table.user(key), line)


def read(client: Client, url: str) -> tuple[int, str]:
    """What a person gets who follows a link to its end: the status, and the page when it is one."""
    response = client.get(url, follow=True)
    page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    return response.status_code, response.content.decode() if page else ""


def links(html: str, inside: str = "//body") -> list[str]:
    """Addresses of this site that a page links to, each once, in their order."""
    found: Any = lxml.html.document_fromstring(html).xpath(f"{inside}//a/@href")
    own = (urldefrag(str(one)).url for one in found)
    return list(dict.fromkeys(one for one in own if one.startswith("/") and not one.startswith(("//", "/static/"))))


def one_of_each(urls: Iterable[str]) -> list[str]:
    """One address for each view, and for each kind of object of which there is a history: others differ by a number."""
    kept: dict[object, str] = {}
    for url in urls:
        asked = resolve(urlsplit(url).path)
        if asked.view_name not in NEVER:
            kept.setdefault((asked.view_name, asked.kwargs.get("object_type")), url)
    return list(kept.values())


def dead(client: Client, slug: str) -> list[str]:
    """The links that do not open, from the desk, the home of the démarche and each page of its rail, one level deep."""
    starts = [DESK, *(reverse(name, kwargs={"slug": slug}) for name in ALSO)]
    starts += links(read(client, starts[1])[1], "//nav")
    wrong, offered = [], dict[str, str]()
    for start in dict.fromkeys(starts):
        status, html = read(client, start)
        if status != 200:
            wrong.append(f"{status} {start}")
        for url in links(html) if html else []:
            offered.setdefault(url, start)
    known = {resolve(urlsplit(url).path).view_name for url in starts}
    followed = one_of_each(url for url in offered if resolve(urlsplit(url).path).view_name not in known)
    assert len(followed) <= MOST, f"{len(followed)} links to follow"
    with pytest.MonkeyPatch.context() as patched:
        # Whether a link opens is settled before its page is drawn, which would take half of the time.
        patched.setattr(Template, "render", lambda *_args, **_context: "")
        for url in followed:
            status, _html = read(client, url)
            if status != 200:
                wrong.append(f"{status} {url} (offered by {offered[url]})")
    return wrong


def test_what_a_page_offers_opens(table: Table) -> None:
    filled(table)
    wrong = {key: dead(table.client(key), table.space.slug) for key in ("coordinator", "liaison", "worker", "partner")}
    assert not any(wrong.values()), wrong


def test_what_a_page_offers_opens_in_a_demarche_without_a_plan(table: Table) -> None:
    assert dead(table.client("stranger"), table.other.slug) == []


@pytest.mark.parametrize("key", ["coordinator", "coco"])
def test_the_journal_links_to_the_histories_that_its_reader_may_open(table: Table, key: str) -> None:
    lines = written_of_everything(table)
    journal = reverse("spaces:journal", kwargs={"slug": table.space.slug})
    page = "".join(read(table.client(key), f"{journal}?page={number}")[1] for number in (1, 2))
    offered = {url for url in links(page) if url.startswith("/journal/")}
    opened = {line for line in lines if allowed(table, key, line)}
    assert 0 < len(opened) < len(lines)
    assert offered == {
        reverse("audit:history", kwargs={"object_type": line.object_type, "object_id": line.object_id})
        for line in opened
    }


def test_the_journal_links_to_an_intervention_only_for_who_reads_it(table: Table) -> None:
    """The coordination that also goes into the field: their own interventions, not those of others."""
    Membership.objects.create(
        space=table.space, person=table.person("coordinator"), organisation=table.organisations["home"],
        role=Role.WORKER, capacity=Capacity.WORKER,
    )  # fmt: skip
    own, other = made_logbook.entry(table, "coordinator"), made_logbook.entry(table, "worker")
    page = read(table.client("coordinator"), reverse("spaces:journal", kwargs={"slug": table.space.slug}))[1]
    offered = {url for url in links(page) if "logbook.entry" in url}
    assert offered == {f"/journal/logbook.entry/{own.pk}/"}
    assert read(table.client("coordinator"), f"/journal/logbook.entry/{own.pk}/")[0] == 200
    assert read(table.client("coordinator"), f"/journal/logbook.entry/{other.pk}/")[0] == 404
