"""Is what is stored still true? ``concertoit check-data`` runs what is registered here.

Some checks need no knowledge of any room, since every room follows the same conventions: rows of a démarche point at
rows of the same démarche, a ``snapshot`` has the ``sha256`` beside it, a stored ``file`` too. Rooms register the rest.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db import connection, models
from django.db.models import F
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: where (table and row), and a sentence for the person who looks after the data."""

    where: str
    message: str


Check = Callable[[], Iterable[Finding]]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check under a name; the same name twice is a programming error."""
    if name in _checks:
        raise ValueError(f"check registered twice: {name}")
    _checks[name] = check


def run() -> Iterator[tuple[str, list[Finding]]]:
    """Each check with what it found, one after the other."""
    for name, check in _checks.items():
        yield name, list(check())


def foreign_keys() -> Iterator[Finding]:
    """Keys that lead nowhere. SQLite can be asked; PostgreSQL enforces every constraint that is validated."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_key_check")
            for table, row, parent, _index in cursor.fetchall():
                yield Finding(f"{table} #{row}", _("renvoie à une ligne absente de %(table)s") % {"table": parent})
        else:
            cursor.execute("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE NOT convalidated")
            for table, constraint in cursor.fetchall():
                yield Finding(table, _("la contrainte %(name)s n’est pas vérifiée") % {"name": constraint})


def storage() -> Iterator[Finding]:
    """What the embedded database says of its own file."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        for (line,) in cursor.fetchall():
            if line != "ok":
                yield Finding("SQLite", line)


def spaces_agree() -> Iterator[Finding]:
    """A row of a démarche points at rows of the same démarche, except through keys named ``other_…``, made for that."""
    for model in _ours():
        if not _in_a_space(model):
            continue
        for field in model._meta.fields:
            target = field.related_model if isinstance(field, models.ForeignKey) else None
            if field.name.startswith("other_") or not (isinstance(target, type) and _in_a_space(target)):
                continue
            strangers = (
                model._default_manager.exclude(**{f"{field.name}__isnull": True})
                .exclude(space_id=F(f"{field.name}__space_id"))
                .order_by("pk")
            )
            for row in strangers.values_list("pk", flat=True):
                message = _("« %(field)s » appartient à une autre démarche") % {"field": field.name}
                yield Finding(f"{model._meta.db_table} #{row}", message)


def snapshots() -> Iterator[Finding]:
    """Frozen texts still have the SHA-256 that was written down when they were frozen."""
    for model in _ours("snapshot", "sha256"):
        frozen = model._default_manager.exclude(sha256="").order_by("pk").values_list("pk", "snapshot", "sha256")
        for row, snapshot, digest in frozen.iterator(chunk_size=50):
            if hashlib.sha256(snapshot.encode()).hexdigest() != digest:
                message = _("le texte figé ne correspond plus à son empreinte SHA-256")
                yield Finding(f"{model._meta.db_table} #{row}", message)


def files() -> Iterator[Finding]:
    """Stored files are there and are what was received."""
    for model in _ours("file", "sha256"):
        for row in model._default_manager.order_by("pk").iterator(chunk_size=200):
            stored: Any = row
            if message := _trouble(stored.file.storage, stored.file.name, stored.sha256):
                yield Finding(f"{model._meta.db_table} #{row.pk}", message)


def _trouble(where: Storage, name: str, digest: str) -> str:
    if not name or not where.exists(name):
        return _("le fichier est absent")
    found = hashlib.sha256()
    with where.open(name) as stream:
        for chunk in iter(lambda: stream.read(1 << 20), b""):
            found.update(chunk)
    return "" if found.hexdigest() == digest else _("le fichier ne correspond plus à son empreinte SHA-256")


def _ours(*having: str) -> list[type[models.Model]]:
    """Our models that have these fields."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("concertoit.") and set(having) <= {field.name for field in model._meta.fields}
    ]


def _in_a_space(model: type[models.Model]) -> bool:
    return any(field.attname == "space_id" for field in model._meta.fields)


register("storage", storage)
register("foreign-keys", foreign_keys)
register("spaces-agree", spaces_agree)
register("snapshots", snapshots)
register("files", files)
