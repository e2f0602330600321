"""Importing a real plan: bring it, look at what was understood, correct, confirm; undo."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import addresses_in
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import is_fragment, redirect, render, render_page
from concertoit.together.plans.enums import NODE_KIND_LABELS, ImportState
from concertoit.together.plans.exports import FORMATS
from concertoit.together.plans.forms.exchange import ROLE_LABELS, CorrectionForm, ImportForm
from concertoit.together.plans.importers.understand.result import Anomaly, Mapping
from concertoit.together.plans.importers.understand.roles import Role
from concertoit.together.plans.models import PlanImport
from concertoit.together.plans.queries.items import plan_of
from concertoit.together.plans.rules import corrections
from concertoit.together.plans.rules.document import NodeKind
from concertoit.together.plans.services import importing as services
from concertoit.together.plans.services import reading, undoing
from concertoit.together.plans.views.show_diff import show

_url = addresses_in("plans")

READING = "lecture"
"""The element of the page that follows a reading; HTMX asks for it until the reading is over."""


def import_for(
    request: SpaceRequest, import_id: int, states: tuple[ImportState, ...] = (ImportState.PREVIEW,)
) -> PlanImport:
    """An import of the viewer's démarche, in one of these states. Raises ``NotVisible``."""
    mine = PlanImport.objects.filter(space=request.viewer.space, pk=import_id)
    found = mine.select_related("plan", "version", "job").first()
    if found is None or found.state not in states:
        raise NotVisible("")
    return found


@in_space("plan.import")
@require_http_methods(["GET", "POST"])
def start(request: SpaceRequest) -> HttpResponse:
    """Choose a document."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name, data = form.brought()
        plan = plan_of(request.viewer.space)
        try:
            brought = reading.bring_in(viewer=request.viewer, name=name, data=data, plan=plan)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return redirect(request, _url(request, "import_preview", import_id=brought.pk))
    recent = PlanImport.objects.filter(space=request.viewer.space).defer("source", "understanding")[:8]
    context = {"form": form, "recent": recent, "templates": [code for code, one in FORMATS.items() if one.blank]}
    return render(request, "plans/import_start.html", context, status=422 if form.errors else 200)


@in_space("plan.import")
def template(request: SpaceRequest, extension: str) -> HttpResponse:
    """The blank template, for who starts from nothing."""
    chosen = FORMATS.get(extension)
    if chosen is None or chosen.blank is None:
        raise NotVisible("")
    return attachment(chosen.blank(), chosen.media_type, f"modele-de-plan.{extension}")


@in_space("plan.import")
def preview(request: SpaceRequest, import_id: int) -> HttpResponse:
    """What was understood, beside its source; anomalies and texts without a place at once. While it is read: how far."""
    brought = import_for(request, import_id, services.UNCONFIRMED)
    if brought.state != ImportState.PREVIEW:
        return render_page(request, "plans/import_reading.html", {"brought": brought}, fragments={READING: "reading"})
    if is_fragment(request, READING):  # the page that follows the reading: it is over
        return redirect(request, request.path)
    found = services.understood(brought)
    counts = Counter(node.kind for node in found.document.walk())
    diff = services.difference(brought)
    context: dict[str, Any] = {
        "brought": brought,
        "found": found,
        "document": found.document,
        "total_nodes": sum(counts.values()),
        "counted": counted(counts),
        "anomalies": by_kind(found.anomalies),
        "labels": NODE_KIND_LABELS,
        "roles": [(role.value, label) for role, label in ROLE_LABELS.items()],
        "guessed": sum(1 for node in found.document.walk() if node.guessed),
        "diff": show(diff) if diff is not None else None,
        "total": found.document.budget_total(),
    }
    return render(request, "plans/import_preview.html", context)


def counted(counts: Counter[NodeKind]) -> str:
    """« 4 axes · 14 objectifs · 35 actions », without what the document does not have."""
    words = {
        NodeKind.AXIS: ngettext("%(n)s axe", "%(n)s axes", counts[NodeKind.AXIS]),
        NodeKind.OBJECTIVE: ngettext("%(n)s objectif", "%(n)s objectifs", counts[NodeKind.OBJECTIVE]),
        NodeKind.ACTION: ngettext("%(n)s action", "%(n)s actions", counts[NodeKind.ACTION]),
        NodeKind.OUTCOME: ngettext("%(n)s résultat", "%(n)s résultats", counts[NodeKind.OUTCOME]),
        NodeKind.STEP: ngettext("%(n)s étape", "%(n)s étapes", counts[NodeKind.STEP]),
    }
    return " · ".join(text % {"n": counts[kind]} for kind, text in words.items() if counts[kind])


def by_kind(anomalies: list[Anomaly]) -> list[list[Anomaly]]:
    """Anomalies of one kind together, those that are alone first: what is rare matters more than a habit of writing."""
    groups: dict[str, list[Anomaly]] = {}
    for one in anomalies:
        groups.setdefault(one.kind, []).append(one)
    return sorted(groups.values(), key=len)


@in_space("plan.import")
@require_POST
def columns(request: SpaceRequest, import_id: int) -> HttpResponse:
    """Read the document again with the columns the person chose."""
    brought = import_for(request, import_id)
    mapping = Mapping()
    known = {role.value for role in Role}
    for number, table in enumerate(services.understood(brought).mappings):
        for column in table.columns:
            chosen = request.POST.get(f"t{number}-c{column.index}", "")
            if chosen in known and chosen != Role.UNKNOWN:
                mapping.columns.setdefault(table.place, {})[column.index] = Role(chosen)
    reading.read_again(viewer=request.viewer, brought=brought, mapping=mapping)
    if brought.state == ImportState.PREVIEW:
        messages.success(request, _("Le document a été relu avec ces colonnes."))
    return redirect(request, _url(request, "import_preview", import_id=brought.pk))


@in_space("plan.import")
@require_http_methods(["GET", "POST"])
def node(request: SpaceRequest, import_id: int, node_id: str) -> HttpResponse:
    """Correct a node of the preview."""
    brought = import_for(request, import_id)
    found = services.understood(brought)
    target = must_exist(corrections.find(found.document, node_id))
    form = CorrectionForm(request.POST or None, node=target)
    if request.method == "POST" and form.is_valid():
        correction = form.correction()
        if corrections.may_be(found.document, target, correction.kind):
            corrections.correct(found.document, target, correction)
            services.correct(viewer=request.viewer, brought=brought, understanding=found)
            return redirect(request, _url(request, "import_preview", import_id=brought.pk) + f"#n-{node_id}")
        form.add_error("kind", _("Ce niveau ne peut pas être à cet endroit du plan."))
    context = {"form": form, "brought": brought, "node": target}
    return render(request, "plans/import_node.html", context, status=422 if form.errors else 200)


@in_space("plan.import")
@require_POST
def node_remove(request: SpaceRequest, import_id: int, node_id: str) -> HttpResponse:
    """Take a node out; its text joins those that have no place, so that nothing is lost."""
    brought = import_for(request, import_id)
    found = services.understood(brought)
    if corrections.find(found.document, node_id) is None:
        raise NotVisible("")
    taken = corrections.remove(found.document, node_id)
    found.unplaced += [(one.source_place, one.source_text or one.title) for one in taken]
    services.correct(viewer=request.viewer, brought=brought, understanding=found)
    messages.success(request, _("Retiré du plan; son texte est gardé avec ceux qui n’ont pas de place."))
    return redirect(request, _url(request, "import_preview", import_id=brought.pk))


@in_space("plan.import")
@require_http_methods(["GET", "POST"])
def place(request: SpaceRequest, import_id: int, number: int) -> HttpResponse:
    """Give a text without a place one in the plan."""
    brought = import_for(request, import_id)
    found = services.understood(brought)
    if number >= len(found.unplaced):
        raise NotVisible("")
    where, text = found.unplaced[number]
    nodes = [one for one in found.document.walk() if one.kind is not NodeKind.STEP]
    problem = ""
    if request.method == "POST":
        problem = _place(request, brought, found, number)
        if not problem:
            return redirect(request, _url(request, "import_preview", import_id=brought.pk) + "#sans-place")
    context = {
        "brought": brought,
        "where": where,
        "text": text,
        "nodes": nodes,
        "kinds": NODE_KIND_LABELS,
        "problem": problem,
    }
    return render(request, "plans/import_place.html", context, status=422 if problem else 200)


def _place(request: SpaceRequest, brought: PlanImport, found: Any, number: int) -> str:
    """Place the text; a sentence when it cannot be."""
    where, text = found.unplaced[number]
    chosen = request.POST.get("comme", "")
    kind = NodeKind(chosen) if chosen in set(NodeKind) else None
    try:
        corrections.place(found.document, text, where, parent_id=request.POST.get("sous", ""), kind=kind)
    except KeyError:
        return _("Choisissez l’élément du plan où placer ce texte.")
    except ValueError:
        return _("Ce niveau ne peut pas être placé sous cet élément.")
    del found.unplaced[number]
    services.correct(viewer=request.viewer, brought=brought, understanding=found)
    return ""


@in_space("plan.import")
@require_POST
def confirm(request: SpaceRequest, import_id: int) -> HttpResponse:
    """Write the understood plan into a draft."""
    brought = import_for(request, import_id)
    version = services.confirm(viewer=request.viewer, brought=brought)
    messages.success(
        request,
        _("Le plan est importé dans l’ébauche %(n)s. Vous pouvez encore annuler l’import.") % {"n": version.number},
    )
    return redirect(request, _url(request, "plan") + f"?version={version.number}")


@in_space("plan.import")
@require_POST
def discard(request: SpaceRequest, import_id: int) -> HttpResponse:
    """Give the import up."""
    services.discard(viewer=request.viewer, brought=import_for(request, import_id, services.UNCONFIRMED))
    messages.success(request, _("L’import est abandonné; rien n’a changé."))
    return redirect(request, _url(request, "import_start"))


@in_space("plan.import")
@require_POST
def undo(request: SpaceRequest, import_id: int) -> HttpResponse:
    """Take a confirmed import back."""
    undoing.undo(viewer=request.viewer, brought=import_for(request, import_id, tuple(ImportState)))
    messages.success(request, _("L’import est annulé; tout ce qu’il avait créé est retiré."))
    return redirect(request, _url(request, "import_start"))
