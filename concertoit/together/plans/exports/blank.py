"""The blank template: an empty plan to fill in Word or Excel, with its instructions, for people who have no plan yet."""

from __future__ import annotations

from collections.abc import Sequence

from concertoit.together.plans.exports.docx import write_docx
from concertoit.together.plans.exports.rows import Row, Written, tables
from concertoit.together.plans.exports.xlsx import write_xlsx
from concertoit.together.plans.rules import template_columns as template
from concertoit.together.plans.rules.document import NodeKind, PlanDocument, SectionKind

# One axis as people fill it: two results with their steps. Rows that keep only their level are not read.
OUTLINE = (
    NodeKind.AXIS, NodeKind.OBJECTIVE,
    NodeKind.ACTION, NodeKind.OUTCOME, NodeKind.STEP, NodeKind.STEP, NodeKind.STEP,
    NodeKind.ACTION, NodeKind.OUTCOME, NodeKind.STEP, NodeKind.STEP, NodeKind.STEP,
)  # fmt: skip
EMPTY_ROWS = {"budget": 4, "indicators": 4, "participants": 12, "cycle": 6}


def blank_template_docx() -> bytes:
    """The blank template in Word, instructions first."""
    return write_docx(template.BLANK_TITLE, template.INSTRUCTIONS, _blank_tables(EMPTY_ROWS))


def blank_template_xlsx() -> bytes:
    """The blank template in Excel; the instructions are in the last sheet, the choices in drop-down lists."""
    return write_xlsx(template.BLANK_TITLE, _blank_tables({}), spare_rows=500)


def _blank_tables(empty_rows: dict[str, int]) -> Sequence[Written]:
    written = tables(PlanDocument(), gathered=True)
    for table in written:
        if table.sheet is template.PLAN:
            table.rows = [Row({"kind": template.NODE_KINDS[kind]}, kind) for kind in OUTLINE]
        elif table.sheet is template.SECTIONS:
            table.rows = [Row({"section_kind": template.SECTION_KINDS[kind]}) for kind in SectionKind]
        else:
            table.rows += [Row({})] * empty_rows.get(table.sheet.key, 0)
    return written
