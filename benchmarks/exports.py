"""Exports of 35 and 1,000 actions against the bare library writing the same cells (target: within 1.5 times).

``measure()`` runs ours and the floor alternately and keeps the minimum of each: ratios of one run only mean something.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import docx
import typst
import xlsxwriter
from docx.table import Table, _Cell

from benchmarks.synthetic_plan import synthetic_plan
from concertoit.insight.reporting.exports import FormMeta, funder_form_docx, funder_form_pdf
from concertoit.insight.reporting.exports.form_axes import HEADERS, axis_tables
from concertoit.together.plans.exports import to_docx, to_xlsx
from concertoit.together.plans.exports.docx import text_of
from concertoit.together.plans.exports.rows import tables
from concertoit.together.plans.importers.readers import read
from concertoit.together.plans.importers.source import SourceDocument
from concertoit.together.plans.importers.template import read_template
from concertoit.together.plans.rules.document import PlanDocument
from concertoit.together.plans.rules.normal_form import normal_form

TARGET = 1.5
ROUNDS = {35: 7, 1000: 3}
META = FormMeta("Chantier habitation", "Version 1")
Grids = list[list[list[str]]]

BARE_TYPST = """#set document(title: "Plan")
#set page("us-letter", flipped: true, margin: 1.4cm)
#set text(size: 8pt, lang: "fr")
#let cell(value) = value.split("\\n").map(text).join(parbreak())
#for grid in json(bytes(sys.inputs.data)) {
  table(columns: grid.first().len(), table.header(..grid.first()), ..grid.slice(1).flatten().map(cell))
}"""


def _template_grids(plan: PlanDocument, *, gathered: bool) -> Grids:
    grids = []
    for table in tables(plan, gathered=gathered):
        columns = [column for column in table.sheet.columns if (column.docx if gathered else column.xlsx)]
        rows = [[text_of(row.values.get(column.key)) for column in columns] for row in table.rows]
        grids.append([[column.header for column in columns], *rows])
    return grids


def _form_grids(plan: PlanDocument) -> Grids:
    return [
        [list(HEADERS), *(["\n".join(p.text for p in cell.pieces) for cell in row] for row in axis.rows)]
        for axis in axis_tables(normal_form(plan))
    ]


def bare_docx(grids: Grids) -> bytes:
    """python-docx at its best: cells asked for once per table."""
    document = docx.Document()
    for grid in grids:
        table: Table = document.add_table(len(grid), len(grid[0]))
        cells: list[_Cell] = table._cells
        for cell, text in zip(cells, (text for row in grid for text in row), strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def bare_xlsx(grids: Grids) -> bytes:
    """XlsxWriter writing strings."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        for grid in grids:
            sheet = workbook.add_worksheet()
            for line, row in enumerate(grid):
                for place, text in enumerate(row):
                    sheet.write_string(line, place, text)
    return out.getvalue()


def bare_pdf(grids: Grids) -> bytes:
    """typst writing the same cells, paragraph by paragraph, in plain tables of the same standard (PDF/UA-1)."""
    data = {"data": json.dumps(grids, ensure_ascii=False)}
    pdf = typst.compile(BARE_TYPST.encode(), format="pdf", sys_inputs=data, pdf_standards=["ua-1"])
    assert isinstance(pdf, bytes)
    return pdf


def _fastest(ours: Callable[[], object], bare: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Minimum milliseconds of CPU of each, alternately."""
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for place, run in enumerate((ours, bare)):
            start = time.process_time()
            run()
            best[place] = min(best[place], (time.process_time() - start) * 1000)
    return best[0], best[1]


def _renamed(actions: int, turn: int) -> PlanDocument:
    """The plan with other words: typst remembers what it has laid out, and a second run of the same plan is too fast."""
    plan = synthetic_plan(actions)
    for node in plan.walk():
        node.title = f"{node.title} {chr(ord('a') + turn)}"
    return plan


def measure() -> list[dict[str, Any]]:
    """One row per export and size: name, value and floor in milliseconds of CPU, and their ratio."""
    measured = []
    for actions, rounds in ROUNDS.items():
        measured += _measure_writing(actions, rounds)
        measured += _measure_reading(actions, rounds)
    return measured


def _measure_writing(actions: int, rounds: int) -> list[dict[str, Any]]:
    plan = synthetic_plan(actions)
    narrow, wide, form = _template_grids(plan, gathered=True), _template_grids(plan, gathered=False), _form_grids(plan)
    fresh = [_renamed(actions, turn) for turn in range(rounds)]
    ours, bare = iter(fresh), iter([_form_grids(one) for one in fresh])
    pairs: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("docx", lambda: to_docx(plan), lambda: bare_docx(narrow)),
        ("xlsx", lambda: to_xlsx(plan), lambda: bare_xlsx(wide)),
        ("form docx", lambda: funder_form_docx(plan, META), lambda: bare_docx(form)),
        ("form pdf", lambda: funder_form_pdf(next(ours), META), lambda: bare_pdf(next(bare))),
    ]
    return [_row(f"export {name}, {actions} actions", *_fastest(mine, floor, rounds)) for name, mine, floor in pairs]


def _measure_reading(actions: int, rounds: int) -> list[dict[str, Any]]:
    """Our own files read back; the floor is the reader alone."""
    measured = []
    for name, write in (("docx", to_docx), ("xlsx", to_xlsx)):
        data = write(synthetic_plan(actions))
        alone = partial(read, data, f"plan.{name}")
        times = _fastest(partial(_read_back, alone), alone, rounds)
        measured.append(_row(f"read our {name} back, {actions} actions", *times))
    return measured


def _read_back(read_it: Callable[[], SourceDocument]) -> None:
    read_template(read_it())


def _row(name: str, value: float, floor: float) -> dict[str, Any]:
    return {"name": name, "value": round(value, 1), "unit": "ms CPU", "floor": round(floor, 1), "ratio": value / floor}


if __name__ == "__main__":
    for row in measure():
        print(
            f"{row['name']:40} {row['value']:9.1f} {row['unit']}  floor {row['floor']:9.1f}  ratio {row['ratio']:.2f}"
        )
