"""What events keep about people, why, and until when."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from concertoit.ground.privacy.enums import Basis, Gone
from concertoit.ground.privacy.policies import Purpose, Remover, register_field, register_purpose, register_remover
from concertoit.ground.privacy.rules import months_before
from concertoit.together.events.models import Registration

MONTHS = 24  # ours: long enough to write a certificate again, and to compare two seasons

register_purpose(
    Purpose(
        "registration",
        _("S’inscrire à une activité, y être attendu et en recevoir l’attestation"),
        Basis.NECESSARY,
        MONTHS,
        _("la séance"),
    )
)
register_field("events.registration", "name", "email", "needs", purpose="registration")


def due(today: date) -> list[int]:
    """Registrations to sessions held long enough ago, that still name somebody."""
    limit = months_before(today, MONTHS)
    rows = Registration.objects.filter(session__starts_at__date__lt=limit).exclude(name="")
    return list(rows.order_by("pk").values_list("pk", flat=True))


def remove(ids: list[int]) -> None:
    """Keep the counts, forget the people."""
    Registration.objects.filter(pk__in=ids).update(name="", email="", needs="", membership=None)


register_remover(
    Remover(
        "events.registration",
        _("Inscriptions aux activités"),
        "registration",
        Gone.ANONYMISED,
        due,
        remove,
    )
)
