"""The plan as a list: the page people open most."""

from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db.models import Sum
from django.http import HttpResponse
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.models import CrossCuttingPriority
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import render, render_page
from concertoit.together.plans.filters import PlanFilter
from concertoit.together.plans.models import Plan, Spending
from concertoit.together.plans.queries.items import chosen_version, plan_of, versions_for
from concertoit.together.plans.queries.narrow import kept_actions, only_axis, prune
from concertoit.together.plans.queries.tree import Tree, add_actors, plan_tree
from concertoit.together.plans.views.show import PlanPage, groups, progress_parts

P = ParamSpec("P")
# Beyond this many actions the page opens one axis at a time: nobody reads 2,000 rows, and no phone should load them.
WHOLE_UP_TO = 200


def open_plan(request: SpaceRequest) -> PlanPage | None:
    """The démarche's plan in the version asked for; nothing when the démarche has no plan yet.

    Raises ``NotVisible`` for a version this viewer may not see.
    """
    viewer = request.viewer
    viewer.must("plan.view")
    wanted = PlanFilter.read(request.GET)
    plan = plan_of(viewer.space)
    versions = versions_for(viewer, plan) if plan else []
    if plan is None or not versions:
        return None
    return PlanPage(plan, chosen_version(versions, wanted.version), wanted, versions, viewer)


class NoPlan(NotVisible):
    """The démarche has no plan yet."""


def needed_plan(request: SpaceRequest) -> PlanPage:
    """As ``open_plan``; raises ``NoPlan`` when there is no plan."""
    page = open_plan(request)
    if page is None:
        raise NoPlan("")
    return page


View = Callable[Concatenate[SpaceRequest, P], HttpResponse]


def teaches_first_steps(view: View[P]) -> View[P]:
    """A page of the plan that, before there is one, says how to begin rather than that it does not exist."""

    @wraps(view)
    def shown(request: SpaceRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NoPlan:
            # An address that names an element is that of another démarche's: it is not found.
            if request.method != "GET" or any(isinstance(one, int) for one in kwargs.values()):
                raise
            return no_plan_yet(request)

    return shown


def no_plan_yet(request: SpaceRequest, heading: str = "") -> HttpResponse:
    """How to begin, for the coordination; to the others, that the plan will appear."""
    return render(request, "plans/empty.html", {"active": "plan", "heading": heading or _("Plan d’action")})


@in_space("plan.view")
def plan(request: SpaceRequest) -> HttpResponse:
    """The list of actions, axis by axis, with where each stands."""
    page = open_plan(request)
    if page is None:
        return no_plan_yet(request)
    tree = plan_tree(request.viewer, page.version)
    total_actions = len(tree.actions())
    axes = sum(root.node.kind == "axis" for root in tree.roots)
    silent = sum(line.silent for line in tree.actions())
    narrow_tree(request, page, tree)
    opened = _opened(page, tree, total_actions)
    whole = total_actions <= WHOLE_UP_TO
    add_actors(tree, None if whole else {root.node.pk for root in tree.roots if root.node.item_id in opened})
    context: dict[str, Any] = {
        "active": "plan",
        "page": page,
        "tree": tree,
        "groups": groups(tree, request.viewer.space.slug, opened),
        "parts": progress_parts(tree.progress),
        "total_actions": total_actions,
        "shown_actions": len(tree.actions()),
        "axes": axes,
        "silent": silent,
        "money_out": money_out(page.plan),
        "priorities": list(CrossCuttingPriority.objects.filter(space=request.viewer.space)),
    }
    return render_page(request, "plans/plan.html", context, fragments={"plan-liste": "list"})


def narrow_tree(request: SpaceRequest, page: PlanPage, tree: Tree) -> None:
    """Apply the address's filter to a tree."""
    chosen = page.filter
    if not chosen.is_narrow:
        return
    if chosen.axis is not None:
        only_axis(tree, chosen.axis)
    if not chosen.chooses_actions:
        return
    kept = kept_actions(
        request.viewer,
        tree,
        show=chosen.show,
        organisation=chosen.organisation,
        committee=chosen.committee,
        priority=chosen.priority,
        mrc=chosen.mrc,
    )
    prune(tree, kept)


def _opened(page: PlanPage, tree: Tree, total_actions: int) -> set[int]:
    """Items of the axes that are shown whole."""
    if total_actions <= WHOLE_UP_TO or page.filter.axis is not None:
        return {root.node.item_id for root in tree.roots}
    return {root.node.item_id for root in tree.roots[:1]}


def money_out(plan: Plan) -> dict[str, Any]:
    """Amounts committed and spent on a plan; what is spent was committed, whether or not anybody wrote it first."""
    rows = Spending.objects.filter(item__plan=plan).order_by().values_list("kind").annotate(total=Sum("amount"))
    found = {"committed": Decimal(0), "spent": Decimal(0), **dict(rows)}
    return {**found, "committed": max(found["committed"], found["spent"])}
