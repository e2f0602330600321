"""The record that people read and write, from HSDS rows and back: one phone, one address, a week of hours, areas, lists.

What a file brought and the form does not show (several places, monthly hours…) stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import time
from uuid import UUID, uuid5

from concertoit.field.directory.rules.hours import DAYS, Opening, opening_of
from concertoit.field.directory.rules.hsds import Bundle, Row

Hours = tuple[tuple[time, time], ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Where a service is offered. ``kind``: municipality, mrc, region (official codes), or everywhere."""

    kind: str
    code: str
    name: str


@dataclass(slots=True)
class Record:
    """What the form shows. ``week``: hours from Monday; ``other_hours``: rules that a week does not say."""

    phone: str = ""
    extension: str = ""
    street: str = ""
    city: str = ""
    postal_code: str = ""
    accessibility: str = ""
    week: list[Hours] = field(default_factory=lambda: [()] * 7)
    other_hours: list[str] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    areas_said: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    clienteles: list[str] = field(default_factory=list)


def _of(bundle: Bundle, table: str, column: str, value: str) -> list[Row]:
    return [row for row in bundle[table].values() if row.get(column) == value]


def schedules_of(bundle: Bundle, key: str) -> list[Row]:
    """The schedules of a service: its own, those of its places, those of the buildings."""
    found = _of(bundle, "schedule", "service_id", key)
    if found:
        return found
    for at in _of(bundle, "service_at_location", "service_id", key):
        found += _of(bundle, "schedule", "service_at_location_id", str(at["id"]))
        if "location_id" in at and not found:
            found += _of(bundle, "schedule", "location_id", str(at["location_id"]))
    return found


def openings_of(bundle: Bundle, key: str) -> tuple[Opening, ...]:
    """The rules of opening of a service."""
    read = (opening_of(row) for row in schedules_of(bundle, key))
    return tuple(one for one in read if one is not None)


def _weekly(row: Row) -> bool:
    """Whether a row only says days of the week and hours."""
    plain = ("id", "service_id", "freq", "interval", "byday", "opens_at", "closes_at")
    says = {name for name in row if name not in plain}
    days = [one.strip() for one in str(row.get("byday") or "").split(",") if one.strip()]
    return (
        not says and row.get("freq", "WEEKLY") == "WEEKLY" and row.get("interval", 1) == 1 and bool(days)
        and all(one in DAYS for one in days) and bool(row.get("opens_at")) and bool(row.get("closes_at"))
    )  # fmt: skip


def _week(rows: list[Row]) -> list[Hours]:
    week: list[list[tuple[time, time]]] = [[] for _day in DAYS]
    for row in rows:
        hours = (time.fromisoformat(str(row["opens_at"])), time.fromisoformat(str(row["closes_at"])))
        for day in str(row["byday"]).split(","):
            week[DAYS.index(day.strip())].append(hours)
    return [tuple(sorted(hours)) for hours in week]


def _phone(bundle: Bundle, key: str) -> Row:
    phones = _of(bundle, "phone", "service_id", key)
    for at in _of(bundle, "service_at_location", "service_id", key):
        phones += _of(bundle, "phone", "service_at_location_id", str(at["id"]))
    owner = str(bundle["service"][key].get("organization_id", "")) if key in bundle["service"] else ""
    phones += _of(bundle, "phone", "organization_id", owner) if owner else []
    return phones[0] if phones else {}


def _address(bundle: Bundle, key: str) -> tuple[Row, list[Row]]:
    for at in _of(bundle, "service_at_location", "service_id", key):
        place = str(at.get("location_id", ""))
        addresses = _of(bundle, "address", "location_id", place)
        if addresses:
            return addresses[0], _of(bundle, "accessibility", "location_id", place)
    return {}, []


def read(bundle: Bundle, key: str) -> Record:
    """The record of a service, by its id."""
    phone, (address, access) = _phone(bundle, key), _address(bundle, key)
    rows = schedules_of(bundle, key)
    plain = [row for row in rows if _weekly(row)]
    areas = _of(bundle, "service_area", "service_id", key)
    coded = [row for row in areas if row.get("extent_type") in AREA_KINDS and row.get("extent")]
    return Record(
        phone=str(phone.get("number", "")), extension=str(phone.get("extension", "")),
        street=str(address.get("address_1", "")), city=str(address.get("city", "")),
        postal_code=str(address.get("postal_code", "")),
        accessibility=" ".join(str(row.get("description", "")) for row in access), week=_week(plain),
        other_hours=[_said(row) for row in rows if row not in plain],
        areas=[Area(str(row["extent_type"]), str(row["extent"]), str(row.get("name", ""))) for row in coded],
        areas_said=[str(row.get("name") or row.get("description") or "") for row in areas if row not in coded],
        languages=[str(row["code"]) for row in _of(bundle, "language", "service_id", key) if row.get("code")],
        documents=[str(row.get("document", "")) for row in _of(bundle, "required_document", "service_id", key)],
        needs=_terms(bundle, key, "needs"), clienteles=_terms(bundle, key, "clienteles"),
    )  # fmt: skip


AREA_KINDS = ("municipality", "mrc", "region", "everywhere")


def _said(row: Row) -> str:
    if row.get("description"):
        return str(row["description"])
    hours = "–".join(str(row[name])[:5] for name in ("opens_at", "closes_at") if row.get(name))
    return " ".join(str(one) for one in (row.get("byday"), hours, row.get("notes")) if one)


def _terms(bundle: Bundle, key: str, kind: str) -> list[str]:
    """Codes of one of our own lists that are said of a service."""
    found = []
    for row in _of(bundle, "attribute", "link_id", key):
        term = bundle["taxonomy_term"].get(str(row.get("taxonomy_term_id", "")), {})
        if row.get("link_type") == kind:
            found.append(str(term.get("code", "")))
    return found


def _id(key: str, what: str) -> str:
    return str(uuid5(UUID(key), what))


def write(bundle: Bundle, key: str, record: Record) -> None:
    """Put a record in the rows of a service; rows that say nothing any more go away."""
    owner = str(bundle["service"][key]["organization_id"])
    _write_phone(bundle, key, record)
    _write_place(bundle, key, owner, record)
    for row in [row for row in schedules_of(bundle, key) if _weekly(row)]:
        del bundle["schedule"][str(row["id"])]
    by_hours: dict[tuple[time, time], list[str]] = {}
    for day, hours in zip(DAYS, record.week, strict=True):
        for one in hours:
            by_hours.setdefault(one, []).append(day)
    for (opens, closes), days in by_hours.items():
        row_id = _id(key, f"hours/{opens:%H%M}-{closes:%H%M}")
        bundle["schedule"][row_id] = {
            "id": row_id, "service_id": key, "freq": "WEEKLY", "interval": 1, "byday": ",".join(days),
            "opens_at": opens.isoformat(), "closes_at": closes.isoformat(),
        }  # fmt: skip
    _replace(bundle, "language", key, "code", {code: {"name": code, "code": code} for code in record.languages})
    _replace(bundle, "required_document", key, "document", {text: {"document": text} for text in record.documents})
    _write_areas(bundle, key, record)


def _write_areas(bundle: Bundle, key: str, record: Record) -> None:
    coded = {f"{area.kind}/{area.code}": area for area in record.areas}
    for row in _of(bundle, "service_area", "service_id", key):
        if row.get("extent_type") in AREA_KINDS and f"{row['extent_type']}/{row.get('extent')}" not in coded:
            del bundle["service_area"][str(row["id"])]
    known = {f"{r.get('extent_type')}/{r.get('extent')}" for r in _of(bundle, "service_area", "service_id", key)}
    for code, area in coded.items():
        if code not in known:
            row_id = _id(key, f"area/{code}")
            bundle["service_area"][row_id] = {
                "id": row_id, "service_id": key, "name": area.name, "extent_type": area.kind, "extent": area.code,
            }  # fmt: skip


def _replace(bundle: Bundle, table: str, key: str, column: str, wanted: dict[str, Row]) -> None:
    """Keep the rows of a list that are still wanted, take away the others, add what is new."""
    known = set()
    for row in _of(bundle, table, "service_id", key):
        if row.get(column) in wanted:
            known.add(row[column])
        elif row.get(column):
            del bundle[table][str(row["id"])]
    for value, columns in wanted.items():
        if value not in known:
            row_id = _id(key, f"{table}/{value}")
            bundle[table][row_id] = {"id": row_id, "service_id": key, **columns}


def _write_phone(bundle: Bundle, key: str, record: Record) -> None:
    known = _phone(bundle, key)
    mine = known if known.get("service_id") == key else {}
    if not record.phone:
        if mine:
            del bundle["phone"][str(mine["id"])]
        return
    if known and not mine and (known["number"], str(known.get("extension", ""))) == (record.phone, record.extension):
        return
    row_id = str(mine.get("id") or _id(key, "phone"))
    row = {"type": "voice", **mine, "id": row_id, "service_id": key, "number": record.phone}
    row.pop("extension", None)
    if re.fullmatch(r"\d+", record.extension):
        row["extension"] = int(record.extension)
    bundle["phone"][row_id] = row


def _write_place(bundle: Bundle, key: str, owner: str, record: Record) -> None:
    address, access = _address(bundle, key)
    if not record.street:
        for table, what in (("service_at_location", "at"), ("address", "address"), ("accessibility", "access"),
                            ("location", "place")):  # fmt: skip
            bundle[table].pop(_id(key, what), None)
        return
    place = str(address.get("location_id") or _id(key, "place"))
    bundle["location"].setdefault(
        place, {"id": place, "location_type": "physical", "organization_id": owner, "name": record.street}
    )
    if not address:
        at = _id(key, "at")
        bundle["service_at_location"][at] = {"id": at, "service_id": key, "location_id": place}
    row_id = str(address.get("id") or _id(key, "address"))
    fixed = {"state_province": "QC", "country": "CA", "address_type": "physical", **address}
    bundle["address"][row_id] = {
        **fixed, "id": row_id, "location_id": place, "address_1": record.street, "city": record.city,
        "postal_code": record.postal_code,
    }  # fmt: skip
    if len(access) <= 1:
        row_id = str(access[0]["id"]) if access else _id(key, "access")
        bundle["accessibility"].pop(row_id, None)
        if record.accessibility:
            kept = access[0] if access else {}
            bundle["accessibility"][row_id] = {
                **kept, "id": row_id, "location_id": place, "description": record.accessibility,
            }  # fmt: skip


_HOUR = re.compile(r"(\d{1,2})\s*(?:h|:)\s*(\d{2})?")


def read_hours(written: str) -> Hours:
    """Hours as people type them: « 9 h à 12 h, 13 h à 16 h 30 », « 9:00-12:00 », « 24 h ». Raises ``ValueError``."""
    text = written.strip().lower().replace("\u00a0", " ")
    if text in ("", "fermé", "ferme"):
        return ()
    if text in ("24 h", "24h", "24 h/24", "toute la journée"):
        return ((time(0), time(0)),)
    found = []
    for part in re.split(r"[,;]|\bet\b", text):
        hours = [time(int(hour), int(minute or 0)) for hour, minute in _HOUR.findall(part)]
        if len(hours) != 2 or _HOUR.sub("", part).strip(" -–—àa"):
            raise ValueError(written)
        found.append((hours[0], hours[1]))
    return tuple(sorted(found))


def say_hours(hours: Hours) -> str:
    """Hours as the form writes them again."""
    if hours == ((time(0), time(0)),):
        return "24 h"
    return ", ".join(f"{_say(opens)} à {_say(closes)}" for opens, closes in hours)


def _say(moment: time) -> str:
    return f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"
