"""Records: written, confirmed by the organisation, shown, retired; the list, the finder and the open interface."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concertoit.field.directory.models import Listing, Part, Service
from concertoit.field.directory.queries.bundles import bundle_of, shown
from concertoit.field.directory.queries.records import fresh
from concertoit.field.directory.rules.record import read
from concertoit.field.directory.services import confirming, records
from concertoit.field.logbook.models import Referral
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.core.models import Job
from tests.field.directory import made
from tests.field.logbook import made_referrals
from tests.hostile import assert_constant_queries
from tests.htmx import assert_fragment_is_page
from tests.personas import Table


def form_of(table: Table, **more: object) -> dict[str, object]:
    return {
        "organisation": table.y.pk, "name": "Écoute du soir", "status": "active", "needs": ["crisis"],
        "languages": ["fr", "en"], "phone": "418-555-0199", "street": "1, rue A", "city": "Ville",
        "postal_code": "G0R 1A0",
        "towns": [table.municipality.code], "day_0": "18 h à 22 h", "day_5": "24 h", "documents": "Carte\nBail",
        "is_public": "on", **more,
    }  # fmt: skip


def address(table: Table, name: str, **kwargs: object) -> str:
    return reverse(f"directory:{name}", kwargs={"slug": table.space.slug, **kwargs})


def test_a_service_is_added_then_changed_with_the_form(table: Table) -> None:
    client = table.client("worker")
    assert client.post(address(table, "service_new"), form_of(table)).status_code == 302
    service = Service.objects.get(name="Écoute du soir")
    record = read(bundle_of([service]), str(service.uid))
    assert (record.phone, record.city, record.languages, record.documents) == (
        "418-555-0199", "Ville", ["fr", "en"], ["Carte", "Bail"],
    )  # fmt: skip
    assert [len(hours) for hours in record.week] == [1, 0, 0, 0, 0, 1, 0]
    page = client.get(address(table, "service_edit", service_id=service.pk)).content.decode()
    assert "18 h à 22 h" in page
    assert "24 h" in page
    changed = form_of(table, name="Écoute de nuit", needs=["violence"], street="", day_0="", languages=["fr"])
    assert client.post(address(table, "service_edit", service_id=service.pk), changed).status_code == 302
    record = read(bundle_of([Service.objects.select_related("provider").get()]), str(service.uid))
    assert (record.needs, record.street, record.languages, record.week[0]) == (["violence"], "", ["fr"], ())
    assert not Part.objects.filter(kind="address").exists()


def test_bad_input_keeps_what_was_typed(table: Table) -> None:
    wrong = form_of(table, day_0="le matin", minimum_age="30", maximum_age="20")
    response = table.client("worker").post(address(table, "service_new"), wrong)
    assert response.status_code == 422
    page = response.content.decode()
    assert "le matin" in page
    assert "L’âge maximal vient après" in page
    assert not Service.objects.exists()


def test_the_organisation_confirms_by_its_link(table: Table) -> None:
    service = made.service_of(table)
    today = timezone.localdate()
    assert fresh(service, today) == "check"
    ask = made.ask_of(table, service)
    mail = Job.objects.get(name="notifications.mail")
    assert mail.payload["to"] == "org@exemple.test"
    assert confirming.token_of(ask) in mail.payload["url"]
    url = reverse("directory:confirmation", kwargs={"token": confirming.token_of(ask)})
    client = Client()
    assert "Panier de la semaine" in client.get(url).content.decode()
    assert client.post(url, {"said": "changed"}).status_code == 422
    assert client.post(url, {"said": "right"}).status_code == 302
    assert "Merci" in client.get(url).content.decode()
    service.refresh_from_db()
    assert fresh(service, today) == "current"
    with pytest.raises(DomainError):
        confirming.answer(token=confirming.token_of(ask), said="right")


def test_what_changed_waits_on_the_desk_until_it_is_settled(table: Table) -> None:
    ask = made.answered_of(table)
    assert "Fiche à corriger" in table.client("liaison").get(reverse("desk:home")).content.decode()
    assert "Nous fermons à 15 h." in table.client("worker").get(
        address(table, "service", service_id=ask.service_id)
    ).content.decode()  # fmt: skip
    confirming.settle(viewer=table.viewer("worker"), ask_id=ask.pk)
    assert "Fiche à corriger" not in table.client("liaison").get(reverse("desk:home")).content.decode()


def test_a_link_ends(table: Table) -> None:
    ask = made.ask_of(table)
    ask.expires_at = timezone.now() - timedelta(days=1)
    ask.save()
    url = reverse("directory:confirmation", kwargs={"token": confirming.token_of(ask)})
    assert Client().get(url).status_code == 410
    assert Client().get(reverse("directory:confirmation", kwargs={"token": "x" * 64})).status_code == 404


def test_a_service_is_retired_and_never_lost(table: Table) -> None:
    service, other = made.service_of(table), made.service_of(table, "Popote")
    referral = made_referrals.referral_of(table, service=service)
    with pytest.raises(NotAllowed):
        records.retire(viewer=table.viewer("worker"), service_id=service.pk)
    records.retire(viewer=table.viewer("liaison"), service_id=service.pk, replaced_by=other)
    page = table.client("partner").get(address(table, "service", service_id=service.pk)).content.decode()
    assert "Ce service est retiré" in page
    assert "Popote" in page
    assert "Panier" not in table.client("partner").get(address(table, "services")).content.decode()
    assert "Panier" in table.client("partner").get(address(table, "services") + "?etat=retires").content.decode()
    assert Referral.objects.get(pk=referral.pk).service_id == service.pk
    with pytest.raises(DomainError, match="retiré"):
        made_referrals.referral_of(table, service=Service.objects.get(pk=service.pk))
    records.resume(viewer=table.viewer("liaison"), service_id=service.pk)
    assert Service.objects.get(pk=service.pk).retired_at is None


def test_the_list_is_searched_without_accents_and_filtered(table: Table) -> None:
    made.service_of(table)
    made.service_of(table, "Écoute et répit", needs=["crisis"], clienteles=["elders"], areas=[])
    client = table.client("observer")

    def names(query: str) -> list[bool]:
        page = client.get(address(table, "services") + query).content.decode()
        return ["Panier de la semaine" in page, "Écoute et répit" in page]

    assert names("") == [True, True]
    assert names("?q=ECOUTE+repit") == [False, True]
    assert names("?besoin=food") == [True, False]
    assert names("?pour=elders") == [False, True]
    assert names(f"?lieu={table.municipality.code}") == [True, False]
    assert names("?fraicheur=current") == [False, False]
    assert names("?fraicheur=check") == [True, True]
    assert_fragment_is_page(client, address(table, "services") + "?q=panier", "services")


def test_the_list_and_the_finder_cost_the_same_for_many(table: Table) -> None:
    made.service_of(table)
    client = table.client("worker")
    count = iter(range(100))

    def more() -> None:
        for _one in range(3):
            made.service_of(table, f"Service {next(count)}")

    assert_constant_queries(more, lambda: client.get(address(table, "services")), at_most=16)
    assert_constant_queries(more, lambda: client.get(address(table, "finder") + "?besoin=food"), at_most=16)


def test_the_finder_proposes_and_says_why(table: Table) -> None:
    made.service_of(table)
    made.service_of(table, "Repas des aînés", values={"name": "Repas des aînés", "minimum_age": 65.0})
    client = table.client("worker")
    url = address(table, "finder") + f"?besoin=food&lieu={table.municipality.code}&age=adult"
    page = client.get(url).content.decode()
    assert page.index("Panier de la semaine") < page.index("Repas des aînés")
    assert "À partir de 65 ans seulement" in page
    assert "Offert à cet endroit" in page
    assert "Référer ici" in page
    assert_fragment_is_page(client, url, "reponses")
    assert client.get(address(table, "finder") + "?age=rien&lieu=00000").status_code == 200


def test_a_service_is_shown_elsewhere_and_hidden(table: Table) -> None:
    service = made.service_of(table)
    Listing.objects.all().delete()
    Listing.objects.create(space=table.other, service=service)
    client = table.client("liaison")
    assert "Panier de la semaine" in client.get(address(table, "elsewhere")).content.decode()
    assert client.post(address(table, "elsewhere"), {"service": service.pk}).status_code == 302
    assert shown(table.space).count() == 1
    records.hide(viewer=table.viewer("liaison"), service_id=service.pk)
    assert shown(table.space).count() == 0
    with pytest.raises(DomainError):
        records.show(viewer=table.viewer("liaison"), service_id=service.pk) and records.hide(
            viewer=table.viewer("liaison"), service_id=made.service_of(table, "Seul").pk
        )


def test_the_open_interface_shows_public_services_only(shared: Callable[[str], Path], table: Table) -> None:
    service = made.service_of(table)
    hidden = made.service_of(
        table, "Adresse confidentielle", values={"name": "Adresse confidentielle", "is_public": False}
    )
    client, root = Client(), "/api/hsds/v3/"
    compiled = json.loads(shared("data/hsds/schema/compiled/service.json").read_text())
    page = client.get(f"{root}services").json()
    assert (page["total_items"], page["first_page"], page["last_page"], page["empty"]) == (1, True, True, False)
    for url in (f"{root}services", f"{root}services?full=true", f"{root}services?search=PANIER"):
        for one in client.get(url).json()["contents"]:
            jsonschema.validate(one, compiled)
    full = client.get(f"{root}services/{service.uid}").json()
    jsonschema.validate(full, compiled)
    assert full["last_modified"]
    assert full["organization"]["name"]
    assert client.get(f"{root}services/{hidden.uid}").status_code == 404
    for url in (f"{root}organizations/{service.provider.uid}?full_service=true", f"{root}services?full=true",
                f"{root}service_at_locations?full=true"):  # fmt: skip
        assert "confidentielle" not in client.get(url).content.decode()
    organisation = json.loads(shared("data/hsds/schema/compiled/organization.json").read_text())
    jsonschema.validate(client.get(f"{root}organizations/{service.provider.uid}").json(), organisation)
    place = client.get(f"{root}service_at_locations").json()["contents"][0]
    at_location = json.loads(shared("data/hsds/schema/compiled/service_at_location.json").read_text())
    jsonschema.validate(client.get(f"{root}service_at_locations/{place['id']}").json(), at_location)
    term = client.get(f"{root}taxonomy_terms").json()["contents"][0]
    said = compiled["properties"]["attributes"]["items"]["properties"]["taxonomy_term"]
    jsonschema.validate(term, said)
    listed = client.get(f"{root}services?taxonomy_term_id={term['id']}&organization_id={service.provider.uid}").json()
    assert listed["total_items"] == 1


def test_the_open_interface_pages_caches_and_refuses(table: Table) -> None:
    made.service_of(table)
    made.service_of(table, "Popote")
    client, url = Client(), "/api/hsds/v3/services"
    second = client.get(f"{url}?per_page=1&page=2").json()
    assert (second["total_pages"], second["size"], second["last_page"], second["first_page"]) == (2, 1, True, False)
    assert client.get(f"{url}?per_page=1&page=9").json()["empty"] is True
    first = client.get(url)
    assert "max-age=300" in first.headers["Cache-Control"]
    assert client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert len(client.get(f"{url}?minimal=true").json()["contents"][0]) == 2
    assert len(client.get(f"{url}?format=ndjson").content.decode().strip().splitlines()) == 2
    future = (timezone.now() + timedelta(days=1)).isoformat().replace("+", "%2B")
    assert client.get(f"{url}?modified_after={future}").json()["total_items"] == 0
    for bad in ("per_page=0", "page=x", "organization_id=x", "modified_after=x", "proximity=10", "postcode=H0H"):
        assert client.get(f"{url}?{bad}").status_code == 400
    assert client.post(url).status_code == 405


def test_a_retired_service_leaves_the_open_interface(table: Table) -> None:
    service = made.service_of(table)
    records.retire(viewer=table.viewer("liaison"), service_id=service.pk)
    cache.clear()
    assert Client().get(f"/api/hsds/v3/services/{service.uid}").status_code == 404
    assert Client().get("/api/hsds/v3/").json()["version"] == "3.0"
