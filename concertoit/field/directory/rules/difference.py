"""What a file would change: rows that are new, different, or no longer said."""

from __future__ import annotations

from dataclasses import dataclass

from concertoit.field.directory.rules.hsds import COMPUTED, TABLES, Bundle


@dataclass(frozen=True, slots=True)
class Change:
    """A row that changes. ``columns``: what it says now and what it would say."""

    table: str
    id: str
    kind: str
    label: str
    columns: tuple[tuple[str, str, str], ...] = ()


def differences(known: Bundle, brought: Bundle) -> list[Change]:
    """Changes of the rows of a file, table by table. Nothing when the file says what is known.

    Rows that the file does not have count only where it has the service they belong to.
    """
    found = []
    for table in TABLES:
        for key, row in brought[table].items():
            label = str(row.get("name") or row.get("number") or row.get("address_1") or row.get("description") or "")
            old = known[table].get(key)
            if old is None:
                found.append(Change(table, key, "new", label[:120]))
                continue
            names = sorted((set(row) | set(old)) - COMPUTED)
            columns = tuple(
                (name, str(old.get(name, "")), str(row.get(name, "")))
                for name in names
                if _plain(old.get(name)) != _plain(row.get(name))
            )
            if columns:
                found.append(Change(table, key, "changed", label[:120], columns))
        found += [
            Change(table, key, "gone", str(row.get("name") or row.get("number") or "")[:120])
            for key, row in known[table].items()
            if key not in brought[table] and row.get("service_id") in brought["service"]
        ]
    return found


def _plain(value: object) -> object:
    """Numbers compare as numbers, and what is empty says nothing."""
    if isinstance(value, bool):
        return value or None
    return float(value) if isinstance(value, int | float) else value or None
