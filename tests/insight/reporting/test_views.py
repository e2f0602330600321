"""Filing in the browser: the form of today, the filings made, frozen and verified."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from concertoit.together.plans.models import Filing, PlanNode, PlanVersion
from concertoit.together.plans.services import versions
from tests.hostile import assert_constant_queries
from tests.personas import Table
from tests.together.plans.exchanged import filing_of

pytestmark = pytest.mark.django_db

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def url(table: Table, name: str, **kwargs: Any) -> str:
    return reverse(f"reporting:{name}", kwargs={"slug": table.space.slug, **kwargs})


@pytest.mark.parametrize("extension", TYPES)
def test_the_form_as_it_would_be_filed_today(table: Table, extension: str) -> None:
    response = table.client("observer").get(url(table, "form", extension=extension))
    assert response.headers["Content-Type"] == TYPES[extension]
    assert response.headers["Content-Disposition"].endswith(f'.{extension}"')
    assert response.content[:2] in (b"PK", b"%P")


@pytest.mark.parametrize("extension", [*TYPES, "json"])
def test_a_filing_as_it_was_filed(table: Table, extension: str) -> None:
    made = filing_of(table)
    address = url(table, "filing_file", filing_id=made.pk, extension=extension)
    response = table.client("observer").get(address)
    assert response.headers["Content-Type"] == TYPES.get(extension, "application/json")
    if extension == "json":
        assert response.content.decode() == made.snapshot, "byte for byte, so that anybody may verify the hash"


def test_an_unknown_format_is_not_found(table: Table) -> None:
    made = filing_of(table)
    client = table.client("partner")
    assert client.get(url(table, "form", extension="odt")).status_code == 404
    assert client.get(url(table, "filing_file", filing_id=made.pk, extension="odt")).status_code == 404
    assert client.get(url(table, "filing", filing_id=made.pk + 1)).status_code == 404


def test_a_demarche_without_a_plan(table: Table) -> None:
    client = table.client("stranger")
    slug = {"slug": table.other.slug}
    assert client.get(reverse("reporting:filings", kwargs=slug)).status_code == 200
    assert client.get(reverse("reporting:form", kwargs={**slug, "extension": "docx"})).status_code == 404
    assert client.get(reverse("reporting:file", kwargs=slug)).status_code == 200


def test_filing(table: Table) -> None:
    client, address = table.client("coordinator"), url(table, "file")
    data = {"version": table.version.pk, "recipient": "Bailleur d’essai", "filed_on": "2026-05-01", "note": ""}
    assert client.post(address, data | {"filed_on": "2999-01-01"}).status_code == 422
    assert client.post(address, data | {"version": table.draft.pk}).status_code == 422
    assert client.post(address, data | {"recipient": ""}).status_code == 422
    assert not Filing.objects.exists()
    response = client.post(address, data)
    made = Filing.objects.get()
    assert response.headers["Location"] == url(table, "filing", filing_id=made.pk)
    assert made.sha256 in client.get(url(table, "filing", filing_id=made.pk)).content.decode()
    assert "Bailleur d’essai" in client.get(url(table, "filings")).content.decode()


def test_what_was_filed_stays_and_a_change_of_it_is_told(table: Table) -> None:
    made = filing_of(table)
    address = url(table, "filing", filing_id=made.pk)
    PlanNode.objects.filter(version=table.version).update(title="Autre")
    before = table.client("partner").get(address).content.decode()
    Filing.objects.filter(pk=made.pk).update(snapshot=made.snapshot.replace("Axis d’essai", "Autre axe"))
    after = table.client("partner").get(address).content.decode()
    assert "empreinte ne correspond" not in before.casefold()
    assert before != after


def test_a_draft_is_the_form_of_those_who_prepare_it_only(table: Table) -> None:
    PlanNode.objects.filter(version=table.draft).update(title="Secret")
    client = table.client("partner")
    text = client.get(reverse("plans:export_file", args=[table.space.slug, "json"])).content.decode()
    assert "Secret" not in text
    PlanVersion.objects.filter(pk=table.version.pk).update(state="archived")
    assert client.get(url(table, "form", extension="docx")).status_code == 200


def test_the_list_costs_the_same_with_more_filings(table: Table) -> None:
    made = filing_of(table)

    def more() -> None:
        for _ in range(10):
            made.pk = None
            made.save()

    client = table.client("partner")
    assert_constant_queries(more, lambda: client.get(url(table, "filings")), at_most=12)


def test_before_there_is_a_plan_the_form_says_how_to_begin(table: Table) -> None:
    page = table.client("stranger").get(reverse("reporting:file", kwargs={"slug": table.other.slug}))
    assert page.status_code == 200
    assert "Importer un document" in page.content.decode()


def test_a_plan_of_which_nothing_is_in_force_says_so(table: Table) -> None:
    versions.abandon_draft(viewer=table.viewer("coordinator"), version=table.draft)
    PlanVersion.objects.filter(pk=table.version.pk).update(state="draft")
    page = (
        table.client("coordinator").get(reverse("reporting:file", kwargs={"slug": table.space.slug})).content.decode()
    )
    assert "Rien n’est encore en vigueur" in page
    assert 'name="recipient"' not in page
