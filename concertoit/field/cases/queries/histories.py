"""Where what the journal tells of cases has its page, and who reads it: the field team, never a partner."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums import AssignmentState, CaseState, Channel, Urgency
from concertoit.field.cases.enums.work import CLOCK_LABELS, OrderState, VisitState
from concertoit.field.cases.models import Case, Owner, PartnerMandate, WorkParameter
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.queries import viewer_in

LABELS: dict[str, Any] = {
    "case": gettext_lazy("dossier d’insalubrité"),
    "brigademember": gettext_lazy("membre de la brigade"),
    "partnermandate": gettext_lazy("mandat d’un partenaire"),
    "workparameter": gettext_lazy("délai"),
    "owner": gettext_lazy("propriétaire"),
}
_VALUES: dict[str, dict[str, Any]] = {
    "state": dict(CaseState.choices), "channel": dict(Channel.choices), "urgency": dict(Urgency.choices),
    "assignment": dict(AssignmentState.choices), "visit": dict(VisitState.choices), "order": dict(OrderState.choices),
    "step": CLOCK_LABELS,
}  # fmt: skip


def page_of_case(object_id: str) -> str:
    """Address of a case; the list of démarches when it is gone."""
    row = Case.objects.select_related("space").filter(pk=object_id).first()
    if row is None:
        return reverse("spaces:list")
    return reverse("cases:case", kwargs={"slug": row.space.slug, "reference": row.reference})


def page_of_owner(object_id: str) -> str:
    row = Owner.objects.select_related("space").filter(pk=object_id).first()
    return (
        reverse("cases:owner", kwargs={"slug": row.space.slug, "owner_id": row.pk}) if row else reverse("spaces:list")
    )


def page_of_brigade(object_id: str) -> str:
    """Members and mandates stand on one page, whose démarche the mandate names."""
    row = PartnerMandate.objects.select_related("space").filter(pk=object_id).first()
    return reverse("cases:brigade", kwargs={"slug": row.space.slug}) if row else reverse("spaces:list")


def page_of_delays(object_id: str) -> str:
    found = WorkParameter.objects.filter(pk=object_id).values_list("space_id", flat=True).first()
    space = Space.objects.filter(pk=found or 0).first()
    return reverse("cases:delays", kwargs={"slug": space.slug}) if space else reverse("spaces:list")


PAGES = {
    "case": page_of_case, "brigademember": page_of_brigade, "partnermandate": page_of_brigade,
    "workparameter": page_of_delays, "owner": page_of_owner,
}  # fmt: skip


def can_view(user: Any, entry: Any) -> bool:
    """The field team of the démarche."""
    viewer = viewer_in(user, entry.space_id)
    return viewer is not None and viewer.can("cases.work")


def show(key: str, value: Any) -> str | None:
    """A value for people; nothing leaves it as it is."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    found = _VALUES.get(key, {}).get(value) if isinstance(value, str) else None
    return str(found) if found else None
