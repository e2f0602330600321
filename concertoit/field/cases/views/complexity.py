"""Complex cases: the list, one case explained, the decision, the section of the page of a case (I4)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.cases.enums.complexity import AssessmentCause, FlagKind
from concertoit.field.cases.forms.complexity import AnswersForm, DecisionForm
from concertoit.field.cases.models import Case, ComplexityDecision
from concertoit.field.cases.policies import get_case, is_lead, is_team, may_see_support
from concertoit.field.cases.queries import complexity as queries
from concertoit.field.cases.queries.complexity_words import verdict_lines
from concertoit.field.cases.rules.complexity import Answer
from concertoit.field.cases.services import complexity as services
from concertoit.field.cases.views.pages import address
from concertoit.field.cases.views.sections import Section, tabs_of
from concertoit.ground.places.models import Building
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.views import SpaceRequest, attempt, in_space
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done

PAGE = 50
TONES = {"proposed": "brick", "to_check": "sun", "not_proposed": "neutral"}
_WAITS = Q(verdict="proposed") & (Q(decided=None) | (Q(decided=False) & Q(decided_at__lt=F("verdict_at"))))
FILTERS = {
    "a-decider": _WAITS,
    "complexes": Q(decided=True),
    "a-verifier": Q(verdict="to_check") & (Q(decided=None) | Q(decided=False)),
    "ecartes": Q(decided=False) & ~_WAITS,
}


@in_space("cases.work")
def complexity(request: SpaceRequest) -> HttpResponse:
    """Cases that the rules propose, those decided, those where something is missing to tell."""
    labels = {
        "a-decider": _("À décider"), "complexes": _("Cas complexes"), "a-verifier": _("À vérifier"),
        "ecartes": _("Écartés"),
    }  # fmt: skip
    chosen = request.GET.get("etat", "")
    chosen = chosen if chosen in FILTERS else "a-decider"
    rows = queries.judged_cases(request.viewer)
    open_rows: Any = rows.filter(closed_at=None) if chosen != "complexes" else rows
    counts = _counts(rows)
    context = {
        "page": Paginator(open_rows.filter(FILTERS[chosen]).order_by("-verdict_at", "-pk"), PAGE).get_page(
            request.GET.get("page")
        ),
        "chips": [
            {"label": label, "href": f"?etat={code}", "current": code == chosen, "count": counts[code]}
            for code, label in labels.items()
        ],
        "chosen": chosen, "tones": TONES, "rules": queries.rules_in_force(request.viewer.space),
        "tabs": tabs_of(request.viewer, "complexity"),
    }  # fmt: skip
    return render(request, "cases/complexity_list.html", context)


def _counts(rows: Any) -> dict[str, int]:
    """How many cases stand behind each filter; one query."""
    values = rows.order_by().values_list("verdict", "decided", "decided_at", "verdict_at", "closed_at")
    counts = dict.fromkeys(FILTERS, 0)
    for verdict, decided, decided_at, verdict_at, closed_at in values:
        waits = verdict == "proposed" and (decided is None or (decided is False and decided_at < verdict_at))
        counts["complexes"] += decided is True
        if closed_at is None:
            counts["a-decider"] += waits
            counts["a-verifier"] += verdict == "to_check" and not decided
            counts["ecartes"] += decided is False and not waits
    return counts


@in_space("cases.work")
def complexity_case(request: SpaceRequest, reference: str) -> HttpResponse:
    """Why a case is proposed or not, criterion by criterion; answers of the team, decision of the liaison."""
    viewer = request.viewer
    case = get_case(viewer, reference)
    asked = request.POST.get("quoi", "")
    standing = queries.standing_of(case, reserved=may_see_support(viewer, case))
    kinds = [kind for kind in FlagKind if services.may_answer(viewer, case, kind)]
    decision = DecisionForm(request.POST if asked == "decider" else None)
    answers = AnswersForm(request.POST if asked == "repondre" else None, kinds=kinds, known=standing.flags)
    if request.method == "POST" and asked == "decider":
        viewer.must("cases.lead")
        if attempt(decision, lambda: _decide(viewer, case, decision)):
            done(request, _("La décision est inscrite."))
            return redirect(request, request.path)
    elif request.method == "POST" and attempt(
        answers, lambda: services.answer_many(viewer=viewer, case=case, answers=answers.answers())
    ):
        done(request, _("Réponses inscrites. Les règles ont été appliquées de nouveau."))
        return redirect(request, request.path)
    context = _explained(viewer, case, standing) | {"decision_form": decision, "answers": answers, "kinds": kinds}
    return render(
        request, "cases/complexity_case.html", context, status=422 if decision.errors or answers.errors else 200
    )


def _decide(viewer: Viewer, case: Case, form: DecisionForm) -> ComplexityDecision:
    return services.decide(
        viewer=viewer, case=case, is_complex=form.cleaned_data["complex"], reason=form.cleaned_data["reason"]
    )


def _explained(viewer: Viewer, case: Case, standing: queries.Standing) -> dict[str, Any]:
    reserved = may_see_support(viewer, case)
    lines = verdict_lines(standing.assessment.items, reserved=reserved) if standing.assessment else []
    return {
        "case": case, "standing": standing, "lines": lines, "tones": TONES, "lead": is_lead(viewer),
        "history": queries.history_of(case, reserved=reserved), "decisions": queries.decisions_of(case),
        "count": {answer.value: sum(line.answer == answer for line in lines) for answer in Answer},
    }  # fmt: skip


@in_space("cases.work")
@require_POST
def complexity_check(request: SpaceRequest, reference: str) -> HttpResponse:
    """Judge the case now, for who does not want to wait for the next act."""
    case = get_case(request.viewer, reference)
    services.assess(case=case, cause=AssessmentCause.MOVED)
    done(request, _("Les règles ont été appliquées de nouveau."))
    return redirect(request, address(request, "complexity_case", reference=reference))


def section_of(viewer: Viewer, case: Case) -> Section | None:
    """The verdict on the page of a case, for the team. What is reserved is on the page of the explanation."""
    if not is_team(viewer):
        return None
    assessment = queries.as_read(queries.last_assessment(case), reserved=may_see_support(viewer, case))
    decision = queries.last_decision(case)
    items = [item for item in assessment.items if not item["reserved"]] if assessment else []
    lines = verdict_lines(items, reserved=True)
    context = {
        "case": case, "assessment": assessment, "decision": decision, "lines": lines, "tones": TONES,
        "lead": is_lead(viewer), "slug": viewer.space.slug,
        "waits": queries.Standing(assessment, decision, {}).waits,
    }  # fmt: skip
    note = ""
    if decision is not None:
        note = _("cas complexe") if decision.complex else ""
    elif assessment is not None and assessment.outcome == "proposed":
        note = _("proposé, à décider")
    return Section("complexite", _("Cas complexe"), "cases/complexity_section.html", context, 35, note)


def building_section_of(viewer: Viewer, building: Building) -> Section | None:
    """The complex cases of a building, for the team."""
    if not is_team(viewer):
        return None
    rows = queries.judged_cases(viewer).filter(Q(decided=True) | Q(verdict="proposed"), building=building)
    shown = list(rows.order_by("-known_at", "-pk")[:PAGE])
    if not shown:
        return None
    context = {"rows": shown, "slug": viewer.space.slug}
    return Section("complexite", _("Cas complexes"), "cases/complexity_building.html", context, 35)
