"""What mediation writes: to those who mediate, at their own address, that a mediation waits. Never about whom."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.field.participation.models import MediationSeat
from concertoit.ground.notifications.services import send_mail_message


def seated(*, seat: MediationSeat, token: str) -> None:
    """Send the personal link. It is shown nowhere else: who coordinates cannot open it."""
    number = {"number": seat.request.number}
    send_mail_message(
        to=seat.email, subject=lambda: _("Médiation %(number)s : on compte sur vous") % number,
        body=lambda: _(
            "Cette médiation vous est confiée. Ce lien n’est qu’à vous : ne le transmettez pas."
        ),
        url=reverse("participation:mediation_link", kwargs={"token": token}), action=lambda: _("Ouvrir la médiation"),
        space_id=seat.space_id, dedup_key=f"participation.seat:{seat.pk}:{seat.updated_at.isoformat()}",
    )  # fmt: skip
