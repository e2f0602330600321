"""The worker: takes jobs one after the other and survives what they do."""

import logging
import os
import subprocess
import sys
import threading
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import DatabaseError, close_old_connections, connection

from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.jobs import queue
from concertoit.ground.core.jobs.registry import definition
from concertoit.ground.core.models import Job

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
HEARTBEAT_SECONDS = queue.LEASE.total_seconds() / 4


class _Run:
    """What a handler receives (``registry.Run``)."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.payload: dict[str, Any] = job.payload
        self.space_id = job.space_id
        self.asked_by_id = job.asked_by_id
        self.attempt = job.attempts

    def progress(self, percent: int, message: str = "") -> None:
        queue.note(self._job, percent, message)


@contextmanager
def _heartbeat(job: Job) -> Iterator[None]:
    """Hold the lease while the handler works, from a thread with its own connection."""
    finished = threading.Event()

    def beat() -> None:
        while not finished.wait(HEARTBEAT_SECONDS):
            try:
                queue.extend(job)
            except DatabaseError:  # SQLite busy with the handler's own transaction: nobody else can take the job
                logger.info("heartbeat of %s postponed", job.uid)
            finally:
                connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()


def run(job: Job) -> None:
    """Execute a job that this worker took, and note how it ended."""
    known = definition(job.name)
    if known is None:  # declared by a newer version: wait for a worker that knows it
        queue.retry_later(job, "unknown job")
        return
    if job.attempts > known.max_attempts:
        queue.fail(job, job.error or "interrupted too many times")
        return
    try:
        with _heartbeat(job):
            result = known.handler(_Run(job))
    except DomainError as refusal:  # a rule says no: trying again would say no again
        queue.fail(job, str(refusal), message=str(refusal))
    except Exception:
        logger.exception("job %s failed (attempt %s)", job, job.attempts)
        end = queue.fail if job.attempts >= known.max_attempts else queue.retry_later
        end(job, traceback.format_exc())
    else:
        if not queue.succeed(job, result or {}):
            logger.warning("job %s was finished by another worker", job)


def work(*, once: bool = False, stop: threading.Event | None = None, wanted: Callable[[], bool] = lambda: True) -> int:
    """Work until told to stop or no longer wanted, or with ``once`` until nothing is due; answers how many jobs."""
    stop = stop or threading.Event()
    worker, executed = uuid.uuid4(), 0
    seen: dict[str, datetime] = {}
    while not stop.is_set() and wanted():
        job = None
        try:
            queue.enqueue_periodic(seen)
            job = queue.take(worker)
        except DatabaseError:  # the database restarts, or SQLite stays busy: the queue waits, so does the worker
            if once:
                raise
            logger.warning("the queue does not answer", exc_info=True)
            close_old_connections()
        if job is not None:
            run(job)
            executed += 1
        elif once:
            break
        else:
            close_old_connections()
            stop.wait(IDLE_SECONDS)
    return executed


def start_beside() -> subprocess.Popen[bytes]:
    """A worker that stops with the process that starts it: one machine, one command (``concertoit serve``)."""
    return subprocess.Popen([sys.executable, "-m", "concertoit", "work", f"--beside={os.getpid()}"])  # noqa: S603 - our own
