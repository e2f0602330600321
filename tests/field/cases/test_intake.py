"""Reports come in once, whoever sends them, and the team decides (I3)."""

from __future__ import annotations

import pytest

from concertoit.field.cases.enums import Channel, Urgency
from concertoit.field.cases.enums.consents import ConsentPurpose
from concertoit.field.cases.enums.intake import ReportState
from concertoit.field.cases.models import Case, Household, HouseholdPerson, Report
from concertoit.field.cases.queries.codes import report_behind
from concertoit.field.cases.rules.codes import as_shown
from concertoit.field.cases.services import inbox
from concertoit.field.cases.services.intake import External
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.files.models import Attachment
from concertoit.ground.notifications.models import Notice
from concertoit.ground.places.models import Building
from tests.field.cases import made_intake as made
from tests.personas import Table

pytestmark = pytest.mark.django_db


def test_a_report_is_kept_with_its_place_and_its_code(table: Table) -> None:
    row = made.report(table, photos=[made.photo()])
    assert (row.building.line, row.dwelling.unit, row.state) == ("1234, rue des Érables", "5", ReportState.NEW)  # type: ignore[union-attr]
    assert report_behind(as_shown(made.code(row)).lower()) == row
    assert made.code(row) not in str(Report.objects.filter(pk=row.pk).values().get())
    photo = Attachment.objects.get()
    assert photo.name.startswith("photo-")
    assert "IMG_1234" not in photo.name


def test_the_same_report_comes_in_once(table: Table) -> None:
    first = made.report(table, client_id="phone-1")
    assert made.report(table, client_id="phone-1") == first
    for number in ("A-77", "9" * 500):  # a number longer than what is kept of it is still one number
        external = External("311.exemple", number)
        assert made.report(table, external=external) == made.report(table, external=external)
    assert made.report(table, uid=first.uid) == first
    assert Report.objects.count() == 3


def test_one_building_gathers_its_reports(table: Table) -> None:
    made.report(table, unit="5")
    made.report(table, unit="", address="1234 Erables, app. 7")
    assert Building.objects.count() == 1


@pytest.mark.parametrize("address", ["Derrière l’église", "", "12-40, rue X"])
def test_an_address_that_cannot_be_read_loses_nothing(table: Table, address: str) -> None:
    row = made.report(table, address=address, unit="3")
    assert row.building is None
    assert address in row.address
    with pytest.raises(DomainError, match="adresse"):
        inbox.open_from(viewer=table.viewer("liaison"), report=row)
    placed = inbox.place(
        viewer=table.viewer("liaison"), report=row, municipality=table.municipality, address="8, rue Haute", unit="3"
    )
    case = inbox.open_from(viewer=table.viewer("liaison"), report=placed)
    assert (case.building.line, case.household.building) == ("8, rue Haute", case.building)  # type: ignore[union-attr]


def test_the_town_is_found_in_the_line(table: Table) -> None:
    row = made.report(table, municipality=None, address="1234, rue des Érables, Ville d’essai, QC J4K 1A1")
    assert row.municipality == table.municipality
    assert row.building.line == "1234, rue des Érables"  # type: ignore[union-attr]


def test_contacts_are_kept_under_consent_only(table: Table) -> None:
    with pytest.raises(DomainError, match="accord"):
        made.report(table, consents=())
    assert not HouseholdPerson.objects.exists()
    nameless = made.report(table, named=False)
    assert nameless.household is None
    assert Household.objects.count() == 0


def test_no_name_leaves_the_identity_table(table: Table) -> None:
    row = made.report(table)
    inbox.open_from(viewer=table.viewer("liaison"), report=row)
    told = str([*Entry.objects.values(), *Notice.objects.values(), *Case.objects.values(), *Report.objects.values()])
    for word in (made.WHO.given_name, made.WHO.family_name, made.WHO.phone, made.WHO.email):
        assert word not in told
    assert Notice.objects.filter(user=table.user("liaison"), kind="cases.report").exists()


def test_a_case_opens_when_the_team_knew(table: Table) -> None:
    row = made.report(table, dangers=("no_heat", "unknown"))
    case = inbox.open_from(viewer=table.viewer("worker"), report=row)
    assert (case.known_at, case.urgency, case.channel) == (row.received_at, Urgency.EMERGENCY, Channel.TENANT)
    assert case.household == row.household
    with pytest.raises(DomainError, match="déjà"):
        inbox.open_from(viewer=table.viewer("worker"), report=row)


def test_a_report_joins_a_case_of_its_building_only(table: Table) -> None:
    case = made.case(table, named=False)
    other = made.report(table, unit="9")
    joined = inbox.attach_to(viewer=table.viewer("liaison"), report=other, case_reference=case.reference)
    assert joined == case
    elsewhere = made.report(table, address="9, rue Basse")
    with pytest.raises(DomainError, match="autre immeuble"):
        inbox.attach_to(viewer=table.viewer("liaison"), report=elsewhere, case_reference=case.reference)
    back = inbox.reconsider(viewer=table.viewer("liaison"), report=other)
    assert (back.state, back.case) == (ReportState.NEW, None)


def test_setting_aside_says_why(table: Table) -> None:
    row = made.report(table)
    with pytest.raises(DomainError):
        inbox.set_aside(viewer=table.viewer("liaison"), report=row, why="")
    assert inbox.set_aside(viewer=table.viewer("liaison"), report=row, why="elsewhere").set_aside == "elsewhere"


@pytest.mark.parametrize("who", ["responder", "coordinator", "partner"])
def test_only_the_team_decides(table: Table, who: str) -> None:
    row = made.report(table)
    with pytest.raises(NotAllowed):
        inbox.open_from(viewer=table.viewer(who), report=row)


def test_another_démarche_decides_nothing(table: Table) -> None:
    from concertoit.ground.spaces.queries import viewer_for

    row = made.report(table)
    with pytest.raises(NotVisible):
        inbox.open_from(viewer=viewer_for(table.user("stranger"), table.other.slug), report=row)


def test_consents_are_written_with_their_text(table: Table) -> None:
    household = made.report(table).household
    assert household is not None
    rows = household.consents.order_by("purpose")
    assert [row.purpose for row in rows] == sorted(ConsentPurpose.values)
    assert {row.text_version for row in rows} == {"2026-11"}
