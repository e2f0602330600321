"""The funder's form in PDF, tagged for screen readers (PDF/UA-1), made by typst from the same data as the Word form.

The template is a fixed file; the plan reaches it as JSON and is only ever shown as text, so that nothing written in a
plan can become markup. Only typst's own fonts are used: the same snapshot gives the same pages on every machine.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from concertoit.ground.core.pdf import tagged_pdf
from concertoit.insight.reporting.exports.form_axes import HEADERS
from concertoit.insight.reporting.exports.form_content import FormMeta, form_content
from concertoit.together.plans.rules.document import PlanDocument, as_plain

TEMPLATE = Path(__file__).with_name("form.typ")


def funder_form_pdf(document: PlanDocument, meta: FormMeta) -> bytes:
    """The whole form as a tagged PDF/UA-1.

    PDF/UA refuses a character that no font can show (an emoji, say). Then the machine's own fonts are tried, and at
    last the form is made without the claim of conformance, still tagged: such a character must not keep a plan from
    being filed.
    """
    content = as_plain(form_content(document, meta))
    moment = meta.generated_at or datetime.now(UTC)
    return tagged_pdf(TEMPLATE, {"content": content, "headers": HEADERS}, made_at=moment)
