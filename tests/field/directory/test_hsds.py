"""HSDS in and out: the standard's own schemas and examples, and nothing lost on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from concertoit.field.directory.exports import to_json, to_package
from concertoit.field.directory.importers import UnreadableFile, read_file
from concertoit.field.directory.models import Listing, Service
from concertoit.field.directory.queries.bundles import bundle_of, shown
from concertoit.field.directory.rules.difference import differences
from concertoit.field.directory.rules.hsds import PROFILE, TABLES, Bundle
from concertoit.field.directory.rules.nesting import Nester
from concertoit.field.directory.services import importing
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.models import Space
from tests.field.directory import made
from tests.personas import Table

Shared = Callable[[str], Path]


def plain(value: Any) -> Any:
    """JSON whatever the order of keys; what is computed is left aside."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in sorted(value.items()) if key != "last_modified"}
    return [plain(one) for one in value] if isinstance(value, list) else value


def schema(shared: Shared, name: str) -> Any:
    return json.loads(shared(f"data/hsds/schema/{name}.json").read_text())


def two_services(table: Table) -> Bundle:
    made.service_of(table)
    values = {"name": "Popote", "minimum_age": 65.0, "name_en": "Meals", "open_on_holidays": True, "alert": "Complet"}
    made.service_of(table, "Popote", clienteles=["elders"], documents=["Carte"], values=values)
    return bundle_of(shown(table.space))


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("service_full", lambda nester, key: nester.service(key)),
        ("service_at_location_full", lambda nester, key: nester.at_location(key)),
        ("organization_full", lambda nester, key: nester.organisation(key, full_service=True)),
    ],
)
def test_the_standard_s_examples_come_out_as_they_went_in(shared: Shared, name: str, write: Any) -> None:
    source = json.loads(shared(f"data/hsds/examples/{name}.json").read_text())
    bundle, problems = read_file(json.dumps(source).encode())
    assert not problems
    written = plain(write(Nester(bundle), source["id"]))
    if name == "service_full":
        assert written == plain(source)
    assert not read_again(bundle, json.dumps(written).encode())


def read_again(known: Bundle, data: bytes) -> list[Any]:
    bundle, problems = read_file(data)
    assert not [one for one in problems if one.serious]
    return differences(known, bundle)


def test_the_example_package_says_what_is_not_kept(shared: Shared, tmp_path: Path) -> None:
    import zipfile

    archive = tmp_path / "hsds.zip"
    with zipfile.ZipFile(archive, "w") as package:
        for path in sorted(shared("data/hsds/examples/csv").glob("*")):
            package.write(path, path.name)
    bundle, problems = read_file(archive.read_bytes())
    assert not [one for one in problems if one.serious]
    assert {table: len(rows) for table, rows in bundle.items() if rows}.keys() >= {"service", "phone", "schedule"}
    assert {(one.code, one.column) for one in problems} >= {("loose_link", "organization_id"), ("unknown_file", "")}


def test_our_tables_are_those_of_the_standard(shared: Shared) -> None:
    for name, table in TABLES.items():
        described = schema(shared, name)
        ours = set(table.names) - PROFILE.get(name, frozenset())
        theirs = {key for key, value in described["properties"].items() if value.get("type") not in ("array", None)}
        assert ours == theirs, name
        assert {column.name for column in table.columns if column.required} == set(described["required"]), name


def test_exports_answer_to_the_schemas(shared: Shared, table: Table) -> None:
    bundle = two_services(table)
    page = json.loads(to_json(bundle))
    assert page["total_items"] == 2
    for one in page["contents"]:
        jsonschema.validate(one, schema(shared, "compiled/service"))
    nester = Nester(bundle)
    for key in bundle["organization"]:
        jsonschema.validate(nester.organisation(key), schema(shared, "compiled/organization"))
    for key in bundle["service_at_location"]:
        jsonschema.validate(nester.at_location(key), schema(shared, "compiled/service_at_location"))
    for name, rows in bundle.items():
        for row in rows.values():
            jsonschema.validate(row, schema(shared, name))


def test_export_then_import_is_no_difference(table: Table) -> None:
    bundle = two_services(table)
    for data in (to_json(bundle), to_package(bundle, title="Essai")):
        assert not read_again(bundle, data)
        brought = importing.read(viewer=table.viewer("liaison"), name="essai", data=data)
        seen = importing.preview(brought)
        assert (seen.changes, seen.errors, seen.remarks) == ([], [], [])
        importing.confirm(viewer=table.viewer("liaison"), import_id=brought.pk)
        assert not differences(bundle, bundle_of(shown(table.space)))
        assert not differences(bundle_of(shown(table.space)), bundle)
    assert Service.objects.count() == 2


def test_the_example_is_kept_by_the_database(shared: Shared, table: Table) -> None:
    data = shared("data/hsds/examples/service_full.json").read_bytes()
    source = json.loads(data)
    brought = importing.read(viewer=table.viewer("liaison"), name="exemple.json", data=data)
    assert {change.kind for change in importing.preview(brought).changes} == {"new"}
    importing.confirm(viewer=table.viewer("liaison"), import_id=brought.pk)
    kept = Nester(bundle_of(shown(table.space))).service(source["id"])
    assert plain(kept) == plain(source)


def test_every_error_is_said_and_nothing_changes(table: Table) -> None:
    service = made.service_of(table)
    wrong = {"id": str(service.uid), "name": "", "status": "open", "email": "pas un courriel", "minimum_age": "douze",
             "organization": {"id": "x", "name": "Sans description"}, "inconnu": 1}  # fmt: skip
    brought = importing.read(viewer=table.viewer("liaison"), name="faux.json", data=json.dumps([wrong]).encode())
    seen = importing.preview(brought)
    codes = {(one.column, one.code) for one in seen.errors}
    assert codes >= {
        ("name", "missing"),
        ("status", "not_choice"),
        ("email", "not_email"),
        ("minimum_age", "not_number"),
    }
    assert {("id", "not_uuid"), ("description", "missing")} <= codes
    assert ("inconnu", "unknown_column") in {(one.column, one.code) for one in seen.remarks}
    with pytest.raises(DomainError):
        importing.confirm(viewer=table.viewer("liaison"), import_id=brought.pk)
    service.refresh_from_db()
    assert service.name == "Panier de la semaine"


@pytest.mark.parametrize("data", [b"", b"\x00\xff", b"PK\x03\x04", b"[]", b'{"contents": []}', b"[1]", b"[" * 5000])
def test_what_is_no_directory(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_file(data)


def test_a_file_changes_no_record_that_another_space_keeps(table: Table) -> None:
    service = made.service_of(table)
    data = to_json(bundle_of([service])).replace(b"Panier de la semaine", b"Autre nom")
    other = Space.objects.create(name="Autre", slug="autre-table")
    Listing.objects.filter(service=service).update(space=other)
    brought = importing.read(viewer=table.viewer("liaison"), name="essai.json", data=data)
    assert "kept_elsewhere" in {one.code for one in importing.preview(brought).errors}
    with pytest.raises(DomainError):
        importing.confirm(viewer=table.viewer("liaison"), import_id=brought.pk)
