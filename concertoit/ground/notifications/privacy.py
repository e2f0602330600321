"""What notifications keep about people, why, and until when."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from concertoit.ground.notifications.models import Notice
from concertoit.ground.privacy.enums import Basis, Gone
from concertoit.ground.privacy.policies import Purpose, Remover, register_field, register_purpose, register_remover
from concertoit.ground.privacy.rules import months_before

KEPT_MONTHS = 12

register_purpose(
    Purpose(
        "notices",
        _("Aviser les personnes de ce qui les concerne"),
        Basis.NECESSARY,
        KEPT_MONTHS,
        _("la date de l’avis"),
    )
)
register_field("notifications.notice", "subject", "body", purpose="notices")
register_field("notifications.notice", "actor_label", purpose="notices", label=_("nom de qui agit"))
# A job that sends an e-mail holds the address until it is sent.
register_field("core.job", "payload", purpose="notices", label=_("adresse et texte d’un courriel, jusqu’à son envoi"))


def _due(today: date) -> Iterable[int]:
    limit = months_before(today, KEPT_MONTHS)
    return Notice.objects.filter(at__date__lt=limit).order_by("pk").values_list("pk", flat=True)


def _remove(ids: list[int]) -> None:
    Notice.objects.filter(pk__in=ids).delete()


register_remover(Remover("notifications.notice", _("Avis de plus d’un an"), "notices", Gone.DESTROYED, _due, _remove))
