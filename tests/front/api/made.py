"""Keys and requests of another system, for tests and the permission table."""

from __future__ import annotations

from typing import Any

from concertoit.field.cases.models import Report
from concertoit.front.api.models import ApiKey
from concertoit.front.api.services import Posted, give_key, receive
from tests.personas import Table


def key(table: Table, system: str = "311 d’essai") -> tuple[ApiKey, str]:
    """A key in force, and what it is; another system when the first has one."""
    if ApiKey.objects.filter(space=table.space, system=system, retired_at=None).exists():
        system = f"{system} {ApiKey.objects.count() + 1}"
    return give_key(viewer=table.viewer("liaison"), system=system)


def sent(table: Table, row: ApiKey, **changes: Any) -> Report:
    known: dict[str, Any] = {"service_code": "mould", "address": "12, rue des Essais, Ville d’essai", "unit": "3"}
    return receive(key=row, posted=Posted(**(known | changes)))[0]
