"""Indicators of an item: define, measure, contest, answer."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import render
from concertoit.together.plans.forms.figures import ContestAnswerForm, ContestForm, IndicatorForm, MeasureForm
from concertoit.together.plans.models import Contest, PlanNode
from concertoit.together.plans.queries.items import item_for
from concertoit.together.plans.services import followup, indicators
from concertoit.together.plans.views.followup import raise_denied
from concertoit.together.plans.views.item import back_to, item_url, refuse


def form_page(
    request: SpaceRequest,
    node: PlanNode,
    form: forms.Form,
    save: Callable[[dict[str, Any]], object],
    *,
    title: str,
    submit: str,
    done: str,
    anchor: str,
    lead: str = "",
    about: str = "",
) -> HttpResponse:
    """A form on a page of its own: shown, refused with what was typed, or saved and back to the item."""
    try:
        if request.method == "POST" and form.is_valid():
            save(form.cleaned_data)
            toasts.done(request, done)
            return back_to(request, node.item_id, anchor)
    except DomainError as error:
        raise_denied(error)
        refuse(form, error)
    context = {
        "form": form,
        "node": node,
        "title": title,
        "lead": lead,
        "about": about,
        "submit": submit,
        "back": item_url(request, node.item_id, anchor),
    }
    return render(request, "plans/item_form.html", context, status=422 if form.errors else 200)


@in_space("plan.edit")
def indicator_add(request: SpaceRequest, item_id: int) -> HttpResponse:
    """Add a sign of progress."""
    view = item_for(request.viewer, item_id)
    return form_page(
        request,
        view.node,
        IndicatorForm(request.POST or None),
        lambda values: indicators.define_indicator(viewer=request.viewer, item_id=item_id, **values),
        title=_("Nouvel indicateur"),
        lead=_("Seul le titre est nécessaire. Avec une valeur de départ et une cible, la page montre le chemin fait."),
        submit=_("Ajouter l’indicateur"),
        done=_("Indicateur ajouté."),
        anchor="#indicateurs",
    )


@in_space("plan.edit")
def indicator_edit(request: SpaceRequest, item_id: int, indicator_id: int) -> HttpResponse:
    """Change what an indicator says."""
    view = item_for(request.viewer, item_id)
    row = indicators.indicator_of(view, indicator_id)
    initial = {name: getattr(row, name) for name in indicators.FIELDS}
    return form_page(
        request,
        view.node,
        IndicatorForm(request.POST or None, initial=initial),
        lambda values: indicators.edit_indicator(
            viewer=request.viewer, item_id=item_id, indicator_id=indicator_id, **values
        ),
        title=_("Modifier un indicateur"),
        submit=_("Enregistrer"),
        done=_("Indicateur modifié."),
        anchor="#indicateurs",
    )


@in_space("plan.edit")
@require_POST
def indicator_retire(request: SpaceRequest, item_id: int, indicator_id: int) -> HttpResponse:
    """Stop following an indicator, or follow it again."""
    resume = request.POST.get("reprendre") == "1"
    indicators.retire_indicator(viewer=request.viewer, item_id=item_id, indicator_id=indicator_id, retired=not resume)
    toasts.done(request, _("L’indicateur est de nouveau suivi.") if resume else _("L’indicateur n’est plus suivi."))
    return back_to(request, item_id, "#indicateurs")


@in_space("plan.view")
def measure_add(request: SpaceRequest, item_id: int, indicator_id: int) -> HttpResponse:
    """Write a value with its date and its source."""
    view = followup.found(request.viewer, item_id)
    row = indicators.indicator_of(view, indicator_id)
    return form_page(
        request,
        view.node,
        MeasureForm(request.POST or None, initial={"source": row.source}),
        lambda values: indicators.add_measure(
            viewer=request.viewer, item_id=item_id, indicator_id=indicator_id, **values
        ),
        title=_("Nouvelle mesure"),
        about=row.title + (f" ({row.unit})" if row.unit else ""),
        submit=_("Inscrire la mesure"),
        done=_("Mesure inscrite."),
        anchor="#indicateurs",
    )


@in_space("plan.contest")
def measure_contest(request: SpaceRequest, item_id: int, measure_id: int) -> HttpResponse:
    """Say that a figure is not right, with a source."""
    view = item_for(request.viewer, item_id)
    measure = indicators.measure_of(view, measure_id)
    about = f"{measure.indicator.title} : {measure.value.normalize():f} {measure.indicator.unit} ({measure.on})"
    return form_page(
        request,
        view.node,
        ContestForm(request.POST or None),
        lambda values: indicators.contest_measure(
            viewer=request.viewer, item_id=item_id, measure_id=measure_id, **values
        ),
        title=_("Contester un chiffre"),
        lead=_("Le chiffre reste affiché, votre contestation à côté, jusqu’à ce qu’on y réponde."),
        about=about,
        submit=_("Contester"),
        done=_("Contestation publiée. La personne qui a inscrit le chiffre en est avertie."),
        anchor="#indicateurs",
    )


@in_space("plan.view")
def contest_answer(request: SpaceRequest, item_id: int, contest_id: int) -> HttpResponse:
    """Answer a contest."""
    view = followup.found(request.viewer, item_id)
    contest = must_exist(Contest.objects.filter(pk=contest_id, measure__indicator__item=view.item).first())
    return form_page(
        request,
        view.node,
        ContestAnswerForm(request.POST or None),
        lambda values: indicators.answer_contest(
            viewer=request.viewer, item_id=item_id, contest_id=contest_id, **values
        ),
        title=_("Répondre à une contestation"),
        about=contest.reason,
        submit=_("Répondre"),
        done=_("Réponse publiée."),
        anchor="#indicateurs",
    )
