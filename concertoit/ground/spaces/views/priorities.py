"""Cross-cutting priorities."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.spaces import services
from concertoit.ground.spaces.forms import PriorityForm
from concertoit.ground.spaces.models import CrossCuttingPriority
from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space, posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


def _here(request: SpaceRequest) -> str:
    return reverse("spaces:priorities", kwargs={"slug": request.viewer.space.slug})


@in_space("space.view")
def priorities(request: SpaceRequest) -> HttpResponse:
    """The priorities in their order; the coordination adds one here."""
    if request.method == "POST":
        request.viewer.must("space.manage")
    form = PriorityForm(posted(request))
    if request.method == "POST" and attempt(
        form, lambda: services.save_priority(viewer=request.viewer, **form.cleaned_data)
    ):
        done(request, _("Priorité ajoutée."))
        return redirect(request, _here(request))
    rows = CrossCuttingPriority.objects.filter(space=request.viewer.space).order_by("position", "pk")
    context = {"form": form, "priorities": list(rows)}
    return render(request, "spaces/priorities.html", context, status=422 if form.errors else 200)


@in_space("space.manage")
def priority_edit(request: SpaceRequest, priority_id: int) -> HttpResponse:
    """Change the words of a priority."""
    row = get_object_or_404(CrossCuttingPriority, pk=priority_id, space=request.viewer.space)
    form = PriorityForm(posted(request), initial={"name": row.name, "narrative": row.narrative})
    if request.method == "POST" and attempt(
        form, lambda: services.save_priority(viewer=request.viewer, priority=row, **form.cleaned_data)
    ):
        done(request, _("Priorité enregistrée."))
        return redirect(request, _here(request))
    context = {"form": form, "title": row.name, "back": _here(request), "submit": _("Enregistrer")}
    return render(request, "spaces/form.html", context, status=422 if form.errors else 200)


@require_POST
@in_space("space.manage")
def priority_move(request: SpaceRequest, priority_id: int) -> HttpResponse:
    """Up or down by one place."""
    row = get_object_or_404(CrossCuttingPriority, pk=priority_id, space=request.viewer.space)
    services.move_priority(viewer=request.viewer, priority=row, up=request.POST.get("to") == "up")
    return redirect(request, _here(request))


@require_POST
@in_space("space.manage")
def priority_remove(request: SpaceRequest, priority_id: int) -> HttpResponse:
    """Remove a priority that nothing carries."""
    row = get_object_or_404(CrossCuttingPriority, pk=priority_id, space=request.viewer.space)
    services.remove_priority(viewer=request.viewer, priority=row)
    done(request, _("Priorité retirée."))
    return redirect(request, _here(request))
