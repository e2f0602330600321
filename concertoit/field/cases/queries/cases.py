"""Lists of cases: filtered, counted, paged; what a partner may read of each (100,000 cases: docs/performance.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from concertoit.field.cases.enums import AssignmentState, CaseState
from concertoit.field.cases.models import Assignment, BrigadeMember, Case, PartnerMandate
from concertoit.field.cases.policies import visible_cases
from concertoit.field.cases.queries.clocks import delays_of
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.places.models import Door, Municipality
from concertoit.ground.places.rules import street_key
from concertoit.ground.spaces.policies import Viewer

PER_PAGE = 50
SORTS = {
    "connu": ("known_at", "pk"), "-connu": ("-known_at", "-pk"), "echeance": ("next_due_at", "pk"),
    "-echeance": ("-next_due_at", "-pk"), "geste": ("moved_at", "pk"), "-geste": ("-moved_at", "-pk"),
}  # fmt: skip
_NUMBER = re.compile(r"^\d{4}-\d{1,6}$")


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """What a list is narrowed to; an empty value does not narrow."""

    search: str = ""
    state: str = ""
    urgency: str = ""
    follower: str = ""
    partner: str = ""
    municipality: str = ""
    channel: str = ""
    problem: str = ""
    attention: str = ""
    sort: str = ""

    @property
    def narrow(self) -> bool:
        """Whether anything is chosen."""
        return any(getattr(self, one.name) for one in fields(self) if one.name != "sort")


def cases_for(viewer: Viewer, chosen: CaseFilters) -> QuerySet[Case]:
    """The cases of a list, in order, with what a line shows. A value that does not exist finds nothing."""
    rows = visible_cases(viewer)
    for name, narrow in _NARROW.items():
        if value := getattr(chosen, name):
            rows = narrow(rows, value, viewer)
    if chosen.attention != "fermes" and not chosen.state and not chosen.search:
        rows = rows.exclude(state=CaseState.CLOSED)
    # What is late is read from the oldest date, unless one asks otherwise.
    order = SORTS.get(chosen.sort or ("echeance" if chosen.attention == "retard" else ""), ("-known_at", "-pk"))
    if "next_due_at" in order[0]:
        rows = rows.filter(next_due_at__isnull=False)
    return rows.select_related("building__municipality", "dwelling", "follower__person").order_by(*order)


def _searched(rows: QuerySet[Case], text: str, viewer: Viewer) -> QuerySet[Case]:
    """A number of case, or an address: its door number and some of its street."""
    if _NUMBER.match(text):
        return rows.filter(reference__startswith=text)
    number, _space, street = text.replace(",", " ").partition(" ")
    doors = Door.objects.all()
    door = read_id(number)
    if door is not None:
        doors = doors.filter(number=door)
    else:
        street = text
    if street.strip():
        doors = doors.filter(street_key__contains=street_key(street))
    return rows.filter(building__in=doors.order_by().values("building_id"))


def _followed(rows: QuerySet[Case], value: str, viewer: Viewer) -> QuerySet[Case]:
    if value == "personne":
        return rows.filter(follower=None)
    if value == "moi":
        return rows.filter(follower__in=viewer.membership_ids)
    return rows.filter(follower=read_id(value) or 0)


def _partnered(rows: QuerySet[Case], value: str, viewer: Viewer) -> QuerySet[Case]:
    organisation = read_id(value)
    if organisation is None:
        return rows.filter(partners=value)
    asked = Assignment.objects.filter(organisation_id=organisation, case_id=OuterRef("pk"))
    return rows.filter(Exists(asked.exclude(state=AssignmentState.CANCELLED)))


def _attention(rows: QuerySet[Case], value: str, viewer: Viewer) -> QuerySet[Case]:
    if value == "fermes":
        return rows.filter(state=CaseState.CLOSED)
    conditions = attention_of(silent_after(viewer) if value == "silence" else 0)
    return rows.filter(conditions[value]) if value in conditions else rows.none()


def silent_after(viewer: Viewer) -> int:
    """After how many days without news a case asks for attention in this démarche."""
    days: int = delays_of(viewer.space)["home.silent"]
    return days


def attention_of(silent_days: int) -> dict[str, Q]:
    """What asks for somebody's attention (facts, section 3): nobody follows, all refused, silent, late, complex."""
    now = timezone.now()
    silent = now - timedelta(days=silent_days)
    is_open = ~Q(state=CaseState.CLOSED)
    return {
        "sans_suivi": is_open & Q(follower=None),
        "refuses": is_open & Q(partners="refused"),
        "silence": is_open & Q(moved_at__lt=silent),
        "retard": is_open & Q(next_due_at__lt=now),
        "complexes": is_open & Q(is_complex=True),
        "rouverts": is_open & Q(reopened_count__gt=0),
    }


def _with_problem(rows: QuerySet[Case], value: str, viewer: Viewer) -> QuerySet[Case]:
    if connection.features.supports_json_field_contains:
        return rows.filter(problems__contains=[value])
    # Codes are words of ours, never one inside another with its quotes.
    return rows.filter(problems__icontains=f'"{value}"')


_NARROW: dict[str, Callable[[QuerySet[Case], str, Viewer], QuerySet[Case]]] = {
    "search": _searched,
    "state": lambda rows, value, viewer: rows.filter(state=value),
    "urgency": lambda rows, value, viewer: rows.filter(urgency=value),
    "follower": _followed,
    "partner": _partnered,
    "municipality": lambda rows, value, viewer: rows.filter(building__municipality__code=value),
    "channel": lambda rows, value, viewer: rows.filter(channel=value),
    "problem": _with_problem,
    "attention": _attention,
}


def choices(viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    """Followers, partners and municipalities that a list may be narrowed to, by name, in one query."""
    person = "membership__person__"
    members = BrigadeMember.objects.filter(space=viewer.space).order_by()
    mandates = PartnerMandate.objects.filter(space=viewer.space).order_by()
    towns = Municipality.objects.filter(mrc__in=viewer.space.mrcs.values("pk")).order_by()
    rows = members.values_list(Value("follower"), f"{person}given_name", f"{person}family_name", "membership").union(
        mandates.values_list(Value("partner"), "organisation__name", "organisation__short_name", "organisation"),
        towns.values_list(Value("municipality"), "name", "code", "pk"),
        all=True,
    )
    found: dict[str, list[tuple[str, str]]] = {"follower": [], "partner": [], "municipality": []}
    for kind, name, other, pk in rows.order_by(f"{person}given_name", f"{person}family_name", "membership"):
        found[kind].append(_CHOICE[kind](name, other, str(pk)))
    return found


# A choice is its value in the address and its words.
_CHOICE: dict[str, Callable[[str, str, str], tuple[str, str]]] = {
    "follower": lambda given, family, pk: (pk, f"{given} {family}".strip()),
    "partner": lambda name, short, pk: (pk, short or name),
    "municipality": lambda name, code, _pk: (code, name),
}


def streamed(rows: QuerySet[Case]) -> Iterator[Any]:
    """Rows of an export, read in slices so that 100,000 cases take no memory."""
    yield from rows.iterator(chunk_size=1000)
