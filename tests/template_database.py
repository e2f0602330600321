"""Migrations run once for each state of their files: afterwards the test database of SQLite is copied from a template.

Applying every migration takes about a minute of a small machine, for each worker and each run; a copy takes a moment. The
template lies in the system's temporary folder under a digest of all migrations and of what they load. Where migrating
cannot be avoided (the first time, PostgreSQL) it is done with ``quick_states``; the demo, which CI runs too, migrates in
Django's own way.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import django
from django.conf import settings
from django.core import management
from django.db import connection
from django.db.migrations.state import ModelState, ProjectState

ROOT = Path(__file__).resolve().parent.parent / "concertoit"


def template() -> Path:
    """Where the template of the present migrations is, made or not."""
    digest = hashlib.sha256(django.__version__.encode())
    files = set(ROOT.glob("*/*/migrations/*.py"))
    for path in list(files):  # and what migrations load
        for module in re.findall(r"^\s*from (concertoit\.[\w.]+) import", path.read_text(encoding="utf-8"), re.M):
            found = ROOT.parent.joinpath(*module.split("."))
            files.add(found.with_suffix(".py") if found.with_suffix(".py").exists() else found / "__init__.py")
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return Path(tempfile.gettempdir()) / f"concertoit-tests-{os.getuid()}-{digest.hexdigest()[:20]}.sqlite3"


@contextmanager
def copied() -> Iterator[None]:
    """While the test database is created: copy the template instead of migrating, or make it."""
    if not isinstance(settings.MIGRATION_MODULES, dict):  # --nomigrations
        yield
        return
    if connection.vendor != "sqlite":
        with quick_states():
            yield
        return
    call, made = management.call_command, []

    def instead(name: str, *args: Any, **options: Any) -> Any:
        if name != "migrate" or made:  # only what creates the database: tests of migrations migrate
            return call(name, *args, **options)
        made.append(name)
        kept = template()
        connection.ensure_connection()
        if kept.exists():
            with sqlite3.connect(kept) as source:
                source.backup(connection.connection)
            return None
        with quick_states():
            result = call(name, *args, **options)
        part = kept.with_suffix(f".{os.getpid()}")
        with sqlite3.connect(part) as target:
            connection.connection.backup(target)
        part.replace(kept)
        return result

    with mock.patch.object(management, "call_command", instead):
        yield


@contextmanager
def quick_states() -> Iterator[None]:
    """Migrate without drawing again, for each table that is created, every model that is related to it.

    Nothing points yet at a model that is new: it is enough to draw that one. Django draws all that can be reached from
    its keys, which from the démarche is everything, so that its time grows with the square of the number of models.
    """
    whole = ProjectState.add_model

    def add_model(self: ProjectState, model_state: ModelState) -> None:
        key = model_state.app_label, model_state.name_lower
        if "apps" not in self.__dict__ or key in self.models:
            whole(self, model_state)
            return
        self.models[key] = model_state
        if self._relations is not None:
            self.resolve_model_relations(key)
        self.apps.render_multiple([model_state])

    with mock.patch.object(ProjectState, "add_model", add_model):
        yield
