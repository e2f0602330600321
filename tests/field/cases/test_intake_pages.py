"""The pages of reports: the public form without an account, the page behind a code, the inbox, lists, households."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from concertoit.field.cases.enums import CaseState
from concertoit.field.cases.enums.intake import ReportState
from concertoit.field.cases.forms.intake import PhotosField
from concertoit.field.cases.models import (
    Assignment,
    Case,
    CaseList,
    DoorTally,
    HouseholdPerson,
    IdentityLook,
    Report,
    ReportDraft,
)
from concertoit.field.cases.queries import tenant_page
from concertoit.ground.core.errors import NotAllowed
from concertoit.ground.privacy.models import Incident
from tests.field.cases import made_intake as made
from tests.personas import Table

pytestmark = pytest.mark.django_db
NAMES = (made.WHO.given_name, made.WHO.family_name, made.WHO.phone, made.WHO.email)


def at(table: Table, name: str, **kwargs: Any) -> str:
    return reverse(f"cases:{name}", kwargs={"slug": table.space.slug, **kwargs})


def begun(table: Table, client: Client) -> str:
    """The address of the first step."""
    response = client.post(at(table, "signal"), {"website": ""})
    assert response.status_code == 302
    return response["Location"]


def filled(table: Table, client: Client, **who: Any) -> str:
    """Fill every step; the address of the receipt."""
    where = begun(table, client)
    town = table.municipality.pk
    what = client.post(where, {"municipality": town, "address": "1234, rue des Érables", "unit": "5"})["Location"]
    photos = client.post(what, {"problems": ["mould", "cold"], "description": "Du noir au mur.", "told_owner": "True"})
    you = client.post(photos["Location"], {"photos": [made.photo(), made.photo("b.jpg", "blue")]})["Location"]
    review = client.post(you, {"age": "adult", **who})["Location"]
    page = client.get(review).content.decode()
    assert "1234, rue des Érables" in page
    return client.post(review, {"joined": "on"})["Location"]


def test_a_tenant_reports_without_account_nor_name(table: Table) -> None:
    client = Client()
    receipt = filled(table, client)
    row = Report.objects.get()
    page = client.get(receipt).content.decode()
    shown = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert shown
    assert shown[0].replace("-", "") == made.code(row)
    assert (row.household, row.problems, row.told_owner, row.joined) == (None, ["mould", "cold"], True, True)
    assert not ReportDraft.objects.exists()
    assert client.get(receipt.replace("recu", "quoi")).status_code == 302  # the draft is gone: back to the receipt


def test_what_is_said_of_photos_is_in_the_language_of_the_reader() -> None:
    field = PhotosField()
    with translation.override("en"):
        assert str(field.help_text).startswith("Up to 10 JPG")
    with translation.override("fr-ca"):
        assert str(field.help_text).startswith("Jusqu’à 10 photos")


def test_a_name_is_kept_with_its_consent(table: Table) -> None:
    who = {"given_name": "Zoé", "phone": "450 555-0199"}
    client = Client()
    where = begun(table, client).replace("/ou/", "/vous/")
    refused = client.post(where, {"age": "adult", **who})
    assert refused.status_code == 422
    assert "Zoé" in refused.content.decode()
    filled(table, client, **who, consent_contact="on", adults="2", consent_living="on")
    assert HouseholdPerson.objects.get().given_name == "Zoé"


def test_someone_under_fourteen_goes_through_an_adult(table: Table) -> None:
    client = Client()
    where = begun(table, client).replace("/ou/", "/vous/")
    assert client.post(where, {"age": "child"}).status_code == 422
    adult = {"age": "child", "given_name": "Zoé", "phone": "450 555-0199", "consent_contact": "on"}
    assert client.post(where, adult).status_code == 302


def test_a_report_begun_is_resumed_with_its_code(table: Table) -> None:
    first = begun(table, Client())
    code = first.split("/")[-3]
    other = Client().post(reverse("cases:follow_door"), {"code": code.lower()})
    assert other["Location"] == first
    gone = Client().post(first, {"quoi": "abandonner"})
    assert gone.status_code == 302
    assert not ReportDraft.objects.exists()


def test_machines_and_repeats_are_stopped(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().post(at(table, "signal"), {"website": "http://spam"}).status_code == 422
    monkeypatch.setattr("concertoit.field.cases.views.intake_public.REPORTS_PER_DAY", 1)
    begun(table, Client())
    assert Client().post(at(table, "signal"), {"website": ""}).status_code == 429
    assert "127.0.0.1" not in str(list(DoorTally.objects.values()))


def test_codes_are_not_guessed(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    for where in ("tenant", "intake_public"):
        monkeypatch.setattr(f"concertoit.field.cases.views.{where}.CODE_TRIES_PER_DAY", 2)
    row = made.report(table)
    client = Client()
    assert client.get(reverse("cases:my_case", kwargs={"code": made.code(row)})).status_code == 200
    for _try in range(2):
        assert client.post(reverse("cases:follow_door"), {"code": "AAAA-BBBB-CCCC"}).status_code == 422
    assert client.post(reverse("cases:follow_door"), {"code": made.code(row)}).status_code == 429
    assert client.get(reverse("cases:my_case", kwargs={"code": made.code(row)})).status_code == 404


def test_no_form_where_the_tool_is_off(table: Table) -> None:
    row = made.report(table)
    table.space.tools = []
    table.space.save()
    assert Client().get(at(table, "signal")).status_code == 404
    assert Client().get(reverse("cases:my_case", kwargs={"code": made.code(row)})).status_code == 404


def test_the_public_form_does_not_tell_of_a_few_neighbours(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    made.report(table, unit="7")
    client = Client()
    where = begun(table, client)
    client.post(where, {"municipality": table.municipality.pk, "address": "1234, rue des Érables"})
    review = where.replace("/ou/", "/envoyer/")
    assert "D’autres personnes" not in client.get(review).content.decode()
    monkeypatch.setattr("concertoit.field.cases.rules.intake.SMALLEST_TOLD", 1)
    page = client.get(review).content.decode()
    assert "D’autres personnes" in page
    assert "log. 7" not in page


def test_the_page_behind_a_code_hides_the_address_and_the_name(table: Table) -> None:
    row = made.case(table).reports.get()
    response = Client().get(reverse("cases:my_case", kwargs={"code": made.code(row)}))
    page = response.content.decode()
    assert "rue des É…" in page
    assert "1234" not in page
    assert not any(name in page for name in NAMES)
    assert str(table.organisations["home"]) in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_a_person_acts_with_their_code(table: Table) -> None:
    case = made.case(table)
    row = case.reports.get()
    client, to = Client(), reverse("cases:follow_act", kwargs={"code": made.code(row)})
    page = reverse("cases:my_case", kwargs={"code": made.code(row)})
    assert client.post(to, {"quoi": "ajouter", "text": "Cela empire.", "photos": made.photo()}).status_code == 302
    assert client.post(to, {"quoi": "ajouter"}).status_code == 422
    assert client.post(to, {"quoi": "coordonnees", "phone": "450 555-0111"}).status_code == 302
    assert HouseholdPerson.objects.get().phone == "450 555-0111"
    assert client.post(to, {"quoi": "correction", "text": "Le logement est le 6."}).status_code == 302
    photo = tenant_page.page(row).photos[0]
    served = client.get(f"{page}photos/{photo.uid}/")
    assert served.content.startswith(b"\xff\xd8")
    assert client.get(f"{page}donnees.json").json()["personnes"][0]["téléphone"] == "450 555-0111"
    assert "Cela empire." in client.get(f"{page}donnees.html").content.decode()
    assert client.post(to, {"quoi": "retirer", "purpose": "contact"}).status_code == 302
    assert not HouseholdPerson.objects.exists()
    case.state = CaseState.RESOLVED
    case.save()
    assert client.post(to, {"quoi": "refuser", "words": ""}).status_code == 422
    assert client.post(to, {"quoi": "refuser", "words": "Le mur est encore noir."}).status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.ACTIVE


def test_the_team_asks_and_the_person_answers(table: Table) -> None:
    row = made.report(table)
    decide = at(table, "report_decide", reference=row.reference)
    assert table.client("liaison").post(decide, {"quoi": "demander", "text": "Y a-t-il un chat?"}).status_code == 302
    question = row.words.get()
    to = reverse("cases:follow_act", kwargs={"code": made.code(row)})
    answer = {"quoi": "repondre", "question": question.pk, "text": "Non."}
    assert Client().post(to, answer).status_code == 302
    assert Client().post(to, answer).status_code == 422
    assert "Non." in table.client("liaison").get(at(table, "report", reference=row.reference)).content.decode()


def test_the_inbox_opens_and_joins(table: Table) -> None:
    first, second = made.report(table), made.report(table, unit="8")
    client = table.client("liaison")
    inbox = client.get(at(table, "reports")).content.decode()
    assert first.reference in inbox
    assert not any(name in inbox for name in NAMES)
    opened = client.post(at(table, "report_decide", reference=first.reference), {"quoi": "ouvrir"})
    case = Case.objects.get()
    assert opened["Location"].endswith(f"/dossiers/{case.reference}/")
    page = client.get(at(table, "report", reference=second.reference)).content.decode()
    assert case.reference in page
    client.post(at(table, "report_decide", reference=second.reference), {"quoi": "joindre", "case": case.reference})
    second.refresh_from_db()
    assert (second.state, second.case) == (ReportState.ATTACHED, case)


def test_the_team_takes_a_report_once(table: Table) -> None:
    facts = {
        "channel": "worker", "municipality": table.municipality.pk, "address": "9, rue Basse", "problems": ["pests"],
        "means": "spoken", "client_id": "abc", "given_name": "Zoé", "consent_contact": "on",
    }  # fmt: skip
    client = table.client("worker")
    assert client.post(at(table, "taken"), facts, headers={"X-Queue": "1"}).status_code == 204
    assert client.post(at(table, "taken"), facts, headers={"X-Queue": "1"}).status_code == 204
    assert Report.objects.get().taken_by == table.user("worker")
    again = client.post(at(table, "taken"), {**facts, "client_id": "def", "ensuite": "ouvrir"})
    assert "/dossiers/" in again["Location"]
    known = client.get(
        at(table, "taken"), {"municipality": table.municipality.pk, "address": "9 rue ba"},
        headers={"HX-Request": "true", "HX-Target": "immeubles-connus"},
    )  # fmt: skip
    assert "9, rue Basse" in known.content.decode()


def test_a_list_is_shown_before_it_comes_in(table: Table) -> None:
    case = made.case(table, named=False)
    text = (
        "Ville;Adresse;App;Problèmes;Reçu le;Nom;Téléphone;Accord;Couleur\n"
        "Ville d’essai;10, rue Neuve;;moisissures;2026-02-24;Zut;450 555-0100;oui;bleu\n"
        "Ville d’essai;1234 Erables;5;punaises de lit;;Zut;450 555-0101;non;\n"
        "Ailleurs;3, rue X;;;;;;;\n"
        "Ville d’essai;derrière l’église;;;;;;;\n"
        "Ville d’essai;10 rue Neuve;;feu follet;24/02/2026;;;;\n"
    )
    upload = io.BytesIO(text.encode("cp1252"))
    upload.name = "cas.csv"
    client = table.client("liaison")
    address = client.post(at(table, "case_lists"), {"file": upload})["Location"]
    page = client.get(address).content.decode().replace("\u00a0", " ")
    assert "Couleur" in page
    assert "« Ailleurs » n’est pas une municipalité" in page
    assert not Report.objects.exclude(case=case).exists()
    brought = CaseList.objects.get()
    client.post(at(table, "case_list_confirm", list_id=brought.pk), {})
    brought.refresh_from_db()
    assert (brought.opened_count, len(brought.rows)) == (1, 2)
    assert case.reports.count() == 2
    assert HouseholdPerson.objects.count() == 1
    assert client.post(at(table, "case_list_confirm", list_id=brought.pk), {}).status_code == 422


def test_the_template_is_understood(table: Table) -> None:
    from concertoit.field.cases.exports.case_list import template
    from concertoit.field.cases.importers import cases_list

    found = cases_list.read(template(), "modele.xlsx")
    assert cases_list.understand(found.headers).unknown == []
    for content, name in (
        (b"PK\x03\x04 broken", "a.xlsx"),
        (b"%PDF", "a.pdf"),
        (b"Adresse\n", "a.csv"),
        (b"a\nb\n", "a.csv"),
    ):
        with pytest.raises(cases_list.BadList):
            cases_list.read(content, name)


def test_names_open_with_a_reason_and_leave_a_line(table: Table) -> None:
    row = made.case(table).reports.get()
    household = row.household
    assert household is not None
    client = table.client("liaison")
    page = at(table, "household", household_id=household.pk)
    assert not any(name in client.get(page).content.decode() for name in NAMES)
    assert client.post(f"{page}identite/", {}).status_code == 422
    opened = client.post(f"{page}identite/", {"why": "visit"}).content.decode()
    assert made.WHO.family_name in opened
    look = IdentityLook.objects.get()
    assert (look.user, look.organisation, look.why) == (table.user("liaison"), table.organisations["home"], "visit")
    assert "Préparer une visite" in client.get(at(table, "looks")).content.decode()
    mine = Client().get(reverse("cases:my_case", kwargs={"code": made.code(row)})).content.decode()
    assert str(table.organisations["home"]) in mine
    assert "Préparer une visite" in mine


def test_a_partner_sees_no_identity_before_accepting_nor_without_consent(table: Table) -> None:
    from concertoit.field.cases.queries import people
    from concertoit.field.cases.services.people import withdraw_consent

    case = made.case(table, photos=[made.photo()])
    row, household = case.reports.get(), case.household
    assert household is not None
    asked = Assignment.objects.create(
        space=table.space, case=case, organisation=table.organisations["town"], competence="inspection",
        state_at=case.known_at,
    )  # fmt: skip
    client = table.client("responder")
    page = at(table, "household", household_id=household.pk)
    photo = tenant_page.page(row).photos[0]
    download = reverse("files:download", kwargs={"uid": photo.uid})
    assert client.get(page).status_code == 404
    assert client.post(f"{page}identite/", {"why": "visit"}).status_code == 404
    assert client.get(download).status_code == 404
    assert not any(name in client.get(at(table, "case", reference=case.reference)).content.decode() for name in NAMES)
    asked.state = "in_progress"
    asked.save()
    served = client.get(download)
    assert served.status_code == 200
    assert b"".join(served.streaming_content)
    assert made.WHO.family_name in client.post(f"{page}identite/", {"why": "visit"}).content.decode()
    withdraw_consent(actor=None, household=household, purpose="share")
    with pytest.raises(NotAllowed):
        people.look_at(viewer=table.viewer("responder"), household=household, why="visit")


def test_households_are_written_under_consent(table: Table) -> None:
    household = made.report(table).household
    assert household is not None
    client, page = table.client("worker"), at(table, "household", household_id=household.pk)
    child = {"role": "child", "given_name": "Lou"}
    assert client.post(f"{page}personne/", child).status_code == 422
    adult = HouseholdPerson.objects.get().pk
    assert (
        client.post(f"{page}personne/", {**child, "represented_by": adult, "phone": "450 555-0100"}).status_code == 422
    )
    assert client.post(f"{page}personne/", {**child, "represented_by": adult}).status_code == 302
    assert client.post(f"{page}modifier/", {"adults": 3}).status_code == 302
    assert client.post(f"{page}accord/", {"quoi": "retirer", "purpose": "living"}).status_code == 302
    household.refresh_from_db()
    assert household.adults is None
    assert client.post(f"{page}modifier/", {"adults": 3}).status_code == 422
    assert client.post(f"{page}accord/", {"purpose": "living", "means": "spoken"}).status_code == 302
    assert client.post(f"{page}effacer/", {"personne": adult}).status_code == 302
    assert not HouseholdPerson.objects.exists()
    exported = table.client("liaison").post(f"{page}remettre/", {"checked": "code"})
    assert exported.json()["signalement"]["numéro"] == "S" + exported.json()["signalement"]["numéro"][1:]


def test_the_liaison_declares_an_incident(table: Table) -> None:
    client = table.client("liaison")
    facts = {
        "data_concerned": "Un numéro de téléphone", "circumstances": "Courriel à la mauvaise adresse", "happened": "hier",
        "known_on": "2026-01-05", "people_count": "1", "assessment": "Peu sensible", "measures": "Courriel rappelé",
    }  # fmt: skip
    assert client.post(at(table, "incidents"), {}).status_code == 422
    assert client.post(at(table, "incidents"), facts).status_code == 302
    assert Incident.objects.get().space_id == table.space.pk
    assert "Courriel à la mauvaise adresse" in client.get(at(table, "incidents")).content.decode()
    assert client.get(reverse("privacy:incidents")).status_code == 404
    assert table.client("administrator").get(reverse("privacy:incidents")).status_code == 200
