"""Bringing in a list of existing cases: read, shown line by line with what is wrong, then confirmed or given up (I3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums import CaseState
from concertoit.field.cases.enums.intake import ListState
from concertoit.field.cases.importers import cases_list as importer
from concertoit.field.cases.models import Case, CaseList
from concertoit.field.cases.queries.intake import towns_of
from concertoit.field.cases.rules.intake import LIST_DAYS
from concertoit.field.cases.services.intake import Told
from concertoit.field.cases.services.people import Contact
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.places.models import Municipality
from concertoit.ground.places.rules import Address, BadAddress, read_address
from concertoit.ground.places.services import understood
from concertoit.ground.spaces.policies import Viewer

_REFUSALS = {
    "kind": gettext_lazy("Apportez un fichier Excel (.xlsx) ou CSV."),
    "big": gettext_lazy("Le fichier est trop gros. Gardez les colonnes utiles, ou coupez la liste en deux."),
    "broken": gettext_lazy("Le fichier est abîmé ou protégé par un mot de passe. Enregistrez-le de nouveau."),
    "empty": gettext_lazy("Le fichier n’a pas de ligne sous les titres de colonnes."),
    "many": gettext_lazy("Le fichier a plus de 2 000 lignes. Coupez la liste en deux."),
    "columns": gettext_lazy(
        "Aucune colonne « Adresse » n’est reconnue. La première ligne doit porter les titres; le modèle les montre."
    ),
}
NEW, JOIN, SKIP = "nouveau", "joindre", "laisser"


@dataclass(slots=True)
class Line:
    """One line of the list, understood. ``errors`` keep it out; ``notes`` say what will differ from it."""

    number: int
    values: dict[str, str]
    told: Told | None = None
    contact: Contact | None = None
    received: date | None = None
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    twin: str = ""
    same_line: int | None = None

    @property
    def choice(self) -> str:
        """What is proposed: joining the open case that is already there, leaving out a line said twice."""
        if self.same_line:
            return SKIP
        return JOIN if self.twin else NEW


@transaction.atomic
def read_list(*, viewer: Viewer, content: bytes, name: str) -> CaseList:
    """Read a file and keep its lines some days, until they are confirmed. Raises ``DomainError`` (field ``file``)."""
    viewer.must("cases.work")
    try:
        found = importer.read(content, name)
    except importer.BadList as refusal:
        raise DomainError(_REFUSALS[refusal.code], field="file") from refusal
    row = CaseList.objects.create(
        space=viewer.space, name=name[:200], headers=found.headers, rows=[[n, cells] for n, cells in found.lines],
        made_by=viewer.user, line_count=len(found.lines), expires_at=timezone.now() + timedelta(days=LIST_DAYS),
    )  # fmt: skip
    journal(viewer, "cases.list_read", row)
    return row


def preview(brought: CaseList) -> tuple[list[Line], list[str]]:
    """Every line with what is wrong, what is already there, and what will be done; and the columns left out."""
    columns = importer.understand(brought.headers)
    towns = {importer.fold(town.name): town for town in towns_of(brought.space)}
    lines = [_line(number, importer.values_of(cells, columns), towns) for number, cells in brought.rows]
    _find_twins(brought, lines)
    return lines, columns.unknown


def _line(number: int, values: dict[str, str], towns: Mapping[str, Municipality]) -> Line:
    line = Line(number, values)
    town = _town(line, towns)
    address = values.get("address") or " ".join(filter(None, [values.get("number", ""), values.get("street", "")]))
    try:
        understood(address, values.get("unit", ""), town=town.name if town else "")
    except DomainError as refusal:
        line.errors.append(str(refusal))
    problems, unknown = importer.problems_in(values.get("problems", ""))
    if unknown:
        line.notes.append(_("Non reconnu, gardé dans la description : %(what)s") % {"what": ", ".join(unknown)})
    line.received = _day(line)
    line.contact = _contact(line)
    description = "\n".join(filter(None, [values.get("description", ""), ", ".join(unknown)]))
    line.told = Told(
        address=address, municipality=town, unit=values.get("unit", ""), problems=problems or ["other"],
        description=description, dwellings=_count(line),
    )  # fmt: skip
    return line


def _town(line: Line, towns: Mapping[str, Municipality]) -> Municipality | None:
    written = line.values.get("municipality", "")
    if not written and len(towns) == 1:
        return next(iter(towns.values()))
    found = towns.get(importer.fold(written))
    if found is None:
        line.errors.append(
            _("« %(town)s » n’est pas une municipalité de la démarche.") % {"town": written}
            if written else _("La municipalité manque.")
        )  # fmt: skip
    return found


def _day(line: Line) -> date | None:
    try:
        day = importer.day_in(line.values.get("received", ""))
    except ValueError:
        line.errors.append(_("Date illisible : écrivez 2026-02-24."))
        return None
    if day and day > timezone.localdate():
        line.errors.append(_("Cette date n’est pas encore arrivée."))
    return day


def _count(line: Line) -> int | None:
    written = line.values.get("dwellings", "").strip()
    if not written:
        return None
    if not 1 <= (read_id(written) or 0) <= 2000:
        line.errors.append(_("Nombre de logements illisible : « %(value)s ».") % {"value": written})
        return None
    return int(written)


def _contact(line: Line) -> Contact | None:
    names = ("given_name", "family_name", "phone", "email")
    contact = Contact(**{name: line.values.get(name, "") for name in names})
    if not contact:
        return None
    if importer.fold(line.values.get("consent", "")) not in importer.YES:
        line.notes.append(_("Nom et coordonnées laissés de côté : la colonne « Accord » ne dit pas oui."))
        return None
    return contact


def _find_twins(brought: CaseList, lines: list[Line]) -> None:
    """Note lines that say the same place twice, and places where a case is open already; a constant number of queries."""
    keys: dict[tuple[Any, ...], int] = {}
    opened = _open_cases(brought)
    for line in lines:
        if line.errors or line.told is None or line.told.municipality is None:
            continue
        address = _read(line.told)
        if address is None:
            continue
        key = (line.told.municipality.pk, address.street_key, address.low, address.suffix, address.unit_key)
        line.same_line = keys.get(key)
        keys.setdefault(key, line.number)
        line.twin = next((opened[k] for k in _doors(line.told.municipality.pk, address) if k in opened), "")


def _read(told: Told) -> Address | None:
    try:
        return read_address(told.address, unit=told.unit, town=told.municipality.name if told.municipality else "")
    except BadAddress:
        return None


def _doors(town: int, address: Address) -> list[tuple[Any, ...]]:
    return [(town, address.street_key, number, address.suffix, address.unit_key) for number in address.numbers]


def _open_cases(brought: CaseList) -> dict[tuple[Any, ...], str]:
    """The reference of the open case of each door and dwelling of the démarche."""
    rows = Case.objects.filter(space=brought.space).exclude(state=CaseState.CLOSED)
    found: dict[tuple[Any, ...], str] = {}
    wanted = ("building__doors__municipality_id", "building__doors__street_key", "building__doors__number",
              "building__doors__suffix", "dwelling__unit_key", "reference")  # fmt: skip
    for town, street, number, suffix, unit, reference in rows.order_by("-known_at", "-pk").values_list(*wanted):
        found[town, street, number, suffix, unit or ""] = reference
    return found


@transaction.atomic
def discard(*, viewer: Viewer, brought: CaseList) -> None:
    """Give up a list: its lines are destroyed now."""
    row = open_list(viewer, brought)
    row.state, row.rows = ListState.DISCARDED, []
    row.save()
    journal(viewer, "cases.list_discarded", row)


def open_list(viewer: Viewer, brought: CaseList) -> CaseList:
    """The list, locked, while it may still come in. Raises ``NotVisible``, or ``DomainError`` for one that may not."""
    viewer.must("cases.work")
    row = (
        CaseList.objects.select_for_update().select_related("space").filter(pk=brought.pk, space=viewer.space).first()
    )
    if row is None:
        raise NotVisible("")
    if row.state != ListState.READ:
        raise DomainError(_("Cette liste est déjà importée ou abandonnée."))
    return row


def journal(viewer: Viewer, verb: str, row: CaseList, after: dict[str, Any] | None = None) -> None:
    record_row(row, row.name, actor=viewer.user, verb=verb, after=after or {})
