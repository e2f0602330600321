"""Consent with 60 organisations: what the pages of a proposal cost once all have spoken, and what one answer costs."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.installation import furnish
from benchmarks.pages import fastest
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.models import Membership
from concertoit.together.decisions.models import ConsentObjection, ConsentReaction, ConsentSeat, ConsentTurn
from concertoit.together.decisions.rules.consent import Mode, RoundState, Voice, Way
from concertoit.together.decisions.services import consent_rounds as rounds
from concertoit.together.decisions.services import consent_sessions as sessions
from concertoit.together.decisions.services import consent_voices as voices
from concertoit.together.decisions.services.consent_rounds import Opening
from concertoit.together.decisions.services.consent_sessions import SessionFacts
from concertoit.together.decisions.services.consent_voices import Said, Speaker
from tests.personas import Table

ON = ("sqlite", "postgresql")
ORGANISATIONS = 60
LIMIT = 15


def _table_of_sixty(table: Table) -> int:
    """A proposal on which sixty organisations are called; answers its id."""
    for number in range(ORGANISATIONS - 4):
        organisation = Organisation.objects.create(name=f"Organisme {number} de la région", kind="community")
        Membership.objects.create(space=table.space, organisation=organisation, role="partner", position=number + 10)
    coordinator = table.viewer("coordinator")
    session = sessions.prepare(
        viewer=coordinator, facts=SessionFacts("Séance", mode=Mode.ROOM, held_on=date(2026, 2, 24))
    )
    row = rounds.propose(viewer=coordinator, session_id=session.pk, title="Proposition", text="Un texte.\n" * 20)
    rounds.move(viewer=coordinator, round_id=row.pk, opening=Opening(RoundState.VOICES))
    return row.pk


def _everybody_speaks(round_id: int) -> list[float]:
    """Milliseconds of each of the sixty answers, one after the other; then reactions and ten objections."""
    turn = ConsentTurn.objects.select_related("round__session").get(round=round_id)
    costs = []
    for seat in ConsentSeat.objects.filter(session=turn.round.session_id).order_by("pk"):
        start = time.perf_counter()
        speaker = Speaker(seat, Way.LINK)
        voices.speak(speaker=speaker, round_id=round_id, said=Said(Voice.CONSENT))
        costs.append((time.perf_counter() - start) * 1000)
    seats = list(ConsentSeat.objects.filter(session=turn.round.session_id).order_by("pk"))
    common = {"space_id": turn.space_id, "turn": turn}
    ConsentReaction.objects.bulk_create(
        ConsentReaction(**common, seat=seat, kind="support", body="Bien.", said_at=turn.opened_at) for seat in seats
    )
    ConsentObjection.objects.bulk_create(
        ConsentObjection(**common, round=turn.round, seat=seat, reason="Trop tôt.", raised_at=turn.opened_at)
        for seat in seats[:10]
    )
    return sorted(costs)


@override_settings(ROOT_URLCONF="benchmarks.urls")
def measure() -> list[dict[str, Any]]:
    """Rows for the pages of a proposal and for one answer."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith(("zeal", "tests"))]
    table, _wide = furnish(35, 36)
    round_id = _table_of_sixty(table)
    slug, client = table.space.slug, table.client("coordinator")
    session = ConsentTurn.objects.get(round=round_id).round.session_id
    pages = {
        "proposal": reverse("decisions:consent_round", kwargs={"slug": slug, "round_id": round_id}),
        "screen of the room": reverse("decisions:consent_room", kwargs={"slug": slug, "round_id": round_id}),
        "session": reverse("decisions:consent_session", kwargs={"slug": slug, "session_id": session}),
        "phone": reverse("decisions:consent_answer", kwargs={"slug": slug, "session_id": session}),
    }
    before = {name: _queries(client, url) for name, url in pages.items()}
    costs = _everybody_speaks(round_id)
    rows: list[dict[str, Any]] = [
        {"name": "one answer of 60 (median)", "value": round(costs[len(costs) // 2], 1), "unit": "ms"}
    ]
    for name, url in pages.items():
        after = _queries(client, url)
        value, floor = fastest(lambda url=url: client.get(url), lambda: client.get(reverse("bare")))  # type: ignore[misc]
        cost = {"value": round(value, 1), "unit": "ms CPU", "floor": round(floor, 2), "ratio": round(value / floor, 1)}
        rows.append({"name": f"{name}, {ORGANISATIONS} organisations", **cost, "target": f"≤ {LIMIT} ms"})
        title = f"{name}: queries before anybody speaks (once all have: {after})"
        rows.append({"name": title, "value": before[name], "unit": "queries", "target": "≤ 12, equal"})
    return rows


def _queries(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200, url
    return len(captured)
