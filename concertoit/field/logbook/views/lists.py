"""The lists of the logbook: editions side by side, what became of each term, the démarche's own terms."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.logbook.enums import TermKind
from concertoit.field.logbook.forms.workers import TermForm
from concertoit.field.logbook.queries import lists as queries
from concertoit.field.logbook.services import editions as services
from concertoit.field.logbook.views.entries import address
from concertoit.ground.spaces.views import SpaceRequest, attempt, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render


@in_space("logbook.register")
def lists(request: SpaceRequest) -> HttpResponse:
    """Editions, newest first; who sets the logbook up adds a term here."""
    viewer = request.viewer
    form = TermForm(posted(request))
    if request.method == "POST":
        viewer.must("logbook.setup")
    if request.method == "POST" and attempt(form, lambda: services.add_term(viewer=viewer, **form.cleaned_data)):
        toasts.done(request, _("Terme ajouté : il est offert dès maintenant."))
        return redirect(request, address(request, "lists"))
    now = queries.edition_for(viewer.space, timezone.localdate())
    context = {
        "form": form, "editions": queries.editions_shown(viewer.space.pk), "in_use": now.pk if now else 0,
        "may": viewer.can("logbook.setup"), "kinds": TermKind.choices,
    }  # fmt: skip
    return render(request, "logbook/lists.html", context, status=422 if form.errors else 200)


@require_POST
@in_space("logbook.setup")
def term_toggle(request: SpaceRequest, term_id: int) -> HttpResponse:
    """Stop offering a term, or offer it again."""
    term = services.retire_term(viewer=request.viewer, term_id=term_id)
    said = _("« %(term)s » n’est plus offert.") if term.retired_on else _("« %(term)s » est offert de nouveau.")
    toasts.done(request, said % {"term": str(term)})
    return redirect(request, address(request, "lists"))
