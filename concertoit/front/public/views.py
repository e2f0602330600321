"""Public pages of a plan: readable by anybody, embeddable anywhere, with open formats and no personal data (L31)."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt

from concertoit.ground.spaces.models import Space
from concertoit.ground.ui.pages import render
from concertoit.together.plans.exports import to_csv, to_json
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.queries.tree import Tree, add_actors, public_tree, spaces_with_public_plan
from concertoit.together.plans.rules.document import PlanDocument
from concertoit.together.plans.views.show import groups, progress_parts

FORMATS: dict[str, tuple[str, Callable[[PlanDocument], bytes]]] = {
    "json": ("application/json; charset=utf-8", lambda document: to_json(document, public=True)),
    "csv": ("text/csv; charset=utf-8", to_csv),
}


def _shown(slug: str) -> tuple[Space, Tree]:
    space = Space.objects.filter(slug=slug, is_public=True, archived_at=None).first()
    tree = public_tree(space) if space else None
    if space is None or tree is None:
        raise Http404
    return space, tree


@cache_control(public=True, max_age=300)
def spaces(request: HttpRequest) -> HttpResponse:
    """Démarches that show their plan."""
    return render(request, "public/spaces.html", {"spaces": list(spaces_with_public_plan())})


def _context(space: Space, tree: Tree) -> dict[str, Any]:
    add_actors(tree)
    opened = {root.node.item_id for root in tree.roots}
    shown = groups(tree, space.slug, opened)
    for group in shown:
        # The public page is one page: its lines lead nowhere that needs an account.
        group.href = ""
        for row in group.rows:
            row.href = f"#a{row.line.node.item_id}" if row.line else ""
    return {"space": space, "tree": tree, "groups": shown, "parts": progress_parts(tree.progress)}


@cache_control(public=True, max_age=300)
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan in force and its progress."""
    space, tree = _shown(slug)
    context = {**_context(space, tree), "embed_code": _embed_code(request, space, tree)}
    return render(request, "public/plan.html", context)


def _embed_code(request: HttpRequest, space: Space, tree: Tree) -> str:
    """What a partner copies into their own page: it is HTML there, so its title is escaped for that page too."""
    address = request.build_absolute_uri(reverse("public:embed", kwargs={"slug": space.slug}))
    code = '<iframe src="{}" title="{}" width="100%" height="600"></iframe>'
    return str.__str__(format_html(code, address, tree.version.plan.title))


# Typed loosely: the library's decorators only know views without arguments.
_any_site_may_frame: Any = csp_replace({"frame-ancestors": ["*"]})


@xframe_options_exempt
@_any_site_may_frame  # type: ignore[untyped-decorator]
@cache_control(public=True, max_age=300)
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The same in short, for the ``<iframe>`` of a partner's site."""
    return render(request, "public/embed.html", _context(*_shown(slug)))


@cache_control(public=True, max_age=300)
def data(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The plan in force in open formats."""
    space, tree = _shown(slug)
    if extension not in FORMATS:
        raise Http404
    media_type, write = FORMATS[extension]
    document = document_of(tree.version, with_states=True, with_participants=False)
    response = HttpResponse(write(document), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{space.slug}-plan.{extension}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
