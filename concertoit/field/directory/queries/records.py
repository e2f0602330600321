"""Services that a démarche shows: the list with its filters, one record, what waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from concertoit.field.directory.models import Attribute, ConfirmationAsk, Listing, Part, Service
from concertoit.field.directory.queries.bundles import bundle_of, shown
from concertoit.field.directory.rules import freshness, needs
from concertoit.field.directory.rules.freshness import Freshness
from concertoit.field.directory.rules.hours import Now, hours_on, now
from concertoit.field.directory.rules.hsds import Bundle
from concertoit.field.directory.rules.record import Record, openings_of, read
from concertoit.ground.core.errors import must_exist
from concertoit.ground.identity.rules import fold
from concertoit.ground.places.models import Mrc, Municipality
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer


def in_english() -> bool:
    return (get_language() or "").startswith("en")


def terms(kind: str) -> list[tuple[str, str]]:
    """Codes and labels of one of our lists, in the reader's language."""
    return [(code, english if in_english() else french) for code, french, english in needs.TERMS[kind]]


def local_now() -> datetime:
    """The hour in Québec, without its zone, as hours of opening are written."""
    return timezone.localtime().replace(tzinfo=None)


def fresh(service: Service, today: date) -> Freshness:
    return freshness.freshness(service.confirmed_on, service.changed_on, today)


def service_of(viewer: Viewer, service_id: int) -> Service:
    """A service that the démarche shows. Raises ``NotVisible`` for another."""
    return must_exist(shown(viewer.space).filter(pk=service_id).first())


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the list."""

    words: str = ""
    need: str = ""
    clientele: str = ""
    place: str = ""
    fresh: str = ""
    retired: bool = False


def places_of(code: str) -> frozenset[str]:
    """Codes that cover a municipality: its own, its MRC's, its region's."""
    town = Municipality.objects.select_related("mrc", "region").filter(code=code).first()
    if town is None:
        return frozenset()
    found = {f"municipality/{town.code}", f"region/{town.region.code}"}
    return frozenset(found | ({f"mrc/{town.mrc.code}"} if town.mrc else set()))


def search(space: Space, wanted: Wanted) -> QuerySet[Service]:
    """The services of a démarche that answer the filters, by name."""
    rows = shown(space).filter(retired_at__isnull=not wanted.retired)
    for word in fold(wanted.words).split():
        rows = rows.filter(folded__contains=word)
    for kind, code in ((needs.NEEDS, wanted.need), (needs.CLIENTELES, wanted.clientele)):
        if code:
            said = Attribute.objects.filter(service_id=OuterRef("pk"), data__link_type=kind, term__code=code)
            rows = rows.filter(Exists(said))
    if wanted.place:
        rows = rows.filter(Exists(_areas(places_of(wanted.place))))
    return _freshness(rows, wanted.fresh)


def _areas(codes: frozenset[str]) -> QuerySet[Part]:
    """Areas of a service that cover one of these places, or everywhere."""
    asked = Q(data__extent_type="everywhere")
    for code in codes:
        kind, _slash, number = code.partition("/")
        asked |= Q(data__extent_type=kind, data__extent=number)
    return Part.objects.filter(asked, kind="service_area", service_id=OuterRef("pk"))


def _freshness(rows: QuerySet[Service], asked: str) -> QuerySet[Service]:
    today = timezone.localdate()
    delays = freshness.in_force(today)
    old, stale = today - timedelta(days=delays.check), today - timedelta(days=delays.stale)
    is_stale = Q(confirmed_on__lt=stale) | Q(confirmed_on=None, changed_on__lt=stale)
    is_stale |= Q(confirmed_on=None, changed_on=None)
    is_current = Q(confirmed_on__gte=old) & (Q(changed_on=None) | Q(changed_on__lte=F("confirmed_on")))
    if asked == Freshness.CURRENT:
        return rows.filter(is_current)
    if asked == Freshness.STALE:
        return rows.filter(is_stale)
    return rows.exclude(is_current).exclude(is_stale) if asked == Freshness.CHECK else rows


@dataclass(slots=True)
class Line:
    """A service in a list, with what decides whether to call it."""

    service: Service
    fresh: Freshness
    record: Record
    now: Now
    needs: list[str]
    clienteles: list[str]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return (self.service.name_en if in_english() else "") or self.service.name

    @property
    def phone_link(self) -> str:
        """The number as a telephone dials it."""
        return "".join(letter for letter in self.record.phone if letter.isdigit() or letter == "+")


def line(service: Service, bundle: Bundle, moment: datetime, labels: Mapping[str, Mapping[str, str]]) -> Line:
    """A service read from a bundle that has it."""
    key = str(service.uid)
    record = read(bundle, key)
    return Line(
        service, fresh(service, moment.date()), record,
        now(openings_of(bundle, key), moment, holidays_too=service.open_on_holidays),
        [labels[needs.NEEDS].get(code, code) for code in record.needs],
        [labels[needs.CLIENTELES].get(code, code) for code in record.clienteles],
    )  # fmt: skip


def labels() -> dict[str, dict[str, str]]:
    return {kind: dict(terms(kind)) for kind in needs.TERMS}


def lines(services: Iterable[Service]) -> list[Line]:
    """Services of a page, in three queries more whatever their number."""
    rows = list(services)
    bundle, moment, known = bundle_of(rows), local_now(), labels()
    return [line(service, bundle, moment, known) for service in rows]


@dataclass(slots=True)
class Page:
    """All that the page of a service shows."""

    line: Line
    bundle: Bundle
    costs: list[dict[str, Any]]
    contacts: list[dict[str, Any]]
    days: list[tuple[date, list[tuple[datetime, datetime]], bool]]
    asks: list[ConfirmationAsk]
    elsewhere: int


def page_of(viewer: Viewer, service: Service) -> Page:
    """One record with its week to come, what the organisation was asked, and how many démarches show it."""
    bundle, moment, key = bundle_of([service]), local_now(), str(service.uid)
    openings, week = openings_of(bundle, key), []
    for ahead in range(7 if openings else 0):
        day = moment.date() + timedelta(days=ahead)
        usual = hours_on(openings, day, holidays_too=True)
        hours = hours_on(openings, day, holidays_too=service.open_on_holidays)
        week.append((day, hours, bool(usual) and not hours))
    mine = {str(service.uid), str(service.provider.uid)}
    contacts = [dict(row) for row in bundle["contact"].values() if mine & {str(value) for value in row.values()}]
    costs = [dict(row) for row in bundle["cost_option"].values() if row.get("service_id") == key]
    asks = ConfirmationAsk.objects.filter(space=viewer.space, service=service).select_related("asked_by")
    elsewhere = Listing.objects.filter(service=service).exclude(space=viewer.space).count()
    row = line(service, bundle, moment, labels())
    return Page(row, bundle, costs, contacts, week, list(asks.order_by("-pk")[:5]), elsewhere)


def offered_elsewhere(space: Space, words: str) -> QuerySet[Service]:
    """Public services that other démarches show, to show here too."""
    rows = Service.objects.filter(is_public=True, retired_at=None, listings__isnull=False)
    rows = rows.exclude(listings__space=space).select_related("organisation", "provider").distinct()
    for word in fold(words).split():
        rows = rows.filter(folded__contains=word)
    return rows.order_by("name", "pk")


def waiting(viewers: Sequence[Viewer]) -> list[ConfirmationAsk]:
    """What organisations answered and nobody has settled, where the reader writes records; one query."""
    spaces = [viewer.space.pk for viewer in viewers if viewer.can("directory.write")]
    rows = ConfirmationAsk.objects.filter(space_id__in=spaces, answered_at__isnull=False, settled_at=None)
    return list(rows.select_related("service__organisation").order_by("answered_at", "pk")[:50])


def territories(space: Space) -> tuple[list[Mrc], list[Municipality]]:
    """MRC and municipalities of a démarche, or all of them where it says none."""
    mrcs = list(space.mrcs.defer("boundary").order_by("name", "pk"))
    mrcs = mrcs or list(Mrc.objects.defer("boundary").order_by("name", "pk"))
    towns = Municipality.objects.filter(mrc__in=mrcs).order_by("name", "code")
    return mrcs, list(towns)
