"""Who may not know, does not: a partner that did not accept, refused, was cancelled, or whose part is over.

Every address of the site is asked, each kwarg filled with what the case really has: nothing of the household comes out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from django.urls.exceptions import NoReverseMatch
from django.utils import timezone

from concertoit.field.cases.enums.consents import ConsentPurpose
from concertoit.field.cases.models import (
    Assignment,
    Case,
    Household,
    IdentityLook,
    Letter,
    Observation,
    PathStep,
    ReceivedReferral,
    Report,
    Sheet,
    SupportNote,
    Visit,
)
from concertoit.field.cases.services import assigning, closing, messages, visits
from concertoit.field.cases.services.people import give_consent
from concertoit.ground.audit.models import Entry
from concertoit.ground.files.models import Attachment
from concertoit.ground.files.services import attach
from concertoit.ground.notifications.models import Notice
from concertoit.ground.privacy.enums import Means
from concertoit.ground.search.models import Document
from tests.field.cases import made_cell, made_grid, made_intake, made_support
from tests.field.cases import made_work as made
from tests.personas import Table
from tests.test_permissions import PATTERNS

WHO = f"{made.NAME} {made.FAMILY}, {made.PHONE}, {made.EMAIL}"
WORDS = (made.NAME, made.FAMILY, made.PHONE, made.EMAIL, made.PHONE.replace(" ", ""), "app. 5")
MOST = 24  # combinations of kwargs asked of one address


def body(response: HttpResponseBase) -> str:
    """What an answer says, its headers too; archives (Word, Excel) are opened."""
    content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace") + str(response.headers)


def says(text: str) -> list[str]:
    return [word for word in WORDS if word.casefold() in text.casefold()]


@pytest.fixture
def case(table: Table) -> Case:
    """A case in which everything that people write says who lives there."""
    row = made.named_case(table)
    report = made_intake.report(table, named=False, description=WHO, photos=[made_intake.photo()])
    Report.objects.filter(pk=report.pk).update(case=row, household=row.household, note=WHO, sender=WHO)
    report.words.create(space=table.space, kind="addition", text=WHO, at=timezone.now())
    made.visit_of(table, row, note=f"Chez {WHO}")
    order = made.order_of(table, row, text=f"Adressé à {WHO}")
    made.owner_of(table, row, note=f"Connaît {WHO}")
    made_support.note_of(table, row, body=WHO)
    step = made_support.step_of(table, row, note=WHO)
    made_support.letter_of(table, row)
    made_support.received_of(table, row)
    for audience in ("partners", "tenant"):
        messages.write(viewer=table.viewer("liaison"), case=row, audience=audience, body=WHO)
    made_grid.competent(table, "worker", "inspection", "psychosocial")
    made_grid.observed(table, row, made_grid.said("HUM1", "2", note=WHO, photos=(made_grid.photo(),)))
    made_cell.line(table, made_cell.cell_of(table, case=row), WHO)
    for kind, pk in (("cases.order", order.pk), ("cases.pathstep", step.pk)):
        attach(actor=table.user("liaison"), upload=made_grid.photo("blue"), object_type=kind, object_id=pk,
               space_id=table.space.pk)  # fmt: skip
    closing.move_case(viewer=table.viewer("liaison"), case=row, to="made_safe", words=WHO)
    return Case.objects.get(pk=row.pk)


def asked(table: Table, case: Case) -> Assignment:
    return made.asked(table, case, ask="Inspecter l’immeuble")


def refused(table: Table, case: Case) -> Assignment:
    row = asked(table, case)
    return assigning.move(viewer=table.viewer("responder"), assignment=row, to="refused", reason="Pas chez nous")


def cancelled_once_accepted(table: Table, case: Case) -> Assignment:
    """It accepted, planned its visit, and the liaison took the case back."""
    row = made.accepted(table, case)
    plan = visits.VisitPlan(
        competence="inspection", planned_at=timezone.now() + timedelta(days=2), note=WHO,
        organisation=table.organisations["town"],
    )  # fmt: skip
    visits.plan_visit(viewer=table.viewer("responder"), case=case, plan=plan)
    return assigning.move(viewer=table.viewer("liaison"), assignment=row, to="cancelled", reason="Réglé autrement")


def asked_again_once_done(table: Table, case: Case) -> Assignment:
    row = made.accepted(table, case)
    row = assigning.move(viewer=table.viewer("responder"), assignment=row, to="closed", works="yes")
    return assigning.move(viewer=table.viewer("liaison"), assignment=row, to="new", reason="Encore")


def unanswered_when_closed(table: Table, case: Case) -> Assignment:
    row = asked(table, case)
    made_closing = closing.Closing("works_done", "better", WHO)
    closing.close(viewer=table.viewer("liaison"), case=case, closing=made_closing)
    return Assignment.objects.get(pk=row.pk)


BEFORE = (asked, refused, cancelled_once_accepted, asked_again_once_done, unanswered_when_closed)


def pks(model: Any, case: Case) -> list[int]:
    return list(model.objects.filter(case=case).order_by("pk").values_list("pk", flat=True))


def known(table: Table, case: Case, row: Assignment) -> dict[str, list[Any]]:
    """What every kwarg of an address may be filled with."""
    report = case.reports.get()
    sheet = Sheet.objects.get(case=case)
    return {
        "slug": [table.space.slug], "reference": [case.reference, report.reference, "C2026-01"],
        "assignment_id": [row.pk], "visit_id": pks(Visit, case),
        "order_id": [case.orders.get().pk], "building_id": [case.building_id], "household_id": [case.household_id],
        "sheet_id": [sheet.pk], "observation_id": [Observation.objects.get(sheet=sheet).pk],
        "number": [1], "member_id": [1],
        "note_id": pks(SupportNote, case), "step_id": pks(PathStep, case), "letter_id": pks(Letter, case),
        "row_id": pks(ReceivedReferral, case), "audience": ["partners", "tenant"],
        "language": ["fr", "en"], "extension": ["csv", "xlsx", "docx", "pdf", "json"], "kind": ["owner"],
        "code": ["summary", "HUM1"], "state": ["active"], "act": ["ecrire"], "format": ["json"],
        "object_type": ["cases.case", "cases.report", "cases.household", "cases.order"],
        "object_id": [case.pk, report.uid, report.pk, case.household_id],
        "uid": list(Attachment.objects.values_list("uid", flat=True)), "step": ["ou"], "token": ["x"],
    }  # fmt: skip


NEAR = ("cases:", "files:", "audit:", "search:", "notifications:", "desk:", "spaces:home", "small_works:", "logbook:")


def addresses(values: dict[str, list[Any]], near: tuple[str, ...]) -> Iterator[str]:
    """Every address that these can fill, or those of the rooms ``near``; what cannot be filled is left."""
    for name, _route, pattern in PATTERNS:
        if near and not name.startswith(near):
            continue
        wanted = list(pattern.pattern.converters)
        choices = [values.get(one, [1]) for one in wanted]
        for filling in list(product(*choices))[:MOST]:
            try:
                yield reverse(name, kwargs=dict(zip(wanted, filling, strict=True)) or None)
            except NoReverseMatch:
                break


@pytest.mark.parametrize("state", BEFORE, ids=lambda state: state.__name__)
def test_no_address_of_the_site_says_who_lives_there(table: Table, case: Case, state: Any) -> None:
    row = state(table, case)
    client = table.client("responder")
    # The whole site once; then the rooms that know of cases.
    urls = list(dict.fromkeys(addresses(known(table, case, row), () if state is asked else NEAR)))
    assert len(urls) > (400 if state is asked else 150)
    told = []
    for url in urls:
        with transaction.atomic():
            response = client.get(url)
            found = says(body(response))
            transaction.set_rollback(True)
        if found:
            told.append((url, found))
    assert told == []


@pytest.mark.parametrize("state", BEFORE, ids=lambda state: state.__name__)
def test_asking_for_the_name_is_refused(table: Table, case: Case, state: Any) -> None:
    """By POST too, whatever the household agreed to; and nothing is written as if somebody had looked."""
    household = Household.objects.get(pk=case.household_id)
    for purpose in ConsentPurpose.values:
        give_consent(actor=None, household=household, purpose=purpose, means=Means.SPOKEN)
    state(table, case)
    client, slug = table.client("responder"), table.space.slug
    letter = Letter.objects.get(case=case)
    wanted = [reverse("cases:identity", kwargs={"slug": slug, "household_id": household.pk})]
    where = {"slug": slug, "reference": case.reference, "letter_id": letter.pk, "language": "fr"}
    wanted.append(reverse("cases:letter_file", kwargs={**where, "extension": "docx"}))
    for url in wanted:
        response = client.post(url, {"why": "reach"})
        assert response.status_code in (403, 404), url
        assert not says(body(response))
    assert not IdentityLook.objects.exists()


def test_a_name_is_no_longer_asked_once_the_part_is_over(table: Table, case: Case) -> None:
    """The partner keeps the memory of what it did; whom to call is needed while it acts."""
    household = Household.objects.get(pk=case.household_id)
    for purpose in ConsentPurpose.values:
        give_consent(actor=None, household=household, purpose=purpose, means=Means.SPOKEN)
    row = made.accepted(table, case)
    url = reverse("cases:identity", kwargs={"slug": table.space.slug, "household_id": household.pk})
    client = table.client("responder")
    assert made.NAME in body(client.post(url, {"why": "visit"}))
    assigning.move(viewer=table.viewer("responder"), assignment=row, to="closed", works="yes")
    assert client.post(url, {"why": "visit"}).status_code in (403, 404)
    assert IdentityLook.objects.count() == 1
    page = reverse("cases:case", kwargs={"slug": table.space.slug, "reference": case.reference})
    assert client.get(page).status_code == 200


def test_what_was_planned_goes_with_a_part_that_is_cancelled(table: Table, case: Case) -> None:
    """The visit of a partner that was thanked stays in nobody's day: not its own, not the calendar."""
    cancelled_once_accepted(table, case)
    client, slug = table.client("responder"), table.space.slug
    for url in ("/", reverse("cases:my_visits", kwargs={"slug": slug}),
                reverse("cases:my_visits_file", kwargs={"slug": slug})):  # fmt: skip
        assert case.building.line not in body(client.get(url)), url
    assert Visit.objects.get(case=case, organisation=table.organisations["town"]).state == "cancelled"


def test_nothing_kept_or_sent_names_the_file_that_somebody_named(table: Table, case: Case) -> None:
    """People name a scan after the person: neither the journal, the notices nor the index repeat it."""
    upload = made_grid.photo("green")
    upload.name = f"bail {made.NAME} {made.FAMILY}.jpg"
    order = case.orders.get()
    kept = attach(
        actor=table.user("liaison"), upload=upload, object_type="cases.order", object_id=order.pk,
        space_id=table.space.pk,
    )  # fmt: skip
    client = table.client("liaison")
    assert client.post(reverse("files:retire", kwargs={"uid": kept.uid})).status_code == 302
    for model in (Entry, Notice, Document):
        for one in model._default_manager.order_by("pk"):
            assert not says(str(vars(one)).replace(made.EMAIL, "")), (model, one)
