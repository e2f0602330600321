"""Migrations run once for each state of their files: afterwards the test database of SQLite is copied from a template.

Applying every migration takes about a minute of a small machine, for each worker and each run; a copy takes a moment. The
template lies in the system's temporary folder under a digest of all migrations and of what they load.
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
    if connection.vendor != "sqlite" or not isinstance(settings.MIGRATION_MODULES, dict):  # or --nomigrations
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
        result = call(name, *args, **options)
        part = kept.with_suffix(f".{os.getpid()}")
        with sqlite3.connect(part) as target:
            connection.connection.backup(target)
        part.replace(kept)
        return result

    with mock.patch.object(management, "call_command", instead):
        yield
