"""The planning cycle: where we are, what comes next, who held each step and who took part (L2)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.plans.forms.exchange import CycleStepForm
from concertoit.together.plans.models import CycleStep, Plan
from concertoit.together.plans.queries import items, processes
from concertoit.together.plans.services import filing as services
from concertoit.together.plans.views.plan import NoPlan, no_plan_yet, teaches_first_steps


def plan_of(request: SpaceRequest) -> Plan:
    """The démarche's plan. Raises ``NoPlan``."""
    found = items.plan_of(request.viewer.space)
    if found is None:
        raise NoPlan("")
    return found


def step_of(request: SpaceRequest, step_id: int) -> CycleStep:
    """A step of the démarche's cycle. Raises ``NotVisible``."""
    return must_exist(
        CycleStep.objects.filter(space=request.viewer.space, pk=step_id).select_related("plan", "body").first()
    )


def _url(request: SpaceRequest) -> str:
    return reverse("plans:cycle", kwargs={"slug": request.viewer.space.slug})


@in_space("plan.view")
def cycle(request: SpaceRequest) -> HttpResponse:
    """The steps in order, the one at hand marked."""
    plan = items.plan_of(request.viewer.space)
    if plan is None:
        return no_plan_yet(request, _("Étapes de la démarche"))
    steps = list(
        CycleStep.objects.filter(plan=plan)
        .select_related("body")
        .prefetch_related("participants__person", "participants__organisation")
    )
    stands = processes.stands(request.viewer, steps)
    shown: list[dict[str, Any]] = [
        {
            "label": one.step.title,
            "state": one.state,
            "date": date_short(day) if (day := one.done_on or one.step.on) else one.step.when,
            "note": str(one.step.body or ""),
            "href": f"#etape-{one.step.pk}",
        }
        for one in stands
    ]
    now = next((one.step for one in stands if one.state == "now"), None)
    done = sum(one.state == "done" for one in stands)
    context = {"plan": plan, "steps": steps, "stands": stands, "shown": shown, "now": now, "done": done}
    return render(request, "plans/cycle.html", context)


@in_space("plan.edit")
@require_http_methods(["GET", "POST"])
@teaches_first_steps
def step(request: SpaceRequest, step_id: int = 0) -> HttpResponse:
    """Add a step, or rewrite one."""
    existing = step_of(request, step_id) if step_id else None
    plan = plan_of(request)
    initial = None
    if existing:
        initial = {
            "title": existing.title,
            "body": existing.body_id,
            "when": existing.when,
            "on": existing.on,
            "detail": existing.detail,
            "done_on": existing.done_on,
            "participants": list(existing.participants.values_list("pk", flat=True)),
        }
    form = CycleStepForm(request.POST or None, initial=initial, space=request.viewer.space)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_cycle_step(viewer=request.viewer, plan=plan, step=existing, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("L’étape est enregistrée."))
            return redirect(request, _url(request))
    return render(
        request, "plans/cycle_form.html", {"form": form, "step": existing}, status=422 if form.errors else 200
    )


@in_space("plan.edit")
@require_POST
def move(request: SpaceRequest, step_id: int) -> HttpResponse:
    """Move a step up or down."""
    services.move_cycle_step(
        viewer=request.viewer, step=step_of(request, step_id), up=request.POST.get("sens") == "haut"
    )
    return redirect(request, _url(request))


@in_space("plan.edit")
@require_POST
def remove(request: SpaceRequest, step_id: int) -> HttpResponse:
    """Take a step out of the cycle."""
    services.remove_cycle_step(viewer=request.viewer, step=step_of(request, step_id))
    messages.success(request, _("L’étape est retirée; le journal en garde la trace."))
    return redirect(request, _url(request))
