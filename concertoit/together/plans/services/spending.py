"""Amounts committed and spent on an item."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import Plan, Spending
from concertoit.together.plans.queries.items import ItemView
from concertoit.together.plans.rules.document import BudgetKind, NodeKind
from concertoit.together.plans.rules.spending import is_amount
from concertoit.together.plans.services import news
from concertoit.together.plans.services.followup import found
from concertoit.together.plans.services.signing import author_of

# Bills come after the end of a plan, and money is sometimes promised before its start.
MARGIN = timedelta(days=366)


def _plain(row: Spending) -> dict[str, str]:
    return {
        "kind": row.kind,
        "amount": f"{row.amount:.2f}",
        "on": row.on.isoformat(),
        "year": row.year,
        "fiscal_agent": row.fiscal_agent,
        "source": row.source,
        "note": row.note,
    }


def _check(view: ItemView, kind: BudgetKind, amount: Decimal, on: date) -> None:
    if view.node.kind in (NodeKind.AXIS, NodeKind.OBJECTIVE):
        raise DomainError(_("Inscrivez l’argent sur une action, un résultat ou une étape."))
    if kind is BudgetKind.PLANNED:
        raise DomainError(_("Le budget prévu se change dans le plan, pas ici."), field="kind")
    if not is_amount(amount):
        raise DomainError(_("Écrivez un montant plus grand que zéro, en dollars et en cents."), field="amount")
    if kind is BudgetKind.SPENT and on > timezone.localdate():
        raise DomainError(_("Cette dépense est dans le futur : inscrivez-la plutôt comme engagée."), field="on")
    _check_year(view.version.plan, on)


def _check_year(plan: Plan, on: date) -> None:
    too_early = plan.starts_on and on < plan.starts_on - MARGIN
    too_late = plan.ends_on and on > plan.ends_on + MARGIN
    if too_early or too_late:
        raise DomainError(_("Cette date est à plus d’un an du plan. Vérifiez l’année."), field="on")


@transaction.atomic
def add_spending(
    *,
    viewer: Viewer,
    item_id: int,
    kind: BudgetKind,
    amount: Decimal,
    on: date,
    year: str = "",
    fiscal_agent: str = "",
    source: str = "",
    note: str = "",
) -> Spending:
    """Write an amount committed or spent. Raises ``DomainError`` for one that makes no sense."""
    view = found(viewer, item_id)
    _check(view, kind, amount, on)
    row = Spending(
        space=viewer.space, item=view.item, kind=kind.value, amount=amount, on=on, year=year.strip(),
        fiscal_agent=fiscal_agent.strip(), source=source.strip(), note=note.strip(), author=viewer.user,
    )  # fmt: skip
    row.full_clean()
    row.save()
    news.journal(author_of(viewer), "plan.spending_added", view.item, view.node, after=_plain(row))
    return row


def spending_of(view: ItemView, spending_id: int) -> Spending:
    """An amount of this item. Raises ``NotVisible`` for another's."""
    return must_exist(Spending.objects.select_for_update().filter(pk=spending_id, item=view.item).first())


@transaction.atomic
def edit_spending(*, viewer: Viewer, item_id: int, spending_id: int, **values: Any) -> Spending:
    """Correct an amount; the journal keeps what it was."""
    view = found(viewer, item_id)
    row = spending_of(view, spending_id)
    before = _plain(row)
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    _check(view, BudgetKind(row.kind), row.amount, row.on)
    row.full_clean()
    row.save()
    if _plain(row) != before:
        news.journal(author_of(viewer), "plan.spending_edited", view.item, view.node, before=before, after=_plain(row))
    return row


@transaction.atomic
def remove_spending(*, viewer: Viewer, item_id: int, spending_id: int) -> None:
    """Remove an amount written by mistake; the journal keeps it."""
    view = found(viewer, item_id)
    row = spending_of(view, spending_id)
    before = _plain(row)
    row.delete()
    news.journal(author_of(viewer), "plan.spending_removed", view.item, view.node, before=before)
