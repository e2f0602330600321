"""What prioritisations keep about people, why, and until when."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from concertoit.ground.privacy.enums import Basis, Gone
from concertoit.ground.privacy.policies import Purpose, Remover, register_field, register_purpose, register_remover
from concertoit.ground.privacy.rules import months_before
from concertoit.together.decisions.models import Invitee, Voice

# How long addresses and names are kept once the form is closed: ours, enough for a question about who was asked.
MONTHS = 6

register_purpose(
    Purpose(
        "prioritisation",
        _("Demander un avis sur les priorités du plan, et savoir qui a répondu"),
        Basis.NECESSARY,
        MONTHS,
        _("la fermeture du formulaire"),
    )
)
register_field("decisions.invitee", "name", "email", purpose="prioritisation")
register_field("decisions.voice", "saved_by", purpose="prioritisation", label=_("nom de qui a enregistré la réponse"))


def _due(today: date) -> Iterable[int]:
    limit = months_before(today, MONTHS)
    rows = Invitee.objects.filter(voice__prioritisation__closed_at__date__lt=limit)
    return rows.order_by("pk").values_list("pk", flat=True)


def _remove(ids: list[int]) -> None:
    """Addresses and names go; that the voice answered stays."""
    Voice.objects.filter(invitees__in=ids).update(saved_by="")
    Invitee.objects.filter(pk__in=ids).delete()


register_remover(
    Remover(
        "decisions.invitees",
        _("Adresses et noms de qui répondait à une priorisation fermée"),
        "prioritisation",
        Gone.DESTROYED,
        _due,
        _remove,
    )
)
