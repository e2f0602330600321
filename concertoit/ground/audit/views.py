"""The history of an object, and putting it back. The journal of a démarche is a page of ``spaces``."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concertoit.ground.audit import queries, services
from concertoit.ground.audit.policies import must_view, readable
from concertoit.ground.ui import navigation
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done

PER_PAGE = 30


@login_required
@require_safe
def history(request: HttpRequest, object_type: str, object_id: str) -> HttpResponse:
    """What happened to an object, with the differences."""
    entries = readable(request.user, queries.history(object_type, object_id))
    latest = entries.first()
    kind = must_view(request.user, latest)
    # The rail of the démarche stays beside the history of its objects.
    request.viewer = navigation.viewer_in(request.user, latest.space_id if latest else None)  # type: ignore[attr-defined]
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "kind": kind,
        "label": latest.object_label if latest else "",
        "object_url": kind.url(object_id),
        "page": page,
        "lines": queries.lines(list(page.object_list), user=request.user),
    }
    return render(request, "audit/history.html", context)


@login_required
@require_POST
def restore(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Put the object back as it was before this line."""
    entry = services.restore(actor=request.user, entry_id=entry_id)
    done(request, _("C’est rétabli. Le journal garde les deux états."))
    kwargs = {"object_type": entry.object_type, "object_id": entry.object_id}
    return redirect(request, reverse("audit:history", kwargs=kwargs))
