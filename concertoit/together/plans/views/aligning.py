"""Alignments with other démarches: propose, answer, see both sides (L13)."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.plans.forms.exchange import AlignmentForm, AnswerForm
from concertoit.together.plans.models import Alignment, PlanItem, PlanNode
from concertoit.together.plans.queries import alignments as queries
from concertoit.together.plans.services import aligning as services


def _url(request: SpaceRequest) -> str:
    return reverse("plans:alignments", kwargs={"slug": request.viewer.space.slug})


def _alignment(request: SpaceRequest, alignment_id: int) -> Alignment:
    mine = Q(space=request.viewer.space) | Q(other_space=request.viewer.space)
    return must_exist(Alignment.objects.filter(mine, pk=alignment_id).first())


@in_space("plan.view")
def alignments(request: SpaceRequest) -> HttpResponse:
    """Links with other démarches, what overlaps and what nothing links."""
    views = queries.alignments(request.viewer)
    context = {
        "views": views,
        "coverage": queries.coverage(request.viewer, views),
        "others": queries.spaces_to_align(request.viewer) if request.viewer.can("plan.align") else [],
    }
    return render(request, "plans/alignments.html", context)


def _choices(nodes: list[PlanNode]) -> list[tuple[int, str]]:
    return [(node.item_id, f"{node.code} {node.title[:90]}") for node in nodes]


@in_space("plan.align")
@require_http_methods(["GET", "POST"])
def propose(request: SpaceRequest, other: str) -> HttpResponse:
    """Propose a link to an action of another démarche."""
    space = must_exist(next((one for one in queries.spaces_to_align(request.viewer) if one.slug == other), None))
    form = AlignmentForm(request.POST or None, initial={"item": request.GET.get("element")})
    form.fields["item"].choices = _choices(queries.actions_in_force(request.viewer.space))  # type: ignore[attr-defined]
    form.fields["other"].choices = _choices(queries.actions_in_force(space))  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        items = PlanItem.objects.in_bulk([data["item"], data["other"]])
        try:
            services.propose(
                viewer=request.viewer,
                item=items[data["item"]],
                other_item=items[data["other"]],
                kind=data["kind"],
                note=data["note"],
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("L’arrimage est proposé à « %(name)s ».") % {"name": space.name})
            return redirect(request, _url(request))
    context = {"form": form, "other": space}
    return render(request, "plans/alignment_form.html", context, status=422 if form.errors else 200)


@in_space("plan.align")
@require_POST
def answer(request: SpaceRequest, alignment_id: int) -> HttpResponse:
    """Accept or refuse a proposal."""
    alignment = _alignment(request, alignment_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise DomainError(_("Votre mot est trop long."))
    accept = request.POST.get("reponse") == "oui"
    services.answer(viewer=request.viewer, alignment=alignment, accept=accept, words=form.cleaned_data["words"])
    messages.success(request, _("L’arrimage est accepté.") if accept else _("L’arrimage n’est pas retenu."))
    return redirect(request, _url(request))


@in_space("plan.align")
@require_POST
def withdraw(request: SpaceRequest, alignment_id: int) -> HttpResponse:
    """Take a link back."""
    services.withdraw(viewer=request.viewer, alignment=_alignment(request, alignment_id))
    messages.success(request, _("L’arrimage est retiré."))
    return redirect(request, _url(request))
