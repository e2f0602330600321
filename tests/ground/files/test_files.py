"""Attaching, reading, retiring: always by the policy of the object."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from concertoit.ground.audit import queries as journal
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.files import policies, queries, services
from concertoit.ground.files.models import Attachment
from tests.ground.files.test_rules import GPS, jpeg
from tests.personas import Table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media", "_notes")]
TEXT = "Procès-verbal".encode()


@pytest.fixture
def _notes(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects that members read and the coordination writes; « 2 » is public."""
    monkeypatch.setattr(policies, "_holders", {})
    members = {table.user(key).pk for key in table.memberships if key != "stranger"}
    policies.register(
        "test.note",
        can_read=lambda user, object_id: user.pk in members or object_id == "2",
        can_write=lambda user, object_id: user.pk == table.user("coordinator").pk,
        space_of=lambda object_id: table.space.pk,
    )


def attach(
    table: Table, name: str = "pv.txt", content: bytes = TEXT, key: str = "coordinator", **values: Any
) -> Attachment:
    given = {"object_type": "test.note", "object_id": 1, "space_id": table.space.pk, **values}
    return services.attach(actor=table.user(key), upload=SimpleUploadedFile(name, content), **given)


def url(what: str, attachment: Attachment) -> str:
    return reverse(f"files:{what}", kwargs={"uid": attachment.uid})


def test_a_file_is_kept_apart_from_its_name(table: Table, media: Path) -> None:
    attachment = attach(table, "../Procès.TXT")
    assert (attachment.name, attachment.size) == ("Procès.txt", len(TEXT))
    assert attachment.sha256 == hashlib.sha256(TEXT).hexdigest()
    stored = Path(attachment.file.path)
    assert stored.name == str(attachment.uid)
    assert stored.relative_to(media).parts[0] == str(table.space.pk)
    assert queries.attachments("test.note", 1) == [attachment]
    assert queries.attachments_of("test.note", [1, 2]) == {"1": [attachment]}
    [line] = journal.history("test.note", "1")
    assert journal.plain_sentence(line) == "Alice Modèle a joint le fichier Procès.txt"


def test_the_same_file_twice_is_one(table: Table) -> None:
    assert attach(table).pk == attach(table, "copie.txt").pk
    assert attach(table, object_id=2).pk != attach(table).pk


def test_photos_do_not_tell_where_they_were_taken(table: Table) -> None:
    attachment = attach(table, "photo.jpg", jpeg())
    with attachment.file.open("rb") as stored:
        assert GPS not in stored.read()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.exe", b"MZ\x00", "n’est pas accepté"), ("a.txt", b"", "vide"), ("a.pdf", jpeg(), "extension")],
)
def test_refusals_say_what_to_do(table: Table, name: str, content: bytes, words: str) -> None:
    with pytest.raises(DomainError, match=words) as refusal:
        attach(table, name, content)
    assert refusal.value.field == "file"


def test_too_large_is_refused_before_it_is_read(table: Table, settings: LazySettings) -> None:
    settings.FILES_MAX_BYTES = 5
    with pytest.raises(DomainError, match="Mo"):
        attach(table)


def test_policies_decide(table: Table) -> None:
    for key, error in (("partner", NotAllowed), ("stranger", NotVisible)):
        with pytest.raises(error):
            attach(table, key=key)
    with pytest.raises(NotVisible):
        attach(table, object_type="test.unknown")
    attachment = attach(table)
    with pytest.raises(NotAllowed):
        services.retire(actor=table.user("partner"), attachment=attachment)


def test_bytes_of_a_failed_transaction_do_not_stay(table: Table, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**values: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(services, "record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        attach(table)
    assert not Attachment.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_who_may_read_the_object_downloads_it_to_save(table: Table) -> None:
    attachment = attach(table, "été.txt")
    response = table.client("observer").get(url("download", attachment))
    assert b"".join(response) == TEXT  # type: ignore[arg-type]
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Type"].startswith("text/plain")
    assert table.client("stranger").get(url("download", attachment)).status_code == 404
    assert table.client("visitor").get(url("download", attachment))["Location"].startswith(reverse("account_login"))


def test_a_visitor_reads_the_file_of_a_public_object(table: Table) -> None:
    attachment = attach(table, object_id=2)
    response = table.client("visitor").get(url("download", attachment))
    assert b"".join(response) == TEXT  # type: ignore[arg-type]


def test_a_file_is_retired_and_brought_back(table: Table) -> None:
    attachment, client = attach(table), table.client("coordinator")
    assert client.post(url("retire", attachment), {"next": "/avis/"})["Location"] == "/avis/"
    client.post(url("retire", attachment))
    assert queries.attachments("test.note", 1) == []
    assert client.get(url("download", attachment)).status_code == 404
    assert Path(attachment.file.path).exists()
    client.post(url("bring_back", attachment))
    assert queries.attachments("test.note", 1) == [attachment]
    verbs = [line.verb for line in journal.history("test.note", "1")]
    assert verbs == ["files.brought_back", "files.retired", "files.attached"]
    assert table.client("partner").post(url("retire", attachment)).status_code == 403
    assert table.client("stranger").post(url("bring_back", attachment)).status_code == 404


def test_several_files_from_a_page_and_what_was_refused_is_said(table: Table) -> None:
    client = table.client("coordinator")
    add = reverse("files:add", kwargs={"object_type": "test.note", "object_id": "1"})
    uploads = [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.exe", b"MZ\x00")]
    response = client.post(add, {"fichier": uploads, "next": "https://ailleurs.test/"})
    assert response["Location"] == "/"
    assert [one.name for one in queries.attachments("test.note", 1)] == ["a.txt"]
    said = client.get(reverse("notifications:inbox")).content.decode()
    assert "«\u00a0a.txt\u00a0» est joint." in said
    assert "b.exe\u00a0: Ce type de fichier" in said
    client.post(add, {})
    assert "Choisissez un fichier" in client.get(reverse("notifications:inbox")).content.decode()
    assert table.client("partner").post(add).status_code == 403
