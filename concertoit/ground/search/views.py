"""One search over everything a person may see (X5)."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from concertoit.ground.search import queries
from concertoit.ground.search.policies import readers_of, searchables
from concertoit.ground.ui.pages import render_page

PER_PAGE = 20
LONGEST_QUESTION = 200


@login_required
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What answers the question, filtered by démarche and by type in the address."""
    question = request.GET.get("q", "").strip("\x00")[:LONGEST_QUESTION]
    readers = readers_of(request.user)
    spaces = [reader.space for reader in readers]
    request.viewers = readers  # type: ignore[attr-defined]
    slug = request.GET.get("demarche", "")
    space = next((one for one in spaces if slug and one.slug == slug), None)
    kinds = {one.kind: one for one in searchables()}
    kind = request.GET.get("type", "")
    found = queries.find(readers, question, space_id=space.pk if space else None, kind=kind if kind in kinds else "")
    page = Paginator(found.hits, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "question": question.strip(),
        "found": found,
        "page": page,
        "results": queries.results(found, list(page.object_list)),
        "spaces": spaces,
        "space": space,
        "names": {one.pk: str(one) for one in spaces},
        "kinds": [(kinds[code], n) for code, n in sorted(found.kinds.items()) if code in kinds],
        "kind": kind,
    }
    return render_page(request, "search/results.html", context, fragments={"resultats": "list"})
