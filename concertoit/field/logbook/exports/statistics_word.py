"""Figures as a Word document, with what each share is a share of, and how each was counted."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from concertoit.field.logbook.exports.statistics import masking_sentence
from concertoit.field.logbook.queries.figures_document import Document
from concertoit.ground.core.spoken import number, percent
from concertoit.ground.core.word import TableSpec, WordDocument


def to_docx(document: Document, *, of: str = "", made_at: datetime | None = None) -> bytes:
    """The document as ``.docx``: every table with its denominator, months, territories, definitions.

    ``of``: the démarche it speaks of, which a page that travels must name.
    """
    word = WordDocument(document["title"], footer=document["title"], landscape=False)
    if made_at:
        word.stamp(made_at)
    word.heading(document["title"], 0)
    word.paragraph(" · ".join(filter(None, [of, document["period"]["label"], *document["scope"]])))
    if document["smallest"]:
        word.paragraph(masking_sentence(document))
    for table in document["tables"]:
        _table(word, document, table)
    _parts(word, document, "over_time", _("Dans le temps"), _("Période"))
    _parts(word, document, "places", _("Par territoire"), _("Territoire"))
    word.heading(_("Comment c’est compté"), 1)
    for table in document["tables"]:
        word.paragraph(f"{table['title']}\u00a0: {table['how']}", "ListBullet")
    return word.to_bytes()


def _table(word: WordDocument, document: Document, table: Document) -> None:
    if not table["lines"]:
        return
    word.heading(table["title"], 1)
    word.paragraph(over_sentence(table))
    header = ["", _("Compte"), _("Part")] + ([document["before"]] if document["before"] else [])
    rows = [
        [line["label"], said(line["count"]), share(line["percent"])]
        + ([share(line["before"])] if document["before"] else [])
        for line in table["lines"]
    ]
    widths = [4.0, *([1.2] * (len(header) - 1))]
    word.table(TableSpec(widths, [header], table["title"], keep_rows=True, rows=rows))


def over_sentence(table: Document) -> str:
    """The denominator, always; and that shares add up to more than the whole when they do."""
    if table["total"] is None:
        return _("Parts des %(over)s, dont le nombre est masqué.") % {"over": table["over"]}
    said_over = _("Parts de %(total)s %(over)s.") % {"total": number(table["total"]), "over": table["over"]}
    if table["exceeds"]:
        said_over += " " + _("Plusieurs réponses possibles : le total dépasse 100 %.")
    return said_over


def said(value: int | None) -> str:
    return _("masqué") if value is None else number(value)


def share(value: str | None) -> str:
    return "–" if value is None else percent(float(value) / 100)


def _parts(word: WordDocument, document: Document, name: str, title: str, first: str) -> None:
    word.heading(title, 1)
    rows = [[one["label"], *(said(one[column]) for column in document["columns"])] for one in document[name]]
    header = [[first, *document["columns"].values()]]
    word.table(TableSpec([2.4, 1.2, 1.2, 1.4, 1.2], header, title, rows=rows))
