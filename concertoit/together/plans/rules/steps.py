"""Which step of before a written step is, when people rewrite a list of steps as plain lines."""

from __future__ import annotations

from collections import defaultdict

from concertoit.together.plans.rules.matching import fold


def pair_steps(before: list[str], after: list[str]) -> list[int | None]:
    """For each title of ``after``, the place in ``before`` of the step it is; nothing for a new one.

    First the same title, wherever it moved; then a step reworded in place: between the same neighbours, what stood there
    before. A step is never two. What is left over on the side of ``before`` is gone.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, title in enumerate(before):
        places[fold(title)].append(place)
    pairs: list[int | None] = [places[fold(title)].pop(0) if places[fold(title)] else None for title in after]
    free: dict[int, list[int]] = defaultdict(list)  # what is left over, by the kept step it follows
    kept, follows = {place for place in pairs if place is not None}, -1
    for place in range(len(before)):
        if place in kept:
            follows = place
        else:
            free[follows].append(place)
    follows = -1
    for number, found in enumerate(pairs):
        if found is not None:
            follows = found
        elif free[follows]:
            pairs[number] = free[follows].pop(0)
    return pairs
