"""Taking a plan out, in the formats people work with and in open ones."""

from django.http import HttpResponse

from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import render
from concertoit.together.plans.exports import FORMATS
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.views.plan import needed_plan, teaches_first_steps


@in_space("plan.view")
@teaches_first_steps
def export(request: SpaceRequest) -> HttpResponse:
    """What may be taken out, and what each format is good for."""
    return render(request, "plans/export.html", {"page": needed_plan(request)})


@in_space("plan.view")
def export_file(request: SpaceRequest, extension: str) -> HttpResponse:
    """The version shown, as a file. People of the démarche who may not see contacts get the plan without its people."""
    page = needed_plan(request)
    chosen = must_exist(FORMATS.get(extension))
    document = document_of(page.version, with_states=True, with_participants=request.viewer.can("people.contact"))
    name = f"{request.viewer.space.slug}-plan-v{page.version.number}.{chosen.extension}"
    return attachment(chosen.write(document), chosen.media_type, name)
