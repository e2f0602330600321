"""Where what the journal tells of reports, households and lists has its page, and who reads it: the field team."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from concertoit.field.cases.enums import Channel, HouseholdRole
from concertoit.field.cases.enums.consents import ConsentPurpose
from concertoit.field.cases.enums.intake import SetAside, WordKind
from concertoit.field.cases.models import CaseList, Household, Report
from concertoit.ground.spaces.queries.histories import address_of, page_of_row, worded

LABELS: dict[str, Any] = {
    "report": _("signalement"),
    "household": _("ménage"),
    "caselist": _("liste de cas"),
}
FIELDS: dict[str, Any] = {
    "channel": _("arrivé par"),
    "urgent": _("urgent"),
    "case": _("dossier"),
    "why": _("raison"),
    "kind": _("sorte"),
    "role": _("rôle"),
    "purpose": _("accord"),
    "checked": _("identité vérifiée"),
    "nouveau": _("dossiers ouverts"),
    "joindre": _("lignes jointes"),
    "laisser": _("lignes laissées"),
    "refuse": _("lignes à corriger"),
}
show = worded({
    "channel": dict(Channel.choices), "why": dict(SetAside.choices), "kind": dict(WordKind.choices),
    "role": dict(HouseholdRole.choices), "purpose": dict(ConsentPurpose.choices),
    "checked": {"known": _("personne connue"), "card": _("pièce d’identité vue"), "code": _("code de suivi")},
})  # fmt: skip


def page_of_report(object_id: str) -> str:
    """Address of a report, by its number or by the ``uid`` that holds its photos."""
    rows = Report.objects.select_related("space")
    if object_id.isdigit():
        row = rows.filter(pk=object_id).first()
    else:
        try:
            row = rows.filter(uid=uuid.UUID(object_id)).first()
        except ValueError:
            row = None
    return address_of(row, "cases:report", reference="reference")


PAGES = {
    "report": page_of_report,
    "household": page_of_row(Household, "cases:household", household_id="pk"),
    "caselist": page_of_row(CaseList, "cases:case_list_preview", list_id="pk"),
}
