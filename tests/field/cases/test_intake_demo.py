"""The brigade's year of reports in the example: told through the services, with nobody's real name."""

from __future__ import annotations

import pytest

from concertoit.field.cases.enums.intake import ReportState
from concertoit.field.cases.models import Case, Report
from concertoit.front.demo.services.field import BRIGADE, open_places
from concertoit.front.demo.services.intake import tell_intake
from concertoit.front.demo.services.towns import load_towns
from concertoit.ground.places.services import load_reference

pytestmark = pytest.mark.django_db


def test_a_year_of_reports_is_told() -> None:
    load_reference()
    load_towns()
    spaces, users, _found = open_places()
    cases = tell_intake(spaces[BRIGADE], users)
    assert len(set(cases.values())) == Case.objects.count() == 21
    assert Case.objects.filter(building__street="rue des Quatre-Vents").count() == 5
    assert set(Report.objects.values_list("state", flat=True)) == set(ReportState.values)
    assert {case.channel for case in cases.values()} >= {"tenant", "worker", "311", "organisation", "list"}
