"""The journal of a démarche: who changed what, and when (X3)."""

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concertoit.ground.audit import queries
from concertoit.ground.audit.exports import journal_csv
from concertoit.ground.audit.filters import JournalFilter
from concertoit.ground.core.media import CSV
from concertoit.ground.spaces.views.access import SpaceRequest, in_space
from concertoit.ground.ui.downloads import streamed_attachment
from concertoit.ground.ui.pages import render

PER_PAGE = 40


@require_safe
@in_space("journal.view")
def journal(request: SpaceRequest) -> HttpResponse:
    """The journal, filtered by its address."""
    space = request.viewer.space
    form = JournalFilter(request.GET, space_id=space.pk)
    page = Paginator(form.entries(), PER_PAGE).get_page(request.GET.get("page"))
    csv_url = reverse("spaces:journal_csv", kwargs={"slug": space.slug})
    context = {
        "form": form,
        "page": page,
        "lines": queries.lines(list(page.object_list), viewer=request.viewer),
        "csv_url": f"{csv_url}?{request.GET.urlencode()}",
    }
    return render(request, "audit/journal.html", context)


@require_safe
@in_space("journal.view")
def journal_file(request: SpaceRequest) -> StreamingHttpResponse:
    """The same lines as a CSV file."""
    space = request.viewer.space
    form = JournalFilter(request.GET, space_id=space.pk)
    name = f"journal-{space.slug}-{timezone.localdate()}.csv"
    return streamed_attachment(journal_csv(form.entries()), CSV, name)
