"""The funder's form in Word: real styles, one landscape table per axis, header rows repeated, page numbers."""

from __future__ import annotations

from concertoit.ground.core.typography import NBSP
from concertoit.ground.core.word import Cell, Para, Run, TableSpec, WordDocument
from concertoit.insight.reporting.exports.form_axes import HEADERS, AxisTable, FormCell, Piece
from concertoit.insight.reporting.exports.form_content import (
    BudgetRow,
    BudgetTable,
    Chapter,
    FormContent,
    FormMeta,
    form_content,
)
from concertoit.insight.reporting.exports.form_texts import Line
from concertoit.together.plans.rules.document import PlanDocument

AXIS_WIDTHS = (3.2, 3.2, 2.9, 3.2, 3.4, 2.4, 2.1, 4.8, 2.5)
LINE_STYLES = {0: "", 1: "ListBullet", 2: "ListBullet2"}
PIECE_STYLES = {"strong": "TableauFort", "group": "TableauFort", "step": "TableauEtape"}
AMOUNT_COLUMN = len(HEADERS) - 1
TOTAL_FILL = "E4EFEB"


def funder_form_docx(document: PlanDocument, meta: FormMeta) -> bytes:
    """The whole form as ``.docx``, in French, accessible: title, language, headings, marked header rows, table titles."""
    content = form_content(document, meta)
    footer = "\n".join(filter(None, (content.footer, content.sha256 and f"Empreinte SHA-256{NBSP}: {content.sha256}")))
    word = WordDocument(content.title, subject=content.subtitle, footer=footer, landscape=False)
    if meta.generated_at:
        word.stamp(meta.generated_at)
    _cover(word, content)
    _participants(word, content)
    _cycle(word, content)
    for chapter in content.before:
        _chapter(word, chapter)
    for axis in content.axes:
        word.section(landscape=True)
        _axis(word, axis)
    word.section(landscape=True)
    _budget(word, content)
    return word.to_bytes()


def _cover(word: WordDocument, content: FormContent) -> None:
    word.heading(content.title, 0)
    for name, value in content.facts:
        word.paragraph((Run(f"{name}{NBSP}: ", bold=True), Run(value)), "Fait")


def _participants(word: WordDocument, content: FormContent) -> None:
    word.heading("Organismes participants", 1)
    if not content.participants:
        word.paragraph("Aucun organisme n’est inscrit.")
        return
    word.table(
        TableSpec(
            widths=(11, 7),
            header=[["Organisme", "Personne-ressource"]],
            title="Organismes participants",
            description="Organismes ayant participé aux travaux, et leur personne-ressource",
            keep_rows=True,
            rows=content.participants,
        )
    )


def _cycle(word: WordDocument, content: FormContent) -> None:
    if content.cycle:
        word.heading("Étapes de la révision du plan", 1)
    for entry in content.cycle:
        if entry.when:
            word.heading(entry.when, 2)
        if entry.title:
            word.paragraph(entry.title)
        _lines(word, entry.detail)


def _chapter(word: WordDocument, chapter: Chapter) -> None:
    word.heading(chapter.heading, 1)
    for text in chapter.texts:
        if text.heading:
            word.heading(text.heading, 2)
        _lines(word, text.lines)


def _lines(word: WordDocument, lines: list[Line]) -> None:
    for line in lines:
        word.paragraph(line.text, LINE_STYLES[line.level])


def _axis(word: WordDocument, axis: AxisTable) -> None:
    word.heading(axis.heading, 1)
    for note in axis.notes:
        word.paragraph(note)
    word.table(
        TableSpec(
            widths=AXIS_WIDTHS,
            header=[HEADERS],
            title=axis.heading,
            description="Objectifs, actions, organismes, résultats, échéancier, étapes et budget de l’axe",
            rows=([_cell(cell, column) for column, cell in enumerate(row)] for row in axis.rows),
        )
    )


def _cell(cell: FormCell, column: int) -> Cell:
    merge = "more" if cell.span == 0 else "start" if cell.span > 1 else ""
    style = "TableauMontant" if column == AMOUNT_COLUMN else "Tableau"
    return Cell(tuple(_para(piece, style) for piece in cell.pieces), style, merge=merge)


def _para(piece: Piece, style: str) -> Para:
    if style == "TableauMontant":
        return Para((Run(piece.text, bold=piece.kind == "strong"),), style)
    number = f"{piece.number}\t" if piece.kind == "step" and piece.number else ""
    return Para((Run(f"{number}{piece.text}"),), PIECE_STYLES.get(piece.kind, style))


def _budget(word: WordDocument, content: FormContent) -> None:
    word.heading("Budget", 1)
    if not content.budget:
        word.paragraph("Aucun budget n’est inscrit.")
        return
    word.paragraph((Run(f"Budget total{NBSP}: "), Run(content.budget_total, bold=True)), "Chapeau")
    for note in content.budget_notes:
        word.paragraph(note)
    for table in content.budget:
        _budget_table(word, table)


def _budget_table(word: WordDocument, table: BudgetTable) -> None:
    words = len(table.footer.words)
    widths = [9.0 if place == 0 else 4.5 if place < words else 3.0 for place in range(len(table.headers))]
    word.heading(table.title, 2)
    word.table(
        TableSpec(
            widths=widths,
            header=[[*table.headers[:words], *(Cell(name, "TableauEnteteMontant") for name in table.headers[words:])]],
            title=table.title,
            description="Montants par année et total; la dernière ligne est le total",
            keep_rows=True,
            rows=[*(_budget_row(row) for row in table.rows), _budget_row(table.footer, TOTAL_FILL)],
        )
    )


def _budget_row(row: BudgetRow, fill: str = "") -> list[Cell]:
    bold = bool(fill)
    texts = [Cell((Para((Run(word, bold),), "Tableau"),), fill=fill) for word in row.words]
    amounts = [Cell((Para((Run(amount, bold),), "TableauMontant"),), fill=fill) for amount in row.amounts]
    return [*texts, *amounts, Cell((Para((Run(row.total, bold=True),), "TableauMontant"),), fill=fill)]
