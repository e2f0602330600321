"""Amounts committed and spent on an item."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui import toasts
from concertoit.together.plans.forms.figures import SpendingForm
from concertoit.together.plans.models import PlanNode, Spending
from concertoit.together.plans.queries.money import known_words, own_words
from concertoit.together.plans.services import followup, spending
from concertoit.together.plans.views.indicators import form_page
from concertoit.together.plans.views.item import back_to

FIELDS = ("kind", "amount", "on", "year", "fiscal_agent", "source", "note")


@in_space("plan.view")
def spending_add(request: SpaceRequest, item_id: int) -> HttpResponse:
    """Write an amount committed or spent."""
    view = followup.found(request.viewer, item_id)
    initial = {"kind": "spent", "on": timezone.localdate(), **_only_choice(view.node)}
    form = SpendingForm(request.POST or None, initial=initial, known=known_words(view.node))
    return form_page(
        request,
        view.node,
        form,
        lambda values: spending.add_spending(viewer=request.viewer, item_id=item_id, **values),
        title=_("Inscrire un montant"),
        lead=_("Reprenez l’année, le fiduciaire et la source tels que le plan les écrit : les totaux se répondent."),
        submit=_("Inscrire"),
        done=_("Montant inscrit."),
        anchor="#budget",
    )


def _only_choice(node: PlanNode) -> dict[str, str]:
    """Where the plan names only one year, fiscal agent or source, it is the one."""
    return {name: words[0] for name, words in own_words(node).items() if len(words) == 1}


@in_space("plan.view")
def spending_edit(request: SpaceRequest, item_id: int, spending_id: int) -> HttpResponse:
    """Correct an amount."""
    view = followup.found(request.viewer, item_id)
    row = must_exist(Spending.objects.filter(pk=spending_id, item=view.item).first())
    initial = {name: getattr(row, name) for name in FIELDS}
    form = SpendingForm(request.POST or None, initial=initial, known=known_words(view.node))
    return form_page(
        request,
        view.node,
        form,
        lambda values: spending.edit_spending(
            viewer=request.viewer, item_id=item_id, spending_id=spending_id, **values
        ),
        title=_("Corriger un montant"),
        submit=_("Enregistrer"),
        done=_("Montant corrigé."),
        anchor="#budget",
    )


@in_space("plan.view")
@require_POST
def spending_remove(request: SpaceRequest, item_id: int, spending_id: int) -> HttpResponse:
    """Remove an amount written by mistake."""
    spending.remove_spending(viewer=request.viewer, item_id=item_id, spending_id=spending_id)
    toasts.done(request, _("Montant retiré. L’historique le garde."))
    return back_to(request, item_id, "#budget")
