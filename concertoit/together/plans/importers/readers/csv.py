"""Comma-separated files: any separator, as one table."""

from __future__ import annotations

import csv
import io

from concertoit.together.plans.importers.readers.safety import LIMITS, too_wide
from concertoit.together.plans.importers.source import Cell, SourceDocument, Table, UnreadableDocument

SEPARATORS = ";,\t|"
SAMPLE_ROWS = 200


def read_csv(text: str, name: str) -> SourceDocument:
    """Read decoded text. The separator is the one that cuts the most rows into the same number of cells."""
    document = SourceDocument(name=name, media_type="text/csv")
    text = text.replace("\0", "")
    announced = _announced(text)
    skipped = 1 if announced else 0
    body = text.split("\n", 1)[1] if announced and "\n" in text else text
    try:
        lines = _lines(body, announced or separator(body))
    except csv.Error as error:
        raise UnreadableDocument(
            "Le fichier .csv est mal formé : un guillemet ouvre une cellule et ne la ferme jamais. "
            "Ouvrez-le dans un tableur et enregistrez-le à nouveau."
        ) from error
    table = _table(lines, skipped)
    if table is not None:
        document.blocks.append(table)
    return document


def _announced(text: str) -> str:
    """Excel may write ``sep=;`` on a first line of its own."""
    first = text.split("\n", 1)[0].strip().lower()
    return first[4:] if first.startswith("sep=") and len(first) == 5 else ""


def separator(text: str) -> str:
    """The most likely separator: judged on how regular the rows become, quotes respected."""
    return max(SEPARATORS, key=lambda mark: _regularity(text, mark))


def _regularity(text: str, mark: str) -> tuple[float, int]:
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(text[:400_000], newline=""), delimiter=mark):
            if any(cell.strip() for cell in row):
                widths.append(len(row))
            if len(widths) >= SAMPLE_ROWS:
                break
    except csv.Error:
        return (0.0, 0)
    several = [width for width in widths if width > 1]
    if not several:
        return (0.0, 0)
    usual = max(set(several), key=several.count)
    return (several.count(usual) / len(widths), usual)


def _lines(text: str, mark: str) -> list[tuple[int, list[str]]]:
    """Each row with the number of the line where it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    lines: list[tuple[int, list[str]]] = []
    start, count = 1, 0
    for row in reader:
        lines.append((start, row))
        start = reader.line_num + 1
        count += len(row)
        if len(row) > LIMITS.columns or count > LIMITS.cells:
            raise too_wide(f"ligne {start}")
    return lines


def _table(lines: list[tuple[int, list[str]]], skipped: int) -> Table | None:
    while lines and not any(cell.strip() for cell in lines[-1][1]):
        lines.pop()
    width = max((len(_trimmed(row)) for _, row in lines), default=0)
    if not width:
        return None
    rows = [
        [
            Cell(
                text=(row[column].strip() if column < len(row) else ""),
                place=f"ligne {start + skipped}, colonne {column + 1}",
            )
            for column in range(width)
        ]
        for start, row in lines
    ]
    return Table(rows=rows, place="tableau 1")


def _trimmed(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]
