"""The list of 100,000 cases of one démarche: its first page with filters, the home of the agent, what a 311 reads.

CPU per request against the bare response of the same run. Cases are spread over 30,000 buildings of one town.
"""

from __future__ import annotations

import random
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchmarks.installation import furnish
from benchmarks.pages import fastest
from concertoit.field.cases.enums import CaseState, Channel, Urgency
from concertoit.field.cases.enums.intake import Problem, ReportState
from concertoit.field.cases.models import Case, Report
from concertoit.front.api.services import give_key
from concertoit.ground.places.models import Building, Door, Municipality
from concertoit.ground.places.rules import street_key

ON = ("sqlite", "postgresql")
CASES, BUILDINGS, REPORTS, BATCH = 100_000, 30_000, 1_000, 5_000
CPU = "≤ 15 ms (PostgreSQL)"
QUERIES = (
    ("open cases", ""),
    ("one state", "?etat=closed"),
    ("deadline passed", "?attention=retard"),
    ("nobody follows", "?attention=sans_suivi"),
    ("a problem", "?etat=active&probleme=mould"),
    ("an address", "?q=1044+erables"),
    ("a street", "?q=laurier"),
    ("page 100", "?page=100"),
)


def _fill(table: Any) -> None:
    dice = random.Random(2026)
    town = Municipality.objects.order_by("pk")[0]
    streets = [f"rue {name}" for name in ("des Érables", "Principale", "du Parc", "Saint-Jean", "Laurier", "des Pins")]
    buildings = Building.objects.bulk_create(
        (
            Building(municipality=town, low=number, high=number, street=streets[number % len(streets)], dwellings=6)
            for number in range(1, BUILDINGS + 1)
        ),
        batch_size=BATCH,
    )
    Door.objects.bulk_create(
        (
            Door(municipality=town, building=one, street_key=street_key(one.street), number=one.low, suffix="")
            for one in buildings
        ),
        batch_size=BATCH,
    )
    now, member = timezone.now(), table.membership("liaison")
    states = [CaseState.CLOSED] * 7 + [CaseState.ACTIVE] * 2 + [CaseState.NEW]
    problems = [code.value for code in Problem]
    Case.objects.bulk_create(
        (_case(dice, number, table.space, buildings, states, problems, member, now) for number in range(CASES)),
        batch_size=BATCH,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _case(
    dice: random.Random, number: int, space: Any, buildings: list[Building], states: list[CaseState],
    problems: list[str], member: Any, now: Any,
) -> Case:  # fmt: skip
    known = now - timedelta(minutes=number * 20)
    state = dice.choice(states)
    return Case(
        space=space, reference=f"{2026 - number // 20_000}-{number:06d}", building=dice.choice(buildings),
        channel=dice.choice(Channel.values), problems=dice.sample(problems, k=2), summary="Ce qui ne va pas",
        urgency=Urgency.STANDARD, state=state, follower=member if dice.random() < 0.8 else None, known_at=known,
        moved_at=known + timedelta(days=3), next_due="investigate",
        next_due_at=None if state == CaseState.CLOSED else known + timedelta(days=14),
    )  # fmt: skip


@override_settings(ROOT_URLCONF="benchmarks.urls")
def measure() -> list[dict[str, Any]]:
    """Rows for each narrowing of the list, then the home of the agent."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith(("zeal", "tests"))]
    table, _wide = furnish(small=5, large=5)
    _fill(table)
    client = table.client("liaison")
    slug = {"slug": table.space.slug}
    rows = _page(client, "an empty page of the démarche", reverse("frame", kwargs=slug))
    for name, query in QUERIES:
        rows += _page(client, f"cases, {name}", reverse("cases:list", kwargs=slug) + query, CPU)
    rows += _page(client, "home of the agent", reverse("cases:home", kwargs=slug), CPU)
    return rows + _open311(table)


def _page(client: Client, name: str, url: str, cpu: str = "", queries: str = "≤ 12") -> list[dict[str, Any]]:
    """CPU and queries of an address; ``cpu`` and ``queries`` are their targets."""
    response = client.get(url)
    assert response.status_code == 200, f"{url}: {response.status_code}"
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    asked = len(captured)  # now: the next request empties the log
    value, floor = fastest(partial(client.get, url), partial(client.get, reverse("bare")))
    return [
        {"name": name, "value": round(value, 1), "unit": "ms CPU", "floor": round(floor, 2),
         "ratio": round(value / floor, 1), "target": cpu},
        {"name": f"{name}: queries", "value": asked, "unit": "queries", "target": queries},
    ]  # fmt: skip


def _open311(table: Any) -> list[dict[str, Any]]:
    """What a 311 reads of the thousand reports that it sent, half of them with a case, against a list of one."""
    key, written = give_key(viewer=table.viewer("liaison"), system="311")
    cases = Case.objects.order_by("-known_at", "-pk").select_related("building")[:REPORTS]
    now, codes = timezone.now(), [code.value for code in Problem]
    Report.objects.bulk_create(
        Report(
            space=table.space, reference=f"S{number:07d}", code_digest=f"{number:064d}", channel=Channel.CITY_311,
            external_system=key.system, service_code=codes[number % len(codes)], building=case.building,
            municipality_id=case.building.municipality_id, case=case if number % 2 else None, state=ReportState.NEW,
            description="De l’eau coule du plafond", received_at=now - timedelta(minutes=number),
        )
        for number, case in enumerate(cases)
    )  # fmt: skip
    rows = []
    for fmt in ("json", "xml"):
        url = reverse("api:requests", kwargs={"slug": table.space.slug, "fmt": fmt}) + f"?api_key={written}"
        for size in (1, REPORTS):
            name = f"Open311, {size:,} of {REPORTS:,} requests in {fmt.upper()}"
            rows += _page(Client(), name, f"{url}&page_size={size}", queries="the same")
    return rows
