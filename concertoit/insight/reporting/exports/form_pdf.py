"""The funder's form in PDF, tagged for screen readers (PDF/UA-1), made by typst from the same data as the Word form.

The template is a fixed file; the plan reaches it as JSON and is only ever shown as text, so that nothing written in a
plan can become markup. Only typst's own fonts are used: the same snapshot gives the same pages on every machine.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

from concertoit.insight.reporting.exports.form_axes import HEADERS
from concertoit.insight.reporting.exports.form_content import FormMeta, form_content
from concertoit.together.plans.rules.document import PlanDocument, as_plain

TEMPLATE = Path(__file__).with_name("form.typ")


@cache
def _compiler(system_fonts: bool) -> typst.Compiler:
    """The template and fonts, loaded once; the folder of the template is all that it can read."""
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, ignore_system_fonts=not system_fonts)


def funder_form_pdf(document: PlanDocument, meta: FormMeta) -> bytes:
    """The whole form as a tagged PDF/UA-1.

    PDF/UA refuses a character that no font can show (an emoji, say). Then the machine's own fonts are tried, and at
    last the form is made without the claim of conformance, still tagged: such a character must not keep a plan from
    being filed.
    """
    content = as_plain(form_content(document, meta))
    data = json.dumps({"content": content, "headers": HEADERS}, ensure_ascii=False)
    moment = meta.generated_at or datetime.now(UTC)
    try:
        return _compile(data, moment, conforming=True)
    except typst.TypstError:
        pass
    try:
        return _compile(data, moment, conforming=True, system_fonts=True)
    except typst.TypstError:
        return _compile(data, moment, conforming=False)


def _compile(data: str, moment: datetime, *, conforming: bool, system_fonts: bool = False) -> bytes:
    pdf = _compiler(system_fonts).compile(
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=["ua-1"] if conforming else [],
        timestamp=int(moment.timestamp()),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst answered several files for one PDF")
    return pdf
