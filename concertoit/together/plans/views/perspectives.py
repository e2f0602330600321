"""The plan on a calendar, by step, by link, by who carries it, by territory, by priority, by money."""

import math
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.charts import LANAUDIERE
from concertoit.ground.ui.pages import render
from concertoit.together.plans.enums import STEP_STATE_LABELS
from concertoit.together.plans.queries import perspectives
from concertoit.together.plans.queries.tree import Line, Tree, plan_tree
from concertoit.together.plans.rules.schedule import Window
from concertoit.together.plans.views.plan import narrow_tree, needed_plan, teaches_first_steps
from concertoit.together.plans.views.show import PlanPage, bar_of, groups


def _narrowed(request: SpaceRequest, page: PlanPage) -> Tree:
    tree = plan_tree(request.viewer, page.version)
    narrow_tree(request, page, tree)
    return tree


@in_space("plan.view")
@teaches_first_steps
def gantt(request: SpaceRequest) -> HttpResponse:
    """Periods on a calendar, by years or by months."""
    page = needed_plan(request)
    tree = _narrowed(request, page)
    months = request.GET.get("echelle") == "mois"
    shown = groups(tree, request.viewer.space.slug, {root.node.item_id for root in tree.roots})
    outcomes = perspectives.outcomes_of(tree)
    context: dict[str, Any] = {
        "active": "gantt",
        "page": page,
        "tree": tree,
        "groups": shown,
        "scale": scale(tree.window, months=months) if tree.window else [],
        "months": months,
        "outcomes": {
            action: [(node, _outcome_bar(node, tree)) for node in nodes] for action, nodes in outcomes.items()
        },
    }
    return render(request, "plans/gantt.html", context)


def _outcome_bar(node: Any, tree: Tree) -> dict[str, Any] | None:
    return bar_of(Line(node, starts_on=node.starts_on, ends_on=node.ends_on), tree.window, tree.today)


def scale(window: Window, *, months: bool) -> list[dict[str, Any]]:
    """Marks of the calendar: a label and its place from 0 to 1."""
    marks = []
    first = window.start.replace(day=1)
    for year in window.years():
        for month in range(1, 13) if months else (1,):
            day = window.start.replace(year=year, month=month, day=1)
            if day > window.end or (months and day < first):
                continue
            marks.append(
                {
                    "label": f"{year}-{month:02d}" if months else str(year),
                    "at": window.offset(max(day, window.start)) / 100,
                }
            )
    return marks


@in_space("plan.view")
@teaches_first_steps
def board(request: SpaceRequest) -> HttpResponse:
    """Steps by state."""
    page = needed_plan(request)
    kept = None
    if page.filter.is_narrow:
        kept = {line.node.pk for line in _narrowed(request, page).actions()}
    columns = perspectives.board(page.version, kept)
    context = {"active": "board", "page": page, "columns": columns, "labels": STEP_STATE_LABELS}
    return render(request, "plans/board.html", context)


@in_space("plan.view")
@teaches_first_steps
def links(request: SpaceRequest) -> HttpResponse:
    """Links between results, drawn and listed."""
    page = needed_plan(request)
    found = perspectives.links(page.version)
    context = {
        "active": "links",
        "page": page,
        "links": found,
        "drawing": draw_graph(found, request.viewer.space.slug),
    }
    return render(request, "plans/links.html", context)


def draw_graph(found: list[perspectives.LinkView], slug: str) -> dict[str, Any]:
    """Linked nodes on a circle in reading order, links as curves through its middle; sizes in SVG units."""
    nodes = {node.pk: node for view in found for node in (view.source, view.target) if node is not None}
    ordered = sorted(nodes.values(), key=lambda node: node.order)
    centre, radius = 300.0, 215.0
    places: dict[int, dict[str, Any]] = {}
    for index, node in enumerate(ordered):
        angle = 2 * math.pi * index / len(ordered) - math.pi / 2
        cos, sin = math.cos(angle), math.sin(angle)
        axis = node.axis.order if node.axis else 0
        places[node.pk] = {
            "x": round(centre + radius * cos, 1),
            "y": round(centre + radius * sin, 1),
            "tx": round(centre + (radius + 16) * cos, 1),
            "ty": round(centre + (radius + 16) * sin + 4, 1),
            "anchor": "middle" if abs(cos) < 0.2 else "start" if cos > 0 else "end",
            "code": node.code,
            "title": node.title,
            "axis": axis,
            "href": reverse("plans:item", kwargs={"slug": slug, "item_id": node.item_id}),
        }
    colours = {axis: place % 6 + 1 for place, axis in enumerate(sorted({p["axis"] for p in places.values()}))}
    for place in places.values():
        place["colour"] = colours[place["axis"]]
    curves = [
        {"a": places[view.source.pk], "b": places[view.target.pk], "centre": centre}
        for view in found
        if view.target is not None and not view.is_loop
    ]
    loops = [places[view.source.pk] for view in found if view.is_loop]
    return {"places": list(places.values()), "curves": curves, "loops": loops, "size": 2 * centre}


@in_space("plan.view")
@teaches_first_steps
def actors(request: SpaceRequest) -> HttpResponse:
    """What each organisation and committee carries."""
    page = needed_plan(request)
    organisations, committees = perspectives.by_actor(_narrowed(request, page))
    context = {"active": "actors", "page": page, "organisations": organisations, "committees": committees}
    return render(request, "plans/actors.html", context)


@in_space("plan.view")
@teaches_first_steps
def territory(request: SpaceRequest) -> HttpResponse:
    """Actions by MRC, through the organisations that carry them."""
    page = needed_plan(request)
    shares, elsewhere = perspectives.by_territory(_narrowed(request, page))
    tiles = [
        {
            "code": share.note,
            "value": len(share.actions),
            "text": str(len(share.actions)),
            "href": reverse("plans:plan", kwargs={"slug": request.viewer.space.slug}) + f"?mrc={share.key}",
        }
        for share in shares
        if share.note in LANAUDIERE
    ]
    context = {"active": "territory", "page": page, "shares": shares, "tiles": tiles, "elsewhere": elsewhere}
    return render(request, "plans/territory.html", context)


@in_space("plan.view")
@teaches_first_steps
def priorities(request: SpaceRequest) -> HttpResponse:
    """Cross-cutting priorities: narrative, coverage, progress (L14)."""
    page = needed_plan(request)
    tree = _narrowed(request, page)
    shares, untagged = perspectives.by_priority(tree)
    context = {
        "active": "priorities",
        "page": page,
        "tree": tree,
        "shares": shares,
        "untagged": untagged,
        "total": len(tree.actions()),
    }
    return render(request, "plans/priorities.html", context)


@in_space("plan.view")
@teaches_first_steps
def budget(request: SpaceRequest) -> HttpResponse:
    """Money planned, committed, spent and remaining (L16)."""
    page = needed_plan(request)
    found = perspectives.budget(page.version, without=_("Non précisé"))
    return render(request, "plans/budget.html", {"active": "budget", "page": page, "budget": found})
