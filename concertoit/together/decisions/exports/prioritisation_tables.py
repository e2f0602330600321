"""A count as tables: a workbook for people, a CSV for scripts. Documents are French; amounts are numbers of dollars."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import xlsxwriter

from concertoit.ground.core.spreadsheets import safe_text
from concertoit.together.decisions.enums import BAND_LABELS, CLOSENESS_LABELS, FAMILY_LABELS, GRADE_LABELS
from concertoit.together.decisions.queries.prioritisation import Counted
from concertoit.together.decisions.rules.money_count import RULES
from concertoit.together.decisions.rules.prioritisation import GRADES

RULE_LABELS = {"greedy": "Par ordre d’appui", "equal-shares": "Parts égales"}
HOW = {"": "non", "greedy": "oui", "equal-shares": "oui", "completion": "oui (complément)"}

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, its headers, its rows."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def grades_table(counted: Counted, options: Mapping[str, tuple[str, str, str]]) -> Table:
    """One row per action in order; ``options`` gives axis, number and title by key."""
    families = list(counted.outcome["families"])
    header = ["Rang", "Axe", "Numéro", "Action", "Médiane", "Regroupement"]
    header += [str(GRADE_LABELS[grade]) for grade in GRADES] + ["Avis", "Je ne sais pas", "Sans réponse"]
    header += ["Accord", "Polarisation", "Lecture", "Accord entre familles"]
    header += [f"{FAMILY_LABELS[name]} : essentiel ou important" for name in families]
    rows = [_grades_row(one, options[one["key"]], families) for one in counted.outcome["options"]]
    return Table("Priorités", header, rows)


def _grades_row(one: dict[str, Any], option: tuple[str, str, str], families: Sequence[str]) -> list[Cell]:
    row: list[Cell] = [one["rank"], *option]
    row += [str(GRADE_LABELS[one["median"]]) if one["median"] else "", str(BAND_LABELS[one["band"]])]
    row += [*one["counts"], sum(one["counts"]), one["unknown"], one["silent"]]
    row += [_decimal(one["agreement"]), _decimal(one["polarisation"])]
    row += [
        str(CLOSENESS_LABELS.get(one["closeness"] or "", "")),
        _decimal(one["together"] if one["families"] else None),
    ]
    for name in families:
        counts = one["families"].get(name)
        row.append(f"{sum(counts[:2])} sur {sum(counts)}" if counts else "trop peu d’avis pour être montré")
    return row


def _decimal(value: str | None) -> Cell:
    return round(float(Fraction(value)), 4) if value is not None else ""


def money_table(counted: Counted, options: Mapping[str, tuple[str, str, str]]) -> Table:
    """One row per request, with what each rule does of it."""
    header = ["Année", "Numéro", "Action", "Demande ($)", "Appuis", "Points", *(RULE_LABELS[rule] for rule in RULES)]
    rows: list[list[Cell]] = []
    for year in counted.outcome["years"]:
        how = {rule: {one["key"]: one["by"] for one in year[rule]["funded"]} for rule in RULES}
        for one in sorted(year["requests"], key=lambda one: (-one["points"], int(one["key"]))):
            _axis, code, title = options[one["key"]]
            funded = [HOW[how[rule].get(one["key"], "")] for rule in RULES]
            rows.append([year["year"], code, title, one["cost"] / 100, one["votes"], one["points"], *funded])
    return Table("Argent", header, rows)


def record_table(title: str, counts: Sequence[Counted]) -> Table:
    """How each count was made, so that anybody may count again."""
    rows: list[list[Cell]] = [["Priorisation", title]]
    for one in counts:
        result = one.row
        rows += [
            [result.get_kind_display(), ""],
            ["Compté le", result.computed_at.isoformat()],
            ["Empreinte des réponses (SHA-256)", result.ballots_digest],
            ["Empreinte du résultat (SHA-256)", result.sha256],
            ["Version du programme", result.code_version],
            ["Réglages", result.settings],
        ]
    return Table("Comment c’est compté", ["", ""], rows)


def to_csv(table: Table) -> bytes:
    """UTF-8 with a byte-order mark, commas, CRLF; a text that looks like a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.header)
    writer.writerows([[_harmless(cell) for cell in row] for row in table.rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _harmless(cell: Cell) -> Cell:
    return safe_text(cell) if isinstance(cell, str) else cell


def to_xlsx(title: str, tables: Sequence[Table]) -> bytes:
    """One sheet per table; texts stay texts, numbers are numbers, headers are frozen and filtered."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        workbook.set_properties({"title": title[:250]})
        head = workbook.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1E5B4D", "text_wrap": True, "valign": "vcenter"}
        )
        text = workbook.add_format({"text_wrap": True, "valign": "top"})
        for table in tables:
            sheet = workbook.add_worksheet(table.name)
            for place, label in enumerate(table.header):
                sheet.write_string(0, place, label, head)
                sheet.set_column(place, place, 60 if label in ("Action", "") else 16, text)
            for line, row in enumerate(table.rows, 1):
                for place, cell in enumerate(row):
                    _write(sheet, line, place, cell)
            sheet.freeze_panes(1, 0)
            if len(table.header) > 2:
                sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.header) - 1)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
    return out.getvalue()


def _write(sheet: Any, line: int, place: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, place, cell[:32_000])
    else:
        sheet.write_number(line, place, cell)
