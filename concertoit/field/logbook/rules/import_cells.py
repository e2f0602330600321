"""Cells of a table of interventions, as people of the field write them: titles, days, lengths, counts, words.

Titles and words are recognised by exact names (case, accents and punctuation aside): what is not recognised is named on
the page, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache

from concertoit.field.logbook.enums import CollectiveObject, Destination, EntryKind
from concertoit.field.logbook.enums.imports import Column
from concertoit.ground.core.typography import MONTHS
from concertoit.ground.identity.rules import fold as fold_once

# The same few words come back in thousands of cells.
fold = lru_cache(maxsize=4096)(fold_once)
TITLES: Mapping[str, tuple[str, ...]] = {
    Column.ON: ("date", "jour", "date de l intervention", "date intervention", "fait le", "quand"),
    Column.WORKER: ("par", "par qui", "intervenant", "intervenante", "intervenant e", "nom de l intervenant",
                    "nom de l intervenante", "ics", "employe", "employee", "qui"),
    Column.SITE: ("milieu", "immeuble", "adresse", "milieu ou adresse", "site", "lieu", "ensemble", "hlm", "residence",
                  "batiment", "endroit", "ou"),
    Column.KIND: ("forme", "type", "type d intervention", "avec", "individuel ou collectif", "nature", "mode"),
    Column.OBJECT: ("ce qui est soutenu", "objet", "objet collectif", "soutien a", "projet ou comite"),
    Column.CLIENTELES: ("clienteles", "clientele", "pour qui", "public", "clientele visee", "clienteles visees"),
    Column.ACTIVITIES: ("activites", "activite", "intervention", "interventions", "type d activite", "action", "actions"),
    Column.MINUTES: ("minutes", "duree", "duree minutes", "duree en minutes", "nb minutes", "nombre de minutes", "min",
                     "temps"),
    Column.HOURS: ("heures", "duree heures", "duree en heures", "nb heures", "nombre d heures", "h"),
    Column.PEOPLE: ("personnes presentes", "personnes", "participants", "nb personnes", "nombre de personnes",
                    "presences", "nb participants", "nombre de participants", "combien de personnes"),
    Column.DESTINATION: ("reference vers", "reference vers une ressource", "reference", "refere a", "refere vers",
                         "destination", "ressource"),
    Column.REASON: ("raison principale", "raison", "raison de la reference", "motif", "motif de reference"),
    Column.NUMBER: ("numero de la ligne dans votre tableau", "numero", "no", "id", "identifiant"),
    Column.NOTE: ("note", "notes", "commentaire", "commentaires", "remarque", "remarques", "details", "description"),
}  # fmt: skip
_KINDS = {
    "individuelle": EntryKind.INDIVIDUAL, "individuel": EntryKind.INDIVIDUAL, "une personne": EntryKind.INDIVIDUAL,
    "personne": EntryKind.INDIVIDUAL, "ind": EntryKind.INDIVIDUAL, "i": EntryKind.INDIVIDUAL,
    "intervention individuelle": EntryKind.INDIVIDUAL, "collective": EntryKind.COLLECTIVE,
    "collectif": EntryKind.COLLECTIVE, "un groupe": EntryKind.COLLECTIVE, "groupe": EntryKind.COLLECTIVE,
    "coll": EntryKind.COLLECTIVE, "c": EntryKind.COLLECTIVE, "intervention collective": EntryKind.COLLECTIVE,
    "de groupe": EntryKind.COLLECTIVE, "avec des partenaires": EntryKind.PARTNER, "partenaire": EntryKind.PARTNER,
    "partenaires": EntryKind.PARTNER, "un partenaire": EntryKind.PARTNER, "partenariat": EntryKind.PARTNER,
}  # fmt: skip
_OBJECTS = {
    "projets et groupes": CollectiveObject.PROJECTS, "projet": CollectiveObject.PROJECTS,
    "projets": CollectiveObject.PROJECTS, "groupe": CollectiveObject.PROJECTS, "groupes": CollectiveObject.PROJECTS,
    "association de locataires": CollectiveObject.ASSOCIATION, "association": CollectiveObject.ASSOCIATION,
    "autres comites": CollectiveObject.COMMITTEE, "autre comite": CollectiveObject.COMMITTEE,
    "comite": CollectiveObject.COMMITTEE, "comites": CollectiveObject.COMMITTEE,
    "rassemblement activite ouverte": CollectiveObject.GATHERING, "rassemblement": CollectiveObject.GATHERING,
    "activite ouverte": CollectiveObject.GATHERING, "activite": CollectiveObject.GATHERING,
}  # fmt: skip
_DESTINATIONS = {
    "cisss ou ciusss": Destination.CISSS, "cisss": Destination.CISSS, "ciusss": Destination.CISSS,
    "clsc": Destination.CISSS, "organisme communautaire": Destination.COMMUNITY, "organisme": Destination.COMMUNITY,
    "communautaire": Destination.COMMUNITY, "ville ou mrc": Destination.MUNICIPAL, "ville": Destination.MUNICIPAL,
    "mrc": Destination.MUNICIPAL, "municipalite": Destination.MUNICIPAL, "autre ressource": Destination.OTHER,
    "autre": Destination.OTHER,
}  # fmt: skip
NONE = frozenset({"", "non", "n", "aucune", "aucun", "0"})
WORDS: Mapping[str, Mapping[str, str]] = {
    Column.KIND: _KINDS, Column.OBJECT: _OBJECTS, Column.DESTINATION: _DESTINATIONS
}  # fmt: skip
_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%Y%m%d")
_MONTHS = {fold(name): number for number, name in enumerate(MONTHS, 1)}
_MONTHS |= {fold(name)[:4]: number for number, name in enumerate(MONTHS, 1)} | {
    "jan": 1, "fev": 2, "mar": 3, "avr": 4, "jun": 6, "jul": 7, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_SAID = re.compile(r"(?:[a-z]+ ){0,2}(\d{1,2})(?:er)? ([a-z]+) (\d{4})")
_CLOCK = re.compile(r"(?:(\d{1,2}) ?(?:h|:|heures?)) ?(\d{2})?(?::\d{2})?(?: ?min(?:utes?)?)?")
_MINUTES = re.compile(r"(\d{1,4})(?:[.,]0+)? ?(?:min(?:utes?)?)?")
_HOURS = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))? ?(?:h|heures?)?")
_BETWEEN = re.compile(r"[;\n|/·•]|,| et | \+ ")


def places_of(headers: Iterable[str]) -> dict[str, int]:
    """Which column says what, by its title; the first of two with the same meaning wins."""
    meanings = {title: column for column, titles in TITLES.items() for title in titles}
    found: dict[str, int] = {}
    for position, header in enumerate(headers):
        meaning = meanings.get(fold(header.replace("\u2019", "'")))
        if meaning:
            found.setdefault(str(meaning), position)
    return found


def day_in(text: str) -> date:
    """A day: ``2026-02-24``, ``24/02/2026`` (the day first), ``mardi 24 février 2026``. Raises ``ValueError``."""
    written = text.strip()
    for form in _FORMS:
        try:
            return datetime.strptime(written.split("T")[0], form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    said = _SAID.fullmatch(fold(written))
    if said and said[2] in _MONTHS:
        return date(int(said[3]), _MONTHS[said[2]], int(said[1]))
    raise ValueError(text)


def minutes_in(text: str, *, hours: bool = False) -> int | None:
    """A length in minutes: ``45``, ``45 min``, ``1 h 30``, ``1:30``; with ``hours``, ``1,5`` is an hour and a half.

    Nothing for an empty cell. Raises ``ValueError`` for what cannot be read, or is not between a minute and a day.
    """
    written = text.strip().casefold().replace("\u00a0", " ")
    if not written:
        return None
    if clock := _CLOCK.fullmatch(written):
        found = 60 * int(clock[1]) + int(clock[2] or 0)
    elif (decimal := _HOURS.fullmatch(written)) and (hours or decimal[2]):
        found = round(60 * float(f"{decimal[1]}.{decimal[2] or 0}"))
    elif whole := _MINUTES.fullmatch(written):
        found = int(whole[1])
    else:
        raise ValueError(text)
    if not 1 <= found <= 1440:
        raise ValueError(text)
    return found


def count_in(text: str, most: int) -> int | None:
    """A count of people; nothing for an empty cell. Raises ``ValueError``."""
    written = text.strip()
    if not written:
        return None
    if not written.isascii() or not written.isdigit() or len(written) > 6 or not 1 <= int(written) <= most:
        raise ValueError(text)
    return int(written)


def code_in(column: str, text: str) -> str | None:
    """The code of a form, of what is supported or of a destination; nothing when the word is not known."""
    found = WORDS[column].get(fold(text))
    return str(found) if found else None


def parts_of(text: str, known: Container[str]) -> list[str]:
    """What a cell names, one by one; whole when it is one of the ``known`` folded labels, commas included."""
    if fold(text) in known:
        return [text.strip()]
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]
