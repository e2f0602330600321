"""One file that holds an installation: the database and the stored files, with the SHA-256 of each.

A backup is a ``.tar.gz``: the database first, then ``files/…``, then ``manifest.json``. The secret key is not in it: it
belongs to the machine. The database is in its own form (SQLite's online copy, PostgreSQL's ``pg_dump``), or ``portable``:
JSON lines that either database reads, which is how an installation moves from one to the other.
"""

import gzip
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit import __version__
from concertoit.ground.core.errors import DomainError

FORMAT = 1
MANIFEST = "manifest.json"
_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump", "portable": "database.jsonl"}
# Rebuilt by migrations, or worth nothing elsewhere.
_NOT_PORTABLE = ["contenttypes", "auth.permission", "sessions", "usersessions", "axes"]


@dataclass
class Manifest:
    """What a backup says of itself. ``digests`` gives the SHA-256 of each member by name."""

    kind: str
    made_at: str
    version: str = __version__
    format: int = FORMAT
    migrations: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)


def back_up(target: Path, *, portable: bool = False) -> Manifest:
    """Write a backup; the file appears whole or not at all, readable by its owner only.

    Raises ``DomainError`` when PostgreSQL's client programs fail.
    """
    manifest = Manifest(_kind(portable), timezone.now().isoformat(timespec="seconds"), migrations=_applied())
    part = target.with_name(target.name + ".part")
    part.touch(mode=0o600)
    try:
        with (
            tempfile.TemporaryDirectory(dir=target.parent) as folder,
            tarfile.open(part, "w:gz", compresslevel=5) as tar,
        ):
            database = Path(folder) / _NAMES[manifest.kind]
            _WRITERS[manifest.kind](database)
            _add(tar, database, database.name, manifest)
            for path in _stored():
                _add(tar, path, f"files/{path.relative_to(settings.MEDIA_ROOT).as_posix()}", manifest)
            said = json.dumps(asdict(manifest), indent=1).encode()
            member = tarfile.TarInfo(MANIFEST)
            member.size = len(said)
            tar.addfile(member, io.BytesIO(said))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def holds_data() -> bool:
    """Whether there is something here that restoring would take away."""
    tables = set(connection.introspection.table_names())
    ours = (model for model in apps.get_models() if model.__module__.startswith("concertoit."))
    return any(model._default_manager.exists() for model in ours if model._meta.db_table in tables)


def restore(source: Path) -> Manifest:
    """Put a backup in the place of what is here. Everything is verified before anything is touched.

    Raises ``DomainError`` when the file is not a backup, was changed, comes from a later version, or is in the form of
    the other database.
    """
    with _unpacked(source) as (folder, manifest):
        _must_fit(manifest)
        connection.close()
        _READERS[manifest.kind](folder / _NAMES[manifest.kind])
        connection.close()
        _replace_files(folder / "files")
    call_command("migrate", verbosity=0, interactive=False)
    return manifest


# --- the archive ----------------------------------------------------------------------------------------------------
def _add(tar: tarfile.TarFile, path: Path, name: str, manifest: Manifest) -> None:
    with path.open("rb") as stream:
        manifest.digests[name] = _digest(stream)
    tar.add(path, arcname=name, recursive=False)


def _digest(stream: IO[bytes]) -> str:
    return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def _stored() -> list[Path]:
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


@contextmanager
def _unpacked(source: Path) -> Iterator[tuple[Path, Manifest]]:
    """The members of a backup in a folder of their own, each with the digest that the manifest says."""
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="restauration-") as name:
        folder = Path(name)
        try:
            found = _extract(source, folder)
            manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
        except (OSError, EOFError, tarfile.TarError, gzip.BadGzipFile, ValueError, TypeError) as error:
            raise DomainError(_("Ce fichier n’est pas une sauvegarde, ou il est incomplet.")) from error
        del found[MANIFEST]
        if found != manifest.digests:
            raise DomainError(_("La sauvegarde a été modifiée ou abîmée\u00a0: ses empreintes ne concordent pas."))
        yield folder, manifest


def _extract(source: Path, folder: Path) -> dict[str, str]:
    """Write the members under ``folder`` and give their digests. Only ordinary files with plain names are accepted."""
    found = {}
    with tarfile.open(source, "r:gz") as tar:
        for member in tar:
            target = (folder / member.name).resolve()
            stream = tar.extractfile(member) if member.isreg() else None
            if stream is None or folder.resolve() not in target.parents:
                raise ValueError(member.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as output:
                shutil.copyfileobj(stream, output)
            with target.open("rb") as written:
                found[member.name] = _digest(written)
    return found


def _must_fit(manifest: Manifest) -> None:
    if manifest.format > FORMAT:
        raise DomainError(_("Cette sauvegarde vient d’une version plus récente de Concertoit."))
    if manifest.kind not in {"portable", connection.vendor}:
        raise DomainError(
            _("Cette sauvegarde vient de %(there)s et la base d’ici est %(here)s. Refaites-la avec --portable.")
            % {"there": manifest.kind, "here": connection.vendor}
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    later = [f"{app}.{name}" for app, name in manifest.migrations.items() if (app, name) not in known]
    if later:
        raise DomainError(
            _("Cette sauvegarde vient d’une version plus récente de Concertoit (%(names)s).")
            % {"names": ", ".join(later)}
        )


def _replace_files(incoming: Path) -> None:
    """The folder of files is exchanged for the one of the backup."""
    target, aside = Path(settings.MEDIA_ROOT), incoming.with_name("files-avant")
    incoming.mkdir(exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        shutil.move(target, aside)
    shutil.move(incoming, target)


def _applied() -> dict[str, str]:
    """The last migration applied of each application."""
    return dict(sorted(MigrationLoader(connection).applied_migrations))


def _kind(portable: bool) -> str:
    if portable or (connection.vendor == "postgresql" and not pg_program("pg_dump")):
        return "portable"
    return connection.vendor


# --- SQLite ---------------------------------------------------------------------------------------------------------
def _write_sqlite(target: Path) -> None:
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    try:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()


def _read_sqlite(source: Path) -> None:
    connection.ensure_connection()
    copy = sqlite3.connect(source)
    try:
        copy.backup(connection.connection)
    finally:
        copy.close()


# --- PostgreSQL -----------------------------------------------------------------------------------------------------
def pg_program(name: str) -> str | None:
    """A client program of PostgreSQL, on the path or where Debian puts it."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parent.parent.name))
    return str(beside[-1]) if beside else shutil.which(name)


def _write_postgresql(target: Path) -> None:
    _pg("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _read_postgresql(source: Path) -> None:
    options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
    _pg("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(source))


def _pg(program: str, *arguments: str) -> None:
    path = pg_program(program)
    if path is None:
        raise DomainError(_("Le programme %(name)s de PostgreSQL est introuvable.") % {"name": program})
    given: dict[str, Any] = connection.settings_dict
    host = given["HOST"] or given.get("OPTIONS", {}).get("host", "")
    values = {"PGHOST": host, "PGPORT": given["PORT"], "PGUSER": given["USER"], "PGPASSWORD": given["PASSWORD"],
              "PGDATABASE": given["NAME"]}  # fmt: skip
    said = {name: str(value) for name, value in values.items() if value}
    done = subprocess.run(  # noqa: S603 - a program found above, no shell
        [path, *arguments], env={**os.environ, **said}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DomainError(f"{program}: {done.stderr.strip()[-500:]}")


# --- either ---------------------------------------------------------------------------------------------------------
def _write_portable(target: Path) -> None:
    with transaction.atomic():
        call_command("dumpdata", format="jsonl", exclude=_NOT_PORTABLE, output=str(target), verbosity=0)


def _read_portable(source: Path) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        call_command("flush", verbosity=0, interactive=False)
        call_command("loaddata", str(source), verbosity=0)


_WRITERS = {"sqlite": _write_sqlite, "postgresql": _write_postgresql, "portable": _write_portable}
_READERS = {"sqlite": _read_sqlite, "postgresql": _read_postgresql, "portable": _read_portable}
