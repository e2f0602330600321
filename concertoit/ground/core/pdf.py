"""Documents in PDF, tagged for screen readers (PDF/UA-1), made by typst from fixed templates.

A template is a file of the house; what people wrote reaches it as JSON and is only ever shown as text, so that nothing
written can become markup. Typst's own fonts are used: the same data gives the same pages on every machine.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst


@cache
def _compiler(template: Path, system_fonts: bool) -> typst.Compiler:
    """The template and fonts, loaded once; the folder of the template is all that it can read."""
    return typst.Compiler(template, root=template.parent, ignore_system_fonts=not system_fonts)


def tagged_pdf(template: Path, content: Any, *, made_at: datetime | None = None) -> bytes:
    """A PDF from a template that reads ``json(bytes(sys.inputs.data))``. ``made_at`` dates the document.

    PDF/UA refuses a character that no font can show (an emoji, say). Then the machine's own fonts are tried, and at
    last the document is made without the claim of conformance, still tagged: such a character must not keep a plan from
    being filed.
    """
    data = json.dumps(content, ensure_ascii=False)
    try:
        return _compile(template, data, made_at, conforming=True)
    except typst.TypstError:
        pass
    try:
        return _compile(template, data, made_at, conforming=True, system_fonts=True)
    except typst.TypstError:
        return _compile(template, data, made_at, conforming=False)


def _compile(
    template: Path, data: str, made_at: datetime | None, *, conforming: bool, system_fonts: bool = False
) -> bytes:
    options: dict[str, Any] = {"timestamp": int(made_at.timestamp())} if made_at else {}
    pdf = _compiler(template, system_fonts).compile(
        format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"] if conforming else [], **options
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst answered several files for one PDF")
    return pdf
