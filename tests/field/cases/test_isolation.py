"""A partner before acceptance sees no identity anywhere: pages, lists, exports, e-mails, notices, search, journal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from concertoit.field.cases import urls as cases_urls
from concertoit.field.cases.models import Case, IdentityLook
from concertoit.field.cases.services import assigning, closing, orders
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.models import Job
from concertoit.ground.notifications.models import Notice
from concertoit.ground.search.models import Document
from tests.field.cases import made_work as made
from tests.personas import MEMBERS, Table

WORDS = (made.NAME, made.FAMILY, made.PHONE, made.EMAIL, made.PHONE.replace(" ", ""), "zephirine.qc")
UNIT = "app. 5"


def says(text: str) -> list[str]:
    """The words of the household that a text says."""
    return [word for word in WORDS if word.casefold() in text.casefold()]


def body(response: HttpResponseBase) -> str:
    content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    return content.decode(errors="replace") + str(response.headers)


def names() -> Iterator[URLPattern]:
    """Every address of the room."""

    def walk(patterns: Any) -> Iterator[URLPattern]:
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns)
            else:
                yield one

    yield from walk(cases_urls.urlpatterns)


def told(table: Table) -> Case:
    """A case whose every free text says who lives there, asked of the responder's organisation."""
    case = made.named_case(table)
    who = f"{made.NAME} {made.FAMILY}, {made.PHONE}, {made.EMAIL}"
    made.visit_of(table, case, note=f"Chez {who}")
    made.order_of(table, case, text=f"Adressé à {who}")
    made.owner_of(table, case, note=f"Connaît {who}")
    made.accepted(table, case, organisation="x", competence="fire", ask="Visiter")
    closing.move_case(viewer=table.viewer("liaison"), case=case, to="made_safe", words=f"{who} a quitté la chambre")
    return Case.objects.get(pk=case.pk)


def addresses(table: Table, case: Case, assignment_id: int) -> list[str]:
    """Every address of the room with what this case can fill it with."""
    known: dict[str, Any] = {
        "slug": table.space.slug, "reference": case.reference, "assignment_id": assignment_id,
        "visit_id": case.visits.get().pk, "order_id": case.orders.get().pk, "building_id": case.building_id,
        "owner_id": 1, "member_id": 1, "mandate_id": 1, "code": "summary", "state": "active", "extension": "csv",
        "household_id": case.household_id, "person_id": 1, "token": "x",
    }  # fmt: skip
    found = []
    for pattern in names():
        wanted = pattern.pattern.converters
        kwargs = {name: known.get(name, 1) for name in wanted}
        try:
            found.append(reverse(f"cases:{pattern.name}", kwargs=kwargs or None))
        except NoReverseMatch:
            continue
    return found


@pytest.mark.django_db(transaction=False)
class TestBeforeAccepting:
    def test_no_address_of_the_room_names_anybody(self, table: Table) -> None:
        case = told(table)
        row = made.asked(table, case)
        client = table.client("responder")
        found = addresses(table, case, row.pk)
        assert len(found) > 40
        for url in found:
            shown = body(client.get(url))
            assert not says(shown), url
        page = body(client.get(reverse("cases:case", kwargs={"slug": table.space.slug, "reference": case.reference})))
        assert case.reference in page
        assert UNIT not in page, "the number of the dwelling neither"
        assert case.summary not in page

    def test_nor_does_a_refusal_open_anything(self, table: Table) -> None:
        case = told(table)
        row = made.asked(table, case)
        assigning.move(viewer=table.viewer("responder"), assignment=row, to="refused", reason="Hors territoire")
        client = table.client("responder")
        for url in addresses(table, case, row.pk):
            assert not says(body(client.get(url))), url

    def test_exports_list_search_and_desk(self, table: Table) -> None:
        case = told(table)
        made.asked(table, case)
        client, slug = table.client("responder"), table.space.slug
        for url in (
            f"/demarches/{slug}/dossiers/liste.csv", f"/demarches/{slug}/dossiers/liste.xlsx", "/",
            f"/demarches/{slug}/", f"/recherche/?q={made.FAMILY}", f"/demarches/{slug}/journal/",
            f"/demarches/{slug}/dossiers/liste/?q={made.FAMILY}",
        ):  # fmt: skip
            shown = body(client.get(url, follow=True))
            shown = shown.replace(f'value="{made.FAMILY}"', "").replace(f"q={made.FAMILY}", "")
            found = [word for word in says(shown) if word != made.FAMILY or "recherche" not in url]
            assert not found, url

    def test_nothing_that_is_kept_or_sent_names_anybody(
        self, table: Table, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            case = told(table)
            row = made.asked(table, case)
            assigning.send_link(viewer=table.viewer("liaison"), assignment=row, email="quai@exemple.test")
            order = case.orders.get()
            orders.settle(viewer=table.viewer("liaison"), order=order, state="complied")
        for model in (Notice, Document, Entry, Job):
            for one in model._default_manager.order_by("pk"):
                assert not says(str(vars(one))), (model, one)
        for message in mail.outbox:
            assert not says(message.subject + str(message.body))

    def test_the_personal_link_names_nobody(self, table: Table) -> None:
        case = told(table)
        link = assigning.send_link(
            viewer=table.viewer("liaison"), assignment=made.asked(table, case), email="quai@exemple.test"
        )
        page = body(Client().get(reverse("cases:partner_link", kwargs={"token": assigning.token_of(link)})))
        assert case.reference in page
        assert not says(page)
        assert UNIT not in page


class TestAfterAccepting:
    def test_the_partner_reads_the_case(self, table: Table) -> None:
        case = told(table)
        row = made.asked(table, case)
        assigning.move(viewer=table.viewer("responder"), assignment=row, to="in_progress")
        url = reverse("cases:case", kwargs={"slug": table.space.slug, "reference": case.reference})
        page = body(table.client("responder").get(url))
        assert UNIT in page
        assert case.summary in page.replace("&#39;", "'")

    def test_another_partner_still_sees_nothing(self, table: Table) -> None:
        case = told(table)
        made.accepted(table, case)
        other = made.case_of(table, "77, rue Ailleurs, app. 2")
        client = table.client("responder")
        url = reverse("cases:case", kwargs={"slug": table.space.slug, "reference": other.reference})
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("who", [one.key for one in MEMBERS if one.key not in ("liaison", "worker", "responder")])
def test_nobody_else_of_the_demarche_opens_a_case(table: Table, who: str) -> None:
    case = told(table)
    client = table.client(who)
    for url in addresses(table, case, 1):
        shown = body(client.get(url))
        assert not says(shown), url
    assert not IdentityLook.objects.exists()


def test_the_resolver_is_the_one_of_the_site() -> None:
    """The walk above would prove nothing of addresses that are not served."""
    assert get_resolver().namespace_dict["cases"]
