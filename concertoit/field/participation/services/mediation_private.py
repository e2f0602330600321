"""What those who mediate write through their own link: the agreement, which nobody else reads (S12)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.participation.enums import MediationOutcome
from concertoit.field.participation.models import MediationAgreement, MediationSeat
from concertoit.field.participation.services import mediation
from concertoit.ground.core.errors import DomainError


@transaction.atomic
def keep_agreement(*, seat: MediationSeat, text: str, signed_on: date, whole: bool = True) -> MediationAgreement:
    """Keep what the parties agreed, and end the mediation. The journal says that there is an outcome, nothing more.

    Raises ``DomainError`` for an empty text, a day to come, a mediation that is over or that nobody met for.
    """
    if not text.strip():
        raise DomainError(_("Écrivez ce qui est convenu."), field="text")
    if signed_on > timezone.localdate():
        raise DomainError(_("L’entente est déjà signée : choisissez aujourd’hui ou avant."), field="signed_on")
    outcome = MediationOutcome.AGREEMENT if whole else MediationOutcome.PARTIAL
    mediation.close(row=seat.request, outcome=outcome, on=signed_on)
    return MediationAgreement.objects.create(
        space=seat.space, request=seat.request, text=text.strip(), signed_on=signed_on
    )
