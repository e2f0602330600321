"""Figures of the logbook over 1,000,000 interventions of eleven years, against DuckDB on the same data.

DuckDB makes the data (always the same), keeps them in memory and aggregates them by hand-written SQL: one pass over
interventions with a filter for each figure, one over referrals. Ours reads kept counts and today's entries. Both answers
are compared figure by figure before anything is timed, every line of every definition. ``statistics_large`` does the
same with ten times as many.
"""

from __future__ import annotations

import os
import resource
import time
import tracemalloc
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction

from benchmarks.logbook_years import Bench, Period
from concertoit.field.logbook.models import Tally, TallyPeriod, Team, TeamSeat, Term
from concertoit.field.logbook.queries.figures import Reach
from concertoit.field.logbook.queries.figures_document import Asked, document_of
from concertoit.field.logbook.services.entries import EntryFacts, Sent, enter
from concertoit.field.logbook.services.figures import recount
from concertoit.ground.identity.models import User
from concertoit.ground.spaces.queries import viewer_for

ON = ("sqlite", "postgresql")
ENTRIES, ROUNDS = 1_000_000, 25


def fastest(*acts: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of the quickest round of each act; they take turns, so that a busy machine is busy for all."""
    taken: list[list[float]] = [[] for _act in acts]
    for _round in range(rounds + 1):
        for place, act in enumerate(acts):
            start = time.perf_counter()
            act()
            taken[place].append((time.perf_counter() - start) * 1000)
    return [min(one[1:]) for one in taken]


def rows_of(entries: int) -> Iterator[dict[str, Any]]:
    """Every measure at one size."""
    bench = Bench(entries)
    size = f"{entries / 1_000_000:g} M"
    yield {"name": f"{size}: rows loaded, indexes included", "value": round(bench.fill()), "unit": "interventions/s"}
    this = bench.today.year
    everything, closed = (bench.start, bench.today), (date(this - 1, 1, 1), date(this - 1, 12, 31))
    current = (date(this, 1, 1), bench.today)
    bench.agree(current)
    yield _against(bench, f"{size}: all figures of this year, nothing kept", current, "", rounds=3)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    months = recount(bench.space.pk)
    taken = time.perf_counter() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    yield {
        "name": f"{size}: counting {months} closed months and the days of the last two",
        "value": round(entries / taken),
        "unit": "interventions/s",
    }
    yield {"name": f"{size}: memory that this counting added to the process", "value": round(grown), "unit": "MB"}
    for period in (everything, closed, current):
        bench.agree(period)
    yield _against(bench, f"{size}: all figures, eleven years", everything, "≤ 2 times DuckDB")
    yield _against(bench, f"{size}: all figures, a closed year", closed, "≤ 2 times DuckDB")
    yield _against(bench, f"{size}: all figures, this year", current, "≤ 2 times DuckDB")
    yield from _page(bench, size, current)
    yield from _growth(bench, size, current)
    yield _bare(bench, size, everything)
    yield from _writing(bench, size)
    yield from _weight(bench, size, everything)


def _against(bench: Bench, name: str, period: Period, target: str, rounds: int = ROUNDS) -> dict[str, Any]:
    value, floor = fastest(lambda: bench.ours(period), lambda: bench.by_hand(period), rounds=rounds)
    return {
        "name": name, "value": round(value, 1), "unit": "ms", "floor": round(floor, 1),
        "ratio": round(value / floor, 2), "target": target,
    }  # fmt: skip


def _growth(bench: Bench, size: str, current: Period) -> Iterator[dict[str, Any]]:
    """This year, with ten closed years behind it and then with one: the years that are closed cost nothing."""
    ten = fastest(lambda: bench.ours(current))[0]
    with transaction.atomic():
        old = date(bench.today.year - 1, 1, 1)
        Tally.objects.filter(start__lt=old).delete()
        TallyPeriod.objects.filter(start__lt=old).delete()
        one = fastest(lambda: bench.ours(current))[0]
        transaction.set_rollback(True)
    yield {
        "name": f"{size}: this year with ten closed years (floor: with one)", "value": round(ten, 1), "unit": "ms",
        "floor": round(one, 1), "ratio": round(ten / one, 2), "target": "the same",
    }  # fmt: skip


def _bare(bench: Bench, size: str, period: Period) -> dict[str, Any]:
    ours, bare = fastest(lambda: bench.ours(period), lambda: bench.bare(period), rounds=3)
    return {
        "name": f"{size}: all figures, eleven years (floor: two of them by a scan of the same database)",
        "value": round(ours, 1), "unit": "ms", "floor": round(bare, 1), "ratio": round(ours / bare, 2),
    }  # fmt: skip


def _page(bench: Bench, size: str, current: Period) -> Iterator[dict[str, Any]]:
    """What the page of statistics reads: two years, month by month, ten territories; then the same for a team of 20."""
    team = Team.objects.create(space=bench.space, name="Vingt personnes")
    TeamSeat.objects.bulk_create(
        TeamSeat(space=bench.space, team=team, worker=worker, starts_on=bench.start) for worker in bench.workers[:20]
    )
    for label, reach in (("", Reach()), (", a team of 20", Reach(team=team.pk))):
        read = partial(document_of, bench.space.pk, Asked(current, reach), title="", scope=[], places={})
        yield {
            "name": f"{size}: the page of this year, beside last year, by month and territory{label}",
            "value": round(fastest(read, rounds=5)[0], 1), "unit": "ms",
        }  # fmt: skip


def _writing(bench: Bench, size: str) -> Iterator[dict[str, Any]]:
    """One intervention at a time through the service, as phones send them (journal and referral of one in five
    included, each in its transaction): today, yesterday, in a closed month. Then what that costs readers."""
    person = bench.workers[0].membership.person
    user = User.objects.create(email="personne@example.org", person=person)
    viewer = viewer_for(user, bench.space.slug)
    reason = Term.objects.get(pk=bench.reasons[0])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in ("logbook_entry", "logbook_referral"):
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
                )
    today = bench.today
    for label, on in (
        ("today", today), ("yesterday", today - timedelta(days=1)), ("in a closed month", today - timedelta(days=70)),
    ):  # fmt: skip
        facts = EntryFacts(on=on, site=bench.sites[0], kind="individual", clienteles=1, activities=1, minutes=30)
        start, spent = time.perf_counter(), time.process_time()
        for number in range(300):
            sent = None if number % 5 else Sent("cisss", reason, consented=True)
            enter(viewer=viewer, client_id=uuid.uuid4(), facts=facts, sent=sent)
        rate, spent = 300 / (time.perf_counter() - start), (time.process_time() - spent) / 300
        yield {"name": f"{size}: one intervention at a time, {label}", "value": round(rate), "unit": "interventions/s"}
        yield {
            "name": f"{size}: one intervention, {label}: this process",
            "value": round(spent * 1000, 1),
            "unit": "ms CPU",
        }
    tracemalloc.start()
    for _one in range(100):
        enter(viewer=viewer, client_id=uuid.uuid4(), facts=replace(facts, on=today))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    yield {"name": f"{size}: memory of writing a hundred", "value": round(peak / 1e6, 1), "unit": "MB"}
    corrected = (date(today.year, 1, 1), today)
    yield {
        "name": f"{size}: all figures of this year while a month waits", "unit": "ms",
        "value": round(fastest(lambda: bench.ours(corrected))[0], 1),
    }  # fmt: skip
    start = time.perf_counter()
    recount(bench.space.pk)
    yield {
        "name": f"{size}: that month and that day counted again",
        "value": round((time.perf_counter() - start) * 1000),
        "unit": "ms",
    }


def _weight(bench: Bench, size: str, period: Period) -> Iterator[dict[str, Any]]:
    tracemalloc.start()
    bench.ours(period)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    yield {"name": f"{size}: memory of a reading", "value": round(peak / 1e6, 1), "unit": "MB"}
    kept = Tally.objects.order_by().values_list("counts", flat=True)
    yield {"name": f"{size}: kept counts", "value": kept.count(), "unit": "rows"}
    text = sum(len(one) for one in kept.iterator(chunk_size=5000))
    yield {"name": f"{size}: kept counts, their text", "value": round(text / 1e6, 1), "unit": "MB"}
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield {
        "name": f"{size}: the whole process at its highest, DuckDB's data included",
        "value": round(whole),
        "unit": "MB",
    }


def measure() -> list[dict[str, Any]]:
    """One size. ``STATISTICS_ENTRIES`` asks for another one."""
    return list(rows_of(int(os.environ.get("STATISTICS_ENTRIES", ENTRIES))))
