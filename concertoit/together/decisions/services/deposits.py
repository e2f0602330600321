"""Depositing the plan with an authority, and the receipt that comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.models import DepositReceipt
from concertoit.together.decisions.queries.adoption import current_of
from concertoit.together.plans.models import Filing, Plan
from concertoit.together.plans.services.filing import file_plan


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an authority answers to a filing."""

    received_on: date
    reference: str = ""
    received_by: str = ""
    note: str = ""


@transaction.atomic
def deposit(*, viewer: Viewer, plan: Plan, recipient: str, filed_on: date, note: str = "") -> Filing:
    """File the version in force with an authority, through the plan's own service.

    Raises ``DomainError`` without a version in force, and as filing does.
    """
    viewer.must("deposit.record")
    current = current_of(plan)
    if current is None:
        raise DomainError(_("Aucune version n’est en vigueur : adoptez le plan avant de le déposer."))
    return file_plan(viewer=viewer, version=current, recipient=recipient, filed_on=filed_on, note=note)


@transaction.atomic
def write_receipt(*, viewer: Viewer, filing_id: int, receipt: Receipt) -> DepositReceipt:
    """Note the receipt of a filing, or correct it. Raises ``NotVisible`` for another démarche's filing, ``DomainError``
    for a date before the filing or in the future."""
    viewer.must("deposit.record")
    filing = must_exist(Filing.objects.select_for_update().filter(pk=filing_id, space=viewer.space).first())
    if receipt.received_on > timezone.localdate():
        raise DomainError(_("La date de réception est dans le futur."), field="received_on")
    if receipt.received_on < filing.filed_on:
        raise DomainError(_("L’accusé de réception ne peut pas précéder le dépôt."), field="received_on")
    before = DepositReceipt.objects.filter(filing=filing).first()
    was = {"received_on": before.received_on.isoformat(), "reference": before.reference} if before else {}
    row, _new = DepositReceipt.objects.update_or_create(
        filing=filing,
        defaults={
            "space": viewer.space, "received_on": receipt.received_on, "reference": receipt.reference.strip(),
            "received_by": receipt.received_by.strip(), "note": receipt.note.strip(), "recorded_by": viewer.user,
        },
    )  # fmt: skip
    record(
        actor=viewer.user, verb="deposit.received", object_type="decisions.depositreceipt", object_id=row.pk,
        object_label=str(filing), space_id=viewer.space.pk, before=was,
        after={"received_on": receipt.received_on.isoformat(), "reference": row.reference},
    )  # fmt: skip
    return row
