"""Open311 GeoReport v2: services, requests, status, in JSON and XML; a key opens what the same system sent (X6)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from concertoit.field.cases.enums.intake import Problem, ReportState
from concertoit.field.cases.models import HouseholdPerson, Report
from concertoit.front.api.exports.georeport import as_xml
from concertoit.front.api.models import ApiKey
from concertoit.front.api.rules.georeport import BadQuery, attributes, coordinate, list_query
from concertoit.front.api.services import give_key, retire_key
from concertoit.ground.core.errors import DomainError
from tests.front.api import made
from tests.hostile import assert_constant_queries
from tests.personas import Table
from tests.shared_data import shared

NOW = datetime(2026, 5, 12, 12, tzinfo=UTC)
SCHEMAS = "data/open311/schema"


def url(table: Table, name: str, fmt: str = "json", **kwargs: str) -> str:
    return reverse(f"api:{name}", kwargs={"slug": table.space.slug, "fmt": fmt, **kwargs})


def validate(facts: Any, schema: str) -> None:
    """Hold an answer against the JSON schema of the standard."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    folder = shared(SCHEMAS)
    item = json.loads((folder / schema).read_text(encoding="utf-8"))
    for one in facts if isinstance(facts, list) else [facts]:
        jsonschema.validate(one, item, format_checker=jsonschema.FormatChecker())


def test_services_and_their_definition(table: Table) -> None:
    client = Client()
    said = client.get(url(table, "services")).json()
    assert {one["service_code"] for one in said} == set(Problem.values)
    validate(said, "service.json")
    definition = client.get(url(table, "definition", code="mould")).json()
    validate(definition, "service-definition.json")
    tree = ElementTree.fromstring(client.get(url(table, "definition", "xml", code="mould")).content)  # noqa: S314
    assert tree.tag == "service_definition"
    dangers = [one for one in tree.iter("attribute") if one.findtext("code") == "dangers"]
    assert dangers[0].find("values/value/key") is not None
    services = ElementTree.fromstring(client.get(url(table, "services", "xml")).content)  # noqa: S314
    assert [one.tag for one in services] == ["service"] * len(Problem.values)


def test_a_311_sends_a_request_and_follows_it(table: Table) -> None:
    _row, key = made.key(table)
    client, here = Client(), url(table, "requests")
    posted = {
        "api_key": key, "service_code": "cold", "address_string": "1234, rue X, app. 5, Ville d’essai",
        "description": "Il fait 15 degrés.", "lat": "45.5", "long": "-73.5", "first_name": "Odile",
        "last_name": "Introuvable", "phone": "450 555-0142", "attribute[dangers][]": ["no_heat"],
        "attribute[external_id]": "311-998", "media_url": "https://photos.example/1.jpg",
    }  # fmt: skip
    answer = client.post(here, posted)
    assert answer.status_code == 201
    reference = answer.json()[0]["service_request_id"]
    assert "n’a pas donné son accord" in answer.json()[0]["service_notice"]
    assert not HouseholdPerson.objects.exists()
    report = Report.objects.get()
    assert (report.building.line, report.dwelling.unit, report.channel) == ("1234, rue X", "5", "311")
    assert (report.problems, report.dangers, report.sender) == (["cold"], ["no_heat"], "311 d’essai")

    again = client.post(here, posted)
    assert again.json()[0]["service_request_id"] == reference
    assert Report.objects.count() == 1

    one = client.get(url(table, "request", reference=reference), {"api_key": key}).json()
    validate(one, "request.json")
    assert (one[0]["status"], one[0]["service_code"], one[0]["lat"]) == ("open", "cold", 45.5)
    Report.objects.update(state=ReportState.SET_ASIDE, set_aside="elsewhere", decided_at=timezone.now())
    listed = client.get(here, {"api_key": key, "status": "closed"}).json()
    validate(listed, "request.json")
    assert [(row["service_request_id"], row["status_notes"]) for row in listed] == [(reference, "Hors du territoire")]
    assert client.get(here, {"api_key": key, "status": "open"}).json() == []
    token = client.get(url(table, "token", reference=reference), {"api_key": key}).json()
    assert token == [{"service_request_id": reference, "token": reference}]


def test_the_same_facts_in_xml(table: Table) -> None:
    row, key = made.key(table)
    report = made.sent(table, row, description="Mur <noir> & mouillé\x0b")
    answer = Client().get(url(table, "requests", "xml"), headers={"X-Api-Key": key})
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    tree = ElementTree.fromstring(answer.content)  # noqa: S314
    assert tree.tag == "service_requests"
    assert tree.findtext("request/service_request_id") == report.reference
    assert tree.findtext("request/description") == "Mur <noir> & mouillé"


def test_a_contact_with_consent_is_kept_apart(table: Table) -> None:
    _row, key = made.key(table)
    Client().post(
        url(table, "requests"),
        {
            "api_key": key, "service_code": "pests", "address_string": "8, rue Y, Ville d’essai",
            "first_name": "Odile", "phone": "450 555-0142", "attribute[consent]": "oui",
        },
    )  # fmt: skip
    assert HouseholdPerson.objects.get().given_name == "Odile"
    listed = Client().get(url(table, "requests"), {"api_key": key}).content.decode()
    assert "Odile" not in listed
    assert "555-0142" not in listed


def test_another_system_reads_nothing_of_it(table: Table) -> None:
    row, _key = made.key(table)
    report = made.sent(table, row)
    _other, key = made.key(table, "Autre système")
    client = Client()
    assert client.get(url(table, "requests"), {"api_key": key}).json() == []
    assert client.get(url(table, "request", reference=report.reference), {"api_key": key}).status_code == 404
    elsewhere = reverse("api:requests", kwargs={"slug": table.other.slug, "fmt": "json"})
    assert client.get(elsewhere, {"api_key": key}).status_code == 404  # the tool is off there


def test_refusals_are_in_the_format_asked(table: Table) -> None:
    row, key = made.key(table)
    client, here = Client(), url(table, "requests", "xml")
    without = client.get(here)
    assert without.status_code == 403
    tree = ElementTree.fromstring(without.content)  # noqa: S314
    assert (tree.tag, tree.findtext("error/code")) == ("errors", "403")
    for posted, said in (
        ({"service_code": "mould"}, "address_string"),
        ({"service_code": "potholes", "address_string": "1, rue X"}, "service_code"),
        ({"service_code": "mould", "address_string": "1, rue X", "lat": "nan"}, "lat"),
        ({"service_code": "mould", "address_string": "1, rue X", "media_url": "file:///etc/passwd"}, "media_url"),
        ({"service_code": "mould", "address_string": "1, rue X", "description": "x" * 4001}, "description"),
    ):
        answer = client.post(here, {"api_key": key, **posted})
        assert answer.status_code == 400
        assert said in answer.content.decode()
    assert client.get(here, {"api_key": key, "jurisdiction_id": "ailleurs"}).status_code == 404
    assert client.get(here, {"api_key": key, "start_date": "hier"}).status_code == 400
    retire_key(viewer=table.viewer("liaison"), key_id=row.pk)
    assert client.get(here, {"api_key": key}).status_code == 403


def test_a_place_that_cannot_be_read_is_kept_for_a_person(table: Table) -> None:
    _row, key = made.key(table)
    posted = {"api_key": key, "service_code": "other", "address_string": "coin X et Y, Ville d’essai"}
    answer = Client().post(url(table, "requests"), posted)
    assert "complétée par l’équipe" in answer.json()[0]["service_notice"]
    assert Report.objects.get().building is None


def test_keys_are_shown_once_and_kept_as_a_digest(table: Table) -> None:
    client = table.client("liaison")
    here = reverse("api:keys", kwargs={"slug": table.space.slug})
    shown = client.post(here, {"system": "311 de la ville"})
    row = ApiKey.objects.get()
    key = shown.content.decode().split('id="cle">')[1].split("<")[0]
    assert len(key) == 40
    assert key[-4:] == row.ends_with
    assert key not in client.get(here).content.decode()
    assert row.digest != key
    again = client.post(here, {"system": "311 DE LA VILLE"})
    assert again.status_code == 422
    assert "a déjà une clé" in again.content.decode()
    with pytest.raises(DomainError):
        give_key(viewer=table.viewer("liaison"), system="  ")


def test_a_thousand_requests_cost_what_one_costs(table: Table) -> None:
    row, key = made.key(table)
    made.sent(table, row)
    client, here = Client(), url(table, "requests")

    def more() -> None:
        first = Report.objects.get()
        Report.objects.bulk_create(
            Report(
                space=table.space, reference=f"S2026-{n:04d}", code_digest=f"d{n}", channel="311",
                external_system=row.system, received_at=timezone.now(), building=first.building, problems=["mould"],
            )
            for n in range(100, 1099)
        )  # fmt: skip

    assert_constant_queries(more, lambda: client.get(here, {"api_key": key}), at_most=4)
    assert len(client.get(here, {"api_key": key}).json()) == 1000


class TestReading:
    def test_ninety_days_by_default(self) -> None:
        asked = list_query({}, NOW)
        assert (asked.since, asked.statuses, asked.page_size) == (NOW - timedelta(days=90), {"open", "closed"}, 1000)

    def test_one_date_gives_the_other(self) -> None:
        asked = list_query({"start_date": "2026-01-01T00:00:00Z"}, NOW)
        assert asked.until == asked.since + timedelta(days=90)
        assert list_query({"end_date": "2026-01-01T00:00:00-05:00"}, NOW).until.hour == 0

    @pytest.mark.parametrize(
        "values",
        [
            {"start_date": "2026-01-01", "end_date": "2025-01-01"}, {"status": "open,unknown"}, {"page": "0"},
            {"start_date": "2020-01-01", "end_date": "2026-01-01"}, {"page_size": "dix"}, {"page": "²"},
        ],
    )  # fmt: skip
    def test_what_cannot_be_read_is_refused(self, values: dict[str, str]) -> None:
        with pytest.raises(BadQuery):
            list_query(values, NOW)

    def test_attributes(self) -> None:
        found = attributes([("attribute[unit]", ["5"]), ("attribute[dangers][]", ["a", " "]), ("attribute[", ["x"])])
        assert found == {"unit": ["5"], "dangers": ["a"]}

    @given(st.text(max_size=30))
    def test_a_coordinate_is_a_number_in_its_range_or_refused(self, text: str) -> None:
        try:
            number = coordinate({"lat": text}, "lat", 90)
        except BadQuery:
            return
        assert number is None or -90 <= number <= 90

    @given(st.text(max_size=60))
    def test_any_text_makes_well_formed_xml(self, text: str) -> None:
        ElementTree.fromstring(as_xml([{"description": text}], "requests", "request"))  # noqa: S314
