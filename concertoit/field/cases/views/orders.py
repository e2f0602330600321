"""Orders, notices and documents of a case."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.forms.visits import OrderForm, SettleForm
from concertoit.field.cases.policies import get_case, has_accepted, is_team
from concertoit.field.cases.queries.page import order_of
from concertoit.field.cases.services import orders as services
from concertoit.field.cases.views.pages import address, case_address, form_page
from concertoit.ground.core.errors import NotAllowed
from concertoit.ground.files.queries import attachments
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import render

ORDERS = "ordonnances"
OBJECT = "cases.order"


@in_space("cases.view")
def order_edit(request: SpaceRequest, reference: str, order_id: int | None = None) -> HttpResponse:
    """Write a document, or correct it."""
    viewer = request.viewer
    case = get_case(viewer, reference)
    team = is_team(viewer)
    if not team and not has_accepted(viewer, case):
        raise NotAllowed("")
    row = order_of(viewer, case, order_id) if order_id else None
    if row is not None:
        services.must_write(viewer, case, row.issuer)
    initial = (
        {name: getattr(row, name) for name in OrderForm.base_fields} if row else {"issued_on": timezone.localdate()}
    )
    form = OrderForm(posted(request), viewer=viewer, team=team, initial=initial)
    saved: list[int] = []
    return form_page(
        request, form,
        lambda: saved.append(services.save_order(viewer=viewer, case=case, facts=form.facts(), order=row).pk),
        title=_("Modifier le document") if row else _("Inscrire une ordonnance, un avis ou un constat"),
        back=case_address(request, reference, ORDERS),
        then=lambda: address(request, "order", reference=reference, order_id=saved[0]),
        lead=_("Avant la date de communication, ni le ménage ni les autres partenaires ne le voient."),
    )  # fmt: skip


@in_space("cases.view")
def order(request: SpaceRequest, reference: str, order_id: int) -> HttpResponse:
    """One document: dates, what is asked, its files, the visits that check it, and what came of it."""
    viewer = request.viewer
    case = get_case(viewer, reference)
    row = order_of(viewer, case, order_id)
    writes = is_team(viewer) or row.issuer_id in viewer.organisation_ids
    context = {
        "case": case, "row": row, "writes": writes, "team": is_team(viewer),
        "files": attachments(OBJECT, row.pk), "visits": list(row.visits.order_by("-planned_at", "-pk")),
    }  # fmt: skip
    return render(request, "cases/case_order.html", context)


@in_space("cases.view")
def order_settle(request: SpaceRequest, reference: str, order_id: int) -> HttpResponse:
    """Say whether a document was respected."""
    viewer = request.viewer
    case = get_case(viewer, reference)
    row = order_of(viewer, case, order_id)
    services.must_write(viewer, case, row.issuer)
    form = SettleForm(posted(request), initial={"on": timezone.localdate()})
    return form_page(
        request, form, lambda: services.settle(viewer=viewer, order=row, **form.cleaned_data),
        title=_("Suite : %(what)s") % {"what": row}, back=address(request, "order", reference=reference, order_id=row.pk),
        lead=_("Une ordonnance respectée ne ferme pas le dossier : le ménage dit si c’est réglé."),
    )  # fmt: skip
