"""What accompaniment keeps of households, why, and until when.

Notes and messages are « sans nom »; free text may still say something of somebody, so it is declared and it goes away.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from concertoit.field.cases.enums import CaseState
from concertoit.field.cases.models import Case, Letter, Message, PathStep, ReceivedReferral, SupportNote, ThreadRead
from concertoit.ground.privacy.enums import Basis, Gone
from concertoit.ground.privacy.policies import Purpose, Remover, register_field, register_purpose, register_remover
from concertoit.ground.privacy.rules import months_before

MONTHS = 24
PURPOSE = "household_support"
_KEPT = (SupportNote, Message, ThreadRead, ReceivedReferral, PathStep, Letter)

register_purpose(
    Purpose(
        PURPOSE, _("Accompagner un ménage dont le logement est insalubre, et garder la preuve de ses démarches"),
        Basis.NECESSARY, MONTHS, _("la fermeture du dossier"), _("Choix de la plateforme"),
    )
)  # fmt: skip
register_field("cases.supportnote", "body", "signed_as", purpose=PURPOSE)
register_field("cases.pathstep", "note", "signed_as", purpose=PURPOSE)
register_field("cases.letter", "content", "signed_as", "void_note", purpose=PURPOSE)
register_field("cases.message", "body", "signed_as", purpose=PURPOSE)
register_field("cases.threadread", "signed_as", purpose=PURPOSE)
register_field(
    "cases.receivedreferral", "from_whom", "reason", "signed_as", "answered_as", purpose=PURPOSE
)  # fmt: skip


def due(today: date) -> list[int]:
    """Cases closed long enough ago that still have something of the accompaniment."""
    something = Q()
    for model in _KEPT:
        something |= Q(Exists(model._default_manager.filter(case_id=OuterRef("pk"))))
    closed = Case.objects.filter(state=CaseState.CLOSED, closed_at__date__lte=months_before(today, MONTHS))
    return list(closed.filter(something).order_by("pk").values_list("pk", flat=True))


def remove(case_ids: list[int]) -> None:
    """Destroy the words; the numbers of the case stay. Twice changes nothing."""
    for model in _KEPT:
        model._default_manager.filter(case_id__in=case_ids).delete()


register_remover(
    Remover("cases.support", _("accompagnement des dossiers fermés"), PURPOSE, Gone.DESTROYED, due, remove)
)
