"""A short list, ordered by Schulze's method from the same ballots as the grades.

A better grade is a preference. Whoever does not know, or said nothing, about an action weighs half on each side when it
is compared with another: it comes once before and once after those that they graded, and never counts as last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from concertoit.ground.ballots.rules.rankings import Ranking, pairwise, schulze
from concertoit.together.decisions.rules.prioritisation import GRADES
from concertoit.together.decisions.rules.prioritisation_count import quiet
from concertoit.together.decisions.rules.prioritisation_record import Paper


def short_list_settings(keys: Sequence[str]) -> dict[str, Any]:
    """What a short list needs beside the ballots."""
    return {"rule": "schulze", "strength": "winning votes", "options": list(keys), "tie_break": "equal ranks"}


def preferences(paper: Paper, keys: Sequence[str]) -> list[Ranking]:
    """A ballot as rankings of the short list, of total weight 2; none where fewer than two actions are graded."""
    levels: dict[str, list[str]] = {grade: [] for grade in GRADES}
    apart: list[str] = []
    for key in keys:
        answer = paper.grades.get(key, "")
        levels.get(answer, apart).append(key)
    tiers = [level for level in levels.values() if level]
    if sum(map(len, tiers)) < 2:
        return []
    if not apart:
        return [Ranking(tiers, 2)]
    return [Ranking([apart, *tiers]), Ranking([*tiers, apart])]


def count_short_list(
    settings: Mapping[str, Any], papers: Sequence[Paper], progress: Callable[[int], object] = quiet
) -> dict[str, Any]:
    """Ranks of the short list (equal ones together), and who is preferred to whom by how many voices (in halves)."""
    keys = list(settings["options"])
    known = [ranking for paper in papers for ranking in preferences(paper, keys)]
    progress(30)
    ranked = schulze(keys, known)
    duels = pairwise(keys, known)
    progress(100)
    return {
        "voices": sum(bool(preferences(paper, keys)) for paper in papers),
        "groups": [list(group) for group in ranked.groups],
        "duels": {one: dict(zip(keys, row, strict=True)) for one, row in zip(keys, duels, strict=True)},
    }
