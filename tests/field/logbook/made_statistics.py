"""Sites, workers, lists and entries written straight into the database, as many as figures need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache, partial
from itertools import cycle
from typing import Any

from django.utils import timezone

from concertoit.field.logbook.models import (
    Edition,
    Entry,
    FiguresReport,
    Referral,
    Site,
    Team,
    TeamSeat,
    Term,
    TermMapping,
    Worker,
)
from concertoit.field.logbook.queries.figures_document import Asked
from concertoit.field.logbook.rules import periods
from concertoit.field.logbook.rules.sample_year import PUBLISHED, Mix, SampleEntry, sample_year
from concertoit.field.logbook.services import reports
from concertoit.ground.places.models import Mrc, Municipality
from tests.field.logbook.sample import ACTIVITIES, CLIENTELES, LISTS, REASONS, mask_of
from tests.personas import Table

KINDS = {"clientele": CLIENTELES, "activity": ACTIVITIES, "reason": REASONS}


def edition(code: str = "essai", since: date = date(2010, 1, 1), **lists: Iterable[str]) -> Edition:
    """A shared edition with the lists of ``sample``, or these."""
    if found := Edition.objects.filter(code=code).first():
        return found
    row = Edition.objects.create(code=code, name=f"Listes {code}", starts_on=since)
    for kind, codes in {**KINDS, **lists}.items():
        for bit, term in enumerate(codes):
            Term.objects.create(edition=row, kind=kind, code=term, bit=bit, position=bit, label=f"{term} ({code})")
    return row


def became(old: Edition, new: Edition, kind: str, *pairs: tuple[str, str]) -> None:
    for before, after in pairs:
        TermMapping.objects.create(
            old=Term.objects.get(edition=old, kind=kind, code=before),
            new=Term.objects.get(edition=new, kind=kind, code=after),
        )


def worker(table: Table, key: str = "worker") -> Worker:
    return Worker.objects.get_or_create(membership=table.membership(key), defaults={"space": table.space})[0]


def team(table: Table, *seats: tuple[str, date, date | None]) -> Team:
    row = Team.objects.get_or_create(space=table.space, name="Équipe d’essai")[0]
    for key, since, until in seats:
        TeamSeat.objects.create(space=table.space, team=row, worker=worker(table, key), starts_on=since, ends_on=until)
    return row


def site(table: Table, sector: str, town: Municipality | None = None) -> Site:
    town = town or table.municipality
    return Site.objects.get_or_create(
        space=table.space, name=f"{sector} {town.name}", defaults={"municipality": town, "sector": sector}
    )[0]


def second_town(table: Table) -> Municipality:
    """A town of another MRC."""
    mrc, _new = Mrc.objects.get_or_create(
        code="979", defaults={"name": "MRC voisine", "region": table.municipality.region}
    )
    return Municipality.objects.get_or_create(
        code="98105", defaults={"name": "Ville voisine", "region": mrc.region, "mrc": mrc}
    )[0]


def entry(table: Table, on: date, **facts: Any) -> Entry:
    """One intervention; ``town``, ``key`` (who) and codes of ``clienteles`` and ``activities`` may be told."""
    town = facts.pop("town", table.municipality)
    values = {
        "sector": "office", "kind": "individual", "edition": edition(),
        "clientele_mask": mask_of(facts.pop("clienteles", ("youth",)), CLIENTELES),
        "activity_mask": mask_of(facts.pop("activities", ("welcome",)), ACTIVITIES),
        "worker": worker(table, facts.pop("key", "worker")),
    } | facts  # fmt: skip
    return Entry.objects.create(
        space=table.space, on=on, site=site(table, values["sector"], town), municipality_id_then=town.pk,
        mrc_id_then=town.mrc_id, **values,
    )  # fmt: skip


def referral(table: Table, of: Entry | None, on: date, destination: str = "cisss", reason: str = "food") -> Referral:
    term = Term.objects.get(edition=edition(), kind="reason", code=reason)
    return Referral.objects.create(
        space=table.space, entry=of, author=table.membership("worker"), on=on, destination=destination,
        main_reason=term, state_at=timezone.now(), state="sent",
    )  # fmt: skip


def year(table: Table, number: int = 2022, mix: Mix = PUBLISHED) -> list[SampleEntry]:
    """The generated year, in two towns of two MRC, by two workers."""
    rows = sample_year(number, mix, LISTS)
    lists = edition()
    towns, keys = cycle((table.municipality, table.municipality, second_town(table))), cycle(("worker", "liaison"))
    site_of, worker_of = cache(partial(site, table)), cache(partial(worker, table))
    made = []
    for one, town, key in zip(rows, towns, keys, strict=False):
        made.append(
            Entry(
                space=table.space, on=one.on, site=site_of(one.sector, town), sector=one.sector, edition=lists,
                worker=worker_of(key), municipality_id_then=town.pk, mrc_id_then=town.mrc_id, kind=one.kind,
                collective_object=one.collective_object, clientele_mask=mask_of(one.clienteles, CLIENTELES),
                activity_mask=mask_of(one.activities, ACTIVITIES), minutes=one.minutes, people=one.people,
                referred=bool(one.referrals),
            )
        )  # fmt: skip
    Entry.objects.bulk_create(made)
    terms = {term.code: term for term in Term.objects.filter(edition=lists, kind="reason")}
    Referral.objects.bulk_create(
        Referral(
            space=table.space, entry=kept, author=table.membership("worker"), on=kept.on, destination=destination,
            main_reason=terms[reason], state="sent", state_at=timezone.now(),
        )
        for one, kept in zip(rows, made, strict=True)
        for destination, reason in one.referrals
    )  # fmt: skip
    return rows


def report(table: Table, number: int = 2022, **facts: Any) -> FiguresReport:
    """A published report of a year, which is written first when nothing is there."""
    if not Entry.objects.filter(space=table.space, on__year=number).exists():
        for place in range(12):
            entry(table, date(number, 1 + place, 3), kind="collective" if place % 2 else "individual")
    values = {"title": f"Année {number}", "asked": Asked(periods.year(number))} | facts
    return reports.publish(viewer=table.viewer("coordinator"), **values)
