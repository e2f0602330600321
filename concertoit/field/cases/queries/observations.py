"""What was observed of a case, and the grade that comes of it.

How differing observations become one grade: a *voice* is an organisation in a competence (the brigade's inspector and its
psychosocial worker are two voices). Each voice's latest word on a point stands; the grade takes the most serious of what
the voices say, and the page says whose it is. A voice takes back its own words only; the liaison agent may set an
observation aside with a written reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from concertoit.field.cases.enums import Competence
from concertoit.field.cases.enums.grid import GradeStatus, Measure, SensitiveGroup
from concertoit.field.cases.models import (
    AuthorityDecision,
    Case,
    GradeRecord,
    GridItem,
    HouseholdNeed,
    Observation,
    Sheet,
)
from concertoit.field.cases.queries.grids import Grid, grid_in_use
from concertoit.field.cases.rules.grading import Grade, Statement, grade
from concertoit.ground.core.errors import must_exist


def sheets_of(case: Case) -> list[Sheet]:
    """Filled grids of a case that say something, the oldest first, with who filled them."""
    rows = Sheet.objects.filter(case=case).select_related("author", "organisation", "version", "visit")
    return list(rows.filter(Exists(Observation.objects.filter(sheet=OuterRef("pk")))).order_by("on", "pk"))


def get_sheet(case: Case, sheet_id: int) -> Sheet:
    """Raises ``NotVisible`` for a sheet of another case."""
    rows = Sheet.objects.filter(case=case, pk=sheet_id).select_related("author", "organisation", "version", "visit")
    return must_exist(rows.first())


def voice_of(sheet: Sheet) -> str:
    """An organisation in a competence, as a key that sorts."""
    return f"{sheet.organisation_id or 0}:{sheet.competence}"


def voice_label(sheet: Sheet) -> str:
    """« CDC Longueuil, inspection de bâtiments »."""
    name = (sheet.organisation.short_name or sheet.organisation.name) if sheet.organisation else ""
    competence = str(Competence(sheet.competence).label)
    return f"{name}, {competence[0].lower()}{competence[1:]}" if name else competence


def observations_of(case: Case) -> QuerySet[Observation]:
    """Everything that was observed of a case, with its sheet."""
    rows = Observation.objects.filter(sheet__case=case)
    return rows.select_related("item", "sheet__author", "sheet__organisation").order_by("sheet__on", "pk")


def statement(one: Observation) -> Statement:
    """An observation as the grading rule reads it."""
    return Statement(
        one.code, voice_of(one.sheet), one.state, spread=one.extent == "several", danger=one.danger, proof=one.proof,
        on=one.sheet.on, order=one.sheet_id, measure=float(one.measure) if one.measure is not None else None,
    )  # fmt: skip


def living_groups(case: Case) -> frozenset[str]:
    """The sensitive groups of the household: children it counts, and what it said of itself last."""
    last = HouseholdNeed.objects.filter(case=case).order_by("-on", "-pk").first()
    said = set(last.vulnerabilities) & set(SensitiveGroup.values) if last else set()
    if case.household and case.household.children:
        said.add(SensitiveGroup.CHILD)
    return frozenset(str(code) for code in said)


@dataclass(frozen=True)
class CaseGrade:
    """The grade of a case with what it rests on. ``clutter``: the highest CIR said today (1 to 9)."""

    grade: Grade
    grid: Grid
    status: GradeStatus
    record: GradeRecord | None = None
    confirmation: GradeRecord | None = None
    history: tuple[GradeRecord, ...] = ()
    clutter: int | None = None
    rows: tuple[Observation, ...] = field(default=())

    @property
    def sheets(self) -> list[Sheet]:
        """The filled grids behind it, the oldest first."""
        return sorted({one.sheet_id: one.sheet for one in self.rows}.values(), key=lambda one: (one.on, one.pk))


def read_case(case: Case, *, until: date | None = None, household: bool = True) -> CaseGrade:
    """Grade a case as it is known today, or as it was known on a day.

    Without ``household``, as the building stands: whoever may not know who lives there must not guess it from a level.
    """
    grid = grid_in_use(case.space)
    rows = [one for one in observations_of(case) if until is None or one.sheet.on <= until]
    standing = [one for one in rows if one.set_aside_at is None]
    found = grade(
        grid.points, (statement(one) for one in standing), sensitive=grid.sensitive,
        living=living_groups(case) if household else frozenset(), thresholds=grid.thresholds,
    )  # fmt: skip
    history = grade_history(case)
    status, confirmation = _status(history, any(one.sheet.on_site for one in standing))
    last = history[-1] if history else None
    return CaseGrade(found, grid, status, last, confirmation, tuple(history), _clutter(grid, standing), tuple(rows))


def current_grade(case: Case) -> Grade:
    """The grade of a case today; ``level`` is ``None`` while nothing was checked."""
    return read_case(case).grade


def grade_history(case: Case) -> list[GradeRecord]:
    """The grades as they came out, the oldest first: what is kept, never computed again."""
    return list(
        GradeRecord.objects.filter(case=case).select_related("confirmed_by", "organisation").order_by("at", "pk")
    )


def latest_grades(case_ids: Iterable[int]) -> dict[int, GradeRecord]:
    """The last grade of many cases, in one query."""
    newer = GradeRecord.objects.filter(case=OuterRef("case"), at__gt=OuterRef("at"))
    rows = GradeRecord.objects.filter(~Exists(newer), case__in=list(case_ids)).order_by("pk")
    return {row.case_id: row for row in rows}


def _status(history: list[GradeRecord], went: bool) -> tuple[GradeStatus, GradeRecord | None]:
    """Presumed until somebody went; confirmed while nothing changed since a mandate holder said so."""
    for one in reversed(history):
        if (one.level, one.causes) != (history[-1].level, history[-1].causes):
            break
        if one.organisation_id or one.confirmed_by_id:
            return GradeStatus.CONFIRMED, one
    return (GradeStatus.OBSERVED if went else GradeStatus.PRESUMED), None


def _clutter(grid: Grid, standing: list[Observation]) -> int | None:
    """The highest clutter rating among the latest word of each voice."""
    codes = {one.code for one in grid.items if one.measure == Measure.CLUTTER}
    last: dict[tuple[str, str], Observation] = {}
    for one in standing:
        if one.code in codes and one.measure is not None:
            last[voice_of(one.sheet), one.code] = one
    return max((int(one.measure) for one in last.values() if one.measure is not None), default=None)


def decisions_of(case: Case) -> list[AuthorityDecision]:
    """What authorities decided, the newest first."""
    rows = AuthorityDecision.objects.filter(case=case).select_related("authority")
    return list(rows.order_by("-decided_on", "-pk"))


def needs_of(case: Case) -> list[HouseholdNeed]:
    """What the household said of itself, the newest first. Ask ``policies.may_see_support`` before."""
    return list(HouseholdNeed.objects.filter(case=case).select_related("author").order_by("-on", "-pk"))


def current_need(case: Case) -> HouseholdNeed | None:
    """The latest. Ask ``policies.may_see_support`` before showing it."""
    return HouseholdNeed.objects.filter(case=case).order_by("-on", "-pk").first()


def by_point(rows: Iterable[Observation]) -> dict[str, list[Observation]]:
    """Observations of each point, the oldest first."""
    found: dict[str, list[Observation]] = defaultdict(list)
    for one in rows:
        found[one.code].append(one)
    return dict(found)


@dataclass(frozen=True)
class Summary:
    """The grade as it was last kept, for the page of a case: a few queries, whatever was observed.

    ``level`` is the building's alone, and so are ``causes``, for whoever may not know who lives there.
    """

    record: GradeRecord | None
    status: GradeStatus
    level: int | None
    causes: list[GridItem]
    sheets: list[Sheet]


def summary_of(case: Case, *, household: bool = True) -> Summary:
    """The last grade, the points that cause it, who filled a grid."""
    sheets = sheets_of(case)
    history = grade_history(case)
    status, _confirmation = _status(history, any(one.on_site for one in sheets))
    last = history[-1] if history else None
    codes = last.causes if last else []
    if last and not household:
        codes = list(read_case(case, household=False).grade.causes)
    causes: list[GridItem] = []
    if last and codes:
        rows = {one.code: one for one in GridItem.objects.filter(version_id=last.version_id, code__in=codes)}
        causes = [rows[code] for code in codes if code in rows]
    level = (last.level if household else last.building) if last else None
    return Summary(last, status, level, causes, sheets)
