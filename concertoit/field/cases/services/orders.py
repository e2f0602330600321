"""Orders, notices, statements, reports: written, communicated from a day on, respected or not (I8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.work import OrderKind, OrderState
from concertoit.field.cases.models import Case, Order
from concertoit.field.cases.policies import has_accepted, is_team
from concertoit.field.cases.services.clocks import refresh
from concertoit.field.cases.services.log import journal
from concertoit.field.cases.services.opening import moved
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """A document of an authority or a partner. Without ``released_on``, only the team and its issuer see it."""

    kind: str
    issued_on: date
    number: str = ""
    issuer: Organisation | None = None
    released_on: date | None = None
    due_on: date | None = None
    text: str = ""


def must_write(viewer: Viewer, case: Case, issuer: Organisation | None) -> None:
    """The team writes for anybody; a partner that accepted, for its own organisation."""
    mine = issuer is not None and issuer.pk in viewer.organisation_ids
    if not is_team(viewer) and not (viewer.can("cases.answer") and mine and has_accepted(viewer, case)):
        raise NotAllowed("")


@transaction.atomic
def save_order(*, viewer: Viewer, case: Case, facts: OrderFacts, order: Order | None = None) -> Order:
    """Write an order, or correct one. Raises ``DomainError`` for dates in the wrong order."""
    must_write(viewer, case, facts.issuer if order is None else order.issuer)
    if facts.released_on and facts.released_on < facts.issued_on:
        raise DomainError(_("On communique un document le jour où il est émis ou plus tard."), field="released_on")
    if facts.due_on and facts.due_on < facts.issued_on:
        raise DomainError(_("L’échéance vient après le document."), field="due_on")
    row = order or Order(space=viewer.space, case=case)
    new = row.pk is None
    row.kind, row.number, row.issuer = OrderKind(facts.kind), facts.number.strip(), facts.issuer
    row.issued_on, row.released_on, row.due_on = facts.issued_on, facts.released_on, facts.due_on
    row.text = facts.text.strip()
    row.save()
    moved(case)
    journal(
        case, "cases.order_written" if new else "cases.order_changed", actor=viewer.user, note=row.get_kind_display(),
        after={"due_on": str(row.due_on or ""), "released_on": str(row.released_on or "")},
    )  # fmt: skip
    refresh(case)
    return row


@transaction.atomic
def settle(*, viewer: Viewer, order: Order, state: str, on: date | None = None) -> Order:
    """Say that an order was respected, was not, or was withdrawn. Raises ``DomainError`` for one already settled."""
    case = order.case
    must_write(viewer, case, order.issuer)
    if state not in OrderState or state == OrderState.OPEN:
        raise DomainError(_("Dites si l’ordonnance est respectée."), field="state")
    if order.state == state:
        return order
    day = on or timezone.localdate()
    if day > timezone.localdate() or day < order.issued_on:
        raise DomainError(_("Choisissez une date entre celle du document et aujourd’hui."), field="on")
    order.state, order.state_on = state, day
    order.save(update_fields=["state", "state_on", "updated_at"])
    moved(case)
    journal(
        case, "cases.order_settled", actor=viewer.user, note=order.get_kind_display(), after={"order": order.state}
    )
    refresh(case)
    return order
