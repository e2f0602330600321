"""CSV and JSON: open formats that say everything about the elements and nothing about persons."""

from __future__ import annotations

import csv
import io
import json

from concertoit.together.plans.exports import FORMATS, to_csv, to_json
from concertoit.together.plans.exports.rows import tables
from concertoit.together.plans.rules.document import (
    Actor,
    ActorRole,
    Node,
    NodeKind,
    Participant,
    Period,
    PlanDocument,
    as_plain,
)


def plan() -> PlanDocument:
    action = Node("a", NodeKind.ACTION, "=1+1", "1.1", period=Period("26-28"), source_text="Camille Roy, 555-1234")
    action.actors = [Actor(ActorRole.LEAD, "Habeo")]
    axis = Node("x", NodeKind.AXIS, "Se loger, bien\nensemble", "1", children=[action])
    return PlanDocument("Plan", participants=[Participant("Office", "Camille Roy")], roots=[axis])


def test_csv_has_one_row_per_element_with_real_columns() -> None:
    data = to_csv(plan())
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(row["Niveau"], row["No"], row["Titre"], row["Sous"]) for row in rows] == [
        ("Axe", "1", "Se loger, bien\nensemble", "—"),
        ("Action", "1.1", "'=1+1", "#1"),
    ]
    assert rows[1]["Échéancier"] == "26-28"
    assert rows[1]["Responsables"] == "Habeo"


def test_json_is_the_whole_document_with_its_schema() -> None:
    content = json.loads(to_json(plan()))
    assert (content["schema"], content["schema_version"]) == ("concertoit-plan", 1)
    assert content["plan"] == as_plain(plan())


def test_public_json_names_nobody() -> None:
    data = to_json(plan(), public=True).decode()
    assert "Camille" not in data
    assert "Office" in data
    assert "Camille" in to_json(plan()).decode()
    assert b"Camille" not in to_csv(plan())


def test_every_format_writes_any_plan() -> None:
    for name, form in FORMATS.items():
        assert form.extension == name
        assert form.write(PlanDocument())


def test_references_are_short_and_identifiers_are_kept_apart() -> None:
    written = {table.sheet.key: table for table in tables(plan())}
    assert [row.values["ref"] for row in written["plan"].rows] == ["#1", "#2"]
    assert [row.values["identifier"] for row in written["references"].rows] == ["x", "a"]
