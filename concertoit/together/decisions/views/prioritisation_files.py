"""A prioritisation as files: a workbook, a table for scripts, the ballots in the format of Pabulib for an audit."""

from __future__ import annotations

from django.http import HttpResponse

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.media import CSV, EXCEL
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.downloads import attachment
from concertoit.together.decisions.enums import CountKind, PrioritisationState
from concertoit.together.decisions.exports.money_pb import to_pb
from concertoit.together.decisions.exports.prioritisation_tables import (
    grades_table,
    money_table,
    record_table,
    to_csv,
    to_xlsx,
)
from concertoit.together.decisions.queries.prioritisation import found, latest, options_of, papers_of
from concertoit.together.decisions.rules.prioritisation import THRESHOLDS
from concertoit.together.decisions.views.prioritisation_show import hides_everything

MEDIA = {
    "xlsx": EXCEL,
    "csv": CSV,
}


@in_space("prioritisation.view")
def prioritisation_file(request: SpaceRequest, pk: int, extension: str) -> HttpResponse:
    """The count as a file, for everybody who may read it."""
    row = found(request.viewer, pk)
    grades = latest(row, CountKind.GRADES) if row.state == PrioritisationState.CLOSED else None
    if grades is None or extension not in MEDIA or hides_everything(row, grades.outcome["voices"], THRESHOLDS.group):
        raise NotVisible("")
    names = {str(one.key): (one.axis_title, one.code, one.title) for one in options_of(row)}
    money = latest(row, CountKind.MONEY)
    tables = [grades_table(grades, names)] + ([money_table(money, names)] if money else [])
    tables.append(record_table(row.title, [grades, money] if money else [grades]))
    body = to_csv(tables[0]) if extension == "csv" else to_xlsx(row.title, tables)
    return attachment(body, MEDIA[extension], f"{request.viewer.space.slug}-priorisation-{row.pk}.{extension}")


@in_space("prioritisation.analyse")
def prioritisation_pb(request: SpaceRequest, pk: int, place: int) -> HttpResponse:
    """The money ballots of a year, without names, as a ``.pb`` file that any other program can count again."""
    row = found(request.viewer, pk)
    money = latest(row, CountKind.MONEY) if row.state == PrioritisationState.CLOSED else None
    if money is None or place >= len(money.settings["years"]):
        raise NotVisible("")
    if hides_everything(row, money.outcome["voices"], THRESHOLDS.group):
        raise NotVisible("")
    titles = {str(one.key): str(one) for one in options_of(row)}
    body = to_pb(row.title, money.settings, place, papers_of(row), titles)
    name = f"{request.viewer.space.slug}-priorisation-{row.pk}-{place + 1}.pb"
    return attachment(body, "text/plain; charset=utf-8", name)
