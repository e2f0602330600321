"""The minutes of an election (*procès-verbal*), in Word and in PDF, from the same blocks; two people sign them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from concertoit.ground.core.pdf import tagged_pdf
from concertoit.ground.core.word import TableSpec, WordDocument

TEMPLATE = Path(__file__).with_name("minutes.typ")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the document. ``kind``: ``heading``, ``text``, ``list``, ``table`` (first row: header), ``sign``."""

    kind: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)


def minutes_docx(title: str, subtitle: str, blocks: Sequence[Block], made_at: datetime) -> bytes:
    """The minutes as a Word document."""
    document = WordDocument(title, subject=subtitle, footer=title, landscape=False)
    document.stamp(made_at)
    document.heading(title, 0)
    document.paragraph(subtitle)
    for block in blocks:
        _write(document, block)
    return document.to_bytes()


def _write(document: WordDocument, block: Block) -> None:
    if block.kind == "heading":
        document.heading(block.text, 1)
    elif block.kind == "list":
        for row in block.rows:
            document.paragraph(row[0], "ListBullet")
    elif block.kind == "table":
        widths = [3.0, *([1.0] * (len(block.rows[0]) - 1))]
        document.table(TableSpec(widths, [block.rows[0]], block.text, rows=block.rows[1:]))
    elif block.kind == "sign":
        header = [[_("Fonction"), _("Nom"), _("Signature"), _("Date")]]
        document.table(
            TableSpec([1.4, 1.6, 2.0, 1.0], header, block.text, rows=[[*row, "", "\n\n"] for row in block.rows])
        )
    else:
        document.paragraph(block.text)


def minutes_pdf(title: str, subtitle: str, blocks: Sequence[Block], made_at: datetime) -> bytes:
    """The minutes as a tagged PDF; without the claim of conformance when a character has no letter in our fonts."""
    headers = [_("Fonction"), _("Nom"), _("Signature"), _("Date")]
    content = {"title": title, "subtitle": subtitle, "blocks": [asdict(block) for block in blocks], "sign": headers}
    return tagged_pdf(TEMPLATE, content, made_at=made_at)
