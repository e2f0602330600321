"""The register of workers, teams and buildings served (S4)."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.logbook.forms.workers import SeatForm, SiteForm, TeamForm, WorkerForm
from concertoit.field.logbook.models import Site, Worker
from concertoit.field.logbook.queries import workers as queries
from concertoit.field.logbook.services import workers as services
from concertoit.field.logbook.views.entries import address
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.spaces.views.one_form import form_page
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render


@in_space("logbook.register")
def workers(request: SpaceRequest) -> HttpResponse:
    """Who gives community support, for whom, in which team."""
    space, today = request.viewer.space, timezone.localdate()
    context = {
        "people": queries.register(space), "teams": queries.teams(space, today), "today": today,
        "may": request.viewer.can("logbook.setup"),
    }  # fmt: skip
    return render(request, "logbook/workers.html", context)


@in_space("logbook.setup")
def worker(request: SpaceRequest, membership_id: int) -> HttpResponse:
    """Somebody's post."""
    viewer = request.viewer
    member = queries.member_of(viewer, membership_id)
    post = Worker.objects.filter(membership=member).first()
    initial = {
        "full_time": "1" if post.full_time else "0", "hours": post.hours, "within_other_job": post.within_other_job,
        "roles": post.roles, "sites": list(post.sites.values_list("pk", flat=True)),
    } if post else {}  # fmt: skip
    form = WorkerForm(posted(request), space=viewer.space, initial=initial)
    return form_page(
        request, form, lambda: services.save_worker(viewer=viewer, membership=member, facts=form.facts()),
        title=str(member.person), lead=str(member.organisation or ""), back=address(request, "workers"),
    )  # fmt: skip


@in_space("logbook.setup")
def team_new(request: SpaceRequest) -> HttpResponse:
    """Open a team."""
    form = TeamForm(posted(request))
    return form_page(
        request, form, lambda: services.add_team(viewer=request.viewer, name=form.cleaned_data["name"]),
        title=_("Nouvelle équipe"), back=address(request, "workers"),
    )  # fmt: skip


@in_space("logbook.setup")
def seat_new(request: SpaceRequest, team_id: int) -> HttpResponse:
    """Give somebody a place in a team."""
    team = queries.team_of(request.viewer, team_id)
    form = SeatForm(posted(request), space=request.viewer.space, initial={"starts_on": timezone.localdate()})
    return form_page(
        request, form, lambda: services.seat(viewer=request.viewer, team=team, **form.cleaned_data),
        title=_("Une place dans l’équipe"), lead=team.name, back=address(request, "workers"),
    )  # fmt: skip


@require_POST
@in_space("logbook.setup")
def seat_end(request: SpaceRequest, seat_id: int) -> HttpResponse:
    """End a place today."""
    services.leave(viewer=request.viewer, place=queries.seat_of(request.viewer, seat_id))
    toasts.done(request, _("Place terminée aujourd’hui."))
    return redirect(request, address(request, "workers"))


@in_space("logbook.register")
def sites(request: SpaceRequest) -> HttpResponse:
    """Buildings served."""
    rows = list(queries.sites(request.viewer.space))
    context = {
        "sites": rows,
        "may": request.viewer.can("logbook.setup"),
        "open": sum(1 for r in rows if not r.closed_on),
    }
    return render(request, "logbook/sites.html", context)


@in_space("logbook.setup")
def site_new(request: SpaceRequest) -> HttpResponse:
    """Add a building served."""
    return _site(request, None, _("Nouvel immeuble desservi"))


@in_space("logbook.setup")
def site(request: SpaceRequest, site_id: int) -> HttpResponse:
    """Change a building served."""
    row = queries.site_of(request.viewer, site_id)
    return _site(request, row, row.name)


def _site(request: SpaceRequest, row: Site | None, title: str) -> HttpResponse:
    initial = {
        "name": row.name, "municipality": row.municipality_id, "sector": row.sector, "provider": row.provider_id,
        "dwellings": row.dwellings, "closed_on": row.closed_on, "address": row.building.line if row.building else "",
    } if row else {}  # fmt: skip
    form = SiteForm(posted(request), space=request.viewer.space, initial=initial)
    return form_page(
        request, form, lambda: services.save_site(viewer=request.viewer, facts=form.facts(), site=row),
        title=title, back=address(request, "sites"),
        lead=_("Les interventions gardent le secteur et le territoire du jour où elles ont été faites."),
    )  # fmt: skip
