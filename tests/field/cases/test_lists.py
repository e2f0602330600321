"""A long list of existing cases comes in by a job that one follows; stopped in its middle, it ends as it would have."""

from __future__ import annotations

import pytest

from concertoit.field.cases.models import Case, CaseList, Report
from concertoit.field.cases.services import bringing, importing
from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.core.models import Job
from tests.personas import Table

LINES = 6


@pytest.fixture
def long_list(table: Table, monkeypatch: pytest.MonkeyPatch) -> CaseList:
    """Six lines, one of which says no address, where three are many."""
    monkeypatch.setattr(bringing, "AT_ONCE", 3)
    monkeypatch.setattr(bringing, "STEP", 2)
    town = table.municipality.name
    lines = [f"{town};{100 + 2 * number}, rue Neuve;moisissures" for number in range(LINES - 1)]
    text = "\n".join(["Ville;Adresse;Problèmes", *lines, f"{town};derrière l’église;moisissures", ""])
    return importing.read_list(viewer=table.viewer("liaison"), content=text.encode(), name="cas.csv")


def confirm(table: Table, brought: CaseList) -> str:
    address = f"/demarches/{table.space.slug}/signalements/listes/{brought.pk}/confirmer/"
    answer = table.client("liaison").post(address, {"ligne-2": "laisser"})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_a_long_list_is_followed_and_left(table: Table, long_list: CaseList) -> None:
    place = confirm(table, long_list)
    assert str(Job.objects.get(name="cases.list").uid) in place
    assert not Case.objects.exists()
    assert confirm(table, long_list) == place  # asked twice, done once
    with pytest.raises(DomainError):
        bringing.confirm_later(viewer=table.viewer("worker"), brought=long_list, choices={})
    work(once=True)
    page = table.client("liaison").get(place).content.decode()
    assert f"{LINES - 2} dossiers ouverts" in page
    assert Case.objects.count() == Report.objects.count() == LINES - 2  # one left aside, one that says no address
    long_list.refresh_from_db()
    assert (long_list.state, long_list.opened_count, len(long_list.rows)) == ("confirmed", LINES - 2, 1)


def test_a_job_stopped_in_its_middle_brings_nothing_twice(table: Table, long_list: CaseList) -> None:
    viewer, seen = table.viewer("liaison"), []

    def stop(percent: int, _said: str) -> None:
        seen.append(percent)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bringing.confirm_by_lines(viewer=viewer, brought=long_list, choices={}, progress=stop)
    assert Case.objects.count() == bringing.STEP
    counts = bringing.confirm_by_lines(viewer=viewer, brought=long_list, choices={}, progress=lambda _p, _s: None)
    assert Case.objects.count() == LINES - 1
    assert counts["refuse"] == 1
    with pytest.raises(DomainError):
        bringing.confirm(viewer=viewer, brought=long_list, choices={})
