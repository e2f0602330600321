"""The page of one element of the plan, and of what follows it: forms that were refused come back with what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import redirect, render_page
from concertoit.together.plans.enums import NODE_KIND_LABELS, STEP_STATE_LABELS
from concertoit.together.plans.forms.followup import (
    CommentForm,
    DueForm,
    NoteForm,
    OutlookForm,
    PhaseForm,
)
from concertoit.together.plans.queries.followup import ItemPage, item_page
from concertoit.together.plans.queries.item_files import OBJECT_TYPE
from concertoit.together.plans.rules.document import NodeKind, StepState
from concertoit.together.plans.views.show import progress_parts

TEMPLATE = "plans/item.html"
# The part of the page where steps change: the same HTML for HTMX and for a reload.
WORK = {"suivi": "work"}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A change of state that was refused: on which step, what was chosen and typed, and why."""

    item_id: int
    state: str
    explanation: str
    message: str


def item_url(request: SpaceRequest, item_id: int, anchor: str = "") -> str:
    return reverse("plans:item", kwargs={"slug": request.viewer.space.slug, "item_id": item_id}) + anchor


def refuse(form: forms.Form, error: DomainError) -> None:
    """Write a rule's refusal beside the field it is about."""
    form.add_error(error.field if error.field in form.fields else None, str(error))


def show_item(
    request: SpaceRequest, item_id: int, *, status: int = 200, wrong: Wrong | None = None, **bound: forms.Form
) -> HttpResponse:
    """The page of an item. ``bound``: forms that were refused, by name (``note``, ``outlook``, ``comment``, ``due``)."""
    page = item_page(request.viewer, item_id, everything_said=request.GET.get("fil") == "tout")
    return render_page(request, TEMPLATE, context(request, page, wrong, bound), fragments=WORK, status=status)


def context(
    request: SpaceRequest, page: ItemPage, wrong: Wrong | None, bound: dict[str, forms.Form]
) -> dict[str, Any]:
    item, node = page.view.item, page.node
    outlook = {"value": item.outlook.value} if item.outlook else {}
    return {
        "page": page,
        "item": item,
        "node": node,
        "branch": page.branch,
        "parts": progress_parts(page.branch.progress),
        "crumbs": crumbs(request, page),
        "kind_label": NODE_KIND_LABELS[NodeKind(node.kind)],
        "may": page.view.may_follow_up,
        "history": history_of(page) if request.viewer.can("journal.view") else "",
        "wrong": wrong,
        "state_labels": state_labels,
        "forms": {
            "phase": PhaseForm(initial={"phase": item.phase}),
            "due": DueForm(initial={"due_on": item.due_on}),
            "note": NoteForm(prefix="note"),
            "outlook": OutlookForm(prefix="meteo", initial=outlook),
            "comment": CommentForm(prefix="commentaire"),
            **bound,
        },
    }


def history_of(page: ItemPage) -> str:
    """Where one reads what happened to the item; nothing while nothing is written (what an import brought in)."""
    return reverse("audit:history", args=[OBJECT_TYPE, page.view.item.pk]) if page.has_history else ""


def state_labels(states: list[StepState]) -> list[tuple[str, Any]]:
    """Choices of a group of radio buttons."""
    return [(state.value, STEP_STATE_LABELS[state]) for state in states]


def crumbs(request: SpaceRequest, page: ItemPage) -> list[dict[str, str]]:
    """From the plan down to the item."""
    plan = reverse("plans:plan", kwargs={"slug": request.viewer.space.slug})
    above = [
        {"label": crumb_label(node.code, node.title), "href": item_url(request, node.item_id)}
        for node in page.view.ancestors
    ]
    return [{"label": _("Plan d’action"), "href": plan}, *above, {"label": page.node.code or page.node.title[:40]}]


def crumb_label(code: str, title: str) -> str:
    short = title if len(title) <= 48 else title[:46].rstrip() + "…"
    return f"{code} {short}".strip()


@in_space("plan.view")
def item(request: SpaceRequest, item_id: int) -> HttpResponse:
    """An axis, an objective, an action, an outcome or a step: what it is, where it stands, what is expected of me."""
    return show_item(request, item_id)


def back_to(request: SpaceRequest, item_id: int, anchor: str = "") -> HttpResponse:
    return redirect(request, item_url(request, item_id, anchor))
