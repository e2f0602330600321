"""What may leave for research, seen before it leaves."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.small_works.forms.setup import ExtractionForm
from concertoit.field.small_works.queries import research as queries
from concertoit.field.small_works.queries.requests import pilot_of
from concertoit.field.small_works.rules import Release
from concertoit.field.small_works.services import research as services
from concertoit.field.small_works.views.pages import address
from concertoit.ground.core.media import CSV
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


@in_space("works.extract")
def research(request: SpaceRequest) -> HttpResponse:
    """Choose a period, see what would leave and how alike the rows are, then make the file."""
    viewer, today = request.viewer, timezone.localdate()
    initial = {"since": today - timedelta(days=365), "until": today, "to": pilot_of(viewer.space).research_partners}
    form = ExtractionForm(posted(request) or (request.GET if "since" in request.GET else None), initial=initial)
    found: list[Release] = []
    making = request.method == "POST"

    def act() -> None:
        period = {name: form.cleaned_data[name] for name in ("since", "until")}
        found.append(services.prepared(viewer=viewer, **period))
        if making:
            services.extract(viewer=viewer, to=form.cleaned_data["to"], **period)

    if form.is_bound and attempt(form, act) and making:
        done(request, _("Extraction faite. Elle est gardée telle qu’elle est sortie."))
        return redirect(request, address(request, "research") + "#sorties")
    context = {
        "form": form, "found": found[0] if found else None, "k": pilot_of(viewer.space).k,
        "rows": queries.extractions_of(viewer),
    }  # fmt: skip
    return render(request, "small_works/research.html", context, status=422 if form.errors else 200)


@in_space("works.extract")
def extraction_file(request: SpaceRequest, extraction_id: int) -> HttpResponse:
    """A file as it left."""
    row = queries.extraction_of(request.viewer, extraction_id)
    return attachment(row.content, CSV, f"menus-travaux-{row.since}-{row.until}.csv")
