"""The lines of a table of interventions, understood one by one: what each would write, and where it is wrong."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.logbook.enums import CollectiveObject, Destination, EntryKind, TermKind
from concertoit.field.logbook.enums.imports import REQUIRED, Column
from concertoit.field.logbook.models import Edition, Entry, EntryImport, Site, Term, Worker
from concertoit.field.logbook.queries import imports as queries
from concertoit.field.logbook.queries.imports import Known
from concertoit.field.logbook.rules import import_cells as cells
from concertoit.field.logbook.rules.import_cells import fold
from concertoit.field.logbook.services.entries import EntryFacts, check, columns_of
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer

NEW, THERE, ALIKE, WRONG = "nouvelle", "inscrite", "pareille", "erreur"
_IDS = uuid.UUID("5f0d0d1e-6f43-4a53-9a55-6c2f2d5b0c11")
_NOTE = 280
_CODES: dict[str, Any] = {Column.KIND: EntryKind, Column.OBJECT: CollectiveObject, Column.DESTINATION: Destination}
_WHICH_KIND = gettext_lazy("Dites la forme : individuelle, collective ou avec des partenaires.")
_WHICH_OBJECT = gettext_lazy("Dites ce que le groupe fait : %(words)s.")
_WHICH_DESTINATION = gettext_lazy("« %(value)s » : écrivez CISSS, organisme, ville ou autre.")
_OFTEN = 6
_FIELDS = {"on": Column.ON, "site": Column.SITE}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and the title of the column where it is."""

    place: str
    text: str


@dataclass(slots=True)
class Line:
    """A line: ``entry`` is what it would write (not saved), ``reason`` and ``destination`` its referral."""

    number: int
    cells: dict[str, str]
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    entry: Entry | None = None
    destination: str = ""
    reason: Term | None = None
    state: str = NEW


@dataclass(slots=True)
class Reading:
    """A table as it is understood: its lines, the columns left out, those that are needed and were not found."""

    lines: list[Line]
    unknown: list[str]
    missing: list[str]

    def of(self, *states: str) -> list[Line]:
        """The lines in these states."""
        return [line for line in self.lines if line.state in states]

    def often(self) -> list[tuple[Fault, int]]:
        """What is wrong in several lines, the most frequent first: a building to add, a word to write otherwise."""
        counts = Counter(fault for line in self.lines for fault in line.faults)
        return [(fault, count) for fault, count in counts.most_common(_OFTEN) if count > 1]


def understand(viewer: Viewer, row: EntryImport) -> Reading:
    """Every line of a table, and what will become of it now."""
    places = {column: place for column, place in row.columns.items() if column in Column.values}
    missing = [str(column.label) for column in REQUIRED if column not in places]
    used = set(places.values())
    unknown = [title for place, title in enumerate(row.headers) if title.strip() and place not in used]
    if missing:
        return Reading([], unknown, missing)
    known = queries.known(viewer)
    reader = _Reader(known, {column: row.headers[place] for column, place in places.items()}, row)
    lines = [reader.line(number, _values(written, places)) for number, written in row.rows]
    _identify(viewer, lines)
    return Reading(lines, unknown, [])


def _values(written: list[str], places: dict[str, int]) -> dict[str, str]:
    return {column: written[place].strip() if place < len(written) else "" for column, place in places.items()}


@dataclass(slots=True)
class _Reader:
    """Reads the lines of one table; faults are said under the title that the file gives to the column."""

    known: Known
    titles: dict[str, str]
    row: EntryImport

    def line(self, number: int, values: dict[str, str]) -> Line:
        line = Line(number, values)
        on, worker, site = self._day(line), self._worker(line), self._site(line)
        kind = self._code(line, Column.KIND, _WHICH_KIND)
        supported = self._supported(line, kind)
        minutes, people = self._minutes(line), self._people(line)
        edition = self.known.edition(on) if on else None
        clienteles = self._mask(line, Column.CLIENTELES, TermKind.CLIENTELE, edition)
        activities = self._mask(line, Column.ACTIVITIES, TermKind.ACTIVITY, edition)
        if edition and not activities and not self._said(line, Column.ACTIVITIES):
            self._fault(line, Column.ACTIVITIES, _("Choisissez au moins une activité."))
        self._referral(line, edition)
        if on and worker and site and kind:
            facts = EntryFacts(
                on=on, site=site, kind=kind, clienteles=clienteles, activities=activities, minutes=minutes,
                people=people, collective_object=supported, note=self._note(line),
            )  # fmt: skip
            self._finish(line, facts, worker, edition)
        line.state = WRONG if line.faults else NEW
        return line

    def _finish(self, line: Line, facts: EntryFacts, worker: Worker, edition: Edition | None) -> None:
        try:
            lists = check(facts, space_id=self.row.space_id, edition=edition)
        except DomainError as refusal:
            self._fault(line, _FIELDS.get(refusal.field or "", Column.ON), str(refusal))
            return
        line.entry = Entry(
            space_id=self.row.space_id, worker=worker, edition=lists, referred=bool(line.destination),
            **columns_of(facts),
        )  # fmt: skip

    def _fault(self, line: Line, column: str, text: str) -> None:
        line.faults.append(Fault(self.titles.get(column) or str(Column(column).label), text))

    def _said(self, line: Line, column: str) -> str:
        return line.cells.get(column, "")

    def _day(self, line: Line) -> date | None:
        written = self._said(line, Column.ON)
        try:
            return cells.day_in(written)
        except ValueError:
            self._fault(
                line, Column.ON,
                _("Date illisible, « %(value)s » : écrivez 2026-02-24.") % {"value": written} if written
                else _("La date manque."),
            )  # fmt: skip
            return None

    def _worker(self, line: Line) -> Worker | None:
        written = self._said(line, Column.WORKER)
        found = self.known.workers.get(queries.name_key(written)) if written else self.known.own
        if found is None:
            self._fault(
                line, Column.WORKER,
                _("« %(name)s » : on apporte ses lignes, et celles de l’équipe dont on est responsable.")
                % {"name": written} if written else _("Dites de qui est cette ligne."),
            )  # fmt: skip
        return found

    def _site(self, line: Line) -> Site | None:
        written = self._said(line, Column.SITE)
        found = self.known.site(written) if written else []
        if len(found) == 1:
            return found[0]
        if found:
            text = _("« %(value)s » peut dire plusieurs immeubles : écrivez son nom.") % {"value": written}
        elif written:
            text = _("« %(value)s » n’est ni le nom ni l’adresse d’un immeuble desservi.") % {"value": written}
        else:
            text = _("L’immeuble manque.")
        self._fault(line, Column.SITE, text)
        return None

    def _code(self, line: Line, column: str, wrong: Any) -> str:
        said = self._said(line, column)
        found = cells.code_in(column, said)
        if found is None:
            labels = ", ".join(str(one.label) for one in _CODES[column])
            self._fault(line, column, str(wrong) % {"value": said, "words": labels})
        return found or ""

    def _supported(self, line: Line, kind: str) -> str:
        if kind != EntryKind.COLLECTIVE:
            return ""
        return self._code(line, Column.OBJECT, _WHICH_OBJECT)

    def _minutes(self, line: Line) -> int | None:
        for column in (Column.MINUTES, Column.HOURS):
            if written := self._said(line, column):
                try:
                    return cells.minutes_in(written, hours=column == Column.HOURS)
                except ValueError:
                    self._fault(
                        line, column, _("Durée illisible, « %(value)s » : écrivez 90, ou 1 h 30.") % {"value": written}
                    )
        return None

    def _people(self, line: Line) -> int | None:
        written = self._said(line, Column.PEOPLE)
        try:
            return cells.count_in(written, 2000)
        except ValueError:
            self._fault(line, Column.PEOPLE, _("« %(value)s » n’est pas un nombre de personnes.") % {"value": written})
            return None

    def _mask(self, line: Line, column: str, kind: str, edition: Edition | None) -> int:
        if edition is None:
            return 0
        words, found = self.known.words[edition.pk, kind], 0
        for part in cells.parts_of(self._said(line, column), words.own):
            terms = [words.own[fold(part)]] if fold(part) in words.own else words.others.get(fold(part), [])
            if not terms:
                text = _("« %(word)s » n’est pas dans les listes de ce jour-là (%(lists)s).")
                self._fault(line, column, text % {"word": part, "lists": edition.name})
            elif fold(part) not in words.own:
                named = ", ".join(term.label for term in terms)
                line.remarks.append(_("« %(word)s » devient « %(term)s ».") % {"word": part, "term": named})
            for term in terms:
                found |= 1 << term.bit
        return found

    def _referral(self, line: Line, edition: Edition | None) -> None:
        said = self._said(line, Column.DESTINATION)
        if fold(said) in cells.NONE or edition is None:
            return
        line.destination = self._code(line, Column.DESTINATION, _WHICH_DESTINATION)
        reason = self._said(line, Column.REASON)
        line.reason = self.known.words[edition.pk, TermKind.REASON].own.get(fold(reason))
        if line.reason is None:
            self._fault(line, Column.REASON, _("Choisissez la raison principale de la référence."))

    def _note(self, line: Line) -> str:
        note = self._said(line, Column.NOTE) if self.row.with_notes else ""
        if len(note) > _NOTE:
            line.remarks.append(_("La note est coupée à 280 caractères."))
        return note[:_NOTE].strip()


def _identify(viewer: Viewer, lines: list[Line]) -> None:
    """Give each line the id that says the same twice, and note what is there already."""
    sound = [line for line in lines if line.entry is not None and not line.faults]
    seen: Counter[str] = Counter()
    for line in sound:
        said = _said_of(line)
        _entry(line).client_id = uuid.uuid5(_IDS, f"{said}|{seen[said]}")
        if seen[said]:
            line.remarks.append(_("Le tableau dit cette intervention plus d’une fois : chaque ligne en est une."))
        seen[said] += 1
    there = queries.there(
        viewer, {_entry(line).client_id for line in sound}, {_entry(line).on for line in sound},
        {_entry(line).worker_id for line in sound},
    )  # fmt: skip
    for line in sound:
        entry = _entry(line)
        if entry.client_id in there.ids:
            line.state = THERE
        elif (entry.worker_id, entry.on, entry.site_id, entry.kind) in there.alike:
            line.state = ALIKE


def _entry(line: Line) -> Entry:
    if line.entry is None:
        raise ValueError(line.number)
    return line.entry


def _said_of(line: Line) -> str:
    """What makes a line itself: its number in the file when there is one, and what it says otherwise; never its note."""
    entry = _entry(line)
    if number := line.cells.get(Column.NUMBER, ""):
        return f"{entry.space_id}|{entry.worker_id}|{entry.on}|{fold(number)}"
    said = (
        entry.space_id, entry.worker_id, entry.on, entry.site_id, entry.kind, entry.collective_object, entry.edition_id,
        entry.clientele_mask, entry.activity_mask, entry.minutes, entry.people, line.destination,
        line.reason.pk if line.reason else "",
    )  # fmt: skip
    return "|".join(str(one) for one in said)
