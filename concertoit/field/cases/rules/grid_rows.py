"""A grid as rows of a spreadsheet: the columns of the concerted grid, and four more that lose nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from concertoit.field.cases.rules import grid_words as words
from concertoit.field.cases.rules.grid_document import (
    Cause,
    Dimension,
    GridDocument,
    Item,
    Reading,
    Refused,
    Trouble,
    keep_what_a_file_leaves_out,
    too_long,
)

COLUMNS = (
    "code", "dimension", "portee", "libelle", "danger_immediat_si", "coef", "mandat_principal", "hhsrs_no", "sources",
    "code_dimension", "mesure", "groupes_sensibles", "retire",
)  # fmt: skip
_NEEDED = frozenset({"code", "dimension", "libelle"})
# A column, and the field that stays as the known grid has it where the column is absent.
_FIELDS = {
    "mesure": "measure", "coef": "weight", "hhsrs_no": "hhsrs", "sources": "sources", "retire": "retired",
    "mandat_principal": "mandates", "groupes_sensibles": "sensitive",
}  # fmt: skip
DIMENSION_LENGTH = 12


def is_grid(header: Sequence[str]) -> bool:
    """Whether a first row is the one of a grid."""
    return {cell.strip().lower() for cell in header} >= _NEEDED


@dataclass(slots=True)
class _Reader:
    known: GridDocument
    dimensions: dict[str, Dimension] = field(default_factory=dict)  # by title
    items: list[Item] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def refuse(self, line: int, what: str, why: Cause, detail: str = "") -> None:
        self.troubles.append(Trouble(line, what, why, detail, stops=True))

    def word(self, line: int, table: dict[str, str], text: str, default: str, column: str) -> str:
        if not text:
            return default
        code = words.code_of(table, text)
        if code is None:
            self.refuse(line, f"{column} = {text}", Cause.UNKNOWN_WORD, _known(table))
        return code or default

    def dimension(self, line: int, row: dict[str, str]) -> Dimension | None:
        title = row.get("dimension", "")
        if not title:
            self.refuse(line, row.get("code", ""), Cause.NO_DIMENSION)
            return None
        if title in self.dimensions:
            return self.dimensions[title]
        groups, unknown = words.read_groups(row.get("groupes_sensibles", ""))
        if unknown:
            self.refuse(line, ", ".join(unknown), Cause.UNKNOWN_WORD, _known(words.GROUPS))
        self.dimensions[title] = Dimension(self._code_of(title, row), title, groups)
        return self.dimensions[title]

    def _code_of(self, title: str, row: dict[str, str]) -> str:
        taken = {one.code for one in self.dimensions.values()}
        known = next((one.code for one in self.known.dimensions if one.title == title), "")
        stem = row.get("code_dimension") or known or row.get("code", "").rstrip("0123456789") or title[:3].upper()
        return free_code(stem[:DIMENSION_LENGTH], taken, DIMENSION_LENGTH)

    def item(self, line: int, row: dict[str, str]) -> None:
        dimension, code, label = self.dimension(line, row), row.get("code", ""), row.get("libelle", "")
        if dimension is None or not (code or label):  # a dimension without a point yet
            return
        if not code or not label:
            self.refuse(line, code or label, Cause.CODE_AND_LABEL)
            return
        if any(one.code == code for one in self.items):
            self.refuse(line, code, Cause.CODE_TAKEN)
            return
        mandates, together, unknown = words.read_mandates(row.get("mandat_principal", ""))
        if unknown:
            self.refuse(line, ", ".join(unknown), Cause.UNKNOWN_WORD, _known(words.MANDATES))
        self.items.append(
            Item(
                code, dimension.code, label,
                self.word(line, words.SCOPES, row.get("portee", ""), "dwelling", "portee"),
                row.get("danger_immediat_si", ""), mandates, together,
                self.word(line, words.MEASURES, row.get("mesure", ""), "", "mesure"),
                self.weight(line, row.get("coef", "")), row.get("hhsrs_no", ""), row.get("sources", ""),
                row.get("retire", "").lower() in words.YES,
            )
        )  # fmt: skip
        self.troubles += too_long(self.items[-1], line)

    def weight(self, line: int, text: str) -> int:
        if not text or text.isdigit():
            return int(text or 1)
        self.refuse(line, f"coef = {text}", Cause.NOT_A_NUMBER)
        return 1


def _known(table: dict[str, str]) -> str:
    return ", ".join(word for word in table.values() if word)


def free_code(stem: str, taken: set[str], length: int) -> str:
    """The code, or the first one after it that nobody has."""
    if stem not in taken:
        return stem
    number = 2
    while (candidate := f"{stem[: length - 2]}{number}") in taken:
        number += 1
    return candidate


def read_rows(rows: Sequence[Sequence[str]], known: GridDocument) -> Reading:
    """Read rows, the first of which names the columns. Raises ``Refused`` when it is not a grid.

    A column that the file does not have leaves that field of known points as it is; a column that nobody knows is listed.
    """
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    if not is_grid(header):
        raise Refused("not_a_grid")
    reader = _Reader(known)
    unknown = [name for name in header if name and name not in COLUMNS]
    reader.troubles += [Trouble(1, name, Cause.UNKNOWN_COLUMN) for name in unknown]
    for line, cells in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in cells):
            reader.item(line, {name: cell.strip() for name, cell in zip(header, cells, strict=False)})
    document = GridDocument(known.title, tuple(reader.dimensions.values()), tuple(reader.items))
    present = frozenset(field for column, field in _FIELDS.items() if column in header)
    return Reading(keep_what_a_file_leaves_out(document, known, present), tuple(reader.troubles))


def write_rows(document: GridDocument) -> list[list[str]]:
    """Rows from which ``read_rows`` reads the same document."""
    rows = [list(COLUMNS)]
    for dimension in document.dimensions:
        tail = [dimension.code, "", words.write_groups(dimension.sensitive), ""]
        inside = [item for item in document.items if item.dimension == dimension.code]
        if not inside:
            rows.append(["", dimension.title, *[""] * 7, *tail])
        rows += [
            [
                item.code, dimension.title, words.SCOPES[item.scope], item.label, item.danger, str(item.weight),
                words.write_mandates(item.mandates, together=item.together), item.hhsrs, item.sources,
                dimension.code, words.MEASURES[item.measure], tail[2], "oui" if item.retired else "",
            ]
            for item in inside
        ]  # fmt: skip
    return rows
