"""Filling the grid: by dimension, from a phone, corrected then frozen, who fills what (I7)."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from concertoit.field.cases.models import (
    Case,
    Observation,
)
from concertoit.field.cases.queries import observations as read
from concertoit.field.cases.rules.grading import Level
from concertoit.field.cases.services import grading, grids
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.files.models import Attachment
from tests.field.cases import made_grid as made
from tests.field.cases.made_grid import page, url
from tests.personas import Table


def dimension_post(code: str = "HUM", **points: str) -> dict[str, Any]:
    return {
        "dimension": code, "client_id": str(uuid.uuid4()), "competence": "inspection",
        "on": timezone.localdate().isoformat(), "place": "site", "visit": "",
        **{name.replace("_", "-"): value for name, value in points.items()},
    }  # fmt: skip


class TestFilling:
    def send(self, table: Table, row: Case, data: dict[str, Any], key: str = "worker", queued: bool = False) -> Any:
        headers = {"X-Queue": "1"} if queued else {}
        return table.client(key).post(url(table, "grid_fill", reference=row.reference), data, headers=headers)

    def test_dimension_by_dimension_without_a_script(self, table: Table) -> None:
        made.competent(table, "worker", "inspection")
        row = made.case(table)
        html = page(table, "grid_fill", "worker", reference=row.reference)
        assert html.count('data-offline="grille"') == 8
        assert html.count("grid-dimension") == 8
        answer = self.send(table, row, dimension_post(
            HUM1_state="2", HUM1_extent="room", HUM1_proof="measured", HUM1_measure="1,5", HUM1_note="coin nord",
            HUM2_state="nv", **{"HUM1-photos": made.photo()},  # type: ignore[arg-type]
        ))  # fmt: skip
        assert answer.status_code == 302
        assert "d=NUI" in answer["Location"]
        assert answer["Location"].endswith("#NUI")
        first = Observation.objects.get(code="HUM1")
        assert (first.state, first.extent, first.proof, str(first.measure)) == ("2", "room", "measured", "1.5")
        assert Attachment.objects.filter(object_type="cases.observation", object_id=str(first.pk)).count() == 1
        assert read.current_grade(row).level == Level.N2
        again = page(table, "grid_fill", "worker", reference=row.reference)
        assert 'value="1,5"' in again
        assert "2 sur 38" in again

    def test_a_phone_sends_the_same_thing_again(self, table: Table) -> None:
        row, data = made.case(table), dimension_post(HUM1_state="3")
        for _each in range(3):
            copy = data | {"HUM1-photos": made.photo()}
            assert self.send(table, row, copy, queued=True).status_code == 204
        assert Observation.objects.count() == 1
        assert Attachment.objects.count() == 1
        assert Entry.objects.filter(verb="cases.observed").count() == 1
        assert self.send(table, row, data, key="liaison", queued=True).status_code == 404

    def test_what_contradicts_itself_is_said_and_kept_on_the_page(self, table: Table) -> None:
        row = made.case(table)
        data = dimension_post("INS", INS1_state="0", INS1_danger="1", INS1_note="froid partout")
        answer = self.send(table, row, data)
        assert answer.status_code == 422
        html = answer.content.decode()
        assert "un danger est coché" in html
        assert 'value="froid partout"' in html
        queued = self.send(table, row, data, queued=True)
        assert (queued.status_code, "danger" in queued.content.decode()) == (422, True)
        for wrong in (
            {"PRO2_state": "2", "PRO2_measure": "12"}, {"PRO2_state": "2", "PRO2_measure": "2,5"},
            {"PRO2_state": "2", "PRO2_measure": "beaucoup"}, {"PRO1_state": "2", "PRO1_measure": "4"}, {},
        ):  # fmt: skip
            assert self.send(table, row, dimension_post("PRO", **wrong)).status_code == 422
        future = dimension_post(HUM1_state="1") | {"on": (timezone.localdate() + timedelta(days=2)).isoformat()}
        assert self.send(table, row, future).status_code == 422
        assert not Observation.objects.exists()
        assert self.send(table, row, dimension_post(ZZZ_state="1")).status_code == 404

    def test_corrected_while_open_then_frozen(self, table: Table) -> None:
        row = made.case(table)
        sheet = made.observed(table, row, made.said("HUM1", "3"))
        made.observed(table, row, made.said("HUM1", "1"))
        assert Observation.objects.get().state == "1"
        assert Entry.objects.filter(verb="cases.observed").order_by("-pk")[0].before == {"HUM1": "3"}
        table.client("worker").post(url(table, "grid_finish", reference=row.reference, sheet_id=sheet.pk))
        other = made.observed(table, row, made.said("HUM1", "2"))
        assert other.pk != sheet.pk
        assert Observation.objects.filter(sheet=sheet).get().state == "1"

    def test_who_fills(self, table: Table) -> None:
        for state, allowed in (("new", False), ("in_progress", True), ("closed", False), ("refused", False)):
            row = made.case(table, number=f"1{len(state)}{state.count('e')}", asked=state)
            answer = table.client("responder").get(url(table, "grid_fill", reference=row.reference))
            assert answer.status_code == (200 if allowed else 403), state
        row = made.case(table, number="77")
        assert (
            made.observed(table, row, made.said("HUM1", "1"), who="responder").organisation
            == table.organisations["town"]
        )
        with pytest.raises(NotAllowed):
            made.observed(table, row, made.said("HUM1", "1"), who="responder", competence="fire")
        made.competent(table, "worker", "psychosocial")
        with pytest.raises(NotAllowed):
            made.observed(table, row, made.said("HUM1", "1"))
        assert page(table, "grid_fill", "partner", 403, reference=row.reference)

    def test_points_of_a_mandate(self, table: Table) -> None:
        row = made.case(table)
        answer = table.client("worker").get(url(table, "grid_fill", reference=row.reference) + "?mandat=fire")
        html = answer.content.decode()
        assert html.count("grid-dimension") == 4
        assert 'name="HUM1-state"' not in html

    def test_an_older_page_of_a_phone_is_still_received(self, table: Table) -> None:
        row = made.case(table)
        draft = made.draft(table)
        grids.change_draft(
            viewer=table.viewer("liaison"), draft=draft,
            change=lambda one: type(one)(one.title, one.dimensions, tuple(i for i in one.items if i.code != "HUM1")),
        )  # fmt: skip
        grids.adopt(viewer=table.viewer("liaison"), draft=draft, adopted_by="Nous", adopted_on=date(2026, 1, 1))
        assert self.send(table, row, dimension_post(HUM1_state="2", HUM3_state="1"), queued=True).status_code == 204
        assert Observation.objects.count() == 2
        assert read.current_grade(row).level == Level.N1

    def test_a_closed_case_is_not_observed(self, table: Table) -> None:
        row = made.case(table)
        Case.objects.filter(pk=row.pk).update(state="closed")
        row.refresh_from_db()
        with pytest.raises(DomainError, match="fermé"):
            made.observed(table, row, made.said("HUM1", "1"))

    def test_others_are_told(self, table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
        told: list[str] = []
        monkeypatch.setattr(grading, "after_observation", [lambda viewer, case: told.append(case.reference)])
        row = made.case(table)
        made.observed(table, row, made.said("HUM1", "1"))
        assert told == [row.reference]
