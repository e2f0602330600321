"""One line of the journal, and the values that it keeps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from concertoit.ground.audit.services import record
from concertoit.ground.spaces.policies import Viewer


def write(
    viewer: Viewer, verb: str, row: models.Model, label: object, *, before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None, note: object = "", at: datetime | None = None,
) -> None:  # fmt: skip
    """Say what happened to a row of this room. Called in a transaction."""
    record(
        actor=viewer.user, verb=verb, object_type=f"participation.{row._meta.model_name}", object_id=row.pk,
        object_label=str(label), space_id=viewer.space.pk, before=before, after=after, note=str(note), at=at,
    )  # fmt: skip


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
