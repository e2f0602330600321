"""The one door to background work.

Declare in a room's ``tasks.py`` (found by itself)::

    @job("plans.import")
    def import_plan(run: Run) -> dict[str, Any] | None: ...

Ask for it in a service, inside its transaction: the job exists if and only if the change does::

    enqueue("plans.import", payload={"draft": 12}, space_id=space.pk, asked_by_id=user.pk)

A job may run twice (a worker can die between the work and its note that the work is done): write it so that the second
time changes nothing. See ``docs/adr/0009-jobs-own-door.md``.
"""

from concertoit.ground.core.jobs.queue import enqueue, find
from concertoit.ground.core.jobs.registry import Run, daily, hourly, job, periodic, weekly

__all__ = ["Run", "daily", "enqueue", "find", "hourly", "job", "periodic", "weekly"]
