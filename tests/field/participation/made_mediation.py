"""Mediators, requests, consents, designations, for tests and the permission table. Everybody is invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from concertoit.field.participation.models import MediationParty, MediationRequest, MediationSeat, Mediator
from concertoit.field.participation.services import mediation as services
from concertoit.field.participation.services import mediators
from concertoit.field.participation.services.mediation import PartyFacts, RequestFacts
from concertoit.field.participation.services.mediators import MediatorFacts
from tests.field.participation import made
from tests.personas import Table


def mediator(table: Table, name: str = "Paule Écoute", **facts: Any) -> Mediator:
    """Somebody trained, who lives far from everybody."""
    facts = {
        "email": "paule@exemple.test", "trained_on": date(2025, 3, 1), "languages": "français, créole",
        "home": made.complex_of(table, "Tour Lointaine"),
    } | facts  # fmt: skip
    facts = {"person": made.person(name)} | facts
    return mediators.save_mediator(viewer=table.viewer("coordinator"), facts=MediatorFacts(**facts))


def party(table: Table, **facts: Any) -> PartyFacts:
    return PartyFacts(**({"role": "tenant", "complex": made.complex_of(table)} | facts))


def request(table: Table, *, consents: bool = False, **facts: Any) -> MediationRequest:
    """A request about noise in one complex; both parties consent when asked to."""
    facts = {
        "subject": "noise", "channel": "phone",
        "parties": [party(table, name="Prune", reach="450 555-0101"), party(table, name="Bleuet")],
    } | facts  # fmt: skip
    row = services.receive(viewer=table.viewer("worker"), facts=RequestFacts(**facts))
    if consents:
        for one in row.parties.order_by("pk"):
            one.request = row
            services.answer_consent(viewer=table.viewer("worker"), party=one, answer="yes")
    return row


def seat(table: Table, **facts: Any) -> MediationSeat:
    """Somebody was designated for a request that both parties consent to."""
    row = request(table, consents=True, **facts)
    return services.designate(viewer=table.viewer("coordinator"), row=row, mediator=mediator(table))


def token(one: MediationSeat) -> str:
    return services.token_of(one)


def met(table: Table, **facts: Any) -> MediationSeat:
    """A mediation that had a meeting."""
    one = seat(table, **facts)
    services.add_session(row=one.request, on=made.today(), kind="together", minutes=60)
    return one


def closed(table: Table) -> MediationParty:
    """The first party of a mediation that ended with an agreement."""
    one = met(table)
    services.close(viewer=table.viewer("coordinator"), row=one.request, outcome="agreement")
    first = one.request.parties.order_by("pk").first()
    assert first is not None
    first.request = one.request
    return first
