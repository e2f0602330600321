"""How a grade and its points are said on pages: words, colours and icons, computed once for every template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums.grid import (
    LEVEL_ICONS,
    LEVEL_LABELS,
    LEVEL_TONES,
    UNITS,
    WHY_LABELS,
    Extent,
    GradeStatus,
    Mandate,
    Observed,
    Proof,
    Scope,
)
from concertoit.field.cases.models import Observation
from concertoit.field.cases.queries.observations import CaseGrade, by_point, voice_label, voice_of
from concertoit.field.cases.rules.grading import PROBLEMS, DimensionGrade, Grade
from concertoit.field.cases.rules.grid_document import Item
from concertoit.ground.core.spoken import number

STATE_TONES = {"0": "ok", "1": "sky", "2": "sun", "3": "brick", "nv": "neutral", "so": "neutral"}
_STATUS_LOOKS = {
    GradeStatus.PRESUMED: ("neutral", "question-circle"),
    GradeStatus.OBSERVED: ("sky", "eye"),
    GradeStatus.CONFIRMED: ("spruce", "patch-check"),
}


def level_tag(level: int | None) -> dict[str, Any]:
    """A level as ``ui.tag(**…)`` takes it."""
    if level is None:
        return {"text": _("Rien n’a été vérifié"), "tone": "neutral", "icon": "question-circle"}
    return {"text": LEVEL_LABELS[level], "tone": LEVEL_TONES[level], "icon": LEVEL_ICONS[level]}


def status_tag(status: GradeStatus) -> dict[str, Any]:
    """What a grade rests on, as ``ui.tag(**…)`` takes it."""
    tone, icon = _STATUS_LOOKS[status]
    return {"text": str(status.label), "tone": tone, "icon": icon}


@dataclass(frozen=True)
class DimensionShown:
    """A dimension: its level, why, the points that cause it."""

    code: str
    title: str
    tag: dict[str, Any]
    why: str
    causes: list[Item]
    raised: bool
    checked: int
    of: int


@dataclass(frozen=True)
class GradeShown:
    """The grade as the case page, the grid page and the print show it."""

    level: int | None
    tag: dict[str, Any]
    building: dict[str, Any]
    differs: bool
    status: dict[str, Any]
    dimensions: list[DimensionShown]
    causes: list[tuple[Item, str, list[str]]]  # point, why, who says it
    checked: int
    of: int
    proved: int
    problems: int
    disputed: int
    confirmed: Any = None
    emergency: bool = False
    worst: list[DimensionShown] = field(default_factory=list)


def grade_shown(found: CaseGrade) -> GradeShown:
    """Everything a page says of a grade. Who says what is left out by the template for who may not read it."""
    grade, items = found.grade, {one.code: one for one in found.grid.items}
    titles = {one.code: one.title for one in found.grid.document.dimensions}
    names = {voice_of(one.sheet): voice_label(one.sheet) for one in found.rows}
    dimensions = [_dimension(one, titles[one.code], items) for one in grade.dimensions]
    return GradeShown(
        level=None if grade.level is None else int(grade.level),
        tag=level_tag(grade.level),
        building=level_tag(grade.building),
        differs=grade.level != grade.building,
        status=status_tag(found.status),
        dimensions=dimensions,
        causes=_causes(grade, items, names),
        checked=grade.checked, of=grade.of, proved=grade.proved, problems=grade.problems,
        disputed=sum(one.disputed for one in grade.points.values()),
        confirmed=found.confirmation,
        emergency=grade.level == 4,
        worst=[shown for shown, one in zip(dimensions, grade.dimensions, strict=True) if one.level == grade.level],
    )  # fmt: skip


def _dimension(one: DimensionGrade, title: str, items: dict[str, Item]) -> DimensionShown:
    return DimensionShown(
        one.code, title, level_tag(one.level), str(WHY_LABELS[one.why]), [items[code] for code in one.causes],
        one.raised, one.checked, one.of,
    )  # fmt: skip


def _causes(grade: Grade, items: dict[str, Item], names: dict[str, str]) -> list[tuple[Item, str, list[str]]]:
    found = []
    for code in grade.causes:
        point = grade.points[code]
        why = _("danger immédiat") if point.danger else str(Observed(point.state).label).lower()
        found.append((items[code], why, [names[voice] for voice in point.voices if voice in names]))
    return found


@dataclass(frozen=True)
class Said:
    """An observation as one reads it."""

    row: Observation
    voice: str
    who: str
    state: str
    tone: str
    details: list[str]
    photos: list[Any]
    stands: bool


def said(one: Observation, photos: dict[str, list[Any]], *, stands: bool = True) -> Said:
    """An observation with its words: « Mauvais · une pièce · je l’ai vu · 17,5 °C »."""
    unit = UNITS.get(one.item.measure, "") if one.measure is not None else ""
    details = [
        str(Extent(one.extent).label).lower() if one.extent else "",
        _("danger immédiat") if one.danger else "",
        str(PROOF_SAID[Proof(one.proof)]) if one.proof and one.state in PROBLEMS else "",
        _measured(one, unit),
    ]
    return Said(
        one, voice_label(one.sheet), str(one.sheet.author), str(Observed(one.state).label), STATE_TONES[one.state],
        [text for text in details if text], photos.get(str(one.pk), []), stands and one.set_aside_at is None,
    )  # fmt: skip


PROOF_SAID = {
    Proof.TOLD: gettext_lazy("on le lui a dit"),
    Proof.SEEN: gettext_lazy("vu"),
    Proof.MEASURED: gettext_lazy("mesuré"),
}


def _measured(one: Observation, unit: str) -> str:
    if one.measure is None:
        return ""
    figure = number(one.measure, 0 if one.measure == int(one.measure) else 1)  # half a square metre is not one
    return f"CIR {figure}" if unit == "CIR" else f"{figure}\u00a0{unit}"


@dataclass(frozen=True)
class PointShown:
    """A point with what each voice says of it today, and what was said before."""

    item: Item
    now: list[Said]
    before: list[Said]
    disputed: bool
    state: str


def points_shown(found: CaseGrade, photos: dict[str, list[Any]]) -> dict[str, list[PointShown]]:
    """The points of each dimension about which somebody said something, worst first."""
    rows = by_point(found.rows)
    board: dict[str, list[PointShown]] = {}
    for item in found.grid.items:
        if item.code in rows:
            board.setdefault(item.dimension, []).append(_point(item, rows[item.code], found.grade, photos))
    order = {"3": 0, "2": 1, "1": 2, "0": 3, "so": 4, "nv": 5}
    return {code: sorted(points, key=lambda one: order[one.state]) for code, points in board.items()}


def _point(item: Item, rows: list[Observation], grade: Grade, photos: dict[str, list[Any]]) -> PointShown:
    last: dict[str, Observation] = {}
    for one in rows:
        if one.set_aside_at is None and (one.state != "nv" or voice_of(one.sheet) not in last):
            last[voice_of(one.sheet)] = one
    current = {one.pk for one in last.values()}
    return PointShown(
        item,
        [said(one, photos) for one in rows if one.pk in current],
        [said(one, photos, stands=False) for one in reversed(rows) if one.pk not in current],
        grade.points[item.code].disputed,
        grade.points[item.code].state,
    )


def mandates_said(codes: Iterable[str], *, together: bool) -> str:
    """« Ville et DSP », « Ville ou RBQ »."""
    names = [str(Mandate(code).label) for code in codes]
    if len(names) < 2:
        return "".join(names)
    last = _("%(first)s et %(last)s") if together else _("%(first)s ou %(last)s")
    return last % {"first": ", ".join(names[:-1]), "last": names[-1]}


def scope_said(code: str) -> str:
    return str(Scope(code).label)
