"""A backup holds everything, says when it was touched, and comes back the same; nothing is replaced by accident (X8)."""

from __future__ import annotations

import io
import json
import stat
import tarfile
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection

from concertoit.ground.core import backups, checks_data
from concertoit.ground.spaces.models import Membership, Space
from concertoit.together.plans.models import PlanNode, PlanVersion
from tests.personas import build_table

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def installation(settings: LazySettings, tmp_path: Path) -> Path:
    """A folder with data of its own: the table of the personas and one stored file."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "1").mkdir()
    (settings.MEDIA_ROOT / "1" / "lettre").write_bytes(b"bonjour")
    build_table()
    return tmp_path


def run(*arguments: object, **options: object) -> str:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out, **options)
    return out.getvalue()


def counts() -> tuple[int, int, int]:
    return Space.objects.count(), Membership.objects.count(), PlanNode.objects.count()


@pytest.mark.parametrize("portable", [False, True], ids=["own form", "portable"])
def test_round_trip(installation: Path, portable: bool) -> None:
    before, names = counts(), sorted(PlanNode.objects.values_list("title", flat=True))
    archive = installation / "copie.tar.gz"
    run("backup", archive, portable=portable)
    Space.objects.filter(slug="chantier-essai").update(name="Abîmé")
    PlanNode.objects.all().delete()
    (installation / "files" / "1" / "lettre").write_bytes(b"autre chose")
    (installation / "files" / "intrus").write_bytes(b"x")

    said = run("restore", archive, yes=True)

    assert "Restauré" in said
    assert "anomalies" not in said
    assert counts() == before
    assert sorted(PlanNode.objects.values_list("title", flat=True)) == names
    assert Space.objects.get(slug="chantier-essai").name == "Chantier d’essai"
    assert (installation / "files" / "1" / "lettre").read_bytes() == b"bonjour"
    assert not (installation / "files" / "intrus").exists()


def test_what_was_here_is_kept(installation: Path) -> None:
    archive = installation / "copie.tar.gz"
    run("backup", archive)
    Space.objects.create(name="Après la copie", slug="apres")
    run("restore", archive, yes=True)
    assert not Space.objects.filter(slug="apres").exists()
    (kept,) = (installation / "sauvegardes").iterdir()
    run("restore", kept, yes=True)
    assert Space.objects.filter(slug="apres").exists()


def test_refuses_to_replace_without_yes(installation: Path) -> None:
    archive = installation / "copie.tar.gz"
    run("backup", archive)
    with pytest.raises(CommandError, match="--yes"):
        run("restore", archive)
    assert not (installation / "sauvegardes").exists()


def test_a_backup_is_private_and_replaces_nothing(installation: Path) -> None:
    archive = installation / "copie.tar.gz"
    run("backup", archive)
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="existe déjà"):
        run("backup", archive)
    with pytest.raises(CommandError, match="dossier"):
        run("backup", installation / "absent" / "copie.tar.gz")
    assert not list(installation.glob("*.part"))


def _rewrite(archive: Path, change: str) -> Path:
    """The same archive with one thing changed."""
    changed = archive.with_name("autre.tar.gz")
    with tarfile.open(archive) as old, tarfile.open(changed, "w:gz") as new:
        for member in old:
            data = old.extractfile(member).read()  # type: ignore[union-attr]
            if change == "content" and member.name.endswith("lettre"):
                data = b"bonsoir"
            if member.name == backups.MANIFEST and change in {"format", "migrations", "kind"}:
                manifest = json.loads(data)
                manifest[change] = {"format": 99, "migrations": {"plans": "9999_later"}, "kind": "oracle"}[change]
                data = json.dumps(manifest).encode()
            member.size = len(data)
            if change == "missing" and member.name.endswith("lettre"):
                continue
            if change == "outside" and member.name.endswith("lettre"):
                member.name = "../ailleurs"
            new.addfile(member, io.BytesIO(data))
    return changed


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("content", "empreintes"),
        ("missing", "empreintes"),
        ("outside", "pas une sauvegarde"),
        ("format", "plus récente"),
        ("migrations", "plus récente"),
        ("kind", "--portable"),
    ],
)
def test_a_bad_backup_changes_nothing(installation: Path, change: str, message: str) -> None:
    archive = installation / "copie.tar.gz"
    run("backup", archive)
    before = counts()
    with pytest.raises(CommandError, match=message):
        run("restore", _rewrite(archive, change), yes=True)
    assert counts() == before
    assert (installation / "files" / "1" / "lettre").read_bytes() == b"bonjour"
    assert not (installation.parent / "ailleurs").exists()


@pytest.mark.parametrize("content", [b"", b"rien a voir", None], ids=["empty", "text", "cut"])
def test_what_is_not_a_backup(installation: Path, content: bytes | None) -> None:
    archive, bad = installation / "copie.tar.gz", installation / "mauvais.tar.gz"
    run("backup", archive)
    whole = archive.read_bytes()
    bad.write_bytes(whole[: len(whole) // 2] if content is None else content)
    with pytest.raises(CommandError, match="pas une sauvegarde"):
        run("restore", bad, yes=True)
    with pytest.raises(CommandError, match="introuvable"):
        run("restore", installation / "absent.tar.gz")


def test_without_pg_dump_the_backup_is_portable(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "pg_program", lambda name: None)
    monkeypatch.setattr(connection, "vendor", "postgresql")
    assert backups._kind(portable=False) == "portable"


def test_an_empty_installation_is_not_asked(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    assert not backups.holds_data()
    run("backup", tmp_path / "vide.tar.gz")
    assert "Restauré" in run("restore", tmp_path / "vide.tar.gz")


def test_check_data_finds_what_does_not_hold(installation: Path) -> None:
    assert "rien à signaler" in run("check_data")
    version = PlanVersion.objects.get(number=1)
    PlanVersion.objects.filter(pk=version.pk).update(snapshot="{}", sha256="0" * 64)
    other = Space.objects.get(slug="table-ailleurs")
    PlanVersion.objects.filter(number=2).update(space=other)
    found = {name: findings for name, findings in checks_data.run() if findings}
    assert set(found) == {"snapshots", "spaces-agree"}
    assert f"#{version.pk}" in found["snapshots"][0].where
    with pytest.raises(CommandError, match="anomalies"):
        run("check_data")


def test_a_check_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        checks_data.register("files", checks_data.files)
