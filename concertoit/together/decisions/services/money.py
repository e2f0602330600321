"""Envelopes and requests of a prioritisation, before it opens."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import PrioritisationState
from concertoit.together.decisions.models import Envelope, FundingRequest, PriorityOption
from concertoit.together.decisions.services.prioritisation import journal, locked


@transaction.atomic
def write_envelopes(*, viewer: Viewer, pk: int, envelopes: Iterable[tuple[str, Decimal]]) -> None:
    """Say what may be spent each year, in order. Raises ``DomainError`` for a year given twice or a negative amount."""
    viewer.must("prioritisation.prepare")
    row = locked(viewer, pk, state=PrioritisationState.PREPARING)
    rows = [
        Envelope(space=row.space, prioritisation=row, year=" ".join(year.split()), amount=amount, position=place)
        for place, (year, amount) in enumerate(envelopes)
    ]
    if len({one.year for one in rows}) < len(rows):
        raise DomainError(_("Une année est inscrite deux fois."))
    if any(one.amount < 0 for one in rows):
        raise DomainError(_("Une enveloppe ne peut pas être négative."))
    Envelope.objects.filter(prioritisation=row).delete()
    Envelope.objects.bulk_create(rows)
    written = {one.year or "-": f"{one.amount:.2f}" for one in rows}
    journal(viewer.user, "money.written", row, after={"envelopes": written})


@transaction.atomic
def write_request(*, viewer: Viewer, pk: int, option_key: int, year: str, amount: Decimal | None) -> None:
    """Say what an action asks for a year; nothing (or zero) takes the request away.

    What came from the plan's budget lines keeps them, so that a recommendation can be applied to them.
    """
    viewer.must("prioritisation.prepare")
    row = locked(viewer, pk, state=PrioritisationState.PREPARING)
    option = PriorityOption.objects.filter(prioritisation=row, key=option_key).first()
    if option is None:
        raise DomainError(_("Cette action n’est pas sur le formulaire."))
    label = " ".join(year.split())
    known = FundingRequest.objects.filter(option=option, year=label).first()
    if (known.amount if known else None) == (amount or None):
        return
    before = {"amount": f"{known.amount:.2f}"} if known else {}
    if not amount:
        FundingRequest.objects.filter(option=option, year=label).delete()
    elif amount < 0:
        raise DomainError(_("Une demande de budget est plus grande que zéro."))
    else:
        FundingRequest.objects.update_or_create(
            option=option,
            year=label,
            defaults={"amount": amount},
            create_defaults={"amount": amount, "space": row.space},
        )
    after = {"amount": f"{amount:.2f}"} if amount else {}
    journal(viewer.user, "money.written", row, note=f"{option.code} {label}".strip(), before=before, after=after)
