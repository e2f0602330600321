"""Writing a draft in the browser: the outline, one form per element, the texts."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.plans.enums import NODE_KIND_LABELS, VersionState
from concertoit.together.plans.forms.content import PlanForm, SectionForm
from concertoit.together.plans.forms.lines import read_steps
from concertoit.together.plans.forms.meanwhile import differences, sent_again
from concertoit.together.plans.forms.node import NodeForm, kind_choices
from concertoit.together.plans.models import PlanNode, PlanSection, PlanVersion
from concertoit.together.plans.queries.items import plan_of
from concertoit.together.plans.rules.document import NodeKind
from concertoit.together.plans.services import content, editing, numbering, steps, versions
from concertoit.together.plans.views.plan import NoPlan, teaches_first_steps
from concertoit.together.plans.views.show_diff import ShownField, marked_words


def draft_for(request: SpaceRequest) -> PlanVersion:
    """The draft of the démarche's plan. Raises ``NotVisible`` when none is open (``NoPlan`` when there is no plan)."""
    found = (
        PlanVersion.objects.filter(space=request.viewer.space, state=VersionState.DRAFT)
        .select_related("plan", "space")
        .order_by("-plan_id")
        .first()
    )
    if found is None:
        raise NotVisible("") if plan_of(request.viewer.space) else NoPlan("")
    return found


def node_in(version: PlanVersion, node_id: int) -> PlanNode:
    """A node of a version. Raises ``NotVisible``."""
    return must_exist(
        PlanNode.objects.filter(version=version, pk=node_id)
        .select_related("parent", "version", "space", "item")
        .first()
    )


def outline_url(request: SpaceRequest, node: PlanNode | None = None) -> str:
    """The outline, at the place of a node."""
    base = reverse("plans:outline", kwargs={"slug": request.viewer.space.slug})
    return f"{base}#n{node.pk}" if node else base


@in_space("plan.edit")
@require_http_methods(["GET", "POST"])
def create(request: SpaceRequest) -> HttpResponse:
    """Open a plan from a blank sheet."""
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        versions.create_plan(viewer=request.viewer, **form.cleaned_data)
        messages.success(request, _("Le plan est ouvert : ajoutez son premier axe ou sa première action."))
        return redirect(request, outline_url(request))
    return render(request, "plans/create.html", {"form": form}, status=422 if form.errors else 200)


@in_space("plan.edit")
@require_POST
def draft_open(request: SpaceRequest) -> HttpResponse:
    """Open a draft from the version in force."""
    current = must_exist(
        PlanVersion.objects.filter(space=request.viewer.space)
        .select_related("plan")
        .order_by("-plan_id", "state")
        .first()
    )
    versions.open_draft(viewer=request.viewer, plan=current.plan)
    return redirect(request, outline_url(request))


@in_space("plan.edit")
def outline(request: SpaceRequest) -> HttpResponse:
    """The draft as an outline, with everything one may do to it; the plan where no draft is open."""
    if not PlanVersion.objects.filter(space=request.viewer.space, state=VersionState.DRAFT).exists():
        return redirect(request, reverse("plans:plan", kwargs={"slug": request.viewer.space.slug}))
    version = draft_for(request)
    nodes = list(PlanNode.objects.filter(version=version).exclude(kind="step").order_by("order", "id"))
    depths: dict[int, int] = {}
    for node in nodes:
        depths[node.pk] = depths[node.parent_id] + 1 if node.parent_id in depths else 0
    under: dict[int, int] = {}
    for parent in PlanNode.objects.filter(version=version, kind="step").values_list("parent_id", flat=True):
        under[parent or 0] = under.get(parent or 0, 0) + 1
    context: dict[str, Any] = {
        "version": version,
        "nodes": [(node, depths[node.pk], under.get(node.pk, 0), kind_choices(node)) for node in nodes],
        "labels": NODE_KIND_LABELS,
        "root_kinds": kind_choices(None),
        "sections": PlanSection.objects.filter(version=version),
    }
    return render(request, "plans/outline.html", context)


@in_space("plan.edit")
@require_http_methods(["GET", "POST"])
@teaches_first_steps
def node_add(request: SpaceRequest, kind: str, parent_id: int = 0) -> HttpResponse:
    """Add an element under another (or at the root)."""
    version = draft_for(request)
    parent = node_in(version, parent_id) if parent_id else None
    if kind not in {code for code, _label in kind_choices(parent)}:
        raise NotVisible("")
    form = NodeForm(request.POST or None, version=version, kind=NodeKind(kind))
    if request.method == "POST" and form.is_valid():
        try:
            node = content.add_node(
                viewer=request.viewer, version=version, kind=NodeKind(kind), parent=parent, content=form.content()
            )
            _save_steps(request, node, form)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("« %(title)s » est dans l’ébauche.") % {"title": node.title})
            return redirect(request, outline_url(request, node))
    context = {
        "form": form,
        "version": version,
        "parent": parent,
        "label": NODE_KIND_LABELS[NodeKind(kind)],
        "node": None,
        "meanwhile": [],
    }
    return render(request, "plans/node_form.html", context, status=422 if form.errors else 200)


@in_space("plan.edit")
@require_http_methods(["GET", "POST"])
def node_edit(request: SpaceRequest, node_id: int) -> HttpResponse:
    """Change an element of the draft."""
    version = draft_for(request)
    node = node_in(version, node_id)
    kind = NodeKind(node.kind)
    meanwhile: list[ShownField] = []
    form = NodeForm(request.POST or None, version=version, kind=kind, node=node)
    if request.method == "POST" and form.is_valid():
        try:
            written = read_steps(form.cleaned_data["steps"]) if "steps" in form.fields else None
            seen = form.cleaned_data["seen"]
            editing.edit_node(viewer=request.viewer, node=node, content=form.content(), steps=written, seen=seen)
        except editing.ChangedMeanwhile as error:
            meanwhile = _refused(form, error)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("« %(title)s » est enregistré.") % {"title": node.title})
            return redirect(request, outline_url(request, node))
    context = {
        "form": form,
        "version": version,
        "node": node,
        "parent": node.parent,
        "label": NODE_KIND_LABELS[kind],
        "meanwhile": meanwhile,
    }
    return render(request, "plans/node_form.html", context, status=422 if form.errors else 200)


def _refused(form: Form, error: editing.ChangedMeanwhile) -> list[ShownField]:
    """Say it in the form, which keeps what was typed; answers, field by field, what is written now and what was typed."""
    found = [ShownField(label, marked_words(now, typed)) for label, now, typed in differences(form)]
    sent_again(form, error.stamp)
    form.add_error(None, str(error))
    return found


def _save_steps(request: SpaceRequest, node: PlanNode, form: NodeForm) -> None:
    if "steps" in form.fields:
        steps.set_steps(viewer=request.viewer, node=node, steps=read_steps(form.cleaned_data["steps"]))


@in_space("plan.edit")
@require_POST
def node_shift(request: SpaceRequest, node_id: int) -> HttpResponse:
    """Move an element one place up or down."""
    node = node_in(draft_for(request), node_id)
    content.shift_node(viewer=request.viewer, node=node, up=request.POST.get("sens") == "haut")
    return redirect(request, outline_url(request, node))


@in_space("plan.edit")
@require_http_methods(["GET", "POST"])
def node_move(request: SpaceRequest, node_id: int) -> HttpResponse:
    """Put an element under another."""
    version = draft_for(request)
    node = node_in(version, node_id)
    places = _places(version, node)
    if request.method == "POST":
        chosen = request.POST.get("parent", "")
        parents = {str(place.pk): place for place in places}
        if chosen and chosen not in parents:
            raise NotVisible("")
        content.move_node(viewer=request.viewer, node=node, parent=parents.get(chosen))
        messages.success(request, _("« %(title)s » a changé de place.") % {"title": node.title})
        return redirect(request, outline_url(request, node))
    return render(request, "plans/node_move.html", {"node": node, "places": places, "version": version})


def _places(version: PlanVersion, node: PlanNode) -> list[PlanNode]:
    """Nodes under which a node may stand, itself and its descendants left out."""
    inside = {node.pk}
    fits = []
    for other in PlanNode.objects.filter(version=version).order_by("order"):
        if other.parent_id in inside:
            inside.add(other.pk)
        if other.pk not in inside and node.kind in {code for code, _label in kind_choices(other)}:
            fits.append(other)
    return fits


@in_space("plan.edit")
@require_http_methods(["GET", "POST"])
def node_remove(request: SpaceRequest, node_id: int) -> HttpResponse:
    """Ask, then remove an element and what stands under it."""
    version = draft_for(request)
    node = node_in(version, node_id)
    under = sum(1 for _node in _descendants(version, node))
    if request.method == "POST":
        content.remove_node(viewer=request.viewer, node=node)
        messages.success(request, _("« %(title)s » n’est plus dans l’ébauche.") % {"title": node.title})
        return redirect(request, outline_url(request))
    return render(request, "plans/node_remove.html", {"node": node, "under": under, "version": version})


def _descendants(version: PlanVersion, node: PlanNode) -> list[PlanNode]:
    inside, found = {node.pk}, []
    for other in PlanNode.objects.filter(version=version, order__gt=node.order).order_by("order"):
        if other.parent_id not in inside:
            break
        inside.add(other.pk)
        found.append(other)
    return found


@in_space("plan.edit")
@require_POST
def renumber(request: SpaceRequest) -> HttpResponse:
    """Give every element the number of its place."""
    changed = numbering.renumber(viewer=request.viewer, version=draft_for(request))
    messages.success(request, _("%(n)s numéros ont changé; les liens suivent.") % {"n": changed})
    return redirect(request, outline_url(request))


@in_space("plan.edit")
@require_http_methods(["GET", "POST"])
@teaches_first_steps
def section(request: SpaceRequest, section_id: int = 0) -> HttpResponse:
    """Write one of the texts around the tables."""
    version = draft_for(request)
    existing = PlanSection.objects.filter(version=version, pk=section_id).first() if section_id else None
    if section_id and existing is None:
        raise NotVisible("")
    initial = {"kind": existing.kind, "heading": existing.heading, "body": existing.body} if existing else {}
    initial["seen"] = editing.stamp_of_section(existing)
    meanwhile: list[ShownField] = []
    form = SectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            editing.edit_section(viewer=request.viewer, version=version, section=existing, **form.cleaned_data)
        except editing.ChangedMeanwhile as error:
            meanwhile = _refused(form, error)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Le texte est enregistré."))
            return redirect(request, outline_url(request) + "#textes")
    context = {"form": form, "version": version, "section": existing, "meanwhile": meanwhile}
    return render(request, "plans/section_form.html", context, status=422 if form.errors else 200)
