"""The only door to what was agreed: the link of somebody who mediated. No viewer, no role opens it (S12)."""

from __future__ import annotations

from concertoit.field.participation.models import MediationAgreement, MediationSeat
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.personal_links import digest_of


def seat_behind(token: str) -> MediationSeat:
    """The place of a link. Raises ``NotVisible`` for a link of nobody, or of somebody who stepped back."""
    rows = MediationSeat.objects.exclude(token_digest="").filter(token_digest=digest_of(token), declined_on=None)
    seat = rows.select_related("request__space", "mediator__person", "space").first()
    if seat is None or not seat.space.uses("mediation"):
        raise NotVisible("")
    return seat


def agreement_for(seat: MediationSeat) -> MediationAgreement | None:
    """What the parties agreed, for who mediated."""
    return MediationAgreement.objects.filter(request=seat.request_id).first()
