"""Names stay apart, under consent, and go away in time (X2)."""

from __future__ import annotations

import ast
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

import concertoit
from concertoit.field.cases.enums import CaseState
from concertoit.field.cases.enums.consents import TEXTS, VERSION
from concertoit.field.cases.models import HouseholdPerson, IdentityLook, ReportDraft
from concertoit.field.cases.rules import codes, veil
from concertoit.field.cases.rules.intake import SMALLEST_TOLD, Band, band_of
from concertoit.field.cases.services import drafts
from concertoit.field.cases.services.people import Contact, agrees, write_person
from concertoit.ground.core.errors import DomainError
from concertoit.ground.files.models import Attachment
from concertoit.ground.privacy.models import DestructionLog
from concertoit.ground.privacy.rules import text_version
from concertoit.ground.privacy.services import apply_retention, due
from tests.field.cases import made_intake as made
from tests.personas import Table

ROOM = Path(concertoit.__file__).parent
MAY_TOUCH_NAMES = {
    "field/cases/models/__init__.py", "field/cases/models/people.py", "field/cases/queries/people.py",
    "field/cases/services/people.py",
}  # fmt: skip


def test_one_door_to_names() -> None:
    """Nothing of the house reads the identity table but the query that logs, and the service that writes."""
    found = set()
    for path in ROOM.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        imported = {
            alias.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }  # fmt: skip
        if "HouseholdPerson" in names | imported:
            found.add(path.relative_to(ROOM).as_posix())
    assert found <= MAY_TOUCH_NAMES


def test_a_change_of_text_needs_a_version() -> None:
    assert (VERSION, text_version(*(str(text) for text in TEXTS.values()))) == ("2026-11", "3207e85f863d")


@given(st.text(alphabet="0123456789abcdef", min_size=16, max_size=64))
def test_codes_are_read_as_people_copy_them(secret: str) -> None:
    code = codes.code_from(secret)
    assert len(code) == codes.LENGTH
    assert codes.as_typed(codes.as_shown(code).lower()) == code
    assert codes.as_typed(code.replace("0", "o").replace("1", "l")) == code
    assert codes.as_typed(code[:-1]) == ""


@pytest.mark.parametrize(
    ("street", "shown"),
    [
        ("rue des Érables", "rue des É…"),
        ("1re Avenue", "1…"),
        ("rue de l’Église", "rue de l’É…"),
        ("Grande-Allée", "G…"),
    ],
)
def test_streets_are_veiled(street: str, shown: str) -> None:
    assert veil.veiled_street(street) == shown


def test_contacts_are_veiled() -> None:
    assert veil.veiled_phone("450 555-0142") == "… 42"
    assert veil.veiled_email("lise@exemple.test") == "l…@exemple.test"
    assert (veil.veiled_phone(""), veil.veiled_email(""), veil.veiled_phone("12")) == ("", "", "…")


def test_a_few_are_never_told() -> None:
    assert {band_of(count) for count in range(SMALLEST_TOLD)} == {Band.SILENT}
    assert band_of(SMALLEST_TOLD) is band_of(400) is Band.SEVERAL


def codes_due() -> set[str]:
    return {one.remover.code for one in due() if one.ids}


@pytest.mark.django_db
def test_what_is_not_sent_is_destroyed_with_its_photos(table: Table) -> None:
    draft = drafts.begin(space=table.space, language="fr")
    drafts.add_photos(draft=draft, photos=[made.photo()])
    kept = Attachment.objects.get()
    ReportDraft.objects.update(expires_at=timezone.now() - timedelta(days=2))
    assert codes_due() == {"cases.drafts"}
    assert ReportDraft.objects.exists()  # a dry run removes nothing
    apply_retention()
    assert not ReportDraft.objects.exists()
    assert not Attachment.objects.exists()
    assert not kept.file.storage.exists(kept.file.name)
    assert DestructionLog.objects.get().remover == "cases.drafts"


@pytest.mark.django_db
def test_names_go_when_a_case_is_closed_long_enough(table: Table) -> None:
    case = made.case(table)
    household = case.household
    assert household is not None
    old = timezone.now() - timedelta(days=800)
    type(household).objects.update(created_at=old)
    assert "cases.households" not in codes_due()
    case.state, case.closed_at = CaseState.CLOSED, old
    case.save()
    case.reports.update(decided_at=old)
    assert "cases.households" in codes_due()
    apply_retention()
    household.refresh_from_db()
    report = case.reports.get()
    assert not HouseholdPerson.objects.exists()
    assert household.anonymised_at is not None
    assert (household.language, household.adults, report.description) == ("", 2, "")
    assert (report.building, report.problems) == (case.building, ["mould", "cold"])
    assert not agrees(household, "contact")
    assert codes_due() == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "facts", "words"),
    [
        ("child", {"given_name": "Lou"}, "adulte"),
        ("child", {"given_name": "Lou", "phone": "450 555-0100"}, "téléphone"),
        ("adult", {}, "au moins"),
    ],
)
def test_what_is_kept_of_people(table: Table, role: str, facts: dict[str, Any], words: str) -> None:
    household = made.report(table).household
    assert household is not None
    with pytest.raises(DomainError, match=words):
        write_person(viewer=table.viewer("worker"), household=household, role=role, contact=Contact(**facts))


class TestOwnData:
    def test_a_person_takes_away_a_pdf_that_says_everything(self, table: Table) -> None:
        """The same as the other two, tagged for screen readers; by the code, or from the liaison who checked who asks."""
        report = made.report(table, photos=[made.photo()])
        words = "L’eau coule encore, 10 % du mur. *gras* <b>#"
        report.words.create(space=table.space, kind="addition", text=words, at=timezone.now())
        household = report.household
        assert household is not None
        page = reverse("cases:follow_data", kwargs={"code": made.code(report), "extension": "pdf"})
        by_code = Client().get(page)
        assert (by_code.status_code, by_code["Content-Type"]) == (200, "application/pdf")
        assert f'filename="{report.reference}.pdf"' in by_code["Content-Disposition"]
        export = reverse("cases:household_export", kwargs={"slug": table.space.slug, "household_id": household.pk})
        handed = table.client("liaison").post(export, {"checked": "card", "format": "pdf"})
        assert handed["Content-Type"] == "application/pdf"
        for response in (by_code, handed):
            with pdfplumber.open(io.BytesIO(response.content)) as document:
                said = " ".join(" ".join(part.extract_text() or "" for part in document.pages).split())
                assert document.doc.catalog["MarkInfo"]["Marked"]
            for expected in (made.WHO.given_name, made.WHO.phone, made.WHO.email, "Moisissure", words, "photo-"):
                assert expected in said, expected
        assert IdentityLook.objects.filter(household=household).count() == 1

    def test_a_report_without_a_name_has_its_pdf_too(self, table: Table) -> None:
        report = made.report(table, named=False, problems=(), description="")
        page = reverse("cases:follow_data", kwargs={"code": made.code(report), "extension": "pdf"})
        assert Client().get(page).content.startswith(b"%PDF-")
