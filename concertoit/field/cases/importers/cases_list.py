"""A list of existing cases as people keep it: a sheet or a CSV, columns in any order. Read here, written by services.

Columns are recognised by exact names only (case, accents and punctuation aside): a column that is not recognised is named
on the page, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from concertoit.field.cases.enums.intake import Problem
from concertoit.ground.core.tables import BadTable, read_table

MOST_LINES = 2_000
COLUMNS: dict[str, tuple[str, ...]] = {
    "municipality": ("municipalite", "ville", "arrondissement ou ville"),
    "address": ("adresse", "adresse civique", "adresse de l immeuble", "adresse du logement", "no et rue"),
    "number": ("no civique", "numero civique", "no"),
    "street": ("rue", "voie", "nom de la rue"),
    "unit": ("logement", "log", "appartement", "app", "no app", "no d appartement", "unite", "porte"),
    "dwellings": ("nombre de logements", "nb logements", "logements"),
    "problems": ("probleme", "problemes", "enjeu", "enjeux", "nature", "type de probleme", "motif"),
    "description": ("description", "details", "note", "notes", "commentaire", "commentaires", "en bref"),
    "received": ("date", "date de reception", "recu le", "signale le", "date du signalement", "ouvert le"),
    "sender": ("organisme", "source", "transmis par", "recu de", "referent"),
    "external": ("numero", "no de dossier", "numero de dossier", "dossier", "reference", "no de requete"),
    "given_name": ("prenom",),
    "family_name": ("nom", "nom de famille"),
    "phone": ("telephone", "tel", "no de telephone", "cellulaire"),
    "email": ("courriel", "adresse courriel"),
    "consent": ("accord", "consentement", "accepte d etre joint", "accord pour etre joint"),
}
# What lists call the problems, beside the labels of the form.
_WORDS = {
    "moisissure": Problem.MOULD, "moisissures": Problem.MOULD, "humidite": Problem.MOULD, "infiltration": Problem.WATER,
    "degat d eau": Problem.WATER, "eau": Problem.WATER, "chauffage": Problem.COLD, "froid": Problem.COLD,
    "punaises": Problem.PESTS, "punaises de lit": Problem.PESTS, "coquerelles": Problem.PESTS, "souris": Problem.PESTS,
    "rats": Problem.PESTS, "vermine": Problem.PESTS, "insectes": Problem.PESTS, "electricite": Problem.WIRING,
    "gaz": Problem.GAS, "plomberie": Problem.PLUMBING, "structure": Problem.STRUCTURE, "plancher": Problem.STRUCTURE,
    "balcon": Problem.STRUCTURE, "escalier": Problem.STRUCTURE, "issue": Problem.EXIT, "sortie": Problem.EXIT,
    "incendie": Problem.EXIT, "malproprete": Problem.DIRT, "dechets": Problem.DIRT, "encombrement": Problem.DIRT,
    "serrure": Problem.LOCK, "porte": Problem.LOCK, "fenetre": Problem.LOCK, "surpeuplement": Problem.CROWDING,
}  # fmt: skip
YES = frozenset({"oui", "o", "x", "1", "vrai", "true", "yes"})


class BadList(ValueError):
    """A file that cannot be read. ``code``: kind, big, broken, empty, many, columns."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ReadList:
    """Headers as written, and lines with their number in the file."""

    headers: list[str]
    lines: list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Understood:
    """Which column holds what; ``unknown`` are headers that nobody recognised."""

    places: dict[str, int]
    unknown: list[str] = field(default_factory=list)


def read(content: bytes, name: str) -> ReadList:
    """The lines of a workbook or a CSV. Raises ``BadList``."""
    try:
        kept = [(line.number, line.cells) for line in read_table(content, name)]
    except BadTable as refused:
        raise BadList(refused.code) from refused
    if len(kept) < 2:
        raise BadList("empty")
    if len(kept) > MOST_LINES + 1:
        raise BadList("many")
    found = ReadList(kept[0][1], kept[1:])
    places = understand(found.headers).places
    if "address" not in places and not {"number", "street"} <= set(places):
        raise BadList("columns")
    return found


def understand(headers: Iterable[str]) -> Understood:
    """Which column holds what. The first of two columns with the same meaning wins; the other is « unknown »."""
    meanings = {name: key for key, names in COLUMNS.items() for name in names}
    places: dict[str, int] = {}
    unknown = []
    for position, header in enumerate(headers):
        key = meanings.get(fold(header))
        if key and key not in places:
            places[key] = position
        elif header.strip():
            unknown.append(header.strip())
    return Understood(places, unknown)


def values_of(cells: list[str], understood: Understood) -> dict[str, str]:
    """The cells of a line by meaning."""
    return {key: cells[place] if place < len(cells) else "" for key, place in understood.places.items()}


def problems_in(text: str) -> tuple[list[str], list[str]]:
    """The problems that a cell names, and what it names that nobody recognises."""
    labels = {fold(str(one.label)): one for one in Problem}
    found, unknown = [], []
    for part in re.split(r"[,;/\n]| et ", text):
        plain = fold(part)
        if not plain:
            continue
        known = labels.get(plain) or _WORDS.get(plain)
        if known:
            found.append(str(known))
        else:
            unknown.append(part.strip())
    return list(dict.fromkeys(found)), unknown


def day_in(text: str) -> date | None:
    """A day written ``2026-02-24``, ``24/02/2026`` or ``24-02-2026``. Raises ``ValueError`` for another writing."""
    if not text.strip():
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y/%m/%d"):
        try:
            return datetime.strptime(text.strip()[:10], form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise ValueError(text)


def fold(text: str) -> str:
    """Letters and digits in small, accents aside."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return " ".join(re.split(r"[^0-9a-z]+", plain)).strip()
