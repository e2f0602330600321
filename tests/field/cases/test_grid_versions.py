"""Versions of the grid of a démarche: drafts, adoption, files in and out (I7)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from concertoit.field.cases.exports.grid import grid_csv
from concertoit.field.cases.models import (
    GridVersion,
)
from concertoit.field.cases.queries.grids import document_of, grid_in_use
from concertoit.field.cases.rules.first_grid import FIRST_GRID
from concertoit.field.cases.rules.grid_document import differences
from concertoit.field.cases.services import grids
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError
from tests.field.cases import made_grid as made
from tests.field.cases.made_grid import page, url
from tests.personas import Table


class TestVersions:
    def test_the_first_grid_is_installed_once(self, table: Table) -> None:
        version = grids.ensure_grid(table.space)
        assert grids.ensure_grid(table.space) == version
        assert differences(FIRST_GRID, document_of(version)) == []
        assert grid_in_use(table.space).version == version
        assert "ne l’ont pas encore adoptée" in page(table, "grid_versions", "coordinator")

    def test_read_before_anybody_used_it(self, table: Table) -> None:
        html = page(table, "grid_versions", "responder")
        assert "Coquerelles" in html
        assert "Préparer une nouvelle version" not in html
        assert "Coquerelles" in page(table, "grid_paper", "worker", number=0)
        assert not GridVersion.objects.exists()

    def test_a_draft_is_written_adopted_and_frozen(self, table: Table) -> None:
        client = table.client("coordinator")
        client.post(url(table, "grid_draft"))
        draft = GridVersion.objects.get(state="draft")
        assert grids.open_draft(viewer=table.viewer("liaison")) == draft
        item = {
            "code": "HUM6", "dimension": "HUM", "label": "Sous-sol inondé", "scope": "building",
            "mandates": ["city", "fire"], "together": "on", "danger": "l’eau touche le panneau électrique", "measure": "",
        }  # fmt: skip
        client.post(url(table, "grid_item_new", number=draft.number), item)
        assert client.post(url(table, "grid_item_new", number=draft.number), item).status_code == 422
        reworded = item | {"code": "NUI1", "dimension": "NUI", "label": "Coquerelles"}
        client.post(url(table, "grid_item", number=draft.number, code="NUI1"), reworded | {"retired": "on"})
        dimension = {"code": "HUM", "title": "Eau et moisissures", "sensitive": ["elder"]}
        client.post(url(table, "grid_dimension", number=draft.number, code="HUM"), dimension)
        limits = dict.fromkeys(draft.thresholds, 1)
        assert (
            client.post(url(table, "grid_thresholds", number=draft.number), limits | {"bad_for_n2": 50}).status_code
            == 422
        )
        client.post(url(table, "grid_thresholds", number=draft.number), limits)
        html = page(table, "grid_version", number=draft.number)
        assert "Sous-sol inondé" in html
        assert "Eau et moisissures" in html
        assert "retiré" in html
        adopted = {"adopted_by": "Rencontre des partenaires", "adopted_on": "2026-10-01"}
        assert (
            client.post(url(table, "grid_adopt", number=draft.number), adopted | {"adopted_by": " "}).status_code
            == 422
        )
        client.post(url(table, "grid_adopt", number=draft.number), adopted)
        used = grid_in_use(table.space)
        assert used.version is not None
        assert (used.version.number, used.version.adopted_by, used.thresholds.bad_for_n3) == (
            1,
            "Rencontre des partenaires",
            1,
        )
        assert [one.state for one in GridVersion.objects.order_by("number")] == ["replaced", "adopted"]
        assert "NUI1" not in {one.code for one in used.items}
        with pytest.raises(DomainError, match="adoptée"):
            grids.change_draft(viewer=table.viewer("liaison"), draft=used.version, change=lambda one: one)
        assert client.get(url(table, "grid_item", number=1, code="NUI2")).status_code == 404
        assert Entry.objects.filter(verb="cases.grid_adopted").count() == 1

    def test_a_draft_is_thrown_away_and_seen_by_who_prepares_it_only(self, table: Table) -> None:
        draft = made.draft(table)
        assert page(table, "grid_version", "worker", 404, number=draft.number)
        assert "Brouillon" in page(table, "grid_version", "coordinator", number=draft.number)
        table.client("liaison").post(url(table, "grid_discard", number=draft.number))
        assert not GridVersion.objects.filter(state="draft").exists()

    def test_an_empty_dimension_is_not_adopted(self, table: Table) -> None:
        draft = made.draft(table)
        table.client("liaison").post(
            url(table, "grid_dimension_new", number=draft.number), {"code": "VOI", "title": "Voisinage"}
        )
        with pytest.raises(DomainError, match="Voisinage"):
            grids.adopt(viewer=table.viewer("liaison"), draft=draft, adopted_by="Nous", adopted_on=date(2026, 1, 1))


class TestImport:
    def preview(self, table: Table, number: int, name: str, content: bytes) -> Any:
        upload = SimpleUploadedFile(name, content)
        return table.client("liaison").post(url(table, "grid_import", number=number), {"file": upload})

    def test_export_then_import_changes_nothing(self, table: Table) -> None:
        draft = made.draft(table)
        for extension in ("csv", "xlsx"):
            content = (
                table.client("liaison").get(url(table, "grid_file", number=draft.number, extension=extension)).content
            )
            answer = self.preview(table, draft.number, f"g.{extension}", content)
            assert "Aucune différence" in answer.content.decode()
        assert (
            table.client("liaison").get(url(table, "grid_file", number=draft.number, extension="pdf")).status_code
            == 404
        )

    def test_what_is_lost_is_shown_and_questions_may_be_kept(self, table: Table) -> None:
        draft = made.draft(table)
        form = (
            "| survey |\n| | type | name | label | relevant |\n| | begin group | bruit | Bruit | |\n"
            "| | select_one oui | nuit | Bruit la nuit | |\n| | select_one oui | jour | Bruit le jour | |\n"
            "| | integer | decibels | Décibels | |\n| | end group | | | |\n"
            "| choices |\n| | list_name | name | label |\n| | oui | oui | Oui |\n| | oui | non | Non |\n"
        )
        answer = self.preview(table, draft.number, "f.md", form.encode())
        html = answer.content.decode()
        assert "Décibels" in html
        assert "n’existe pas dans une grille" in html
        assert 'value="nuit"' in html
        document = answer.content.decode().split('<textarea name="document" hidden>')[1].split("</textarea>")[0]
        import html as markup

        client = table.client("liaison")
        address = url(table, "grid_import", number=draft.number)
        client.post(address, {"document": markup.unescape(document), "garder": ["nuit"]})
        written = document_of(GridVersion.objects.get(pk=draft.pk))
        assert [one.code for one in written.items if not one.retired] == ["nuit"]
        # What was in use stays, retired: its observations keep saying what they are about.
        assert sum(one.retired for one in written.items) == 38
        assert client.post(address, {"document": "rien"}).status_code == 422

    def test_refused_files_say_why(self, table: Table) -> None:
        draft = made.draft(table)
        answer = self.preview(table, draft.number, "f.pdf", b"%PDF")
        assert answer.status_code == 422
        assert "ne se lit pas" in answer.content.decode()
        wrong = grid_csv(FIRST_GRID).replace(b"Incendie", b"Pompiers")
        html = self.preview(table, draft.number, "f.csv", wrong).content.decode()
        assert "mot inconnu" in html
        assert "Écrire dans le brouillon" not in html
