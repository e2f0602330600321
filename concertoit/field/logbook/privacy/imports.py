"""Lines of tables of interventions that nobody confirmed: destroyed after some days, notes included."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.field.logbook.models import EntryImport
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
        "logbook_table",
        _("Vérifier, ligne par ligne, un tableau d’interventions avant de l’inscrire"),
        Basis.NECESSARY,
        0,
        _("la confirmation, ou sept jours"),
        _("Délai choisi par la plateforme"),
    )
)
register_field("logbook.entryimport", "rows", "headers", purpose="logbook_table")
register_field("logbook.entryimport", "made_by", purpose="logbook_table", label=_("qui a apporté le tableau"))


def due(today: date) -> list[int]:
    """Tables that still hold lines past their day."""
    before = timezone.make_aware(datetime.combine(today, time.min))
    rows = EntryImport.objects.filter(expires_at__lt=before).exclude(rows=[])
    return list(rows.order_by("pk").values_list("pk", flat=True))


def remove(ids: list[int]) -> None:
    """Forget the lines; the name of the file and the counts stay."""
    EntryImport.objects.filter(pk__in=ids).update(rows=[], updated_at=timezone.now())


register_remover(
    Remover(
        "logbook.tables", _("Lignes de tableaux d’interventions non confirmés"), "logbook_table", Gone.DESTROYED, due,
        remove,
    )
)  # fmt: skip
