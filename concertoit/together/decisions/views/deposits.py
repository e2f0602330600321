"""Deposits with an authority and their receipts; the links of the cycle to what carries it out."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concertoit.ground.core.errors import must_exist
from concertoit.ground.files.queries import attachments_of
from concertoit.ground.files.services import attach
from concertoit.ground.spaces.enums import BodyKind
from concertoit.ground.spaces.models import GoverningBody
from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space, posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.decisions.forms.adoption import CycleLinkForm, DepositForm, ReceiptForm
from concertoit.together.decisions.models import DepositReceipt
from concertoit.together.decisions.queries import adoption_cycle
from concertoit.together.decisions.queries.adoption import current_of
from concertoit.together.decisions.queries.adoption import deposits as deposits_of
from concertoit.together.decisions.queries.deposit_files import OBJECT_TYPE
from concertoit.together.decisions.services import deposits as services
from concertoit.together.decisions.services.adoption_cycle import link_step
from concertoit.together.decisions.views.adoption import needed_plan
from concertoit.together.decisions.views.consent import address
from concertoit.together.plans.models import CycleStep, Filing
from concertoit.together.plans.queries.items import plan_of
from concertoit.together.plans.views.plan import teaches_first_steps


@in_space("plan.view")
def deposits(request: SpaceRequest) -> HttpResponse:
    """Deposits made, each with the receipt that came back."""
    lines = deposits_of(request.viewer)
    files = attachments_of(OBJECT_TYPE, [line.receipt.pk for line in lines if line.receipt])
    context = {
        "lines": lines,
        "files": {int(key): rows for key, rows in files.items()},
        "plan": plan_of(request.viewer.space),
    }
    return render(request, "decisions/deposits.html", context)


@in_space("deposit.record")
@require_http_methods(["GET", "POST"])
@teaches_first_steps
def deposit_new(request: SpaceRequest) -> HttpResponse:
    """Deposit the version in force."""
    plan = needed_plan(request)
    authority = (
        GoverningBody.objects.filter(space=request.viewer.space, kind=BodyKind.AUTHORITY).order_by("pk").first()
    )
    recipient = authority.name if authority else request.viewer.space.funder_name
    form = DepositForm(posted(request), initial={"recipient": recipient})
    made: list[Filing] = []

    def act() -> None:
        made.append(services.deposit(viewer=request.viewer, plan=plan, **form.cleaned_data))

    if request.method == "POST" and attempt(form, act):
        toasts.done(request, _("Le plan est déposé; ce qui a été déposé est figé. Notez l’accusé de réception."))
        return redirect(request, address(request, "deposit_receipt", filing_id=made[0].pk))
    context = {"form": form, "current": current_of(plan), "plan": plan}
    return render(request, "decisions/deposit_new.html", context, status=422 if form.errors else 200)


@in_space("deposit.record")
@require_http_methods(["GET", "POST"])
def deposit_receipt(request: SpaceRequest, filing_id: int) -> HttpResponse:
    """Note the receipt of a deposit: date, reference, file."""
    filing = must_exist(Filing.objects.filter(space=request.viewer.space, pk=filing_id).defer("snapshot").first())
    row = DepositReceipt.objects.filter(filing=filing).first()
    initial: dict[str, Any] = {}
    if row:
        initial = {name: getattr(row, name) for name in ("received_on", "reference", "received_by", "note")}
    form = ReceiptForm(posted(request), request.FILES or None, initial=initial)

    def act() -> None:
        written = services.write_receipt(viewer=request.viewer, filing_id=filing_id, receipt=form.receipt())
        if upload := form.cleaned_data["file"]:
            attach(
                actor=request.user, upload=upload, object_type=OBJECT_TYPE, object_id=written.pk,
                space_id=request.viewer.space.pk,
            )  # fmt: skip

    if request.method == "POST" and attempt(form, act):
        toasts.done(request, _("L’accusé de réception est noté."))
        return redirect(request, address(request, "deposits"))
    context = {"form": form, "filing": filing}
    return render(request, "decisions/deposit_receipt.html", context, status=422 if form.errors else 200)


@in_space("adoption.run")
@require_http_methods(["GET", "POST"])
def adoption_step(request: SpaceRequest, step_id: int) -> HttpResponse:
    """Say what carries out a step of the planning cycle."""
    step = get_object_or_404(CycleStep, pk=step_id, space=request.viewer.space)
    options = adoption_cycle.options(request.viewer)
    form = CycleLinkForm(posted(request), options=options, initial={"processes": adoption_cycle.linked(step)})

    def act() -> None:
        link_step(viewer=request.viewer, step=step, keys=form.cleaned_data["processes"])

    back = reverse("plans:cycle", kwargs={"slug": request.viewer.space.slug})
    if request.method == "POST" and attempt(form, act):
        toasts.done(request, _("L’étape montre maintenant ce qui la réalise."))
        return redirect(request, f"{back}#etape-{step.pk}")
    context = {"form": form, "step": step, "options": options, "back": back}
    return render(request, "decisions/adoption_step.html", context, status=422 if form.errors else 200)
