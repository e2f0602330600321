"""The jobs that keep the job table small."""

from typing import Any

from concertoit.ground.core.jobs import Run, daily, job, periodic
from concertoit.ground.core.jobs.queue import purge


@job("core.purge_jobs")
def purge_jobs(run: Run) -> dict[str, Any]:
    """Erase what was finished long ago."""
    return {"erased": purge()}


periodic("core.purge_jobs", daily(3, 15))
