"""What the observation grid says of a case: grades, comparison, decisions, who reads what, pages (I7)."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concertoit.field.cases.enums.grid import GradeStatus
from concertoit.field.cases.models import (
    Assignment,
    AuthorityDecision,
    Case,
    GradeRecord,
    HouseholdNeed,
    Observation,
    Sheet,
)
from concertoit.field.cases.privacy import grid as privacy
from concertoit.field.cases.queries import observations as read
from concertoit.field.cases.rules.grading import Level
from concertoit.field.cases.services import grading, observing
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.files.models import Attachment
from tests.field.cases import made_grid as made
from tests.field.cases.made_grid import page, url
from tests.hostile import assert_constant_queries
from tests.personas import Table


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

    def test_who_has_not_accepted_cannot_guess_who_lives_there_from_the_grade(self, table: Table) -> None:
        """The same observations with and without children: a partner that was only asked reads the same words."""
        rows = [made.case(table, number=number, children=count, asked="new") for number, count in (("8", 0), ("9", 2))]
        read_by: dict[str, list[list[str]]] = {"responder": [], "liaison": []}
        for row in rows:
            made.observed(table, row, made.said("NUI1", "2"), made.said("HUM1", "2"))
            for key, texts in read_by.items():
                words = "".join(page(table, name, key, reference=row.reference) for name in ("grid", "case"))
                texts.append(re.findall(r"N[1-4] : [^<]*|sensible|Sans le ménage|bâti seul|NUI\d|HUM\d", words))
        without, with_children = read_by["responder"]
        assert without == with_children != []
        assert read_by["liaison"][0] != read_by["liaison"][1]

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
