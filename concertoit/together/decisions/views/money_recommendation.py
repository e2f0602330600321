"""The coco's budget recommendation: writing it, publishing it to the plenary, applying it to the draft."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.decisions.enums import CountKind
from concertoit.together.decisions.forms.money import RecommendationForm, StartForm
from concertoit.together.decisions.models import RecommendationLine
from concertoit.together.decisions.queries.money import balances_of, lines_of
from concertoit.together.decisions.queries.prioritisation import found, latest
from concertoit.together.decisions.services import money_applying
from concertoit.together.decisions.services import money_recommendation as services
from concertoit.together.decisions.views.prioritisation import url_of
from concertoit.together.decisions.views.prioritisation_show import tabs_of


@in_space("prioritisation.view")
@require_http_methods(["GET", "POST"])
def recommendation(request: SpaceRequest, pk: int) -> HttpResponse:
    """Amounts with their reasons and totals: a form for the coco, a page for the plenary once it is published."""
    viewer = request.viewer
    row, one = services.shown(viewer, pk)
    writes = viewer.can("money.recommend") and (one is None or one.published_at is None)
    if request.method == "POST" and not writes:
        viewer.must("money.recommend")
        raise NotVisible("")
    lines = lines_of(one) if one else []
    form = RecommendationForm(
        request.POST if request.method == "POST" else None, lines=lines, note=one.note if one else ""
    )

    def save() -> None:
        services.write(viewer=viewer, pk=pk, lines=form.written(), note=form.cleaned_data["note"])

    if request.method == "POST" and attempt(form, save):
        toasts.done(request, _("La recommandation est enregistrée."))
        return redirect(request, url_of(request, "recommendation", pk=pk))
    counted = latest(row, CountKind.MONEY)
    totals = balances_of(row, lines) if one else []
    by_year: dict[str, list[RecommendationLine]] = {total.year: [] for total in totals}
    for line in lines:
        by_year[line.request.year].append(line)
    context = {
        "row": row, "tabs": tabs_of(viewer, row, "recommendation"), "recommendation": one, "form": form,
        "start": StartForm(), "writes": writes, "by_year": by_year,
        "balances": totals,
        "proposed": services.starting_amounts(counted, one.started_from) if counted and one else {},
        "publishes": viewer.can("money.publish"), "counted": counted,
    }  # fmt: skip
    return render(request, "decisions/recommendation.html", context, status=422 if form.errors else 200)


@in_space("money.recommend")
@require_POST
def recommendation_start(request: SpaceRequest, pk: int) -> HttpResponse:
    """Start from what a rule funds, or from nothing."""
    found(request.viewer, pk)
    services.start(viewer=request.viewer, pk=pk, rule=request.POST.get("rule", ""))
    toasts.done(request, _("La recommandation est commencée : changez ce que le coco décide, avec ses motifs."))
    return redirect(request, url_of(request, "recommendation", pk=pk))


@in_space("money.publish")
@require_POST
def recommendation_state(request: SpaceRequest, pk: int) -> HttpResponse:
    """Publish to the plenary, take back, or apply to the draft."""
    viewer, what = request.viewer, request.POST.get("quoi", "")
    found(viewer, pk)
    if what == "publier":
        services.publish(viewer=viewer, pk=pk)
        toasts.done(request, _("La recommandation est publiée : la plénière la voit."))
    elif what == "reprendre":
        services.take_back(viewer=viewer, pk=pk)
        toasts.done(request, _("La recommandation est reprise : la plénière ne la voit plus."))
    elif what == "appliquer":
        applied = money_applying.apply(viewer=viewer, pk=pk)
        text = ngettext(
            "Le budget de %(n)s élément de l’ébauche est écrit.",
            "Le budget de %(n)s éléments de l’ébauche est écrit.",
            applied.changed,
        ) % {"n": applied.changed}
        if applied.missing:
            names = {"names": ", ".join(applied.missing)}
            text = f"{text} {_('Ces actions ne sont plus dans l’ébauche : %(names)s.') % names}"
        toasts.done(request, text)
    return redirect(request, url_of(request, "recommendation", pk=pk))
