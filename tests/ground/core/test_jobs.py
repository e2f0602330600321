"""The queue: every job is done, once when nothing breaks, again when something does, and never lost."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.jobs import Run, daily, enqueue, find, hourly, job, queue, registry, weekly
from concertoit.ground.core.jobs.worker import work
from concertoit.ground.core.models import Job, JobState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calls(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Jobs of this test only: one that works, one that breaks, one that a rule refuses."""
    done: list[dict[str, Any]] = []
    monkeypatch.setattr(registry, "_definitions", {})
    monkeypatch.setattr(registry, "_periodic", {})

    @job("test.works")
    def works(run: Run) -> dict[str, Any]:
        run.progress(50, "à mi-chemin")
        done.append({"payload": run.payload, "space": run.space_id, "attempt": run.attempt})
        return {"url": "/resultat/"}

    @job("test.breaks", max_attempts=3)
    def breaks(run: Run) -> None:
        raise RuntimeError("brisé")

    @job("test.refused")
    def refused(run: Run) -> None:
        raise DomainError("Le fichier est vide.")

    return done


def test_a_job_is_executed_and_its_payload_erased(calls: list[dict[str, Any]]) -> None:
    asked = enqueue("test.works", payload={"adresse": "a@exemple.test"}, space_id=7, asked_by_id=3)
    assert work(once=True) == 1
    asked.refresh_from_db()
    assert calls == [{"payload": {"adresse": "a@exemple.test"}, "space": 7, "attempt": 1}]
    assert (asked.state, asked.progress, asked.result) == (JobState.DONE, 100, {"url": "/resultat/"})
    assert asked.payload == {}
    assert work(once=True) == 0


def test_a_job_exists_only_if_its_transaction_does() -> None:
    with transaction.atomic():
        enqueue("test.works")
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_a_job_nobody_declared_is_refused_at_once() -> None:
    with pytest.raises(LookupError):
        enqueue("test.unknown")


def test_a_name_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        job("test.works")(lambda run: None)


def test_same_key_same_job_until_it_is_finished() -> None:
    first, second = enqueue("test.works", dedup_key="k"), enqueue("test.works", dedup_key="k")
    assert first.pk == second.pk
    work(once=True)
    assert enqueue("test.works", dedup_key="k").pk != first.pk


def test_a_key_used_once_never_serves_again(calls: list[dict[str, Any]]) -> None:
    for _ in range(3):
        enqueue("test.works", dedup_key="2026-02-24", once=True)
        work(once=True)
    assert len(calls) == 1


def test_a_job_waits_for_its_moment(calls: list[dict[str, Any]]) -> None:
    enqueue("test.works", run_at=timezone.now() + timedelta(hours=1))
    assert work(once=True) == 0
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert work(once=True) == 1


def test_a_broken_job_is_tried_again_later_and_later_then_given_up() -> None:
    asked = enqueue("test.breaks")
    waits = []
    for _ in range(3):
        asked.refresh_from_db()
        with time_machine.travel(asked.run_at + timedelta(seconds=1), tick=False):
            now = timezone.now()
            work(once=True)
        asked.refresh_from_db()
        waits.append(asked.run_at - now)
    assert waits[:2] == [timedelta(seconds=15), timedelta(seconds=30)]
    assert (asked.state, asked.attempts) == (JobState.FAILED, 3)
    assert "brisé" in asked.error


def test_what_a_rule_refuses_is_not_tried_again() -> None:
    asked = enqueue("test.refused")
    work(once=True)
    asked.refresh_from_db()
    assert (asked.state, asked.attempts, asked.message) == (JobState.FAILED, 1, "Le fichier est vide.")


def test_a_dead_worker_s_job_is_taken_by_another(calls: list[dict[str, Any]]) -> None:
    asked = enqueue("test.works")
    held = queue.take(uuid.uuid4())
    assert held
    assert work(once=True) == 0, "the lease holds"
    with time_machine.travel(timezone.now() + queue.LEASE + timedelta(seconds=1)):
        assert work(once=True) == 1
    asked.refresh_from_db()
    assert (asked.state, calls[0]["attempt"]) == (JobState.DONE, 2)
    assert not queue.succeed(held, {"url": "/trop-tard/"}), "who lost the lease writes nothing"
    assert not queue.extend(held)


def test_a_job_that_kills_its_workers_is_given_up() -> None:
    asked = enqueue("test.breaks")
    Job.objects.filter(pk=asked.pk).update(attempts=3, state=JobState.RUNNING, lease_until=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        work(once=True)
    asked.refresh_from_db()
    assert asked.state == JobState.FAILED


def test_a_heartbeat_holds_the_lease() -> None:
    enqueue("test.works")
    held = queue.take(uuid.uuid4())
    assert held
    with time_machine.travel(timezone.now() + timedelta(seconds=50)):
        assert queue.extend(held)
    with time_machine.travel(timezone.now() + timedelta(seconds=100)):
        assert queue.take(uuid.uuid4()) is None


def test_a_worker_of_an_older_version_leaves_what_it_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = enqueue("test.works")
    monkeypatch.setattr(registry, "_definitions", {})
    work(once=True)
    asked.refresh_from_db()
    assert asked.state == JobState.QUEUED


def test_an_administrator_s_retry_gives_all_attempts_back() -> None:
    asked = enqueue("test.refused")
    work(once=True)
    queue.try_again(asked)
    asked.refresh_from_db()
    assert (asked.state, asked.attempts, asked.error) == (JobState.QUEUED, 0, "")


def test_periodic_jobs_are_asked_for_once_per_period(calls: list[dict[str, Any]]) -> None:
    registry.periodic("test.works", daily(6, 30))
    with time_machine.travel(datetime(2026, 2, 24, 12, tzinfo=UTC), tick=False) as clock:
        work(once=True)
        work(once=True)
        assert len(calls) == 1
        clock.shift(timedelta(days=1))
        work(once=True)
    assert len(calls) == 2


def test_the_latest_moment_of_each_rhythm() -> None:
    tuesday = datetime(2026, 2, 24, 6, 10, tzinfo=UTC)
    assert hourly(15)(tuesday) == datetime(2026, 2, 24, 5, 15, tzinfo=UTC)
    assert daily(6, 0)(tuesday) == datetime(2026, 2, 24, 6, 0, tzinfo=UTC)
    assert daily(6, 30)(tuesday) == datetime(2026, 2, 23, 6, 30, tzinfo=UTC)
    assert weekly(0, 6, 30)(tuesday) == datetime(2026, 2, 23, 6, 30, tzinfo=UTC)
    assert weekly(1, 6, 30)(tuesday) == datetime(2026, 2, 17, 6, 30, tzinfo=UTC)


def test_old_jobs_are_erased() -> None:
    for age, state in ((31, "done"), (29, "done"), (91, "failed"), (31, "failed")):
        asked = enqueue("test.works")
        Job.objects.filter(pk=asked.pk).update(state=state, finished_at=timezone.now() - timedelta(days=age))
    assert queue.purge() == 2


def test_only_the_one_who_asked_finds_a_job() -> None:
    asked = enqueue("test.works", asked_by_id=3)
    assert find(asked.uid, asked_by_id=3) == asked
    assert find(asked.uid, asked_by_id=4) is None
