"""Documents that may be long are read behind the page: progress, result, refusal, a worker that dies."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.core.jobs import queue, worker
from concertoit.ground.core.models import Job
from concertoit.ground.notifications.models import Notice
from concertoit.together.plans.importers import interpret
from concertoit.together.plans.importers.understand.result import Mapping
from concertoit.together.plans.importers.understand.roles import Role
from concertoit.together.plans.models import PlanImport
from concertoit.together.plans.rules.document import NodeKind
from concertoit.together.plans.services import importing, reading
from tests.htmx import assert_fragment_is_page, headers
from tests.personas import Table
from tests.together.plans.exchanged import PASTED
from tests.together.plans.importers.small_documents import small_docx, small_pdf, small_xlsx

pytestmark = pytest.mark.django_db

PAGES = "= Axe 1 Se loger\n\n#pagebreak()\n\nObjectif 1.1 Garder les logements\n\n1.1.1 Visiter"


def brought(table: Table, data: bytes = b"", name: str = "plan.pdf", key: str = "coordinator") -> PlanImport:
    return reading.bring_in(viewer=table.viewer(key), name=name, data=data or small_pdf(PAGES))


def work() -> Job:
    """Run the reading that waits, as the worker does; answers its job."""
    job = Job.objects.get(name="plans.read_import", state="queued")
    taken = queue.take(uuid.uuid4())
    assert taken == job
    worker.run(taken)
    job.refresh_from_db()
    return job


def page_of(table: Table, row: PlanImport) -> str:
    return reverse("plans:import_preview", kwargs={"slug": table.space.slug, "import_id": row.pk})


def test_what_may_be_long(settings: Any) -> None:
    assert reading.may_be_long(small_pdf(), "plan.pdf")
    assert reading.may_be_long(small_pdf(), "plan.docx"), "the content decides, not the name"
    assert not reading.may_be_long(small_docx(), "plan.docx")
    assert not reading.may_be_long(small_xlsx(), "plan.xlsx")
    assert not reading.may_be_long(b"PK\x03\x04rien", "plan.docx"), "what nobody reads is said at once"
    settings.IMPORT_LONG_BYTES = 100
    assert reading.may_be_long(small_docx(), "plan.docx")


def test_a_short_document_is_there_at_once(table: Table) -> None:
    assert brought(table, small_docx(), "plan.docx").state == "preview"
    assert not Job.objects.filter(name="plans.read_import").exists()


def test_a_long_one_is_read_by_the_worker_and_waits_in_the_notices(table: Table) -> None:
    row, client = brought(table), table.client("coordinator")
    assert (row.state, row.understanding) == ("reading", {})
    waiting = client.get(page_of(table, row)).content.decode()
    assert "En attente de son tour" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    assert f'href="{page_of(table, row)}"' in waiting, "without JavaScript: a link that asks again"
    assert_fragment_is_page(client, page_of(table, row), "lecture")
    Job.objects.filter(pk=row.job_id or 0).update(state="running", progress=42, message="Page 2 de 4")
    assert 'value="42"' in client.get(page_of(table, row)).content.decode()
    Job.objects.filter(pk=row.job_id or 0).update(state="queued")
    job = work()
    assert (job.state, job.result, job.payload) == ("done", {"state": "preview"}, {})
    row.refresh_from_db()
    assert row.state == "preview"
    assert "Visiter" in client.get(page_of(table, row)).content.decode()
    followed = client.get(page_of(table, row), headers=headers("lecture"))
    assert followed.headers["HX-Redirect"] == page_of(table, row), "the page that follows goes to the preview"
    notice = Notice.objects.get(user=table.user("coordinator"), kind="plans.import")
    assert (notice.url, notice.email) == (page_of(table, row), "never")


def test_progress_is_told_page_by_page(table: Table) -> None:
    said: list[tuple[int, str]] = []
    row = brought(table)
    reading.carry_on(import_id=row.pk, asked_by_id=None, say=lambda percent, text: said.append((percent, text)))
    percents = [percent for percent, _text in said]
    assert percents == sorted(percents)
    assert [text for _percent, text in said] == [
        "Lecture du document",
        "Page 1 de 2",
        "Page 2 de 2",
        "Compréhension du plan",
    ]


def test_a_bad_long_file_is_said_and_forgotten(table: Table) -> None:
    row, client = brought(table, b"%PDF-1.4 rien"), table.client("coordinator")
    assert work().state == "done", "a bad file is no failure of ours"
    row.refresh_from_db()
    assert (row.state, bytes(row.source), row.understanding) == ("unreadable", b"", {})
    page = client.get(page_of(table, row))
    assert page.status_code == 200
    assert row.problem.split(".")[0].replace("'", "&#39;") in page.content.decode()
    assert Notice.objects.get(kind="plans.import").body == row.problem
    assert client.post(page_of(table, row) + "confirmer/").status_code == 404
    with pytest.raises(DomainError, match="déjà terminé"):
        importing.confirm(viewer=table.viewer("coordinator"), brought=row)
    assert client.post(page_of(table, row) + "abandonner/").status_code == 302


def test_a_worker_that_dies_loses_nothing(table: Table) -> None:
    row = brought(table)
    lost = queue.take(uuid.uuid4())
    assert lost is not None
    Job.objects.filter(pk=lost.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    again = queue.take(uuid.uuid4())
    assert again is not None
    assert (again.pk, again.attempts) == (lost.pk, 2)
    worker.run(again)
    worker.run(lost)  # the first one was only slow: it finds the work done
    row.refresh_from_db()
    again.refresh_from_db()
    assert (row.state, again.state) == ("preview", "done")
    assert Notice.objects.filter(kind="plans.import").count() == 1


def test_corrections_outlive_a_second_run(table: Table) -> None:
    row = brought(table)
    work()
    row.refresh_from_db()
    found = importing.understood(row)
    found.document.title = "Mieux dit"
    importing.correct(viewer=table.viewer("coordinator"), brought=row, understanding=found)
    assert reading.carry_on(import_id=row.pk, asked_by_id=None, say=lambda *_: None) is None
    row.refresh_from_db()
    assert importing.understood(row).document.title == "Mieux dit"


def test_given_up_while_it_is_read(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    row = brought(table)
    real = interpret.make_sense

    def meanwhile(*arguments: Any) -> Any:
        importing.discard(viewer=table.viewer("coordinator"), brought=row)
        return real(*arguments)

    monkeypatch.setattr(reading, "make_sense", meanwhile)
    assert work().state == "done"
    row.refresh_from_db()
    assert (row.state, row.understanding) == ("discarded", {})
    assert not Notice.objects.exists()


def test_a_failure_of_ours_is_said_and_can_be_taken_up(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    row, client = brought(table), table.client("coordinator")
    monkeypatch.setattr(reading, "make_sense", lambda *_: 1 / 0)
    for _attempt in range(3):
        Job.objects.filter(pk=row.job_id or 0).update(run_at=timezone.now())
        job = work()
    assert job.state == "failed"
    page = client.get(page_of(table, row)).content.decode()
    assert "s’est arrêtée avant la fin" in page
    assert "every 1s" not in page
    monkeypatch.undo()
    queue.try_again(job)
    work()
    assert "Visiter" in client.get(page_of(table, row)).content.decode()


def test_columns_of_a_long_document_are_read_behind_too(table: Table, settings: Any) -> None:
    settings.IMPORT_LONG_BYTES = 10
    row = brought(table, PASTED.encode(), "plan.md")
    work()
    row.refresh_from_db()
    place = importing.understood(row).mappings[0].place
    client = table.client("coordinator")
    assert client.post(page_of(table, row) + "colonnes/", {"t0-c2": "partner"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.mapping) == ("reading", {place: {"2": "partner"}})
    with pytest.raises(DomainError, match="encore en lecture"):
        reading.read_again(viewer=table.viewer("coordinator"), brought=row, mapping=Mapping({place: {2: Role.LEAD}}))
    work()
    row.refresh_from_db()
    action = importing.understood(row).document.of_kind(NodeKind.ACTION)[0]
    assert [actor.role.value for actor in action.actors] == ["partner"]


def test_in_the_browser(table: Table) -> None:
    client = table.client("coordinator")
    upload = SimpleUploadedFile("plan.pdf", small_pdf(PAGES))
    response = client.post(
        reverse("plans:import_start", kwargs={"slug": table.space.slug}), {"document": upload}, follow=True
    )
    assert "Lecture du document" in response.content.decode()
    assert (
        "En lecture" in client.get(reverse("plans:import_start", kwargs={"slug": table.space.slug})).content.decode()
    )


def test_only_the_coordination(table: Table) -> None:
    for key in ("coco", "partner"):
        with pytest.raises(NotAllowed):
            brought(table, key=key)
    row = brought(table)
    for key, status in (("coco", 403), ("stranger", 404)):
        assert table.client(key).get(page_of(table, row)).status_code == status


def test_a_file_too_large_is_not_even_queued(table: Table, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1_048_576
    with pytest.raises(DomainError, match="dépasse 1 Mo"):
        brought(table, b"%PDF-" + b"x" * 1_048_576)
    assert not PlanImport.objects.exists()
