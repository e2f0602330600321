"""The list of services, « Qui peut aider? », and the page of a service."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone

from concertoit.field.directory.enums import Fresh, Language
from concertoit.field.directory.forms import ConfirmForm
from concertoit.field.directory.forms.finder import FinderForm
from concertoit.field.directory.models import Service
from concertoit.field.directory.queries import records as queries
from concertoit.field.directory.queries.finder import who_can_help
from concertoit.field.directory.rules import freshness, needs
from concertoit.field.directory.services.records import OBJECT
from concertoit.field.directory.views.pages import dressed
from concertoit.ground.audit.queries import history_url
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import render, render_page

SIZE = 40


@in_space("directory.view")
def services(request: SpaceRequest) -> HttpResponse:
    """The directory: search, filters, freshness."""
    space, asked = request.viewer.space, request.GET
    wanted = queries.Wanted(
        words=asked.get("q", ""), need=asked.get("besoin", ""), clientele=asked.get("pour", ""),
        place=asked.get("lieu", ""), fresh=asked.get("fraicheur", ""), retired=asked.get("etat") == "retires",
    )  # fmt: skip
    page = Paginator(queries.search(space, wanted), SIZE).get_page(asked.get("page"))
    context = {
        "page": page, "lines": [dressed(line) for line in queries.lines(page)], "wanted": wanted,
        "needs": queries.terms(needs.NEEDS), "clienteles": queries.terms(needs.CLIENTELES),
        "fresh_choices": Fresh.choices, "towns": queries.territories(space)[1],
        "delays": freshness.in_force(timezone.localdate()),
    }  # fmt: skip
    return render_page(request, "directory/services.html", context, fragments={"services": "list"})


@in_space("directory.view")
def finder(request: SpaceRequest) -> HttpResponse:
    """« Qui peut aider cette personne, ici, maintenant? » Nothing of the question is kept."""
    space = request.viewer.space
    form = FinderForm(request.GET or None, space=space)
    asked = form.asked() if request.GET else None
    good, near = who_can_help(space, asked) if asked else ([], [])
    context = {
        "form": form, "asked": asked, "good": [(one, dressed(one.line)) for one in good],
        "near": [(one, dressed(one.line)) for one in near], "moment": timezone.localtime(),
    }  # fmt: skip
    return render_page(request, "directory/finder.html", context, fragments={"reponses": "answers"})


@in_space("directory.view")
def service(request: SpaceRequest, service_id: int) -> HttpResponse:
    """One service, as one would tell it on the phone; it prints on one sheet."""
    return service_page(request, queries.service_of(request.viewer, service_id))


def service_page(
    request: SpaceRequest, row: Service, *, confirm_form: ConfirmForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a service, with the question to its organisation as it was typed."""
    page = queries.page_of(request.viewer, row)
    asked_at = row.email or row.provider.email
    context = {
        **dressed(page.line), "page": page, "languages": dict(Language.choices),
        "confirm_form": confirm_form or ConfirmForm(initial={"email": asked_at}),
        "mine": row.organisation_id in request.viewer.organisation_ids,
        "delays": freshness.in_force(timezone.localdate()), "today": timezone.localdate(),
        "history": history_url(request.user, OBJECT, row.pk), "english": queries.in_english(),
    }  # fmt: skip
    return render(request, "directory/service.html", context, status=status)
