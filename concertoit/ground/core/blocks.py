"""Short documents made of blocks, the same in Word and in PDF: minutes of an election, log of an emergency cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from concertoit.ground.core.media import PDF, WORD
from concertoit.ground.core.pdf import tagged_pdf
from concertoit.ground.core.word import TableSpec, WordDocument

TEMPLATE = Path(__file__).with_name("blocks.typ")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document. ``kind``: ``heading``, ``text``, ``list`` (one cell a row) or ``table``, whose first row is
    its header and ``text`` its name; a text without words is left out.

    ``widths``: of the columns, relative to one another; the first counts double when nothing is said. ``tall``: rows in
    which people sign by hand.
    """

    kind: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    widths: tuple[float, ...] = ()
    tall: bool = False

    @property
    def columns(self) -> tuple[float, ...]:
        """The widths of a table."""
        return self.widths or (2.0, *([1.0] * (len(self.rows[0]) - 1)))


def as_word(title: str, subtitle: str, blocks: Iterable[Block], *, made_at: datetime) -> bytes:
    """The document in Word."""
    document = WordDocument(title, subject=subtitle, footer=title, landscape=False)
    document.stamp(made_at)
    document.heading(title, 0)
    document.paragraph(subtitle)
    for block in blocks:
        if block.kind == "heading":
            document.heading(block.text, 1)
        elif block.kind == "list":
            for row in block.rows:
                document.paragraph(row[0], "ListBullet")
        elif block.kind == "table":
            room = "\n\n" if block.tall else ""
            rows = [[*row[:-1], row[-1] + room] for row in block.rows[1:]]
            document.table(TableSpec(block.columns, [block.rows[0]], block.text, rows=rows))
        elif block.text:
            document.paragraph(block.text)
    return document.to_bytes()


def as_pdf(title: str, subtitle: str, blocks: Iterable[Block], *, made_at: datetime) -> bytes:
    """The document as a tagged PDF; without the claim of conformance when a character has no letter in our fonts."""
    page = _("Page %(page)s de %(pages)s") % {"page": "{page}", "pages": "{pages}"}
    told = [asdict(one) | {"widths": one.columns if one.kind == "table" else ()} for one in blocks]
    return tagged_pdf(TEMPLATE, {"title": title, "subtitle": subtitle, "page": page, "blocks": told}, made_at=made_at)


# By the extension of the file: what writes it, and its media type.
WRITERS = {"docx": (as_word, WORD), "pdf": (as_pdf, PDF)}
