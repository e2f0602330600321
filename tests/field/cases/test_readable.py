"""What people misread on the pages of cases, and read rightly since."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from concertoit.field.cases.enums.grid import WHY_LABELS
from concertoit.field.cases.models import Observation
from concertoit.field.cases.queries import tenant_page
from concertoit.field.cases.queries.complexity_words import condition_text
from concertoit.field.cases.rules.complexity import Condition, Op
from concertoit.field.cases.services import assigning, closing, inbox
from concertoit.field.cases.views.grid_shown import _measured
from tests.field.cases import made_intake
from tests.field.cases import made_work as made
from tests.personas import Table


def road(report: object) -> list[tuple[str, str]]:
    return [(step["label"], step["state"]) for step in tenant_page.page(report).steps]  # type: ignore[arg-type]


class TestTheRoadOfATenant:
    def test_what_is_set_aside_promises_no_visit(self, table: Table) -> None:
        report = made_intake.report(table)
        inbox.set_aside(viewer=table.viewer("liaison"), report=report, why="elsewhere")
        report.refresh_from_db()
        assert [label for label, _state in road(report)] == ["Signalement reçu", "Lu par l’équipe"]

    def test_a_case_closed_without_a_visit_waits_for_none(self, table: Table) -> None:
        report = made_intake.report(table)
        case = inbox.open_from(viewer=table.viewer("liaison"), report=report)
        report.refresh_from_db()
        assert ("Visite du logement", "next") in road(report)
        done = closing.Closing(outcome="works_done", living="better", note="Mur refait")
        closing.close(viewer=table.viewer("liaison"), case=case, closing=done)
        report.refresh_from_db()
        assert road(report)[-1] == ("Réglé", "done")
        assert {state for _label, state in road(report)} == {"done"}


def test_an_order_whose_day_is_past_says_so(table: Table) -> None:
    today = timezone.localdate()
    row = made.order_of(table, issued_on=today - timedelta(days=40), due_on=today - timedelta(days=1))
    page = table.client("liaison").get(f"/demarches/{table.space.slug}/dossiers/{row.case.reference}/")
    assert "Échéance passée" in page.content.decode()
    row.state = "complied"
    assert not row.is_late


def test_the_log_says_that_a_partner_was_asked(table: Table) -> None:
    row = made.asked(table)
    page = table.client("liaison").get(f"/demarches/{table.space.slug}/dossiers/{row.case.reference}/")
    assert "demande envoyée" in page.content.decode()


def test_rules_are_said_as_people_speak() -> None:
    said = condition_text(Condition("mandates", Op.AT_LEAST, 3))
    assert said == "le dossier demande au moins 3 mandats de partenaires"
    assert all(not str(label).startswith("un point") or "plusieurs" in str(label) for label in WHY_LABELS.values())


@pytest.mark.parametrize("page", ["dossiers/liste/", "cas-complexes/", "dossiers/brigade/", "dossiers/delais/"])
def test_every_page_beside_the_list_leads_to_the_others(table: Table, page: str) -> None:
    body = table.client("liaison").get(f"/demarches/{table.space.slug}/{page}").content.decode()
    assert f"/demarches/{table.space.slug}/dossiers/mes-visites/" in body
    assert 'aria-current="page"' in body.split('class="rail"')[-1]


@pytest.mark.parametrize(("value", "said"), [("0.5", "0,5\u00a0m²"), ("3.0", "3\u00a0m²"), ("16.5", "16,5\u00a0m²")])
def test_a_measure_is_never_rounded(value: str, said: str) -> None:
    """Half a square metre of mould read « 1 m² », and 16.5 degrees « 17 »."""
    assert _measured(Observation(measure=Decimal(value)), "m²") == said


def test_a_partner_reads_its_own_answer_in_the_list(table: Table) -> None:
    made.asked(table)
    made.refused(table, made.case_of(table, "9, rue Basse"))
    body = table.client("responder").get(f"/demarches/{table.space.slug}/dossiers/liste/").content.decode()
    assert body.count("À accepter") == 1
    assert body.count("Refusé") == 1


def test_the_desk_tells_what_partners_answered(table: Table) -> None:
    case = made.case_of(table)
    row = made.asked(table, case)
    assigning.move(viewer=table.viewer("responder"), assignment=row, to="in_progress")
    desk = table.client("liaison").get("/").content.decode()
    assert f"Dossier {case.reference}</a> · " in desk
    assert "acceptée, en cours" in desk
    assert "demande envoyée" not in desk, "one's own acts are not news"
    assert f"Dossier {case.reference}</a> · " not in table.client("responder").get("/").content.decode()
