"""Several steps at once, and « Dire où en sont mes actions »."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui import toasts
from concertoit.ground.ui.components import query
from concertoit.ground.ui.pages import redirect, render, render_page
from concertoit.together.plans.enums import STEP_STATE_LABELS
from concertoit.together.plans.forms.followup import BulkForm
from concertoit.together.plans.models import PlanNode
from concertoit.together.plans.queries.bulk import BulkFilter, Step, choices, followed_nodes, steps_at
from concertoit.together.plans.queries.worklist import carried_lines, shown_versions, work_of
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.services import followup
from concertoit.together.plans.views.followup import raise_denied, undo_url
from concertoit.together.plans.views.show import items_at

PER_PAGE = 50
MINE_MAX = 60


def read_filter(values: QueryDict) -> BulkFilter:
    """The filter in the address; what cannot be read is left out."""
    state = values.get("etat", "")
    return BulkFilter(
        axis=read_id(values.get("axe")),
        organisation=read_id(values.get("organisme")),
        state=state if state in set(StepState) else "",
        late=values.get("retard") == "1",
        mine=values.get("a-moi") == "1",
        text=values.get("q", "").strip()[:80],
    )


@in_space("plan.view")
def bulk(request: SpaceRequest) -> HttpResponse:
    """The list of what is followed: check several steps, give them one state, one note."""
    wanted = read_filter(request.GET)
    versions = shown_versions([request.viewer.space])
    keys = followed_nodes(request.viewer, wanted, versions).values_list("pk", flat=True)
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    rows = steps_at(page.object_list)
    may = carried_lines(request.viewer, versions, [row.line for row in rows])
    form = BulkForm(request.POST or None, item_ids=[row.item_id for row in rows if row.pk in may])
    if request.method == "POST":
        if not may:
            raise NotAllowed("")
        done = _apply(request, form)
        if done:
            return done
    context = {
        "page": page,
        "rows": rows,
        "items_at": items_at(request.viewer.space.slug),
        "form": form,
        "wanted": wanted,
        "checked": [pk for pk in map(read_id, request.POST.getlist("items")) if pk],
        "choices": choices(versions),
        "chips": chips(request, wanted),
        "states": [(state.value, label) for state, label in STEP_STATE_LABELS.items()],
        "may": may,
    }
    status = 422 if form.errors else 200
    return render_page(request, "plans/bulk.html", context, fragments={"liste": "list"}, status=status)


def _apply(request: SpaceRequest, form: BulkForm) -> HttpResponse | None:
    """Write what was asked and come back to the same list; nothing when the form is refused."""
    if not form.is_valid():
        return None
    values = form.cleaned_data
    try:
        change = followup.set_states(
            viewer=request.viewer,
            item_ids=values["items"],
            state=values["state"],
            explanation=values["explanation"],
            note=values["note"],
        )
    except DomainError as error:
        raise_denied(error)
        form.add_error("explanation" if error.field == "note" else None, str(error))
        return None
    if change.changed:
        text = ngettext("%(n)s élément mis à jour.", "%(n)s éléments mis à jour.", change.changed)
        undo = undo_url(request, change.undo) if change.undo else ""
        toasts.done(request, text % {"n": change.changed}, undo=undo)
    for node, why in change.refused[:5]:
        messages.warning(request, f"{node.code} {node.title} : {why}")
    return redirect(request, request.get_full_path())


def chips(request: SpaceRequest, wanted: BulkFilter) -> list[dict[str, Any]]:
    """Filters people use most."""
    found = [{"label": _("Tout"), "href": request.path, "current": wanted == BulkFilter()}]
    if request.viewer.organisation_ids:
        found.append(
            {
                "label": _("À moi"),
                "href": query(request, **{"a-moi": "" if wanted.mine else "1"}),
                "current": wanted.mine,
            }
        )
    found.append(
        {"label": _("En retard"), "href": query(request, retard="" if wanted.late else "1"), "current": wanted.late}
    )
    for state, label in STEP_STATE_LABELS.items():
        on = wanted.state == state
        found.append({"label": label, "href": query(request, etat="" if on else state.value), "current": on})
    return found


@in_space("plan.followup.own")
def mine(request: SpaceRequest) -> HttpResponse:
    """« Dire où en sont mes actions » : everything I carry on one page, in one minute."""
    work = work_of(request.viewer)
    shown = work.all[:MINE_MAX]
    wrong: dict[int, dict[str, str]] = {}
    if request.method == "POST":
        wrong = _say(request, shown)
        if not wrong:
            return redirect(request, reverse("plans:mine", kwargs={"slug": request.viewer.space.slug}))
    groups: dict[str, list[Step]] = {}
    for row in map(Step.of, shown):
        groups.setdefault(row.above or row.title, []).append(row)
    context = {
        "groups": groups,
        "late": len(work.late),
        "blocked": len(work.blocked),
        "total": len(work.all),
        "shown": len(shown),
        "wrong": wrong,
        "labels": STEP_STATE_LABELS,
    }
    return render(request, "plans/mine.html", context, status=422 if wrong else 200)


def _say(request: SpaceRequest, nodes: list[PlanNode]) -> dict[int, dict[str, str]]:
    """Write every state that differs; answers what was refused, by item, with what was typed."""
    said: dict[int, tuple[StepState, str]] = {}
    for node in nodes:
        state, text = request.POST.get(f"etat-{node.item_id}", ""), request.POST.get(f"motif-{node.item_id}", "")
        if state in set(StepState) and (state != node.item.state or text.strip() != node.item.state_note):
            said[node.item_id] = (StepState(state), text)
    change = followup.set_each(viewer=request.viewer, states=said)
    if change.changed:
        thanks = ngettext("Merci! %(n)s étape mise à jour.", "Merci! %(n)s étapes mises à jour.", change.changed)
        toasts.done(request, thanks % {"n": change.changed}, undo=undo_url(request, change.undo))
    return {
        node.item_id: {"state": said[node.item_id][0], "text": said[node.item_id][1], "message": message}
        for node, message in change.refused
    }
