"""The logbook of two démarches: the posts of the workers, and what they entered these last days."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from concertoit.field.logbook.models import Site, Team, Term, Worker
from concertoit.field.logbook.queries.lists import edition_for
from concertoit.field.logbook.services import entries, workers
from concertoit.field.logbook.services.editions import install_editions
from concertoit.field.logbook.services.entries import EntryFacts
from concertoit.field.logbook.services.workers import SiteFacts, WorkerFacts
from concertoit.front.demo.services.clock import at
from concertoit.ground.identity.models import Organisation, User
from concertoit.ground.places.models import Municipality
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for

# who, full time, hours, within another job, roles, the sectors of the buildings they serve
POSTS: dict[str, tuple[bool, str, bool, tuple[str, ...], tuple[str, ...]]] = {
    "mireille": (True, "35", False, ("organise", "bridge"), ()),
    "denis": (True, "35", False, ("animate", "bridge"), ("office",)),
    "aicha": (False, "21", True, ("animate", "organise"), ("nonprofit", "coop")),
    "rita": (True, "35", False, ("organise", "bridge"), ()),
    "ines": (False, "28", False, ("animate", "organise", "bridge"), ("office",)),
}
# name, address, dwellings: invented buildings of the office of Laval
LAVAL_SITES = (
    ("Résidence du Ruisseau", "1150, rue du Ruisseau", 84),
    ("Place des Tilleuls", "2205, avenue des Tilleuls", 42),
    ("Habitations du Boisé", "61, rue du Boisé", 28),
)
# form, clienteles, activities, what is supported, minutes, people
SAMPLES: tuple[tuple[str, tuple[str, ...], tuple[str, ...], str, int, int | None], ...] = (
    ("individual", ("elders", "alone"), ("welcome", "accompaniment"), "", 30, None),
    ("individual", ("families",), ("conflict",), "", 45, None),
    ("collective", ("families", "youth"), ("organising",), "projects", 120, 14),
    ("individual", ("mental_health",), ("occasional", "referral"), "", 30, None),
    ("collective", ("elders",), ("tenants_committee",), "association", 90, 8),
    ("partner", (), ("accompaniment",), "", 60, None),
    ("individual", ("newcomers", "families"), ("lease",), "", 15, None),
)
DAYS = 8


def tell_logbook(spaces: Sequence[Space], users: dict[str, User], found: dict[str, Organisation]) -> None:
    """Posts, a team at Laval, and a few days of entries. Call it after ``tell_statistics``, which opens the region."""
    install_editions()
    region, laval = spaces
    _laval(viewer_for(users["rita"], laval.slug), users, found["OMH Laval"])
    lead = viewer_for(users["mireille"], region.slug)
    for key in ("mireille", "denis", "aicha"):
        _post(lead, users, key)
    for space, keys in ((region, ("denis", "aicha")), (laval, ("ines",))):
        for key in keys:
            _days(viewer_for(users[key], space.slug), key)


def workers_and_sites(space: Space) -> tuple[list[Worker], list[Site]]:
    """Who may have entered something in a démarche, and where: for whoever tells years of entries."""
    return list(Worker.objects.filter(space=space).order_by("pk")), list(
        Site.objects.filter(space=space).order_by("pk")
    )


def _laval(lead: Viewer, users: dict[str, User], office: Organisation) -> None:
    town = Municipality.objects.get(code="65005")
    for name, address, dwellings in LAVAL_SITES:
        facts = SiteFacts(name, town, "office", address=address, provider=office, dwellings=dwellings)
        workers.save_site(viewer=lead, facts=facts)
    team: Team = workers.add_team(viewer=lead, name="Soutien communautaire de l’office")
    since = timezone.localdate().replace(month=1, day=1)
    for key in ("rita", "ines"):
        workers.seat(viewer=lead, team=team, worker=_post(lead, users, key), starts_on=since, is_lead=key == "rita")


def _post(lead: Viewer, users: dict[str, User], key: str) -> Worker:
    full, hours, other, roles, sectors = POSTS[key]
    membership = Membership.objects.get(space=lead.space, person=users[key].person)
    sites = list(Site.objects.filter(space=lead.space, sector__in=sectors).order_by("pk"))
    facts = WorkerFacts(full, Decimal(hours), other, roles, sites)
    return workers.save_worker(viewer=lead, membership=membership, facts=facts)


def _days(viewer: Viewer, key: str) -> None:
    """One to three entries a working day, the last ones yesterday or the Friday before."""
    draw = random.Random(f"logbook-{key}")  # noqa: S311 - an example, drawn again the same
    worker = Worker.objects.get(membership__in=viewer.membership_ids)
    sites = list(worker.sites.select_related("municipality").order_by("pk"))
    day = timezone.localdate() - timedelta(days=DAYS)
    while day < timezone.localdate():
        if day.weekday() < 5:
            for hour in range(draw.randint(1, 3)):
                with at(timezone.make_aware(datetime.combine(day, time(10 + 2 * hour, 15)))):
                    _entry(viewer, day, draw.choice(sites), draw.choice(SAMPLES))
        day += timedelta(days=1)


def _entry(
    viewer: Viewer, day: date, site: Site,
    sample: tuple[str, tuple[str, ...], tuple[str, ...], str, int, int | None],
) -> None:  # fmt: skip
    kind, clienteles, activities, supported, minutes, people = sample
    terms = Term.objects.filter(edition=edition_for(viewer.space, day))
    bits = {(term.kind, term.code): term.bit for term in terms}
    facts = EntryFacts(
        on=day, site=site, kind=kind, minutes=minutes, people=people, collective_object=supported,
        clienteles=sum(1 << bits["clientele", code] for code in clienteles),
        activities=sum(1 << bits["activity", code] for code in activities),
    )  # fmt: skip
    entries.enter(viewer=viewer, client_id=uuid.uuid4(), facts=facts)
