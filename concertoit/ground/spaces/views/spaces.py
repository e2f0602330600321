"""My démarches; opening one; its page; its settings."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.ground.audit.queries import history_url
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces import queries, services
from concertoit.ground.spaces.forms import SpaceForm
from concertoit.ground.spaces.models import CrossCuttingPriority, Space
from concertoit.ground.spaces.policies import Viewer, may_create_space
from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space, posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done

LANAUDIERE = "14"


@login_required
def space_list(request: HttpRequest) -> HttpResponse:
    """The démarches I take part in, with my role in each."""
    context = {"viewers": queries.viewers_of(request.user), "may_create": may_create_space(request.user)}
    return render(request, "spaces/list.html", context)


@login_required
def create(request: HttpRequest) -> HttpResponse:
    """Open a démarche. Others do not know that this page exists."""
    if not may_create_space(request.user):
        raise NotVisible("")
    form = SpaceForm(posted(request))
    made: list[Space] = []

    def act() -> None:
        made.append(services.create_space(user=request.user, facts=form.facts()))  # type: ignore[arg-type]

    if request.method == "POST" and attempt(form, act):
        done(request, _("Démarche ouverte. Invitez maintenant les personnes qui en font partie."))
        return redirect(request, reverse("spaces:invitations", kwargs={"slug": made[0].slug}))
    context = {"form": form, "title": _("Ouvrir une démarche"), "back": reverse("spaces:list"), "submit": _("Ouvrir")}
    return render(request, "spaces/form.html", context, status=422 if form.errors else 200)


@in_space("space.view")
def home(request: SpaceRequest) -> HttpResponse:
    """What the démarche is: mission, territory, bodies, priorities; and what other rooms say of it."""
    space = request.viewer.space
    context = {
        "space": space,
        "mrcs": _territory(space),
        "tiles": _tiles(request.viewer),
        "bodies": queries.bodies_of(request.viewer),
        "committees": [row for row in queries.committees_of(request.viewer) if row.state != "closed"],
        "priorities": CrossCuttingPriority.objects.filter(space=space).order_by("position", "pk"),
        "organisation_count": queries.organisations_of(request.viewer).order_by().count(),
    }
    return render(request, "spaces/home.html", context)


@in_space("space.manage")
def settings(request: SpaceRequest) -> HttpResponse:
    """Name, mission, territory, funder, public page."""
    space = request.viewer.space
    names = ("name", "kind", "mission", "home", "funder_name", "is_public", "tools")
    initial = {name: getattr(space, name) for name in names}
    initial["mrcs"] = list(space.mrcs.all())
    form = SpaceForm(posted(request), initial=initial, viewer=request.viewer)
    if request.method == "POST" and attempt(
        form, lambda: services.update_space(viewer=request.viewer, facts=form.facts())
    ):
        done(request, _("Réglages enregistrés."))
        return redirect(request, reverse("spaces:settings", kwargs={"slug": space.slug}))
    history = history_url(request.user, "spaces.space", space.pk)
    context = {"form": form, "tiles": _tiles(request.viewer), "space": space, "history": history}
    return render(request, "spaces/settings.html", context, status=422 if form.errors else 200)


def _territory(space: Space) -> Any:
    return space.mrcs.defer("boundary").order_by("name", "pk")


def _tiles(viewer: Viewer) -> list[dict[str, Any]]:
    """The MRC of the démarche on the schematic map, with their organisations; nothing outside Lanaudière."""
    address = reverse("spaces:organisations", kwargs={"slug": viewer.space.slug})
    counts = queries.organisations_by_mrc(viewer)
    return [
        {
            "code": row.directory_code,
            "value": counts[row.code],
            "text": str(counts[row.code]),
            "href": f"{address}?mrc={row.code}",
        }
        for row in _territory(viewer.space).select_related("region")
        if row.region.code == LANAUDIERE
    ]
