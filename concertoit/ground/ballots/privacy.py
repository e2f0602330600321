"""What votes keep about people, why, and until when."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from concertoit.ground.ballots.enums import BoxState
from concertoit.ground.ballots.models import Box
from concertoit.ground.ballots.services import box
from concertoit.ground.privacy.enums import Basis, Gone
from concertoit.ground.privacy.policies import Purpose, Remover, register_field, register_purpose, register_remover
from concertoit.ground.privacy.rules import months_before

# Long enough for complaints; no text that we know of says how long. A choice of ours, shown as such.
KEPT_MONTHS = 12

register_purpose(
    Purpose(
        "election",
        _("Tenir un scrutin : qui peut voter, et qui a déjà voté"),
        Basis.NECESSARY,
        KEPT_MONTHS,
        _("la clôture du scrutin"),
        _("choix de la plateforme : aucune durée n’est confirmée par un texte"),
    )
)
register_field("ballots.elector", "name", "dwelling", "email", purpose="election")


def _due(today: date) -> Iterable[int]:
    limit = months_before(today, KEPT_MONTHS)
    rows = Box.objects.filter(state=BoxState.CLOSED, closed_at__date__lt=limit, electors__isnull=False)
    return rows.order_by("pk").values_list("pk", flat=True).distinct()


register_remover(
    Remover(
        "ballots.boxes",
        _("Liste électorale et bulletins d’un scrutin clos; les totaux restent"),
        "election",
        Gone.DESTROYED,
        _due,
        box.erase,
    )
)
