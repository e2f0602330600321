"""The lease table: put in, take, note progress, finish. The same on SQLite and PostgreSQL.

Taking is one short transaction. SQLite opens it with the write lock (``transaction_mode = IMMEDIATE``), PostgreSQL locks
the row and lets other workers skip it; either way no two workers hold the same job.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from concertoit.ground.core.jobs.registry import definition, schedules
from concertoit.ground.core.models import Job, JobState

LEASE = timedelta(seconds=60)
FIRST_RETRY = timedelta(seconds=15)
LONGEST_RETRY = timedelta(hours=1)
KEEP_DONE = timedelta(days=30)
KEEP_FAILED = timedelta(days=90)


def enqueue(
    name: str,
    *,
    payload: dict[str, Any] | None = None,
    space_id: int | None = None,
    asked_by_id: int | None = None,
    dedup_key: str | None = None,
    once: bool = False,
    run_at: datetime | None = None,
) -> Job:
    """Ask for a job, in the caller's transaction. Answers the job, or the one that already has this ``dedup_key``.

    A key is free again when its job is finished, unless ``once``: then it never serves twice. The payload holds plain
    JSON values and is erased when the job succeeds. Raises ``LookupError`` for a job nobody declared.
    """
    if definition(name) is None:
        raise LookupError(f"unknown job: {name}")
    values = {
        "name": name,
        "payload": payload or {},
        "space_id": space_id,
        "asked_by_id": asked_by_id,
        "keeps_key": once,
        "run_at": run_at or timezone.now(),
    }
    if dedup_key is None:
        return Job.objects.create(**values)
    return Job.objects.get_or_create(dedup_key=f"{name}:{dedup_key}"[:200], defaults=values)[0]


def find(uid: uuid.UUID, *, asked_by_id: int) -> Job | None:
    """The job with this id, if this person asked for it."""
    return Job.objects.filter(uid=uid, asked_by_id=asked_by_id).first()


def enqueue_periodic(seen: dict[str, datetime]) -> None:
    """Ask for each periodic job once per period; ``seen`` spares the queries of periods already asked for."""
    now = timezone.localtime()
    for name, latest in schedules().items():
        moment = latest(now)
        if seen.get(name) != moment:
            enqueue(name, dedup_key=moment.isoformat(), once=True)
            seen[name] = moment


def _due(now: datetime) -> QuerySet[Job]:
    waiting = Q(state=JobState.QUEUED, run_at__lte=now)
    abandoned = Q(state=JobState.RUNNING, lease_until__lt=now)
    return Job.objects.filter(waiting | abandoned).order_by("run_at", "pk")


def take(worker: uuid.UUID) -> Job | None:
    """Take the oldest job that is due, for the length of a lease."""
    now = timezone.now()
    if not _due(now).exists():  # an idle worker must not take SQLite's write lock every second
        return None
    with transaction.atomic():
        job = _due(now).select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.state = JobState.RUNNING
        job.worker = worker
        job.attempts += 1
        job.lease_until = now + LEASE
        job.started_at = job.started_at or now
        job.save(update_fields=["state", "worker", "attempts", "lease_until", "started_at"])
    return job


def _held(job: Job) -> QuerySet[Job]:
    """The row, if this worker still holds it; a worker that lost its lease writes nothing."""
    return Job.objects.filter(pk=job.pk, worker=job.worker, attempts=job.attempts, state=JobState.RUNNING)


def extend(job: Job) -> bool:
    """Hold the job longer; false when the lease was lost."""
    return bool(_held(job).update(lease_until=timezone.now() + LEASE))


def note(job: Job, percent: int, message: str) -> None:
    """Write progress, and hold the job longer by the same write."""
    _held(job).update(progress=max(0, min(100, percent)), message=message[:300], lease_until=timezone.now() + LEASE)


def _freed_key(job: Job) -> str | None:
    return job.dedup_key if job.keeps_key else None


def succeed(job: Job, result: dict[str, Any]) -> bool:
    """Note the result; the payload, which may hold an address or a link, is erased."""
    return bool(
        _held(job).update(
            state=JobState.DONE,
            result=result,
            payload={},
            progress=100,
            error="",
            dedup_key=_freed_key(job),
            finished_at=timezone.now(),
        )
    )


def fail(job: Job, error: str, *, message: str = "") -> bool:
    """Give up: an administrator sees it and may try again."""
    return bool(
        _held(job).update(
            state=JobState.FAILED,
            error=error[-4000:],
            message=message[:300],
            dedup_key=_freed_key(job),
            finished_at=timezone.now(),
        )
    )


def retry_later(job: Job, error: str) -> bool:
    """Back in the queue, each time twice as late."""
    wait = min(FIRST_RETRY * 2 ** (job.attempts - 1), LONGEST_RETRY)
    return bool(
        _held(job).update(state=JobState.QUEUED, run_at=timezone.now() + wait, worker=None, error=error[-4000:])
    )


def try_again(job: Job) -> None:
    """Queue a failed job anew, with all its attempts."""
    Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.QUEUED, run_at=timezone.now(), attempts=0, progress=0, message="", error="", finished_at=None
    )


def purge() -> int:
    """Erase jobs finished long ago; answers how many."""
    now = timezone.now()
    old_done = Q(state=JobState.DONE, finished_at__lt=now - KEEP_DONE)
    old_failed = Q(state=JobState.FAILED, finished_at__lt=now - KEEP_FAILED)
    return Job.objects.filter(old_done | old_failed).delete()[0]
