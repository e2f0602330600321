"""The rules of complex cases: versions, draft, criteria, simulator, adoption (I4)."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.cases.enums.complexity import ComplexityOutcome
from concertoit.field.cases.forms.complexity import AdoptForm, CriterionForm, NeededForm, OwnCriterionForm
from concertoit.field.cases.policies import reads_support
from concertoit.field.cases.queries import complexity as queries
from concertoit.field.cases.queries.complexity_simulation import simulate
from concertoit.field.cases.queries.complexity_words import (
    WEIGHT_LABELS,
    criterion_text,
    criterion_title,
)
from concertoit.field.cases.rules.complexity import Criterion, Edition, Weight
from concertoit.field.cases.rules.complexity_edition import OWN, START, from_json, next_own
from concertoit.field.cases.services import complexity_rules as services
from concertoit.field.cases.views.pages import address, form_page
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


def _lines(edition: Edition) -> list[dict[str, object]]:
    return [
        {
            "code": one.code, "title": criterion_title(one.code, one.title), "text": criterion_text(one), "on": one.on,
            "certain": one.weight is Weight.CERTAIN, "weight": WEIGHT_LABELS[one.weight], "reserved": one.reserved,
            "own": one.code.startswith(OWN), "same": one in START.criteria,
        }
        for one in edition.criteria
    ]  # fmt: skip


@in_space("cases.setup")
def complexity_rules(request: SpaceRequest) -> HttpResponse:
    """The rules in force, in sentences, with the versions before them and the draft."""
    space = request.viewer.space
    rules, versions = queries.rules_in_force(space), queries.versions_of(space)
    context = {
        "rules": rules, "lines": _lines(rules.edition), "intact": rules.row is None or queries.intact(rules.row),
        "draft": next((row for row in versions if row.state == "draft"), None),
        "versions": [row for row in versions if row.state == "adopted"],
    }  # fmt: skip
    return render(request, "cases/complexity_rules.html", context)


@in_space("cases.setup")
def complexity_version(request: SpaceRequest, number: int) -> HttpResponse:
    """One version, as it was adopted."""
    row = queries.version_of(request.viewer, number)
    if row.state == "draft":
        return redirect(request, address(request, "complexity_draft"))
    edition = from_json(row.edition)
    context = {"row": row, "edition": edition, "lines": _lines(edition), "intact": queries.intact(row)}
    return render(request, "cases/complexity_version.html", context)


@in_space("cases.setup")
@require_POST
def complexity_draft_open(request: SpaceRequest) -> HttpResponse:
    """Open the draft from the rules in force."""
    services.open_draft(viewer=request.viewer)
    return redirect(request, address(request, "complexity_draft"))


@in_space("cases.setup")
def complexity_draft(request: SpaceRequest) -> HttpResponse:
    """The draft: its criteria, how many of the others are needed."""
    row = queries.draft_of(request.viewer)
    edition = from_json(row.edition)
    form = NeededForm(posted(request), initial={"others_needed": edition.others_needed})
    if request.method == "POST" and form.is_valid():
        services.set_needed(viewer=request.viewer, others_needed=form.cleaned_data["others_needed"])
        done(request, _("Enregistré."))
        return redirect(request, request.path)
    context = {"row": row, "lines": _lines(edition), "form": form}
    return render(request, "cases/complexity_draft.html", context, status=422 if form.errors else 200)


@in_space("cases.setup")
@require_POST
def complexity_draft_change(request: SpaceRequest) -> HttpResponse:
    """Turn a criterion on or off, take one away, throw the draft away."""
    what, code = request.POST.get("quoi", ""), request.POST.get("code", "")
    if what == "jeter":
        services.discard(viewer=request.viewer)
        done(request, _("L’ébauche est jetée. Les règles en vigueur restent."))
        return redirect(request, address(request, "complexity_rules"))
    if what == "retirer":
        services.remove_criterion(viewer=request.viewer, code=code)
    else:
        services.turn(viewer=request.viewer, code=code, on=what == "activer")
    return redirect(request, address(request, "complexity_draft") + f"#{code}")


@in_space("cases.setup")
def complexity_criterion(request: SpaceRequest, code: str = "") -> HttpResponse:
    """Change a criterion of the draft, or write one of one's own."""
    edition = from_json(queries.draft_of(request.viewer).edition)
    if code:
        criterion = must_exist(next((one for one in edition.criteria if one.code == code), None))
    else:
        criterion = Criterion(next_own(edition), Weight.OTHER, ())
    own = criterion.code.startswith(OWN)
    form = (OwnCriterionForm if own else CriterionForm)(posted(request), criterion=criterion)
    return form_page(
        request, form, lambda: services.save_criterion(viewer=request.viewer, criterion=form.built()),
        title=criterion_title(criterion.code, criterion.title) if code else _("Un critère de plus"),
        lead=criterion_text(criterion) if code else _("Comparez jusqu’à trois faits. Rien d’autre ne s’exécute."),
        back=address(request, "complexity_draft"),
    )  # fmt: skip


@in_space("cases.setup")
def complexity_simulate(request: SpaceRequest) -> HttpResponse:
    """What the draft would change on the cases of the démarche. Cases are named to the team only."""
    row = queries.draft_of(request.viewer)
    rules = queries.rules_in_force(request.viewer.space)
    reserved = reads_support(request.viewer)
    found = simulate(request.viewer.space, rules.edition, from_json(row.edition), reserved=reserved)
    context = {
        "row": row, "rules": rules, "found": found, "names": request.viewer.can("cases.work"),
        "outcomes": ComplexityOutcome.choices,
    }  # fmt: skip
    return render(request, "cases/complexity_simulate.html", context)


@in_space("cases.setup")
def complexity_adopt(request: SpaceRequest) -> HttpResponse:
    """Write that the partners adopted the draft by consent."""
    row = queries.draft_of(request.viewer)
    form = AdoptForm(posted(request), initial={"adopted_on": timezone.localdate()})
    return form_page(
        request, form, lambda: services.adopt(viewer=request.viewer, **form.cleaned_data),
        title=_("Adopter la version %(number)s") % {"number": row.number},
        lead=_("Une version adoptée ne change plus. Tous les dossiers ouverts seront évalués de nouveau."),
        back=address(request, "complexity_draft"), then=address(request, "complexity_rules"),
        submit=_("Inscrire l’adoption"), said=_("Ces règles sont en vigueur."),
    )  # fmt: skip
