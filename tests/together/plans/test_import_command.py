"""``concertoit import-plan``: what it understands, without a database; what it imports, with one."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from concertoit.ground.spaces.models import Space
from concertoit.together.plans.models import PlanNode, PlanVersion
from tests.personas import Table
from tests.together.plans.exchanged import PASTED


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "plan de la région.md"
    path.write_text(PASTED, encoding="utf-8")
    return path


def run(*args: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_plan", *map(str, args), stdout=out, **options)
    return out.getvalue()


def test_a_dry_run_reports_without_a_database(document: Path, tmp_path: Path) -> None:
    """No database is allowed in this test."""
    said = run(document, "--dry-run", "--report", tmp_path / "compris.json")
    assert "2 actions" in said
    assert "budget 1200.00 $" in said
    found = json.loads((tmp_path / "compris.json").read_text(encoding="utf-8"))
    assert set(found) == {"counts", "budget_total", "nodes", "anomalies", "unplaced"}
    assert found["counts"]["actions"] == 2
    assert found["budget_total"] == "1200.00"
    expected = {
        "kind",
        "id",
        "parent",
        "written",
        "canonical",
        "title",
        "period",
        "budget",
        "leads",
        "partners",
        "guessed",
    }
    assert all(set(node) == expected for node in found["nodes"])
    assert found["unplaced"]


@pytest.mark.parametrize(
    ("name", "content"), [("vide.docx", b""), ("faux.xlsx", b"PK\x03\x04rien"), ("scan.pdf", b"%PDF-1.4 rien")]
)
def test_a_bad_file_is_a_sentence_and_not_a_crash(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError) as told:
        run(path, "--dry-run")
    assert len(str(told.value)) > 15


def test_a_file_that_is_not_there(tmp_path: Path, document: Path) -> None:
    with pytest.raises(CommandError, match=r"absent\.docx"):
        run(tmp_path / "absent.docx")
    with pytest.raises(CommandError, match="nulle-part"):
        run(document, "--dry-run", "--report", tmp_path / "nulle-part" / "r.json")


@pytest.mark.django_db
def test_it_opens_a_demarche_and_writes_a_draft(document: Path) -> None:
    said = run(document)
    space = Space.objects.get()
    assert (space.name, space.slug) == ("plan de la région", "plan-de-la-region")
    assert "/demarches/plan-de-la-region/plan/" in said
    assert PlanNode.objects.filter(kind="action").count() == 2
    run(document)
    assert Space.objects.filter(slug="plan-de-la-region-2").exists()


def test_it_writes_into_a_demarche_that_exists(table: Table, document: Path) -> None:
    with pytest.raises(CommandError, match="contient du travail"):
        run(document, "--demarche", table.space.slug)
    table.draft.delete()
    run(document, "--demarche", table.space.slug)
    assert PlanVersion.objects.filter(plan=table.plan).count() == 2
    with pytest.raises(CommandError, match="Aucune démarche"):
        run(document, "--demarche", "inconnue")


def test_the_real_plan(tmp_path: Path, shared: Callable[[str], Path]) -> None:
    key = json.loads(shared("mission/lanaudiere-key.json").read_text(encoding="utf-8"))
    run(shared("seeds/000_c89d2b56e297c260.txt"), "--dry-run", "--report", tmp_path / "r.json")
    found = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert found["counts"] == {
        "participants": key["participants"],
        "axes": key["axes"],
        "objectives": key["objectives"],
        "actions": key["actions"],
        "outcomes": key["results"],
        "steps": key["steps"],
    }
    assert found["budget_total"] == key["budget_total"] == "61267.00"
