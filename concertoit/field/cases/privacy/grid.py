"""What the observation grid keeps about people, why, and until when. The states observed stay: they are of a building."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.field.cases.enums import CaseState
from concertoit.field.cases.models import HouseholdNeed, Observation
from concertoit.field.cases.services.observing import PHOTOS
from concertoit.ground.files.models import Attachment
from concertoit.ground.privacy.enums import Basis, Gone
from concertoit.ground.privacy.policies import Purpose, Remover, register_field, register_purpose, register_remover
from concertoit.ground.privacy.rules import months_before

MONTHS = 24
OBSERVED, NEED = "cases_observation", "cases_need"
_CHOICE = _("Choix de la plateforme, à adopter par les partenaires de la démarche")

register_purpose(
    Purpose(
        OBSERVED, _("Constater l’état d’un logement, avec ses preuves, et savoir qui l’a constaté"), Basis.NECESSARY,
        MONTHS, _("la fermeture du dossier : les photos et les notes sont détruites, les états restent"), _CHOICE,
    )
)  # fmt: skip
register_purpose(
    Purpose(
        NEED, _("Savoir de quel accompagnement un ménage a besoin, d’après ce qu’il dit de lui-même"), Basis.NECESSARY,
        MONTHS, _("la fermeture du dossier"), _CHOICE,
    )
)  # fmt: skip
register_field("cases.observation", "note", "set_aside_by", "set_aside_why", purpose=OBSERVED)
register_field("cases.sheet", "author", "organisation", purpose=OBSERVED)
register_field("cases.graderecord", "confirmed_by", purpose=OBSERVED)
register_field("cases.authoritydecision", "note", "authority", purpose=OBSERVED)
register_field("cases.householdneed", "vulnerabilities", "need", "note", "author", purpose=NEED)


def _closed(today: date, case: str) -> dict[str, object]:
    before = months_before(today, MONTHS)
    return {f"{case}state": CaseState.CLOSED, f"{case}closed_at__date__lte": before}


def observations_due(today: date) -> list[int]:
    """Observations of cases closed long enough ago that still have a note or a photo."""
    rows = Observation.objects.filter(**_closed(today, "sheet__case__")).order_by("pk")
    ids = {str(pk): pk for pk in rows.values_list("pk", flat=True)}
    shown = Attachment.objects.filter(object_type=PHOTOS, object_id__in=list(ids)).values_list("object_id", flat=True)
    noted = rows.exclude(note="", set_aside_why="").values_list("pk", flat=True)
    return sorted({ids[key] for key in shown} | set(noted))


def forget_observations(ids: list[int]) -> None:
    """Destroy photos, bytes included, and notes; what was observed stays. Twice changes nothing."""
    keys = [str(pk) for pk in ids]
    for photo in Attachment.objects.filter(object_type=PHOTOS, object_id__in=keys).order_by("pk"):
        photo.file.delete(save=False)
        photo.delete()
    Observation.objects.filter(pk__in=ids).update(note="", set_aside_why="", updated_at=timezone.now())


def needs_due(today: date) -> list[int]:
    """What households said of themselves, in cases closed long enough ago."""
    rows = HouseholdNeed.objects.filter(**_closed(today, "case__")).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def forget_needs(ids: list[int]) -> None:
    HouseholdNeed.objects.filter(pk__in=ids).delete()


register_remover(
    Remover(
        "cases.observations", _("photos et notes des grilles de dossiers fermés"), OBSERVED, Gone.ANONYMISED,
        observations_due, forget_observations,
    )
)  # fmt: skip
register_remover(
    Remover(
        "cases.needs", _("besoins d’accompagnement de dossiers fermés"), NEED, Gone.DESTROYED, needs_due, forget_needs
    )
)
