"""Reading the values of HSDS: every cell checked, every error said with its place; nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from concertoit.field.directory.rules.hsds import COMPUTED, TABLES, Bundle, Column, Row

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, or something that will not be kept. ``code`` names the sentence; ``serious`` refuses the file."""

    table: str
    id: str
    column: str
    code: str
    value: str = ""
    serious: bool = True


class BadValue(ValueError):
    """A cell that is not what its column holds. ``str()`` is the code of the sentence."""


def read_value(column: Column, raw: object) -> object:
    """A cell as it is kept: text, number, yes or no; ``None`` when it says nothing. Raises ``BadValue``."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if column.kind in ("number", "yes_no"):
        return _number(raw) if column.kind == "number" else _yes_no(raw)
    if isinstance(raw, (dict, list)):
        raise BadValue("not_text")
    text = str(raw) if column.kind == "text" else str(raw).strip()
    _shape(column, text)
    return text


def _number(raw: object) -> int | float:
    if isinstance(raw, bool):
        raise BadValue("not_number")
    try:
        value = float(str(raw).strip())
    except ValueError:
        raise BadValue("not_number") from None
    if value != value or value in (float("inf"), float("-inf")):
        raise BadValue("not_number")
    return int(value) if value == int(value) else value


def _yes_no(raw: object) -> bool:
    text = str(raw).strip().lower()
    if text not in ("true", "false"):
        raise BadValue("not_yes_no")
    return text == "true"


def _shape(column: Column, text: str) -> None:
    """Refuse a text that has not the shape of its column."""
    readers: dict[str, Callable[[str], object]] = {
        "uuid": UUID,
        "date": date.fromisoformat,
        "datetime": datetime.fromisoformat,
        "time": time.fromisoformat,
    }
    if column.kind in readers:
        try:
            readers[column.kind](text.removesuffix("Z") if column.kind != "uuid" else text)
        except ValueError:
            raise BadValue(f"not_{column.kind}") from None
    if column.kind == "choices" and text not in column.choices:
        raise BadValue("not_choice")
    if column.kind == "email" and not _EMAIL.fullmatch(text):
        raise BadValue("not_email")
    if column.kind == "uri" and not _URI.fullmatch(text):
        raise BadValue("not_uri")


def read_row(table: str, raw: Row, problems: list[Problem]) -> Row:
    """A row with the columns of its table that say something; what is wrong goes to ``problems``."""
    spec, row, where = TABLES[table], {}, str(raw.get("id") or "")
    for column in spec.columns:
        try:
            value = read_value(column, raw.get(column.name))
        except BadValue as error:
            problems.append(Problem(table, where, column.name, str(error), str(raw[column.name])[:80]))
            continue
        if value is None and column.required:
            problems.append(Problem(table, where, column.name, "missing"))
        elif value is not None and column.name not in COMPUTED:
            row[column.name] = str(UUID(str(value))) if column.kind == "uuid" else value
    for name in sorted(set(raw) - set(spec.names)):
        if raw[name] not in (None, "", [], {}):
            problems.append(Problem(table, where, name, "unknown_column", str(raw[name])[:80], serious=False))
    return row


def add(bundle: Bundle, table: str, row: Row, problems: list[Problem]) -> None:
    """Put a row in the bundle. The same row met again adds its links; one that says otherwise is an error."""
    key = str(row.get("id", ""))
    if not key:
        return
    known = bundle[table].get(key)
    if known is None:
        bundle[table][key] = row
        return
    for name, value in row.items():
        if known.setdefault(name, value) != value:
            serious = name not in TABLES[table].links
            problems.append(Problem(table, key, name, "two_values", str(value)[:80], serious=serious))


def loose_links(bundle: Bundle) -> Iterator[Problem]:
    """Take away links to rows that the file does not have, and say each."""
    for table, spec in TABLES.items():
        for key, row in bundle[table].items():
            for column, target in spec.links.items():
                if column in row and row[column] not in bundle[target]:
                    yield Problem(table, key, column, "loose_link", str(row.pop(column)), serious=False)


def root_of(bundle: Bundle, table: str, row: Row) -> str:
    """The organisation to which a row belongs, by its links; empty when nothing leads to one."""
    if table == "organization":
        return str(row["id"])
    if table == "service":
        return str(row.get("organization_id", ""))
    if table in ("attribute", "metadata"):
        return _root_of_owner(bundle, str(row.get("link_id") or row.get("resource_id") or ""))
    for column, target in TABLES[table].links.items():
        if column in row and (found := root_of(bundle, target, bundle[target][str(row[column])])):
            return found
    return _root_by_use(bundle, table, row)


def _root_by_use(bundle: Bundle, table: str, row: Row) -> str:
    """The organisation of whoever uses a place or a programme that says none."""
    if table == "location":
        for at in bundle["service_at_location"].values():
            if at.get("location_id") == row["id"] and "service_id" in at:
                return root_of(bundle, "service", bundle["service"][str(at["service_id"])])
    if table == "program":
        for service in bundle["service"].values():
            if service.get("program_id") == row["id"]:
                return root_of(bundle, "service", service)
    return ""


def _root_of_owner(bundle: Bundle, owner: str) -> str:
    for table in TABLES:
        if table not in ("attribute", "metadata", "taxonomy", "taxonomy_term") and owner in bundle[table]:
            return root_of(bundle, table, bundle[table][owner])
    return ""


def orphans(bundle: Bundle) -> Iterator[Problem]:
    """Take away rows that belong to no organisation of the file, and say each; services without one are errors."""
    for table in TABLES:
        if table in ("organization", "taxonomy", "taxonomy_term"):
            continue
        for key in [key for key, row in bundle[table].items() if not root_of(bundle, table, row)]:
            del bundle[table][key]
            yield Problem(table, key, "", "orphan", serious=table == "service")


def checked(bundle: Bundle) -> list[Problem]:
    """What is wrong with the links of a bundle; leaves in it what can be kept."""
    found = list(loose_links(bundle))
    found += orphans(bundle)
    found += loose_links(bundle)
    return found
