"""Due dates in people's own calendars."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.ground.core.media import CALENDAR
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.together.plans.exports.ics import calendar
from concertoit.together.plans.models import PlanNode
from concertoit.together.plans.queries.calendar import dues, events_for
from concertoit.together.plans.services import calendars


def _address(space: Space) -> Callable[[PlanNode], str]:
    def address(node: PlanNode) -> str:
        page = reverse("plans:item", kwargs={"slug": space.slug, "item_id": node.item_id})
        return f"{settings.SITE_URL}{page}"

    return address


def _file(space: Space, nodes: list[PlanNode], membership: Membership | None = None) -> HttpResponse:
    name = _("Échéances et rencontres : %(space)s") % {"space": space}
    file = calendar(name, nodes, _address(space), events_for(space, membership))
    response = HttpResponse(file, content_type=CALENDAR)
    response.headers["Content-Disposition"] = f'inline; filename="echeances-{space.slug}.ics"'
    return response


@in_space("plan.view")
def space_calendar(request: SpaceRequest) -> HttpResponse:
    """The due dates of the plan, or with ``?a-moi=1`` those of what my organisations carry."""
    mine = request.GET.get("a-moi") == "1"
    return _file(request.viewer.space, dues(request.viewer.space, request.viewer.organisation_ids if mine else None))


@in_space("plan.view")
def calendar_links(request: SpaceRequest) -> HttpResponse:
    """My calendar address: get one, change it, close it."""
    viewer = request.viewer
    if request.method == "POST":
        if request.POST.get("quoi") == "fermer":
            calendars.revoke_link(viewer=viewer)
            toasts.done(request, _("L’adresse ne répond plus."))
        else:
            calendars.open_link(viewer=viewer)
            toasts.done(request, _("Voici votre adresse. Toute adresse précédente ne répond plus."))
        return redirect(request, request.path)
    link = calendars.link_of(viewer)
    address = f"{settings.SITE_URL}{calendars.address_of(link)}" if link else ""
    return render(request, "plans/calendar.html", {"link": link, "address": address})


@personal_link
def personal_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program fetches, without an account: what the member's organisation carries; for the coordination
    and those who come in their own name, the whole plan.
    """
    membership = calendars.membership_behind(token)
    whole = membership.organisation_id is None or membership.role == Role.COORDINATION
    own = None if whole else [membership.organisation_id or 0]
    return _file(membership.space, dues(membership.space, own), membership)
