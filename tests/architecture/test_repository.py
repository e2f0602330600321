"""What the repository may not hold: paths of a machine, registry hosts, secrets, real people."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from django.apps import apps
from django.db import models

from tests.architecture.tree import ROOT, shown, tracked
from tests.shared_data import shared

_TEXT = {
    ".py",
    ".html",
    ".md",
    ".toml",
    ".txt",
    ".js",
    ".css",
    ".lock",
    ".yml",
    ".yaml",
    ".po",
    ".sh",
    ".json",
    ".svg",
    "",
}
_VENDORED = re.compile(r"/(?:vendor|static/ui/(?:vendor|bootstrap|fonts))/")
_FORBIDDEN = {
    "machine path": re.compile(r"(?:^|[\s\"'(=:])/(?:work|home|Users|root)/\w"),
    "registry host": re.compile(r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|proxy\.golang\.org)"),
    "secret": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bghp_\w{30}|\bxox[bp]-\w{10}"),
}


def _texts() -> list[tuple[str, str]]:
    this = Path(__file__)
    return [
        (shown(path), path.read_text(errors="replace"))
        for path in tracked()
        if path != this and path.suffix in _TEXT and path.stat().st_size < 2_000_000
    ]


def test_nothing_of_a_machine() -> None:
    found = [
        f"{name}: {what} {match.group(0).strip()}"
        for name, text in _texts()
        if not _VENDORED.search(f"/{name}")
        for what, pattern in _FORBIDDEN.items()
        if (match := pattern.search(text))
    ]
    assert not found


def test_no_data_of_others() -> None:
    """Shared data is read where it is; none of it is committed, nor are databases and documents of people."""
    heavy = {".sqlite3", ".docx", ".xlsx", ".ods", ".pdf", ".geojson", ".zip", ".gz"}
    allowed = ("tests/", "docs/")
    assert not [shown(path) for path in tracked() if path.suffix in heavy and not shown(path).startswith(allowed)]
    assert not [shown(path) for path in tracked() if path.stat().st_size > 2_000_000]


def test_no_real_person_is_named() -> None:
    """The people of the real document are in the real document only."""
    names = _people(shared("seeds/000_c89d2b56e297c260.txt").read_text())
    assert len(names) == 31, "the participants of the seed were not recognised"
    found = [
        f"{file} names {name}"
        for file, text in _texts()
        for name in names
        if re.search(rf"\b{re.escape(name)}\b", text)
    ]
    assert not found


def _people(seed: str) -> set[str]:
    """Second column of the table of participants, which comes first in the document."""
    rows = [line.split("\t") for line in seed.splitlines()]
    start = next(number for number, row in enumerate(rows) if row[0].startswith("Organismes"))
    table = itertools.takewhile(lambda row: len(row) == 2, rows[start + 1 :])
    return {row[1].strip() for row in table}


def test_every_key_says_what_happens_to_it() -> None:
    """Deleting is a decision: no key to another room takes rows of this one away unless it is the démarche itself."""
    surprising = []
    for model in apps.get_models():
        if not model.__module__.startswith("concertoit."):
            continue
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey) or field.remote_field.on_delete is not models.CASCADE:
                continue
            if (
                field.related_model._meta.app_label != model._meta.app_label
                and field.related_model.__name__ not in OWNERS
            ):
                surprising.append(f"{model.__name__}.{field.name} → {field.related_model.__name__}")
    assert not surprising


# A row that only makes sense with its owner may go with it, also across rooms.
OWNERS = {"Space", "User", "Person", "Membership", "CrossCuttingPriority", "Attachment"}


def test_the_locks_name_no_host_and_check_hashes() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text()
        assert "://" not in text
        pinned = re.findall(r"^[a-z0-9].*==", text, re.MULTILINE)
        assert pinned
        assert text.count("--hash=sha256:") >= len(pinned)
