"""XLSForm (ODK, KoboToolbox): the sheets of a form, read whatever their age and language.

Source: XLSForm reference, https://xlsform.org/en/ref-table/. Older names (« select one from », « begin group », « list
name ») are read as today's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from concertoit.field.cases.rules.grid_document import Refused

Rows = Sequence[Sequence[str]]
SHEETS = ("survey", "choices", "settings")
_OTHER = re.compile(r"\s+or[ _](?:specify[ _])?other$")
_SELECT = re.compile(
    r"^(?:select|add)[ _](one|multiple|all that apply)(?:[ _]from)?(?:[ _]prompt using|[ _]external)?\s+(\S+)$"
)
_BLOCK = re.compile(r"^(begin|end)[ _](group|repeat|loop)(?:[ _]over\s+(\S+))?$")
_OLD_TYPES = {"string": "text", "int": "integer", "trigger": "acknowledge", "add acknowledge prompt": "acknowledge"}
_TRANSLATED = re.compile(r"^(?:control:|bind:)?(label|hint)::?(.+)$")


@dataclass(frozen=True, slots=True)
class Question:
    """A row of the survey. ``group`` is the outermost group it stands in; ``rest`` are columns this house cannot hold."""

    line: int
    type: str
    name: str
    label: str
    hint: str = ""
    list_name: str = ""
    or_other: bool = False
    group: str = ""
    repeated: bool = False
    relevant: str = ""
    rest: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group or a repeat, from its first row. ``name`` may be empty."""

    line: int
    kind: str
    name: str
    label: str
    relevant: str = ""
    own: Mapping[str, str] = field(default_factory=dict)
    outer: bool = True


@dataclass(slots=True)
class Form:
    """A form as its sheets say it. ``choices``: list → [(name, label)]."""

    title: str = ""
    groups: list[Group] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()


OWN = frozenset({"portee", "mandat", "mesure", "poids", "hhsrs", "sources", "retire", "sensibles"})
_READ = OWN | {"type", "name", "label", "hint", "relevant", "bind:relevant", "required", "bind:required", "disabled"}


def read_form(sheets: Mapping[str, Rows]) -> Form:
    """Read the sheets, by name whatever its case. Raises ``Refused`` without a survey that has types and names."""
    by_name = {name.strip().lower(): rows for name, rows in sheets.items()}
    survey = _dicts(by_name.get("survey", ()))
    if not survey or "type" not in survey[0][1]:
        raise Refused("not_a_form")
    settings = next((row for _line, row in _dicts(by_name.get("settings", ()))), {})
    language = settings.get("default_language", "")
    form = Form(settings.get("form_title") or settings.get("title", ""), columns=frozenset(survey[0][1]))
    for _line, row in _dicts(by_name.get("choices", ())):
        name = row.get("list_name") or row.get("list name", "")
        if name:
            label = _said(row, "label", language)
            form.choices.setdefault(name, []).append((row.get("name") or row.get("value", ""), label))
    _walk(form, survey, language)
    return form


def _dicts(rows: Rows) -> list[tuple[int, dict[str, str]]]:
    """Rows as line number and cells by column name; the header is the first row that has something in it."""
    start = next((at for at, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if start is None:
        return []
    header = [" ".join(cell.split()).lower() if "::" not in cell else _column(cell) for cell in rows[start]]
    named = [(at, name) for at, name in enumerate(header) if name]
    return [
        (line, {name: row[at].strip() if at < len(row) else "" for at, name in named})
        for line, row in enumerate(rows[start + 1 :], start + 2)
        if any(cell.strip() for cell in row)
    ]


def _column(cell: str) -> str:
    """« Label::Français (fr) » keeps its language as written."""
    name, _mark, language = cell.partition("::")
    return f"{name.strip().lower()}::{language.strip()}"


def _said(row: Mapping[str, str], what: str, language: str) -> str:
    """The label or hint: in the form's language, else in French, else the plain one, else the first."""
    found = {"": row.get(what, "")}
    for column, text in row.items():
        if (match := _TRANSLATED.match(column)) and match[1] == what and text:
            found[match[2].strip()] = text
    french = next((name for name in found if name.casefold().startswith("fr")), "")
    order = [language, french, "", *found]
    return next((found[name] for name in order if found.get(name)), "")


def _languages(row: Mapping[str, str]) -> tuple[str, ...]:
    matches = (_TRANSLATED.match(column) for column, text in row.items() if text)
    return tuple(dict.fromkeys(match[2].strip() for match in matches if match))


def _walk(form: Form, survey: list[tuple[int, dict[str, str]]], language: str) -> None:
    """Rows in order, with the groups that are open."""
    open_groups: list[Group] = []
    for line, row in survey:
        kind = " ".join(row.get("type", "").split())
        own = {name: row[name] for name in OWN if row.get(name)}
        label, relevant = _said(row, "label", language), row.get("relevant") or row.get("bind:relevant", "")
        block = _BLOCK.match(kind.lower())
        if block and block[1] == "begin":
            name = row.get("name") or f"{block[2]}{line}"
            open_groups.append(Group(line, block[2], name, label or name, relevant, own, outer=not open_groups))
            form.groups.append(open_groups[-1])
        elif block:
            open_groups = open_groups[:-1]
        elif kind:
            form.questions.append(_question(line, kind, row, open_groups, (label, relevant, language), own))


def _question(
    line: int, kind: str, row: dict[str, str], groups: list[Group], said: tuple[str, str, str], own: dict[str, str]
) -> Question:
    label, relevant, language = said
    plain, other = _OTHER.sub("", kind), bool(_OTHER.search(kind))
    select = _SELECT.match(plain)
    if select:
        type_, list_name = ("select_one" if select[1] == "one" else "select_multiple"), select[2]
    else:
        type_, list_name = _OLD_TYPES.get(plain.lower(), plain.lower()), ""
    rest = {name: text for name, text in row.items() if text and name not in _READ and not _TRANSLATED.match(name)}
    return Question(
        line, type_, row.get("name", ""), label, _said(row, "hint", language), list_name, other,
        groups[0].name if groups else "", any(one.kind != "group" for one in groups), relevant, rest, own,
        _languages(row),
    )  # fmt: skip


def read_markdown(text: str) -> dict[str, list[list[str]]]:
    """The sheets of a form written as Markdown tables: a row with only a name opens a sheet."""
    rows = [line.strip().strip("|").split("|") for line in text.splitlines() if line.strip().startswith("|")]
    return split_sheets([[cell.strip() for cell in row] for row in rows])


def split_sheets(rows: Rows) -> dict[str, list[list[str]]]:
    """Sheets written one under the other: the first column names a sheet, the others are its cells.

    Raises ``Refused`` when no sheet is named.
    """
    sheets: dict[str, list[list[str]]] = {}
    here: list[list[str]] | None = None
    for row in rows:
        first = row[0].strip().lower() if row else ""
        if first in SHEETS:
            here = sheets.setdefault(first, [])
        if here is not None and any(cell.strip() for cell in row[1:]):
            here.append(list(row[1:]))
    if not sheets:
        raise Refused("not_a_form")
    return sheets
