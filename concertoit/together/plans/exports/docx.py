"""A plan as a Word document that people edit and bring back: one landscape table per axis, then what goes with it.

The document can be read back exactly (``importers.template``): what stands in its cells is all there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from concertoit.ground.core.typography import NBSP, money
from concertoit.ground.core.word import Cell, TableSpec, WordDocument
from concertoit.together.plans.exports.rows import Row, Value, Written, tables
from concertoit.together.plans.rules import template_columns as template
from concertoit.together.plans.rules.document import NodeKind, PlanDocument
from concertoit.together.plans.rules.normal_form import clean_text
from concertoit.together.plans.rules.template_columns import Column, Type

FILLS = {NodeKind.AXIS: "CFE3DC", NodeKind.OBJECTIVE: "E4EFEB", NodeKind.ACTION: "F6F1E4", NodeKind.OUTCOME: "FBF9F3"}
# The order of reading: who and how before the axes, the annexes after them.
BEFORE = ("participants", "cycle", "sections")
AFTER = ("budget", "indicators", "links", "references")
STRONG = {NodeKind.AXIS, NodeKind.OBJECTIVE, NodeKind.ACTION}


def to_docx(document: PlanDocument) -> bytes:
    """The plan as ``.docx``, in the template of ``rules.template_columns``; an empty plan gives its empty tables."""
    written = tables(document, gathered=True)
    return write_docx(clean_text(document.title) or template.UNTITLED, [template.HINT], written)


def write_docx(title: str, introduction: Sequence[str], written: Sequence[Written]) -> bytes:
    """Write tables of the template under a title and some sentences; tables without rows are left out."""
    word = WordDocument(title, subject=template.PLAN.heading)
    word.heading(title, 0)
    for sentence in introduction:
        word.paragraph(sentence, "Chapeau")
    by_key = {table.sheet.key: table for table in written}
    _write(word, by_key["identity"])
    for key in BEFORE:
        _write(word, by_key[key], only_filled=True)
    for group in _per_root(by_key["plan"]):
        word.section(landscape=True)
        _write(word, group, group.rows[0].heading if group.rows else "")
    if any(by_key[key].rows for key in AFTER):
        word.section(landscape=True)
    for key in AFTER:
        _write(word, by_key[key], only_filled=True)
    return word.to_bytes()


def _per_root(plan: Written) -> Iterator[Written]:
    """One table per axis; elements outside any axis stand together until the next axis."""
    group: list[Row] = []
    for row in plan.rows:
        if row.heading and group and NodeKind.AXIS in (row.level, group[0].level):
            yield Written(plan.sheet, group)
            group = []
        group.append(row)
    yield Written(plan.sheet, group)


def _write(word: WordDocument, table: Written, heading: str = "", *, only_filled: bool = False) -> None:
    if only_filled and not table.rows:
        return
    columns = [column for column in table.sheet.columns if column.docx]
    headers = ", ".join(column.header for column in columns)
    word.heading(heading or table.sheet.heading, 1)
    word.table(
        TableSpec(
            widths=[column.docx for column in columns],
            header=[[column.header for column in columns]],
            title=heading or table.sheet.heading,
            description=f"Colonnes{NBSP}: {headers}",
            keep_rows=True,
            rows=(_row(row, columns) for row in table.rows),
        )
    )


def _row(row: Row, columns: Sequence[Column]) -> list[Cell | str]:
    if row.level is None or row.level is NodeKind.STEP:
        return [_cell(row.values.get(column.key), column) for column in columns]
    fill, strong = FILLS[row.level], row.level in STRONG
    cells: list[Cell | str] = []
    for column in columns:
        style = "TableauFort" if strong and column.key in ("title", "number", "kind") else _style(column)
        cells.append(Cell(text_of(row.values.get(column.key)), style, fill))
    return cells


def _cell(value: Value, column: Column) -> Cell | str:
    text = text_of(value)
    return Cell(text, _style(column)) if column.type is Type.MONEY else text


def _style(column: Column) -> str:
    return "TableauMontant" if column.type is Type.MONEY else "Tableau"


def text_of(value: Value) -> str:
    """A value as people read it; the template's reader reads it back."""
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, date):
        return value.isoformat()
    return value or ""
