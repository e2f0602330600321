"""A series: its rhythm, its template, its meetings, and the points kept for the next one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.audit.queries import history_url
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done
from concertoit.together.meetings.forms.series import ProposeForm, SeriesForm, StandingForm
from concertoit.together.meetings.models import Series, StandingItem
from concertoit.together.meetings.queries.meetings import series_for, series_page
from concertoit.together.meetings.services import keeping
from concertoit.together.meetings.services import standing as services
from concertoit.together.meetings.services.finding import SERIES
from concertoit.together.meetings.services.series import end_series, resume_series, save_series
from concertoit.together.meetings.views.overview import WORDS


def address(request: SpaceRequest, name: str, series: Series | int, **kwargs: Any) -> str:
    """An address about a series."""
    pk = series if isinstance(series, int) else series.pk
    return reverse(f"meetings:{name}", kwargs={"slug": request.viewer.space.slug, "series_id": pk, **kwargs})


@in_space("meetings.view")
def series(request: SpaceRequest, series_id: int) -> HttpResponse:
    """One series."""
    page = series_page(request.viewer, series_id)
    context = {"page": page, "series": page.series, "history": history_url(request.user, SERIES, series_id), **WORDS}
    return render(request, "meetings/series.html", context)


def form_page(request: SpaceRequest, form: Any, *, title: str, back: str, submit: str, lead: str = "") -> HttpResponse:
    """A page that is one form."""
    context = {"form": form, "heading": title, "cancel": back, "submit": submit, "lead": lead}
    return render(request, "meetings/form_page.html", context, status=422 if form.errors else 200)


@in_space("meetings.edit")
def edit(request: SpaceRequest, series_id: int | None = None) -> HttpResponse:
    """Open a series, or change its rhythm, its place…"""
    row = series_for(request.viewer, series_id) if series_id else None
    form = SeriesForm(posted(request), space=request.viewer.space, series=row, initial=_asked(request))
    saved: list[Series] = []

    def save() -> None:
        saved.append(save_series(viewer=request.viewer, facts=form.facts(), series_id=series_id))

    if request.method == "POST" and attempt(form, save):
        done(request, _("La série est enregistrée; ses rencontres sont au calendrier."))
        return redirect(request, address(request, "series", saved[0]))
    back = address(request, "series", row) if row else overview_of(request)
    context = {"form": form, "series": row, "cancel": back}
    return render(request, "meetings/series_form.html", context, status=422 if form.errors else 200)


def overview_of(request: SpaceRequest) -> str:
    """The landing page of meetings."""
    return reverse("meetings:overview", kwargs={"slug": request.viewer.space.slug})


def _asked(request: SpaceRequest) -> dict[str, Any]:
    """The table that a link chose in advance."""
    return {"table": request.GET.get("table", "")} if request.GET.get("table") else {}


@require_POST
@in_space("meetings.edit")
def end(request: SpaceRequest, series_id: int) -> HttpResponse:
    """End a series, or take it up again."""
    row = series_for(request.viewer, series_id)
    if row.ended_at:
        resume_series(viewer=request.viewer, series_id=series_id)
        done(request, _("La série reprend; ses rencontres sont au calendrier."))
    else:
        end_series(viewer=request.viewer, series_id=series_id)
        done(request, _("La série est terminée. Les rencontres tenues restent."))
    return redirect(request, address(request, "series", series_id))


@in_space("meetings.edit")
def standing(request: SpaceRequest, series_id: int, standing_id: int | None = None) -> HttpResponse:
    """Add a standing item, or rewrite one."""
    row = series_for(request.viewer, series_id)
    found = _standing(row, standing_id) if standing_id else None
    initial = {name: getattr(found, name) for name in StandingForm.base_fields} if found else None
    form = StandingForm(posted(request), initial=initial)

    def save() -> None:
        services.save_standing(
            viewer=request.viewer, series_id=series_id, standing_id=standing_id, **form.cleaned_data
        )

    back = address(request, "series", row) + "#modele"
    if request.method == "POST" and attempt(form, save):
        done(request, _("Le modèle est enregistré. Les ordres du jour déjà bâtis ne changent pas."))
        return redirect(request, back)
    title = _("Modifier le point statutaire") if found else _("Ajouter un point statutaire")
    return form_page(request, form, title=title, back=back, submit=_("Enregistrer"), lead=row.name)


def _standing(series: Series, standing_id: int) -> StandingItem:
    return must_exist(series.standing.filter(pk=standing_id).first())


@require_POST
@in_space("meetings.edit")
def standing_move(request: SpaceRequest, series_id: int, standing_id: int) -> HttpResponse:
    """Move a standing item up or down."""
    up = request.POST.get("sens") == "haut"
    services.move_standing(viewer=request.viewer, series_id=series_id, standing_id=standing_id, up=up)
    return redirect(request, address(request, "series", series_id) + "#modele")


@require_POST
@in_space("meetings.edit")
def standing_remove(request: SpaceRequest, series_id: int, standing_id: int) -> HttpResponse:
    """Take a standing item out of the template."""
    services.remove_standing(viewer=request.viewer, series_id=series_id, standing_id=standing_id)
    done(request, _("Le point est retiré du modèle. Les ordres du jour déjà bâtis ne changent pas."))
    return redirect(request, address(request, "series", series_id) + "#modele")


@in_space("meetings.propose")
def propose(request: SpaceRequest, series_id: int) -> HttpResponse:
    """Propose a point for a next meeting."""
    row = series_for(request.viewer, series_id)
    form = ProposeForm(posted(request))

    def save() -> None:
        keeping.propose(viewer=request.viewer, series_id=series_id, **form.cleaned_data)

    back = address(request, "series", row) + "#gardes"
    if request.method == "POST" and attempt(form, save):
        done(request, _("Votre point attend la prochaine rencontre."))
        return redirect(request, back)
    lead = _("Il entrera dans le prochain ordre du jour, à moins que la coordination le laisse de côté.")
    return form_page(request, form, title=_("Proposer un point"), back=back, submit=_("Proposer"), lead=lead)


@require_POST
@in_space("meetings.edit")
def drop(request: SpaceRequest, kept_id: int) -> HttpResponse:
    """Leave a kept point aside."""
    row = keeping.drop(viewer=request.viewer, kept_id=kept_id)
    done(request, _("Le point est laissé de côté."))
    return redirect(request, address(request, "series", row.series_id) + "#gardes")
