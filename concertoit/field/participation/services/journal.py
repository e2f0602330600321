"""The values of a row that the journal keeps, before and after a change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models


def plain(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Fields of a row as JSON keeps them."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date | Decimal | models.Model):
        return str(value)
    return value


def assign(row: models.Model, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put values on a row (not saved); answers what changed, before and after."""
    before = plain(row, values) if row.pk else {}
    for name, value in values.items():
        setattr(row, name, value)
    after = plain(row, values)
    changed = [name for name in after if before.get(name, None) != after[name]]
    return {name: before[name] for name in changed if name in before}, {name: after[name] for name in changed}
