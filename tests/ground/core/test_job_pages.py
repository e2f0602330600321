"""Following one's own job; looking after all of them."""

from typing import Any

import pytest
from django.urls import reverse

from concertoit.ground.core.jobs import enqueue
from concertoit.ground.core.models import Job
from tests.personas import Table

pytestmark = pytest.mark.django_db


def asked(table: Table, key: str, **values: Any) -> Job:
    job = enqueue("core.purge_jobs", asked_by_id=table.user(key).pk)
    Job.objects.filter(pk=job.pk).update(**values)
    job.refresh_from_db()
    return job


def test_one_follows_one_s_own_job_and_nobody_else_s(table: Table) -> None:
    url = reverse("core:job", kwargs={"uid": asked(table, "partner").uid})
    assert table.client("partner").get(url).status_code == 200
    assert table.client("coordinator").get(url).status_code == 404
    assert table.client("administrator").get(url).status_code == 404


def test_the_fragment_asks_again_until_the_end(table: Table) -> None:
    job = asked(table, "partner", state="running", progress=40, message="Lecture du plan")
    url = reverse("core:job", kwargs={"uid": job.uid})
    fragment = table.client("partner").get(url, headers={"HX-Request": "true"}).content.decode()
    assert fragment in table.client("partner").get(url).content.decode()
    assert 'hx-trigger="every 1s"' in fragment
    assert 'value="40"' in fragment
    Job.objects.update(state="done", result={"url": "/la-suite/", "message": "35 actions."})
    ended = table.client("partner").get(url).content.decode()
    assert "hx-trigger" not in ended.split('id="tache"')[1].split(">")[0]
    assert 'href="/la-suite/"' in ended
    assert "35 actions." in ended


def test_a_refused_job_says_why(table: Table) -> None:
    job = asked(table, "partner", state="failed", message="Le fichier est vide.")
    page = table.client("partner").get(reverse("core:job", kwargs={"uid": job.uid})).content.decode()
    assert "Le fichier est vide." in page


def test_the_administrator_filters_and_takes_up_a_failed_job(table: Table) -> None:
    job = asked(table, "partner", state="failed", error="Traceback", attempts=5)
    client = table.client("administrator")
    page = client.get(reverse("core:jobs"), {"etat": "failed"}).content.decode()
    assert "core.purge_jobs" in page
    assert "Traceback" in page
    assert "core.purge_jobs" not in client.get(reverse("core:jobs"), {"etat": "done"}).content.decode()
    assert client.post(reverse("core:job_retry", kwargs={"uid": job.uid})).status_code == 302
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 0)
