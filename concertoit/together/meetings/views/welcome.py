"""The welcome of newcomers: the list, one person's page, the pack and its PDF, the page behind a personal link."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.media import PDF
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import addresses_in, attempt, posted
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done
from concertoit.together.meetings.exports.welcome_pdf import labels, welcome_pdf
from concertoit.together.meetings.forms.welcome import IntegrationForm, PackForm
from concertoit.together.meetings.models import WelcomePack
from concertoit.together.meetings.queries import welcome as queries
from concertoit.together.meetings.services import welcome as services

_url = addresses_in("meetings")


@in_space("meetings.welcome")
def newcomers(request: SpaceRequest) -> HttpResponse:
    """Who joined, to welcome and welcomed."""
    return render(request, "meetings/welcome.html", {"page": queries.welcome_page(request.viewer)})


@in_space("meetings.welcome")
def one(request: SpaceRequest, membership_id: int) -> HttpResponse:
    """One newcomer: the meeting, the pack, and whether it is done."""
    return _page(request, membership_id)


def _page(
    request: SpaceRequest, membership_id: int, *, integration: Any = None, pack: Any = None, status: int = 200
) -> HttpResponse:
    found = queries.newcomer(request.viewer, membership_id)
    welcome, meetings = found.welcome, queries.coming_meetings(request.viewer)
    known = {"meeting": welcome.meeting_id, "on": welcome.on, "place": welcome.place} if welcome else {}
    context = {
        "one": found,
        "integration": integration or IntegrationForm(meetings=meetings, initial=known),
        "pack_form": pack or PackForm(initial={"email": found.email}),
    }
    return render(request, "meetings/welcome_one.html", context, status=status)


@require_POST
@in_space("meetings.welcome")
def plan(request: SpaceRequest, membership_id: int) -> HttpResponse:
    """Foresee the integration meeting."""
    form = IntegrationForm(posted(request), meetings=queries.coming_meetings(request.viewer))

    def act() -> None:
        data = form.cleaned_data
        services.plan_welcome(
            viewer=request.viewer, membership_id=membership_id, meeting_id=data["meeting"], on=data["on"],
            place=data["place"],
        )  # fmt: skip

    if not attempt(form, act):
        return _page(request, membership_id, integration=form, status=422)
    done(request, _("La rencontre d’intégration est prévue."))
    return redirect(request, _url(request, "welcome_one", membership_id=membership_id))


@require_POST
@in_space("meetings.welcome")
def make(request: SpaceRequest, membership_id: int) -> HttpResponse:
    """Make the pack from the plan of the day."""
    form = PackForm(posted(request))
    made: list[WelcomePack] = []

    def act() -> None:
        made.append(services.make_pack(viewer=request.viewer, membership_id=membership_id, **form.cleaned_data))

    if not attempt(form, act):
        return _page(request, membership_id, pack=form, status=422)
    done(request, _("La trousse est faite. Relisez-la avant de l’envoyer."))
    return redirect(request, _url(request, "welcome_pack", pack_id=made[0].pk))


@require_POST
@in_space("meetings.welcome")
def note(request: SpaceRequest, membership_id: int) -> HttpResponse:
    """Say that somebody was welcomed, or that they wait again."""
    ready = request.POST.get("fait") != "non"
    services.note_welcomed(viewer=request.viewer, membership_id=membership_id, done=ready)
    done(request, _("L’accueil est noté.") if ready else _("L’accueil est de nouveau à faire."))
    return redirect(request, _url(request, "welcome"))


@in_space("meetings.welcome")
def pack(request: SpaceRequest, pack_id: int) -> HttpResponse:
    """A pack as it reads, with its PDF and its sending."""
    row = queries.pack_for(request.viewer, pack_id)
    context = {"pack": row, "said": services.content_of(row), "labels": labels()}
    return render(request, "meetings/welcome_pack.html", context)


@require_POST
@in_space("meetings.welcome")
def send(request: SpaceRequest, pack_id: int) -> HttpResponse:
    """Send a pack to the newcomer."""
    row = services.send_pack(viewer=request.viewer, pack_id=pack_id)
    done(request, _("La trousse est partie à %(email)s.") % {"email": row.email})
    return redirect(request, _url(request, "welcome_pack", pack_id=pack_id))


@in_space("meetings.welcome")
def file(request: SpaceRequest, pack_id: int) -> HttpResponse:
    """A pack in PDF."""
    return _file(queries.pack_for(request.viewer, pack_id))


def _file(row: WelcomePack) -> HttpResponse:
    name = f"trousse-d-accueil-{slugify(row.space.name)[:60]}.pdf"
    return attachment(welcome_pdf(row, services.content_of(row)), PDF, name)


@personal_link
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The pack behind a personal link, without an account."""
    row = queries.pack_of_link(token)
    context = {"pack": row, "said": services.content_of(row), "labels": labels(),
               "pdf": reverse("meetings:welcome_link_file", kwargs={"token": token})}  # fmt: skip
    return render(request, "meetings/welcome_link.html", context)


@personal_link
def link_file(request: HttpRequest, token: str) -> HttpResponse:
    """The PDF behind a personal link."""
    return _file(queries.pack_of_link(token))
