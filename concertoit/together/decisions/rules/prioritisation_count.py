"""The count of the grades: from settings and ballots to plain values, always the same for the same ones.

Majority judgment orders the actions, agreement and polarisation say how far opinions are, families say whether one of
them is left behind. Everything is exact but agreement, which is rounded the same way everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from concertoit.ground.ballots.rules.agreement import consensus, group_informed, polarisation
from concertoit.ground.ballots.rules.judgment import Judged, majority_judgment
from concertoit.together.decisions.rules.prioritisation import (
    ANSWERS,
    BAND_OF,
    GRADES,
    Band,
    Tally,
    Thresholds,
    closeness,
    thresholds_of,
)
from concertoit.together.decisions.rules.prioritisation_families import in_favour, merged_small
from concertoit.together.decisions.rules.prioritisation_record import Paper

Progress = Callable[[int], object]
# How often progress is told: every so many ballots.
NOW_AND_THEN = 200


def quiet(percent: int) -> None:
    """For whoever does not wait."""


def grades_settings(keys: Sequence[str], mapping: str, thresholds: Thresholds) -> dict[str, Any]:
    """What a count of grades needs beside the ballots, and what its record keeps."""
    return {
        "rule": "majority-judgment",
        "tie_break": "majority-judgment, then equal ranks in the order of the plan",
        "middle": "lower",
        "options": list(keys),
        "grades": [str(grade) for grade in GRADES],
        "families_mapping": mapping,
        "thresholds": thresholds.as_plain(),
    }


def shown_families(papers: Sequence[Paper], smallest: int) -> tuple[dict[str, str], dict[str, int]]:
    """Under which name each family may be shown, and the number of voices under each of these names."""
    sizes = Counter(paper.family for paper in papers if paper.family)
    shown = merged_small(sizes, smallest)
    groups: Counter[str] = Counter()
    for family, size in sizes.items():
        if shown[family]:
            groups[shown[family]] += size
    return shown, dict(sorted(groups.items()))


def count_grades(settings: Mapping[str, Any], papers: Sequence[Paper], progress: Progress = quiet) -> dict[str, Any]:
    """The actions from the first to the last, each with its distribution, its band and what families say of it."""
    thresholds = thresholds_of(settings["thresholds"])
    said = [paper for paper in papers if paper.grades]
    shown, groups = shown_families(said, thresholds.group)
    keys = list(settings["options"])
    by_group = _counted(said, keys, shown, progress)
    tallies = {key: _together(one[key] for one in by_group.values()) for key in keys}
    judged = majority_judgment({key: one.grades for key, one in tallies.items()})
    progress(75)
    told = {name: by_group[name] for name in groups}
    options = [
        _option(one, tallies[one.option], {name: table[one.option] for name, table in told.items()}, thresholds)
        for one in judged
    ]
    progress(100)
    return {"voices": len(said), "families": groups, "options": options}


def _counted(
    said: Sequence[Paper], keys: Sequence[str], shown: Mapping[str, str], progress: Progress
) -> dict[str, dict[str, Tally]]:
    """What each group says of each action (those shown under no name together), in one pass over the ballots."""
    place = {answer: number for number, answer in enumerate(ANSWERS)}
    counts: dict[str, dict[str, list[int]]] = {}
    voices: Counter[str] = Counter()
    for number, paper in enumerate(said, 1):
        group = shown.get(paper.family, "")
        voices[group] += 1
        table = counts.setdefault(group, {key: [0] * len(ANSWERS) for key in keys})
        for key, answer in paper.grades.items():
            if key in table:
                table[key][place[answer]] += 1
        if number % NOW_AND_THEN == 0:
            progress(70 * number // len(said))
    return {
        group: {key: Tally(tuple(row[:-1]), row[-1], voices[group] - sum(row)) for key, row in table.items()}
        for group, table in counts.items()
    }


def _together(groups: Iterable[Tally]) -> Tally:
    """The groups of an action as one."""
    every = list(groups)
    grades = tuple(sum(one.grades[place] for one in every) for place in range(len(GRADES)))
    return Tally(grades, sum(one.unknown for one in every), sum(one.silent for one in every))


def _option(one: Judged, counts: Tally, families: Mapping[str, Tally], limits: Thresholds) -> dict[str, Any]:
    enough = counts.opinions >= limits.opinions and one.median is not None
    agreement = consensus(counts.grades)
    split = polarisation(counts.grades)
    told = _told(families, counts.opinions, limits.group)
    whole = len(told) == len(families)  # values compare actions judged by the same families only
    together = (
        group_informed({name: (in_favour(family), family.opinions) for name, family in told.items()})
        if whole
        else None
    )
    return {
        "key": one.option,
        "rank": one.rank,
        "median": str(GRADES[one.median]) if one.median is not None else None,
        "band": str(BAND_OF[GRADES[one.median]] if enough and one.median is not None else Band.FEW),
        "counts": list(counts.grades),
        "unknown": counts.unknown,
        "silent": counts.silent,
        "above": str(one.above),
        "below": str(one.below),
        "agreement": f"{agreement:.9f}" if agreement is not None else None,
        "polarisation": str(split) if split is not None else None,
        "closeness": str(closeness(counts.grades, Fraction(str(agreement)), limits))
        if enough and agreement is not None
        else None,
        "families": {name: list(family.grades) for name, family in told.items()},
        "together": str(together) if together is not None else None,
    }


def _told(families: Mapping[str, Tally], opinions: int, smallest: int) -> dict[str, Tally]:
    """Families with enough opinions to be shown; one more is hidden when what is left could be found by subtraction."""
    told = {name: family for name, family in families.items() if family.opinions >= smallest}
    while told and 0 < opinions - sum(family.opinions for family in told.values()) < smallest:
        del told[min(told, key=lambda name: (told[name].opinions, name))]
    return told
