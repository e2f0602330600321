"""Filing, and the planning cycle that leads to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.together.plans.models import CycleStep, Filing, PlanNode
from concertoit.together.plans.rules.snapshot import read_canonical
from concertoit.together.plans.services import filing
from tests.hostile import assert_constant_queries
from tests.personas import Table
from tests.together.plans.exchanged import cycle_step_of, filing_of, frozen_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 1)


def test_a_filing_is_the_form_of_the_day(table: Table) -> None:
    made = filing_of(table)
    assert filing.is_unchanged(made)
    document = read_canonical(made.snapshot)
    assert document.roots[0].title == "Axis d’essai"
    assert any(one.person == "Alice Modèle" for one in document.participants)
    PlanNode.objects.filter(version=table.version).update(title="Autre")
    made.refresh_from_db()
    assert read_canonical(made.snapshot) == document, "what was filed does not move"


def test_a_version_is_frozen_by_its_filing(table: Table) -> None:
    made = filing.file_plan(
        viewer=table.viewer("coordinator"), version=table.version, recipient=" Bailleur ", filed_on=DAY, note=" x "
    )
    table.version.refresh_from_db()
    assert table.version.is_frozen
    assert (made.recipient, made.note, made.plan) == ("Bailleur", "x", table.plan)


def test_what_is_not_filed(table: Table) -> None:
    coordinator = table.viewer("coordinator")
    good: dict[str, Any] = {"viewer": coordinator, "version": table.version, "recipient": "B", "filed_on": DAY}
    tomorrow = timezone.localdate() + timedelta(days=1)
    for changes, words in [
        ({"version": table.draft}, "en vigueur"),
        ({"filed_on": tomorrow}, "futur"),
        ({"recipient": " "}, "à qui"),
    ]:
        with pytest.raises(DomainError, match=words):
            filing.file_plan(**{**good, **changes})
    with pytest.raises(NotAllowed):
        filing.file_plan(**{**good, "viewer": table.viewer("coco")})
    assert not Filing.objects.exists()


def test_a_tampered_version_is_not_filed(table: Table) -> None:
    version = frozen_of(table)
    version.snapshot = version.snapshot.replace("Action d’essai", "Autre action")
    version.save()
    with pytest.raises(DomainError, match="empreinte"):
        filing.file_plan(viewer=table.viewer("coordinator"), version=version, recipient="B", filed_on=DAY)


def write(table: Table, step: CycleStep | None = None, **changes: Any) -> CycleStep:
    values: dict[str, Any] = {
        "title": "Consulter la plénière", "body": table.plenary, "when": "mai 2026", "on": DAY, "detail": "",
        "done_on": None, "participants": [table.membership("partner")],
    }  # fmt: skip
    viewer = table.viewer("coordinator")
    return filing.write_cycle_step(viewer=viewer, plan=table.plan, step=step, **{**values, **changes})


def test_the_steps_of_the_cycle(table: Table) -> None:
    first, second = write(table), write(table, title="Adopter")
    assert (first.position, second.position) == (0, 1)
    assert list(first.participants.all()) == [table.membership("partner")]
    write(table, first, title="Consulter tout le monde", done_on=DAY, participants=[])
    first.refresh_from_db()
    assert (first.title, first.done_on, first.participants.count()) == ("Consulter tout le monde", DAY, 0)
    viewer = table.viewer("coordinator")
    filing.move_cycle_step(viewer=viewer, step=second, up=True)
    filing.move_cycle_step(viewer=viewer, step=second, up=True)  # already the first
    assert CycleStep.objects.earliest("position").title == "Adopter"
    filing.remove_cycle_step(viewer=viewer, step=first)
    assert CycleStep.objects.count() == 1


@pytest.mark.parametrize("changes", [{"title": " "}, {"done_on": date(2999, 1, 1)}])
def test_a_step_of_the_cycle_that_makes_no_sense(table: Table, changes: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        write(table, **changes)


def test_where_the_cycle_is(table: Table) -> None:
    write(table, done_on=DAY)
    write(table, title="Adopter ensemble")
    page = table.client("observer").get(reverse("plans:cycle", args=[table.space.slug])).content.decode()
    assert "Adopter ensemble" in page
    assert "Plénière" in page


def test_the_cycle_costs_the_same_with_more_steps(table: Table) -> None:
    write(table)
    client, address = table.client("partner"), reverse("plans:cycle", args=[table.space.slug])
    assert_constant_queries(lambda: [write(table) for _ in range(10)], lambda: client.get(address), at_most=9)


def test_the_cycle_in_the_browser(table: Table) -> None:
    client = table.client("coordinator")
    add = reverse("plans:cycle_add", args=[table.space.slug])
    data = {"title": "Rencontrer le Bailleur", "when": "juin", "participants": [table.membership("partner").pk]}
    assert client.post(add, {"title": ""}).status_code == 422
    assert client.post(add, data | {"done_on": "2999-01-01"}).status_code == 422
    assert client.post(add, data).status_code == 302
    step = CycleStep.objects.get()
    address = reverse("plans:cycle_step", args=[table.space.slug, step.pk])
    assert "Rencontrer le Bailleur" in client.get(address).content.decode()
    assert client.post(address, data | {"title": "Autre"}).status_code == 302
    cycle_step_of(table)
    assert (
        client.post(reverse("plans:cycle_move", args=[table.space.slug, step.pk]), {"sens": "bas"}).status_code == 302
    )
    assert client.post(reverse("plans:cycle_remove", args=[table.space.slug, step.pk])).status_code == 302
    assert list(CycleStep.objects.values_list("title", flat=True)) == ["Consulter"]
