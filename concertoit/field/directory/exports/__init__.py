"""The directory out: JSON as the web interface of the standard gives it, and the tabular package."""

from __future__ import annotations

import csv
import io
import json
import zipfile

from concertoit.field.directory.rules.hsds import PROFILE, TABLES, Bundle, Column
from concertoit.field.directory.rules.nesting import Nester

_TYPES = {"number": "number", "yes_no": "boolean", "date": "date", "datetime": "datetime", "time": "time"}
_FORMATS = {"uuid": "uuid", "email": "email", "uri": "uri"}


def to_json(bundle: Bundle) -> bytes:
    """All the services, whole, on one page of the standard."""
    nester = Nester(bundle)
    contents = [nester.service(key) for key in bundle["service"]]
    count = len(contents)
    page = {
        "total_items": count, "total_pages": 1, "page_number": 1, "size": count, "first_page": True,
        "last_page": True, "empty": count == 0, "contents": contents,
    }  # fmt: skip
    return json.dumps(page, ensure_ascii=False, indent=1).encode()


def to_package(bundle: Bundle, *, title: str) -> bytes:
    """A tabular data package: ``datapackage.json`` and a CSV file for each table that has rows."""
    out = io.BytesIO()
    resources = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, spec in TABLES.items():
            if not bundle[name]:
                continue
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, spec.names, lineterminator="\r\n")
            writer.writeheader()
            for row in bundle[name].values():
                writer.writerow({column: _cell(row.get(column)) for column in spec.names})
            _add(archive, spec.file, text.getvalue())
            resources.append(_resource(name))
        package = {
            "name": "human_services_data", "title": title, "profile": "tabular-data-package", "version": "3.0.0",
            "resources": resources,
        }  # fmt: skip
        _add(archive, "datapackage.json", json.dumps(package, ensure_ascii=False, indent=1))
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    """A file without a date, so that the same directory makes the same package."""
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, text)


def _cell(value: object) -> object:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def _resource(table: str) -> dict[str, object]:
    spec = TABLES[table]
    return {
        "name": table, "path": spec.file, "format": "csv", "mediatype": "text/csv",
        "profile": "tabular-data-resource",
        "schema": {"primaryKey": "id", "fields": [_field(table, column) for column in spec.columns]},
    }  # fmt: skip


def _field(table: str, column: Column) -> dict[str, object]:
    described: dict[str, object] = {"name": column.name, "type": _TYPES.get(column.kind, "string")}
    if column.kind in _FORMATS:
        described["format"] = _FORMATS[column.kind]
    limits: dict[str, object] = {"required": True} if column.required else {}
    if column.choices:
        limits["enum"] = list(column.choices)
    if limits:
        described["constraints"] = limits
    if column.name in PROFILE.get(table, ()):
        described["description"] = "Added by this profile of HSDS"
    return described
