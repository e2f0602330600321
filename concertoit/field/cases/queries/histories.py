"""Where what the journal tells of cases has its page, and who reads it: the field team, never a partner."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from concertoit.field.cases.enums import AssignmentState, CaseState, Channel, Urgency
from concertoit.field.cases.enums.work import CLOCK_LABELS, OrderState, VisitState
from concertoit.field.cases.models import BrigadeMember, Case, Owner, PartnerMandate, WorkParameter
from concertoit.ground.spaces.queries.histories import page_of_row, read_with, worded

LABELS: dict[str, Any] = {
    "case": _("dossier d’insalubrité"),
    "brigademember": _("membre de la brigade"),
    "partnermandate": _("mandat d’un partenaire"),
    "workparameter": _("délai"),
    "owner": _("propriétaire"),
}
PAGES = {
    "case": page_of_row(Case, "cases:case", reference="reference"),
    "brigademember": page_of_row(BrigadeMember, "cases:brigade"),
    "partnermandate": page_of_row(PartnerMandate, "cases:brigade"),
    "workparameter": page_of_row(WorkParameter, "cases:delays"),
    "owner": page_of_row(Owner, "cases:owner", owner_id="pk"),
}
can_view = read_with("cases.work")
show = worded({
    "state": dict(CaseState.choices), "channel": dict(Channel.choices), "urgency": dict(Urgency.choices),
    "assignment": dict(AssignmentState.choices), "visit": dict(VisitState.choices), "order": dict(OrderState.choices),
    "step": CLOCK_LABELS,
})  # fmt: skip
