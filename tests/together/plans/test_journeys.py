"""Which step of the démarche each person took part in (L1)."""

from datetime import date

import pytest

from concertoit.ground.spaces.queries import viewer_for
from concertoit.ground.spaces.queries.journeys import members_at, steps_of, steps_taken
from concertoit.together.plans.models import CycleStep
from tests.personas import Table

pytestmark = pytest.mark.django_db


@pytest.fixture
def step(table: Table) -> CycleStep:
    made = CycleStep.objects.create(space=table.space, plan=table.plan, title="Atelier", done_on=date(2026, 1, 13))
    made.participants.add(table.membership("partner"))
    return made


def test_a_participation_knows_its_steps(table: Table, step: CycleStep) -> None:
    viewer = table.viewer("coordinator")
    assert [one.label for one in steps_of(viewer)] == ["Atelier"]
    partner, elected = table.membership("partner").pk, table.membership("elected").pk
    assert [one.on for one in steps_taken(viewer, [partner, elected])[partner]] == [date(2026, 1, 13)]
    assert elected not in steps_taken(viewer, [partner, elected])


def test_people_are_filtered_by_step(table: Table, step: CycleStep) -> None:
    viewer = table.viewer("coordinator")
    assert list(members_at(viewer, str(step.pk))) == [{"participants": table.membership("partner").pk}]
    assert list(members_at(viewer, "x")) == []
    page = table.client("coordinator").get(f"/demarches/{table.space.slug}/personnes/", {"etape": step.pk})
    assert page.status_code == 200


def test_steps_of_another_demarche_stay_there(table: Table, step: CycleStep) -> None:
    assert list(steps_of(viewer_for(table.user("stranger"), table.other.slug))) == []
