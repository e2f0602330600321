"""Two years of the region's logbook: the one whose figures were published, and the smaller one before. Nobody is behind
them; what each intervention was is drawn once and for all (``logbook.rules.sample_year``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from django.utils import timezone

from concertoit.field.logbook.models import Edition, Entry, Referral, Site, Team, TeamSeat, Term, Worker
from concertoit.field.logbook.queries.figures_document import Asked
from concertoit.field.logbook.rules import periods
from concertoit.field.logbook.rules.sample_year import PUBLISHED, YEAR_BEFORE, Lists, Mix, SampleEntry, sample_year
from concertoit.field.logbook.rules.statistics import FAMILIES, YOUTH
from concertoit.field.logbook.services.editions import install_editions
from concertoit.field.logbook.services.figures import recount
from concertoit.field.logbook.services.reports import publish
from concertoit.front.demo.services.clock import at, hour_of
from concertoit.ground.identity.models import Organisation, User
from concertoit.ground.places.models import Municipality
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.queries import viewer_for

WORKERS = ("mireille", "denis", "aicha")
# name, municipality, sector, owner (short name in the example)
SITES = (
    ("Habitations du Parc", "25213", "office", "OMH Lévis"),
    ("Jardins de Saint-Romuald", "25213", "office", "OMH Lévis"),
    ("Les Tilleuls", "26030", "office", "OH Nouvelle-Beauce"),
    ("Place de la Gare", "29073", "office", ""),
    ("Résidence des Érables", "31084", "office", ""),
    ("Maison du Fleuve", "18050", "nonprofit", "FROH"),
    ("Le Relais", "31084", "nonprofit", "FROH"),
    ("Coop La Passerelle", "25213", "coop", ""),
    ("Logis de la Chaudière", "29073", "other", ""),
)
COLLECTIVE = ("tenants_committee", "other_committees", "organising")
"""Activities of the lists that are done together."""


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of the newest shared edition, as bits and rows."""

    edition: Edition
    bits: Mapping[tuple[str, str], int]
    reasons: Mapping[str, Term]

    def mask(self, kind: str, codes: Sequence[str]) -> int:
        return sum(1 << self.bits[kind, code] for code in codes)


def tell_statistics(space: Space, users: dict[str, User], found: dict[str, Organisation]) -> None:
    """Write both years, count their months, and publish the report that the region cites."""
    year = timezone.localdate().year - 1
    lists, sites, workers = _lists(), _sites(space, found), _workers(space, users)
    for number, mix in ((year - 1, YEAR_BEFORE), (year, PUBLISHED)):
        _write(space, number, mix, lists, sites, workers)
    recount(space.pk)
    with at(hour_of(date(year + 1, 2, 12))):
        publish(
            viewer=viewer_for(users["solange"], space.slug),
            title=f"Soutien communautaire en Chaudière-Appalaches, {year}", asked=Asked(periods.year(year)),
        )  # fmt: skip


def _lists() -> _Lists:
    """The newest shared lists; the example may have been emptied of them."""
    install_editions()
    edition = Edition.objects.filter(space=None).order_by("-starts_on", "-pk")[0]
    terms = list(Term.objects.filter(edition=edition, retired_on=None).order_by("position", "pk"))
    bits = {(term.kind, term.code): term.bit for term in terms}
    return _Lists(edition, bits, {term.code: term for term in terms if term.kind == "reason"})


def _sites(space: Space, found: dict[str, Organisation]) -> dict[str, list[Site]]:
    """Places served, by sector; those that the logbook already told are kept."""
    towns = {town.code: town for town in Municipality.objects.filter(code__in={code for _name, code, *_rest in SITES})}
    rows: dict[str, list[Site]] = {}
    for name, code, sector, owner in SITES:
        row, _new = Site.objects.get_or_create(
            space=space, name=name,
            defaults={"municipality": towns[code], "sector": sector, "provider": found.get(owner)},
        )  # fmt: skip
        rows.setdefault(row.sector, []).append(row)
    return rows


def _workers(space: Space, users: dict[str, User]) -> list[Worker]:
    """The three workers, in one team since the beginning, unless the logbook already seated them."""
    workers = []
    for key in WORKERS:
        membership = Membership.objects.get(space=space, person=users[key].person)
        workers.append(Worker.objects.get_or_create(membership=membership, defaults={"space": space})[0])
    if not Team.objects.filter(space=space).exists():
        team = Team.objects.create(space=space, name="Soutien communautaire, Lévis et Beauce")
        since = date(timezone.localdate().year - 2, 1, 1)
        TeamSeat.objects.bulk_create(
            TeamSeat(space=space, team=team, worker=worker, is_lead=place == 0, starts_on=since)
            for place, worker in enumerate(workers)
        )
    return workers


def _write(
    space: Space, year: int, mix: Mix, lists: _Lists, sites: Mapping[str, list[Site]], workers: Sequence[Worker]
) -> None:
    """A year of entries and their referrals, in two statements."""
    drawn = sample_year(year, mix, _drawn_from(lists))
    where = {sector: cycle(rows) for sector, rows in sites.items()}
    who = cycle(workers)
    entries = [_entry(space, one, next(where[one.sector]), next(who), lists) for one in drawn]
    Entry.objects.bulk_create(entries, batch_size=500)
    Referral.objects.bulk_create(
        (
            Referral(
                space=space, entry=entry, author_id=entry.worker.membership_id, on=entry.on, destination=destination,
                main_reason=lists.reasons[reason], state="received", state_at=hour_of(entry.on + timedelta(days=9)),
            )
            for one, entry in zip(drawn, entries, strict=True)
            for destination, reason in one.referrals
        ),
        batch_size=500,
    )  # fmt: skip


def _entry(space: Space, one: SampleEntry, site: Site, worker: Worker, lists: _Lists) -> Entry:
    town = site.municipality
    return Entry(
        space=space, worker=worker, on=one.on, site=site, sector=one.sector, municipality_id_then=town.pk,
        mrc_id_then=town.mrc_id, edition=lists.edition, kind=one.kind, collective_object=one.collective_object,
        clientele_mask=lists.mask("clientele", one.clienteles), activity_mask=lists.mask("activity", one.activities),
        minutes=one.minutes, people=one.people, referred=bool(one.referrals),
    )  # fmt: skip


def _drawn_from(lists: _Lists) -> Lists:
    """What is drawn beside the published figures: every other term of the lists, collective ones for collective work."""
    named = {kind: [code for of, code in lists.bits if of == kind] for kind in ("clientele", "activity", "reason")}
    together = [code for code in named["activity"] if code in COLLECTIVE]
    alone = [code for code in named["activity"] if code not in COLLECTIVE]
    clienteles = [code for code in named["clientele"] if code not in (YOUTH, FAMILIES)]
    return Lists(
        clienteles, {"individual": alone, "collective": together or alone, "partner": alone[:2]}, named["reason"]
    )
