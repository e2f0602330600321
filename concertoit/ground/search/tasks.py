"""Making the index anew, behind the page."""

from typing import Any

from concertoit.ground.core.jobs import Run, job
from concertoit.ground.search.policies import searchables
from concertoit.ground.search.services import reindex


@job("search.reindex")
def reindex_all(run: Run) -> dict[str, Any]:
    """All kinds, one after the other."""
    kinds = searchables()
    kept = 0
    for done, kind in enumerate(kinds):
        run.progress(100 * done // len(kinds), str(kind.label))
        kept += reindex(of=kind)[0]
    return {"kept": kept}
