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
def write_requests(*, viewer: Viewer, pk: int, requests: Iterable[tuple[int, str, Decimal | None]]) -> int:
    """Say what actions ask for, by option key and year; nothing (or zero) takes a request away. Answers how many changed.

    What came from the plan's budget lines keeps them, so that a recommendation can be applied to them.
    """
    viewer.must("prioritisation.prepare")
    row = locked(viewer, pk, state=PrioritisationState.PREPARING)
    options = {one.key: one for one in PriorityOption.objects.filter(prioritisation=row)}
    known = {
        (one.option_id, one.year): one
        for one in FundingRequest.objects.filter(option__prioritisation=row).order_by("pk")
    }
    before, after, gone = {}, {}, []
    for key, year, amount in requests:
        if key not in options:
            raise DomainError(_("Cette action n’est pas sur le formulaire."))
        if amount is not None and amount < 0:
            raise DomainError(_("Une demande de budget est plus grande que zéro."))
        option, label = options[key], " ".join(year.split())
        one = known.get((option.pk, label)) or FundingRequest(space=row.space, option=option, year=label)
        if (amount or None) == one.amount:
            continue
        name = f"{option.code} {label}".strip()
        before[name], after[name] = _written(one.amount), _written(amount)
        if amount:
            one.amount = amount
            one.save()
        else:
            gone.append(one.pk)
    FundingRequest.objects.filter(pk__in=gone).delete()
    if after:
        journal(viewer.user, "money.written", row, before={"amount": before}, after={"amount": after})
    return len(after)


def _written(amount: Decimal | None) -> str:
    return f"{amount:.2f}" if amount else ""
