"""Where what the journal tells of reports, households and lists has its page, and who reads it: the field team."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concertoit.field.cases.enums import Channel, HouseholdRole
from concertoit.field.cases.enums.consents import ConsentPurpose
from concertoit.field.cases.enums.intake import SetAside, WordKind
from concertoit.field.cases.models import CaseList, Household, Report

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
_VALUES: dict[str, dict[Any, Any]] = {
    "channel": dict(Channel.choices), "why": dict(SetAside.choices), "kind": dict(WordKind.choices),
    "role": dict(HouseholdRole.choices), "purpose": dict(ConsentPurpose.choices),
    "checked": {"known": _("personne connue"), "card": _("pièce d’identité vue"), "code": _("code de suivi")},
    "urgent": {True: _("oui"), False: _("non")},
}  # fmt: skip


def show(key: str, value: Any) -> str | None:
    """A value for people; nothing leaves it as it is."""
    found = _VALUES.get(key, {}).get(value) if isinstance(value, str | bool) else None
    return str(found) if found is not None else None


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
    if row is None:
        return reverse("spaces:list")
    return reverse("cases:report", kwargs={"slug": row.space.slug, "reference": row.reference})


def page_of_household(object_id: str) -> str:
    row = Household.objects.select_related("space").filter(pk=object_id).first()
    if row is None:
        return reverse("spaces:list")
    return reverse("cases:household", kwargs={"slug": row.space.slug, "household_id": row.pk})


def page_of_list(object_id: str) -> str:
    row = CaseList.objects.select_related("space").filter(pk=object_id).first()
    if row is None:
        return reverse("spaces:list")
    return reverse("cases:case_list_preview", kwargs={"slug": row.space.slug, "list_id": row.pk})


PAGES = {"report": page_of_report, "household": page_of_household, "caselist": page_of_list}
