"""What small works keep about people, why, until when, and how it is forgotten."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.field.small_works.enums import RequestState
from concertoit.field.small_works.models import Applicant, Handyperson
from concertoit.ground.privacy.enums import Basis, Gone
from concertoit.ground.privacy.policies import Purpose, Remover, register_field, register_purpose, register_remover

MONTHS = 12
_OVER = (RequestState.FOLLOWED, RequestState.REFUSED, RequestState.CANCELLED)

register_purpose(
    Purpose(
        "small_works",
        _("Faire les menus travaux demandés et prendre des nouvelles ensuite"),
        Basis.CONSENT,
        MONTHS,
        _("la fin de la dernière demande"),
        _("choix de la plateforme"),
    )
)
register_purpose(
    Purpose(
        "small_works_team",
        _("Savoir qui peut faire les travaux, où, et si ses antécédents ont été vérifiés"),
        Basis.CONSENT,
        MONTHS,
        _("la fin de la participation au projet"),
        _("choix de la plateforme"),
    )
)
register_field(
    "small_works.applicant",
    "given_name", "family_name", "phone", "building", "dwelling", "age_band", "tenure", "lives_alone", "language",
    "relative_name", "relative_phone",
    purpose="small_works",
)  # fmt: skip
register_field(
    "small_works.handyperson", "person", "email", "phone", "languages", "checked_on", purpose="small_works_team"
)


def applicants_due(today: date) -> list[int]:
    """People whose every request is over since long enough."""
    limit = _months_before(today)
    still = Applicant.objects.exclude(requests__state__in=_OVER).values("pk")
    recent = Applicant.objects.filter(requests__state_at__date__gt=limit).values("pk")
    rows = Applicant.objects.filter(anonymised_at=None, requests__isnull=False).exclude(pk__in=still)
    return list(rows.exclude(pk__in=recent).order_by("pk").values_list("pk", flat=True).distinct())


def forget_applicants(ids: list[int]) -> None:
    """Nobody can be told any more; what was done, where about and what it cost stays for the figures."""
    Applicant.objects.filter(pk__in=ids).update(
        given_name="", family_name="", phone="", dwelling=None, language="", relative_name="", relative_phone="",
        anonymised_at=timezone.now(),
    )  # fmt: skip


def handypersons_due(today: date) -> list[int]:
    rows = Handyperson.objects.filter(ends_on__lte=_months_before(today))
    return list(rows.exclude(email="", phone="", checked_on=None).order_by("pk").values_list("pk", flat=True))


def forget_handypersons(ids: list[int]) -> None:
    """How to reach them goes; that they did the works stays in the requests."""
    Handyperson.objects.filter(pk__in=ids).update(email="", phone="", checked_on=None, languages=[])


def _months_before(today: date) -> date:
    return today.replace(year=today.year - MONTHS // 12, day=min(today.day, 28))


def _register(code: str, label: Any, purpose: str, due: Any, remove: Any) -> None:
    register_remover(Remover(code, label, purpose, Gone.ANONYMISED, due, remove))


_register(
    "small_works.applicants", _("Personnes aidées par des menus travaux"), "small_works", applicants_due,
    forget_applicants,
)  # fmt: skip
_register(
    "small_works.handypersons", _("Personnes qui faisaient des menus travaux"), "small_works_team", handypersons_due,
    forget_handypersons,
)  # fmt: skip
