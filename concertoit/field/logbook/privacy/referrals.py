"""What referrals keep about people: a first name and a phone number for the hand-over only, and not for long."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.field.logbook.models import ReferralHandover
from concertoit.field.logbook.rules.referral_delays import days
from concertoit.field.logbook.workflow import referrals as flow
from concertoit.ground.privacy.enums import Basis, Gone
from concertoit.ground.privacy.policies import (
    Purpose,
    Remover,
    register_field,
    register_purpose,
    register_remover,
)

register_purpose(
    Purpose(
        "referral_handover",
        _("Permettre à la ressource de joindre la personne qui lui est référée, quand celle-ci le veut"),
        Basis.CONSENT,
        1,
        _("la fin du suivi de la référence"),
        _("Accord noté avec la référence; délai choisi par la plateforme"),
    )
)
register_purpose(
    Purpose(
        "referral_link",
        _("Permettre à une ressource de répondre à une référence sans compte"),
        Basis.NECESSARY,
        0,
        _("la durée de la référence"),
    )
)
register_field("logbook.referralhandover", "given_name", "phone", purpose="referral_handover")
register_field("logbook.referral", "to_email", purpose="referral_link")


def due(today: date) -> list[int]:
    """Hand-overs of referrals that ended long enough ago. Who still waits is still to be called."""
    before = timezone.make_aware(datetime.combine(today - days("handover", today), time.max))
    rows = ReferralHandover.objects.filter(
        referral__state__in=flow.ENDED - {flow.WAITING}, referral__state_at__lte=before
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def remove(ids: list[int]) -> None:
    """Destroy them; the referral stays, and says nothing of who it was about."""
    ReferralHandover.objects.filter(pk__in=ids).delete()


register_remover(
    Remover(
        "logbook.handovers", _("Coordonnées jointes aux références terminées"), "referral_handover", Gone.DESTROYED,
        due, remove,
    )
)  # fmt: skip
