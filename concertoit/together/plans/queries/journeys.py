"""Which steps of the planning cycle each participation took part in, told to the room of démarches (L1, L2)."""

from collections.abc import Iterable, Sequence
from typing import Any

from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries.journeys import Journey, JourneyStep
from concertoit.together.plans.models import CycleStep


def _told(step: CycleStep) -> JourneyStep:
    return JourneyStep(str(step.pk), step.title, step.done_on or step.on)


def steps(viewer: Viewer) -> Sequence[JourneyStep]:
    """The steps of the démarche's cycles, in order."""
    return [_told(step) for step in CycleStep.objects.filter(space=viewer.space)]


def members(viewer: Viewer, key: str) -> Any:
    """Ids of the participations of a step, as a subquery."""
    known = CycleStep.objects.filter(space=viewer.space, pk=key) if key.isascii() and key.isdigit() else None
    return CycleStep.objects.none().values("pk") if known is None else known.values("participants")


def taken(viewer: Viewer, membership_ids: Iterable[int]) -> dict[int, list[JourneyStep]]:
    """For each participation, the steps it took part in: two queries whatever their number."""
    by_id = {step.pk: _told(step) for step in CycleStep.objects.filter(space=viewer.space)}
    through = CycleStep.participants.through
    pairs = (
        through.objects.filter(cyclestep_id__in=by_id, membership_id__in=list(membership_ids))
        .order_by("cyclestep__position", "cyclestep_id")
        .values_list("membership_id", "cyclestep_id")
    )
    found: dict[int, list[JourneyStep]] = {}
    for membership_id, step_id in pairs:
        found.setdefault(membership_id, []).append(by_id[step_id])
    return found


JOURNEY = Journey(steps, members, taken)
