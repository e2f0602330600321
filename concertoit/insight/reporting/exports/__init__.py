"""Files out of the reporting room: the funder's form in Word and in PDF, from a ``PlanDocument`` and a ``FormMeta``."""

from __future__ import annotations

from concertoit.insight.reporting.exports.form_content import FormMeta
from concertoit.insight.reporting.exports.form_docx import funder_form_docx
from concertoit.insight.reporting.exports.form_pdf import funder_form_pdf

__all__ = ["FormMeta", "funder_form_docx", "funder_form_pdf"]
