"""What a table of interventions is compared with: the people, buildings and lists it names, what is there already."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from concertoit.field.logbook.enums import TermKind
from concertoit.field.logbook.models import Edition, Entry, EntryImport, Site, TeamSeat, Term, TermMapping, Worker
from concertoit.field.logbook.rules.import_cells import fold
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.places.rules import Address, BadAddress, read_address
from concertoit.ground.spaces.policies import Viewer

Same = tuple[int, date, int, str]
"""Who, when, where, in what form: what makes an entry look like another."""


def import_of(viewer: Viewer, import_id: int) -> EntryImport:
    """A table that the viewer brought: what it holds is read by nobody else. Raises ``NotVisible``."""
    row = imports_of(viewer).filter(pk=import_id).first()
    if row is None:
        raise NotVisible("")
    return row


def imports_of(viewer: Viewer) -> QuerySet[EntryImport]:
    """The tables that the viewer brought to a démarche, the last one first."""
    rows = EntryImport.objects.filter(space=viewer.space, made_by=viewer.user).select_related("space")
    return rows.order_by("-created_at", "-pk")


def name_key(name: str) -> str:
    """A person's name whatever the order of its words: « Grondin, Aïcha » is « Aïcha Grondin »."""
    return " ".join(sorted(fold(name).split()))


@dataclass(frozen=True, slots=True)
class Words:
    """A list of an edition: its terms by folded label and code; ``others``: terms of other editions that became one of
    these."""

    own: dict[str, Term] = field(default_factory=dict)
    others: dict[str, list[Term]] = field(default_factory=dict)


@dataclass(slots=True)
class Known:
    """Everything that lines name, read once."""

    workers: dict[str, Worker]
    own: Worker | None
    sites: dict[str, list[Site]]
    doors: dict[tuple[str, int, str], list[Site]]
    editions: list[Edition]
    words: dict[tuple[int, str], Words]

    def edition(self, on: date) -> Edition | None:
        """The lists in use on a day; ``editions`` are in the order of preference."""
        return next((one for one in self.editions if one.starts_on <= on), None)

    def site(self, written: str) -> list[Site]:
        """The buildings that a name or an address may mean."""
        found = self.sites.get(fold(written))
        if found:
            return found
        address = _address(written)
        return self.doors.get((address.street_key, address.low, address.suffix), []) if address else []


def _address(written: str) -> Address | None:
    try:
        return read_address(written)
    except BadAddress:
        return None


def known(viewer: Viewer) -> Known:
    """What the lines of a viewer's table may name; eight queries whatever its length."""
    workers = _workers(viewer)
    own = next((one for one in workers if one.membership_id in viewer.membership_ids), None)
    sites: dict[str, list[Site]] = {}
    doors: dict[tuple[str, int, str], list[Site]] = {}
    rows = Site.objects.filter(space=viewer.space).select_related("municipality", "building")
    for site in rows.prefetch_related("building__doors").order_by("pk"):
        sites.setdefault(fold(site.name), []).append(site)
        for door in site.building.doors.all() if site.building else ():
            doors.setdefault((door.street_key, door.number, door.suffix), []).append(site)
    editions = sorted(
        Edition.objects.filter(Q(space=None) | Q(space=viewer.space)).order_by("pk"),
        key=lambda one: (one.space_id is not None, one.starts_on, one.pk), reverse=True,
    )  # fmt: skip
    names = {name_key(str(one.membership.person)): one for one in workers}
    return Known(names, own, sites, doors, editions, _words(editions))


def _workers(viewer: Viewer) -> list[Worker]:
    """The viewer, and whoever has or had a place in a team that they lead."""
    today = timezone.localdate()
    led = TeamSeat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), space=viewer.space, is_lead=True, starts_on__lte=today,
        worker__membership_id__in=viewer.membership_ids,
    )  # fmt: skip
    team = TeamSeat.objects.filter(team_id__in=led.values("team_id")).values("worker_id")
    found = Worker.objects.filter(Q(membership_id__in=viewer.membership_ids) | Q(pk__in=team), space=viewer.space)
    return list(found.select_related("membership__person").order_by("pk"))


def _words(editions: Collection[Edition]) -> dict[tuple[int, str], Words]:
    terms = list(Term.objects.filter(edition__in=editions).order_by("pk"))
    found = {(edition.pk, kind): Words() for edition in editions for kind in TermKind.values}
    by_pk = {term.pk: term for term in terms}
    for term in terms:
        for label in (term.label, term.label_en, term.code.replace("_", " ")):
            if label:
                found[term.edition_id, term.kind].own.setdefault(fold(label), term)
    for old, new in TermMapping.objects.filter(old__in=by_pk, new__in=by_pk).order_by("pk").values_list("old", "new"):
        for here, there in ((by_pk[new], by_pk[old]), (by_pk[old], by_pk[new])):
            found[here.edition_id, here.kind].others.setdefault(fold(there.label), []).append(here)
    return found


@dataclass(frozen=True, slots=True)
class There:
    """What is inscribed already: ids of the lines of a table, and what the other entries of its days look like."""

    ids: frozenset[uuid.UUID]
    alike: frozenset[Same]


def there(viewer: Viewer, ids: Collection[uuid.UUID], days: Collection[date], workers: Collection[int]) -> There:
    """What of a table is there already, retired entries included; one query."""
    if not days:
        return There(frozenset(), frozenset())
    rows = Entry.objects.filter(
        space=viewer.space, on__gte=min(days), on__lte=max(days), worker_id__in=workers
    ).order_by("pk").values_list("client_id", "worker_id", "on", "site_id", "kind", "deleted_at")  # fmt: skip
    wanted, found, alike = set(ids), set(), set()
    for client_id, worker, on, site, kind, deleted in rows.iterator(chunk_size=2000):
        if client_id in wanted:
            found.add(client_id)
        elif deleted is None:
            alike.add((worker, on, site, kind))
    return There(frozenset(found), frozenset(alike))
