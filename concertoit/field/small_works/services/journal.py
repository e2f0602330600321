"""One line of the journal about a row of this room: never who asked."""

from __future__ import annotations

from typing import Any

from django.db import models

from concertoit.ground.audit.services import record
from concertoit.ground.spaces.models import Space


def write(
    space: Space, actor: Any, verb: str, row: models.Model, label: object, *, before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None, note: object = "",
) -> None:  # fmt: skip
    """Say what happened to a row. Called in a transaction; ``actor`` may be nobody (a personal link, a public form)."""
    record(
        actor=actor, verb=verb, object_type=f"small_works.{row._meta.model_name}", object_id=row.pk,
        object_label=str(label), space_id=space.pk, before=before, after=after, note=str(note),
    )  # fmt: skip
