"""The observation grid of a démarche (I7): versions, files, filling, grades, comparison, who reads what."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concertoit.field.cases.enums.grid import GradeStatus
from concertoit.field.cases.exports.grid import grid_csv
from concertoit.field.cases.models import (
    Assignment,
    AuthorityDecision,
    Case,
    GradeRecord,
    GridVersion,
    HouseholdNeed,
    Observation,
    Sheet,
)
from concertoit.field.cases.privacy import grid as privacy
from concertoit.field.cases.queries import observations as read
from concertoit.field.cases.queries.grids import document_of, grid_in_use
from concertoit.field.cases.rules.first_grid import FIRST_GRID
from concertoit.field.cases.rules.grading import Level
from concertoit.field.cases.rules.grid_document import differences
from concertoit.field.cases.services import grading, grids, observing
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.files.models import Attachment
from tests.field.cases import made_grid as made
from tests.hostile import assert_constant_queries
from tests.personas import Table


def url(table: Table, name: str, **kwargs: object) -> str:
    return reverse(f"cases:{name}", kwargs={"slug": table.space.slug, **kwargs})


def page(table: Table, name: str, key: str = "liaison", status: int = 200, **kwargs: object) -> str:
    answer = table.client(key).get(url(table, name, **kwargs))
    assert answer.status_code == status
    return answer.content.decode().replace("\u00a0", " ")


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


def dimension_post(code: str = "HUM", **points: str) -> dict[str, Any]:
    return {
        "dimension": code, "client_id": str(uuid.uuid4()), "competence": "inspection",
        "on": timezone.localdate().isoformat(), "place": "site", "visit": "",
        **{name.replace("_", "-"): value for name, value in points.items()},
    }  # fmt: skip


class TestFilling:
    def send(self, table: Table, row: Case, data: dict[str, Any], key: str = "worker", queued: bool = False) -> Any:
        headers = {"X-Queue": "1"} if queued else {}
        return table.client(key).post(url(table, "grid_fill", reference=row.reference), data, headers=headers)

    def test_dimension_by_dimension_without_a_script(self, table: Table) -> None:
        made.competent(table, "worker", "inspection")
        row = made.case(table)
        html = page(table, "grid_fill", "worker", reference=row.reference)
        assert html.count('data-offline="grille"') == 8
        assert html.count("grid-dimension") == 8
        answer = self.send(table, row, dimension_post(
            HUM1_state="2", HUM1_extent="room", HUM1_proof="measured", HUM1_measure="1,5", HUM1_note="coin nord",
            HUM2_state="nv", **{"HUM1-photos": made.photo()},  # type: ignore[arg-type]
        ))  # fmt: skip
        assert answer.status_code == 302
        assert "d=NUI" in answer["Location"]
        assert answer["Location"].endswith("#NUI")
        first = Observation.objects.get(code="HUM1")
        assert (first.state, first.extent, first.proof, str(first.measure)) == ("2", "room", "measured", "1.5")
        assert Attachment.objects.filter(object_type="cases.observation", object_id=str(first.pk)).count() == 1
        assert read.current_grade(row).level == Level.N2
        again = page(table, "grid_fill", "worker", reference=row.reference)
        assert 'value="1,5"' in again
        assert "2 sur 38" in again

    def test_a_phone_sends_the_same_thing_again(self, table: Table) -> None:
        row, data = made.case(table), dimension_post(HUM1_state="3")
        for _each in range(3):
            copy = data | {"HUM1-photos": made.photo()}
            assert self.send(table, row, copy, queued=True).status_code == 204
        assert Observation.objects.count() == 1
        assert Attachment.objects.count() == 1
        assert Entry.objects.filter(verb="cases.observed").count() == 1
        assert self.send(table, row, data, key="liaison", queued=True).status_code == 404

    def test_what_contradicts_itself_is_said_and_kept_on_the_page(self, table: Table) -> None:
        row = made.case(table)
        data = dimension_post("INS", INS1_state="0", INS1_danger="1", INS1_note="froid partout")
        answer = self.send(table, row, data)
        assert answer.status_code == 422
        html = answer.content.decode()
        assert "un danger est coché" in html
        assert 'value="froid partout"' in html
        queued = self.send(table, row, data, queued=True)
        assert (queued.status_code, "danger" in queued.content.decode()) == (422, True)
        for wrong in (
            {"PRO2_state": "2", "PRO2_measure": "12"}, {"PRO2_state": "2", "PRO2_measure": "2,5"},
            {"PRO2_state": "2", "PRO2_measure": "beaucoup"}, {"PRO1_state": "2", "PRO1_measure": "4"}, {},
        ):  # fmt: skip
            assert self.send(table, row, dimension_post("PRO", **wrong)).status_code == 422
        future = dimension_post(HUM1_state="1") | {"on": (timezone.localdate() + timedelta(days=2)).isoformat()}
        assert self.send(table, row, future).status_code == 422
        assert not Observation.objects.exists()
        assert self.send(table, row, dimension_post(ZZZ_state="1")).status_code == 404

    def test_corrected_while_open_then_frozen(self, table: Table) -> None:
        row = made.case(table)
        sheet = made.observed(table, row, made.said("HUM1", "3"))
        made.observed(table, row, made.said("HUM1", "1"))
        assert Observation.objects.get().state == "1"
        assert Entry.objects.filter(verb="cases.observed").order_by("-pk")[0].before == {"HUM1": "3"}
        table.client("worker").post(url(table, "grid_finish", reference=row.reference, sheet_id=sheet.pk))
        other = made.observed(table, row, made.said("HUM1", "2"))
        assert other.pk != sheet.pk
        assert Observation.objects.filter(sheet=sheet).get().state == "1"

    def test_who_fills(self, table: Table) -> None:
        for state, allowed in (("new", False), ("in_progress", True), ("closed", False), ("refused", False)):
            row = made.case(table, number=f"1{len(state)}{state.count('e')}", asked=state)
            answer = table.client("responder").get(url(table, "grid_fill", reference=row.reference))
            assert answer.status_code == (200 if allowed else 403), state
        row = made.case(table, number="77")
        assert (
            made.observed(table, row, made.said("HUM1", "1"), who="responder").organisation
            == table.organisations["town"]
        )
        with pytest.raises(NotAllowed):
            made.observed(table, row, made.said("HUM1", "1"), who="responder", competence="fire")
        made.competent(table, "worker", "psychosocial")
        with pytest.raises(NotAllowed):
            made.observed(table, row, made.said("HUM1", "1"))
        assert page(table, "grid_fill", "partner", 403, reference=row.reference)

    def test_points_of_a_mandate(self, table: Table) -> None:
        row = made.case(table)
        answer = table.client("worker").get(url(table, "grid_fill", reference=row.reference) + "?mandat=fire")
        html = answer.content.decode()
        assert html.count("grid-dimension") == 4
        assert 'name="HUM1-state"' not in html

    def test_an_older_page_of_a_phone_is_still_received(self, table: Table) -> None:
        row = made.case(table)
        draft = made.draft(table)
        grids.change_draft(
            viewer=table.viewer("liaison"), draft=draft,
            change=lambda one: type(one)(one.title, one.dimensions, tuple(i for i in one.items if i.code != "HUM1")),
        )  # fmt: skip
        grids.adopt(viewer=table.viewer("liaison"), draft=draft, adopted_by="Nous", adopted_on=date(2026, 1, 1))
        assert self.send(table, row, dimension_post(HUM1_state="2", HUM3_state="1"), queued=True).status_code == 204
        assert Observation.objects.count() == 2
        assert read.current_grade(row).level == Level.N1

    def test_a_closed_case_is_not_observed(self, table: Table) -> None:
        row = made.case(table)
        Case.objects.filter(pk=row.pk).update(state="closed")
        row.refresh_from_db()
        with pytest.raises(DomainError, match="fermé"):
            made.observed(table, row, made.said("HUM1", "1"))

    def test_others_are_told(self, table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
        told: list[str] = []
        monkeypatch.setattr(grading, "after_observation", [lambda viewer, case: told.append(case.reference)])
        row = made.case(table)
        made.observed(table, row, made.said("HUM1", "1"))
        assert told == [row.reference]


class TestGrade:
    def test_presumed_observed_confirmed(self, table: Table) -> None:
        row = made.case(table)
        made.competent(table, "worker", "inspection")
        made.competent(table, "liaison", "psychosocial")
        viewer = table.viewer("worker")
        with pytest.raises(DomainError, match="après une visite"):
            grading.confirm(viewer=viewer, case=row)
        made.observed(table, row, made.said("HUM1", "2"), on=timezone.localdate() - timedelta(days=3), on_site=False)
        assert read.read_case(row).status == GradeStatus.PRESUMED
        made.observed(table, row, made.said("HUM1", "2"))
        assert read.read_case(row).status == GradeStatus.OBSERVED
        with pytest.raises(NotAllowed):
            grading.confirm(viewer=table.viewer("liaison"), case=row)
        confirmation = grading.confirm(viewer=viewer, case=row)
        assert grading.confirm(viewer=viewer, case=row) == confirmation
        assert read.read_case(row).status == GradeStatus.CONFIRMED
        assert "Confirmé" in page(table, "grid", reference=row.reference)
        made.observed(table, row, made.said("SEC1", "0"))
        assert read.read_case(row).status == GradeStatus.CONFIRMED
        made.observed(table, row, made.said("HUM1", "3"))
        assert read.read_case(row).status == GradeStatus.OBSERVED
        assert [one.level for one in read.grade_history(row)][-1] == 3
        assert read.latest_grades([row.pk])[row.pk].level == 3

    def test_danger_shows_911_first_everywhere(self, table: Table) -> None:
        row = made.case(table)
        made.observed(table, row, made.said("INS3", "3", danger=True))
        for name in ("grid", "grid_fill"):
            html = page(table, name, "worker", reference=row.reference)
            alert = html.index('href="tel:911"')
            assert alert < html.index("INS3")
            assert 'href="tel:811"' in html

    def test_disagreement_side_by_side_and_set_aside_with_a_reason(self, table: Table) -> None:
        row = made.case(table)
        made.observed(table, row, made.said("HUM1", "1"), competence="psychosocial")
        made.observed(table, row, made.said("HUM1", "3"), who="responder")
        html = page(table, "grid", reference=row.reference)
        assert "avis différents" in html
        assert "Organisme porteur, psychosocial" in html
        assert "Ville d’essai, inspection de bâtiments" in html
        assert "N3" in html
        severe = Observation.objects.get(state="3")
        address = url(table, "grid_set_aside", reference=row.reference, observation_id=severe.pk)
        assert table.client("liaison").post(address, {"why": " "}).status_code == 422
        table.client("liaison").post(address, {"why": "Réparé le mois dernier"})
        assert read.current_grade(row).level == Level.N1
        assert "Réparé le mois dernier" in page(table, "grid", reference=row.reference)
        table.client("liaison").post(address, {"reprendre": "1"})
        assert read.current_grade(row).level == Level.N3
        with pytest.raises(NotVisible):
            observing.set_aside(
                viewer=table.viewer("liaison"), case=made.case(table, number="9"), observation_id=severe.pk, why="x"
            )

    def test_two_visits_compared(self, table: Table) -> None:
        row, today = made.case(table), timezone.localdate()
        before = made.observed(
            table, row, made.said("HUM1", "3"), made.said("HUM3", "1"), made.said("NUI1", "2"), made.said("SEC5", "1"),
            made.said("INC1", "0"), on=today - timedelta(days=40),
        )  # fmt: skip
        after = made.observed(
            table, row, made.said("HUM1", "1"), made.said("HUM3", "2"), made.said("NUI1", "0"), made.said("SEC5", "1"),
            made.said("INC1", "2"), made.said("PRO1", "1"),
        )  # fmt: skip
        address = url(table, "grid_compare", reference=row.reference)
        html = table.client("worker").get(address).content.decode().replace("\u00a0", " ")
        for words in ("Mieux : 1", "Pire : 1", "Corrigé : 1", "Pareil : 1", "Nouveau : 2"):
            assert words in html
        assert table.client("worker").get(f"{address}?avant={after.pk}&apres={before.pk}").status_code == 200
        assert table.client("worker").get(f"{address}?avant=999").status_code == 404
        assert "Il faut deux grilles" in page(table, "grid_compare", reference=made.case(table, number="8").reference)
        assert [one.level for one in read.grade_history(row)] == [3, 2]

    def test_children_raise_the_household_not_the_building(self, table: Table) -> None:
        row = made.case(table, children=2)
        made.observed(table, row, made.said("NUI1", "2"))
        found = read.current_grade(row)
        assert (found.level, found.building) == (Level.N3, Level.N2)
        assert "Sans le ménage" in page(table, "grid", reference=row.reference)
        record = GradeRecord.objects.get()
        assert (record.level, record.building) == (3, 2)

    def test_clutter_is_read(self, table: Table) -> None:
        row = made.case(table)
        made.observed(table, row, made.said("PRO2", "2", measure=6))
        assert read.read_case(row).clutter == 6

    def test_decisions_stand_apart(self, table: Table) -> None:
        row = made.case(table)
        town = table.organisations["town"]
        data = {
            "kind": "unfit", "authority": town.pk, "decided_on": "2026-10-02", "number": "AV-12",
            "document": SimpleUploadedFile("avis.pdf", b"%PDF-1.4\n%%EOF\n"),
        }  # fmt: skip
        table.client("responder").post(url(table, "grid_decision", reference=row.reference), data)
        html = page(table, "grid", reference=row.reference)
        assert "Impropre à l’habitation" in html
        assert "AV-12" in html
        assert read.current_grade(row).level is None
        with pytest.raises(NotAllowed):
            grading.record_decision(
                viewer=table.viewer("responder"),
                case=row,
                kind="unfit",
                authority=table.x,
                decided_on=date(2026, 1, 1),
            )
        assert AuthorityDecision.objects.count() == 1

    def test_no_word_of_law_comes_from_a_grade(self, table: Table) -> None:
        row = made.case(table)
        made.observed(table, row, made.said("SEC1", "3", danger=True))
        html = page(table, "grid", reference=row.reference)
        assert "Déclaré insalubre" not in html
        assert "Aucune décision inscrite" in html


class TestWhoReadsWhat:
    def test_a_partner_that_has_not_accepted(self, table: Table) -> None:
        row = made.case(table, asked="new")
        sheet = made.observed(table, row, made.said("HUM1", "2", note="derrière le lit", photos=(made.photo(),)))
        html = page(table, "grid", "responder", reference=row.reference)
        assert "N2" in html
        assert "Moisissures" in html
        assert "derrière le lit" not in html
        assert "Karim" not in html
        assert "Organisme porteur" not in html
        photo = Attachment.objects.get()
        download = reverse("files:download", kwargs={"uid": photo.uid})
        assert download not in html
        client = table.client("responder")
        assert client.get(download).status_code == 404
        assert client.get(url(table, "grid_sheet", reference=row.reference, sheet_id=sheet.pk)).status_code == 403
        assert client.get(url(table, "grid_compare", reference=row.reference)).status_code == 403
        Assignment.objects.update(state="in_progress")
        answer = client.get(download)
        assert b"".join(answer.streaming_content)
        assert answer.status_code == 200
        assert "derrière le lit" in page(table, "grid", "responder", reference=row.reference)

    def test_photos_of_a_case_of_others(self, table: Table) -> None:
        made.observed(table, made.case(table, asked=""), made.said("HUM1", "2", photos=(made.photo(),)))
        download = reverse("files:download", kwargs={"uid": Attachment.objects.get().uid})
        for key in ("responder", "coordinator", "stranger", "administrator"):
            assert table.client(key).get(download).status_code == 404
        assert Client().get(download).status_code == 302
        answer = table.client("worker").get(download)
        assert b"".join(answer.streaming_content)
        assert answer.status_code == 200

    def test_what_the_household_says_stays_with_who_accompanies(self, table: Table) -> None:
        row = made.case(table)
        made.competent(table, "worker", "inspection")
        data = {"vulnerabilities": ["breathing", "reprisals"], "need": "P2", "note": "préfère être jointe le soir"}
        address = url(table, "grid_need", reference=row.reference)
        assert table.client("worker").post(address, data).status_code == 403
        assert table.client("liaison").post(address, {"need": "P9"}).status_code == 422
        table.client("liaison").post(address, data)
        assert HouseholdNeed.objects.get().vulnerabilities == ["breathing", "reprisals"]
        made.observed(table, row, made.said("HUM1", "2"))
        found = read.current_grade(row)
        assert (found.level, found.building) == (Level.N3, Level.N2)
        for key in ("worker", "responder"):
            for name in ("grid", "case"):
                html = page(table, name, key, reference=row.reference)
                for words in ("P2 ·", "représailles", "Respire", "le soir"):
                    assert words not in html
        line = Entry.objects.get(verb="cases.need_told")
        assert (line.before, line.after, line.note) == ({}, {}, "")
        assert "P2" in page(table, "grid_need", reference=row.reference)


class TestPages:
    def test_the_grid_costs_the_same_with_much_in_it(self, table: Table) -> None:
        row = made.case(table)
        made.observed(table, row, made.said("HUM1", "2", photos=(made.photo(),)))
        days = iter(range(1, 200))

        def more() -> None:
            day = timezone.localdate() - timedelta(days=next(days))
            points = [made.said(code, "2") for code in ("HUM1", "HUM3", "NUI1", "SEC5", "INC1")]
            made.observed(table, row, *points, on=day)

        client = table.client("liaison")
        # The page of a case holds the sections of every part of the room.
        for name, at_most in (("grid", 12), ("grid_fill", 12), ("grid_compare", 12), ("case", 60)):
            address = url(table, name, reference=row.reference)
            assert_constant_queries(more, lambda address=address: client.get(address), at_most)

    def test_a_filled_grid_is_printed(self, table: Table) -> None:
        row = made.sheet(table)
        html = page(table, "grid_sheet", "worker", reference=row.case.reference, sheet_id=row.pk)
        assert "Moisissures" in html
        assert "Terminer la grille" in html
        assert "Non vérifié" in html

    def test_the_section_of_a_case(self, table: Table) -> None:
        row = made.case(table)
        assert "Personne n’a encore rempli la grille" in page(table, "case", reference=row.reference)
        made.observed(table, row, made.said("HUM1", "2"))
        assert "À cause de" in page(table, "case", reference=row.reference)


def test_time_is_over(table: Table) -> None:
    row = made.case(table)
    made.observed(table, row, made.said("HUM1", "2", note="coin nord", photos=(made.photo(),)))
    grading.tell_need(viewer=table.viewer("liaison"), case=row, need="P1", note="appeler")
    today = timezone.localdate()
    assert (privacy.observations_due(today), privacy.needs_due(today)) == ([], [])
    Case.objects.update(state="closed", closed_at=timezone.now() - timedelta(days=800))
    privacy.forget_observations(privacy.observations_due(today))
    privacy.forget_needs(privacy.needs_due(today))
    assert (privacy.observations_due(today), privacy.needs_due(today)) == ([], [])
    kept = Observation.objects.get()
    assert (kept.state, kept.note) == ("2", "")
    assert not Attachment.objects.exists()
    assert not HouseholdNeed.objects.exists()
    assert Sheet.objects.count() == 1
