"""What emergency cells and complex cases keep about people, why, and until when.

The log and the flags are « sans nom »; free text may still say something of somebody, so it is declared.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from concertoit.field.cases.enums import CaseState
from concertoit.field.cases.models import CaseFlag, CellMember, ComplexityAssessment
from concertoit.ground.privacy.enums import Basis, Gone
from concertoit.ground.privacy.policies import Purpose, Remover, register_field, register_purpose, register_remover
from concertoit.ground.privacy.rules import months_before

MONTHS = 24
CELL, CASE = "emergency_cell", "complex_case"

register_purpose(
    Purpose(
        CELL, _("Déployer une cellule d’urgence, et garder la preuve de ce qui a été décidé et fait"),
        Basis.NECESSARY, MONTHS, _("la levée de la cellule"), _("Choix de la plateforme"),
    )
)  # fmt: skip
register_purpose(
    Purpose(
        CASE, _("Reconnaître un cas complexe et expliquer pourquoi"), Basis.NECESSARY, MONTHS,
        _("la fermeture du dossier"), _("Choix de la plateforme"),
    )
)  # fmt: skip
register_field("cases.cellmember", "name", "organisation_name", "email", "phone", purpose=CELL)
register_field("cases.rapidresponse", "detail", "activated_label", purpose=CELL)
register_field("cases.celltask", "title", "owner", "done_label", purpose=CELL)
register_field("cases.cellentry", "text", "author", "author_label", purpose=CELL)
register_field("cases.cellreview", "well", "change", "author_label", purpose=CELL)
register_field("cases.caseflag", "kind", "value", "note", "author", purpose=CASE)
register_field("cases.complexitydecision", "reason", "author", purpose=CASE)
register_field("cases.complexityassessment", "items", purpose=CASE, label=_("ce que les règles savaient du dossier"))


def _flags_due(today: date) -> list[int]:
    """Cases closed long enough ago about which people answered something, or whose verdicts say what is reserved."""
    closed = {"case__state": CaseState.CLOSED, "case__closed_at__date__lte": months_before(today, MONTHS)}
    flagged = CaseFlag.objects.filter(**closed).values_list("case_id", flat=True)
    rows = ComplexityAssessment.objects.filter(**closed).values_list("case_id", "items")
    return sorted({*flagged, *(pk for pk, items in rows if any(item["reserved"] for item in items))})


def _flags_remove(ids: list[int]) -> None:
    """Destroy what people answered, and what verdicts say of the household; the rest of the verdicts stays."""
    CaseFlag.objects.filter(case__in=ids).delete()
    for row in ComplexityAssessment.objects.filter(case__in=ids).order_by("pk"):
        row.items = [item for item in row.items if not item["reserved"]]
        row.save(update_fields=["items"])


def _reach_due(today: date) -> list[int]:
    over = CellMember.objects.filter(cell__stood_down_at__date__lte=months_before(today, MONTHS))
    return sorted(over.exclude(email="", phone="").values_list("pk", flat=True))


def _reach_remove(ids: list[int]) -> None:
    """Forget how members were reached; the log keeps their function."""
    CellMember.objects.filter(pk__in=ids).update(email="", phone="")


register_remover(
    Remover("cases.flags", _("réponses de l’équipe sur les cas complexes"), CASE, Gone.DESTROYED, _flags_due,
            _flags_remove)
)  # fmt: skip
register_remover(
    Remover("cases.cell_reach", _("coordonnées des membres de cellules levées"), CELL, Gone.ANONYMISED, _reach_due,
            _reach_remove)
)  # fmt: skip
