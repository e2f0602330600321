"""The page of who does the works, behind a personal link: where to go, whom to call, when, and what was done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.small_works.enums import Work
from concertoit.field.small_works.forms.requests import DoneForm, ReasonForm, VisitForm, visit_initial
from concertoit.field.small_works.models import Request
from concertoit.field.small_works.queries.requests import visit_behind
from concertoit.field.small_works.services import following
from concertoit.ground.spaces.views.access import attempt
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done


@personal_link
def visit(request: HttpRequest, token: str) -> HttpResponse:
    """See the request; say when one goes, what was done, or that one cannot."""
    row = visit_behind(token)
    what = request.POST.get("quoi", "") if request.method == "POST" else ""
    forms = _forms(request, what, row)
    acts = {
        "date": (lambda: following.plan_visit(row=row, at=forms["date"].at()), _("Visite notée.")),
        "faite": (lambda: following.report_done(row=row, facts=forms["faite"].facts()), _("Merci! C’est noté.")),
        "rendre": (
            lambda: following.give_back(row=row, reason=forms["rendre"].cleaned_data["reason"]),
            _("C’est noté : l’équipe cherchera quelqu’un d’autre."),
        ),
    }  # fmt: skip
    if what in acts:
        act, said = acts[what]
        if attempt(forms[what], act):
            done(request, said)
            if what == "rendre":
                return render(request, "small_works/visit_over.html", {"row": row})
            return redirect(request, reverse("small_works:visit", kwargs={"token": token}))
    wrong = any(form.errors for form in forms.values())
    context = {"row": row, "who": row.applicant, "works": _labels(row), "forms": forms}
    return render(request, "small_works/visit.html", context, status=422 if wrong else 200)


def _forms(request: HttpRequest, what: str, row: Request) -> dict[str, Any]:
    def sent(name: str) -> Any:
        return request.POST if what == name else None

    return {
        "date": VisitForm(sent("date"), initial=visit_initial(row), prefix="date"),
        "faite": DoneForm(sent("faite"), initial={"on": timezone.localdate()}, prefix="faite"),
        "rendre": ReasonForm(sent("rendre"), prefix="rendre"),
    }


def _labels(row: Request) -> list[str]:
    return [str(Work(code).label) for code in row.works if code in Work.values]
