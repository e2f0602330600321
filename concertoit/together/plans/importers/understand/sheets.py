"""Sheets: a small table for each action, with the labels beside the values and the title above or in a heading.

A plan of sheets (« fiches-actions ») reads like any other once each sheet is laid flat: the labels become the header, the
values one row under it, and a title that stands outside the labels gets a column of its own.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from concertoit.together.plans.importers.source import Block, Cell, Paragraph, Table
from concertoit.together.plans.rules.outline import OutlineNumber, read_number
from concertoit.together.plans.rules.wording import fold, squeeze

from .grid import Header, Row, Slot
from .ledger import Ledger
from .roles import Recognition, Role, labelled_kind, level_label, recognise

_SAID = frozenset(
    {Role.LEAD, Role.PARTNER, Role.PERIOD, Role.START, Role.END, Role.BUDGET, Role.INDICATOR, Role.STATE}
)
_DESCRIBES = re.compile(r"descripti(?:on|f)\b|contenu\b|presentation\b")
_FAR = 3
_LONGEST = 160


@dataclass(slots=True)
class Sheet:
    """``fields`` are labels and values in order; ``banners`` the rows above them; ``title`` a banner or a heading."""

    fields: list[tuple[Slot, Slot]] = field(default_factory=list)
    banners: list[Row] = field(default_factory=list)
    title: Slot | None = None
    number: Slot | None = None

    @property
    def roles(self) -> list[Role | None]:
        found = [recognise(label.own) for label, _ in self.fields]
        return [f.role if f else None for f in found]

    @property
    def has_title(self) -> bool:
        return self.title is not None or any(
            role is Role.ACTION and not _DESCRIBES.match(fold(label.own))
            for role, (label, _) in zip(self.roles, self.fields, strict=True)
        )

    def flat(self) -> tuple[list[Row], Header]:
        """The sheet as rows: what stands above, the labels, the values; and the header that the labels make."""
        labels = [label for label, _ in self.fields]
        values = [value for _, value in self.fields]
        found = [_role_of(label.own, self.title is not None) for label in labels]
        for extra, role in ((self.title, Role.ACTION), (self.number, Role.NUMBER)):
            if extra is not None:
                labels, values = [Slot(Cell()), *labels], [extra, *values]
                found = [Recognition(role, "exact"), *found]
        texts = [[label.own] if label.own else [] for label in labels]
        return [*self.banners, labels, values], Header([len(self.banners)], texts, found)


def _role_of(label: str, titled: bool) -> Recognition | None:
    """Once the action has its title, what the sheet calls its objective or its description says something about it."""
    found = recognise(label)
    describes = bool(_DESCRIBES.match(fold(label)))
    if found and (describes or (titled and found.role in {Role.OBJECTIVE, Role.SPECIFIC})):
        return Recognition(Role.NOTE, found.how)
    return found


def read_sheets(rows: Sequence[Row]) -> list[Sheet]:
    """The sheets of a table, one under the other (usually one); none when the table is something else."""
    sheets = [Sheet()]
    waiting: Slot | None = None
    for row in rows:
        cells = [slot for slot in row if not slot.down and not slot.across and not slot.cell.covered]
        owned = [slot for slot in cells if slot.own]
        known = recognise(owned[0].own) if owned else None
        if waiting is not None and len(owned) == 1:
            sheets[-1].fields.append((waiting, owned[0]))
            waiting = None
        elif len(owned) == 1 and known is None:
            sheets += [Sheet()] if sheets[-1].fields else []
            sheets[-1].banners.append(row)
        elif len(owned) == 1 and len(cells) == 1:
            waiting = owned[0]
        elif owned and not _take_fields(sheets, cells):
            return []
    if waiting is not None or not all(_is_sheet(sheet) for sheet in sheets):
        return []
    for sheet in sheets:
        _take_banner(sheet)
    return sheets


def _take_fields(sheets: list[Sheet], cells: Sequence[Slot]) -> bool:
    """One or two labels with their values, in a row of a sheet; the first label written again opens the next sheet."""
    while len(cells) > 2 and not cells[-1].own:
        cells = cells[:-1]
    if len(cells) == 3 and recognise(cells[2].own):
        cells = [*cells, Slot(Cell(covered=True))]
    if (
        len(cells) not in {2, 4}
        or not cells[0].own
        or (len(cells) == 4 and all(recognise(c.own) for c in cells[1::2]))
    ):
        return False
    if sheets[-1].fields and fold(sheets[-1].fields[0][0].own) == fold(cells[0].own):
        sheets.append(Sheet())
    sheets[-1].fields += [(cells[i], cells[i + 1]) for i in range(0, len(cells), 2) if cells[i].own]
    return True


def _is_sheet(sheet: Sheet) -> bool:
    """Mostly known labels, each written once, and values that are not labels themselves."""
    known = [role for role in sheet.roles if role and role is not Role.YEAR]
    if len(known) < 3 or len(known) * 2 < len(sheet.fields) or len(set(known)) * 3 < len(known) * 2:
        return False
    said = [recognise(value.own) for _, value in sheet.fields]
    return len(set(known) & _SAID) >= 2 and sum(bool(f and f.role is not Role.YEAR) for f in said) * 3 <= len(said)


def _take_banner(sheet: Sheet) -> None:
    """The last banner is the action's title, unless it names a level above or the labels name the action."""
    if sheet.has_title or not sheet.banners:
        return
    last = next(slot for slot in sheet.banners[-1] if slot.own)
    if labelled_kind(last.own) is None:
        sheet.title = last
        sheet.banners.pop()


def name_by_headings(sheets: dict[int, Sheet], blocks: Sequence[Block], ledger: Ledger) -> None:
    """Sheets (by identity of their table) whose title is the heading above: labelled, or like those of the others."""
    above = headings_above(sheets, blocks)
    for key, heading in above.items():
        _name(sheets[key], heading, len(above), ledger)


def action_label(text: str) -> tuple[bool, OutlineNumber | None]:
    """Whether a text starts with an action's label (``Fiche action n° 3``), and the number that follows it."""
    label = level_label(text)
    if label is None or label[0] is not Role.ACTION:
        return False, None
    return True, read_number(label[2], labelled=True)


def _name(sheet: Sheet, heading: Paragraph, alike: int, ledger: Ledger) -> None:
    labelled, number = action_label(heading.text)
    if sheet.has_title and (number is None or Role.NUMBER in sheet.roles):
        return
    if not sheet.has_title and not labelled and alike < 2:
        return
    slot = Slot(Cell(number.written if number and sheet.has_title else squeeze(heading.text), heading.place))
    ledger.stand_for(slot.cell, heading)
    ledger.take(heading)
    if sheet.has_title:
        ledger.set_aside(heading, "étiquette")
        sheet.number = slot
    else:
        sheet.title = slot


def headings_above(tables: Container[int], blocks: Sequence[Block]) -> dict[int, Paragraph]:
    """The title just above each of these tables (by identity), where there is one."""
    found: dict[int, Paragraph] = {}
    lines: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Table):
            nearest = _nearest(lines) if id(block) in tables else None
            if nearest is not None:
                found[id(block)] = nearest
            lines = []
        else:
            lines.append(block)
    return found


def _nearest(lines: Sequence[Paragraph]) -> Paragraph | None:
    """The title just above a table: a heading or a line in bold, else a short line that touches it."""
    near = lines[-_FAR:]
    for line in reversed(near):
        plain = line is lines[-1] and not line.text.rstrip().endswith((".", ";", ":"))
        title = line.level or line.bold or plain or action_label(line.text)[0]
        if title and not line.list_level and len(line.text) <= _LONGEST:
            return line if labelled_kind(line.text) is None else None
    return None
