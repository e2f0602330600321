"""The inbox of reports, one report, and what the team does with it (I3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.cases.enums.intake import Danger, Problem, ReportState
from concertoit.field.cases.forms.intake_team import AttachForm, PlaceForm, QuestionForm, SetAsideForm
from concertoit.field.cases.models import Case, Report
from concertoit.field.cases.policies import is_lead
from concertoit.field.cases.queries import intake as queries
from concertoit.field.cases.queries.codes import code_of
from concertoit.field.cases.rules.codes import as_shown
from concertoit.field.cases.services import inbox
from concertoit.field.cases.services.intake import OBJECT
from concertoit.field.cases.views.pages import address, case_address, form_page
from concertoit.ground.audit.queries import history_url
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible, must_exist
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.files.queries import attachments
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import redirect, render, render_page
from concertoit.ground.ui.toasts import done

PER_PAGE = 25


@in_space("cases.work")
def reports(request: SpaceRequest) -> HttpResponse:
    """What came in: what waits first."""
    viewer = request.viewer
    state = request.GET.get("etat", ReportState.NEW)
    state = state if state in ReportState.values else ""
    rows = queries.inbox(viewer, state=state, search=request.GET.get("q", "").strip()[:60])
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": ReportState.choices,
        "counts": queries.counts(viewer),
        "public": request.build_absolute_uri(address(request, "signal")),
        "label": problem_labels,
        "lead": is_lead(viewer),
    }
    return render_page(request, "cases/intake_reports.html", context, fragments={"liste": "list"})


def problem_labels(report: Report) -> str:
    """What was ticked, in words."""
    return ", ".join(str(Problem(code).label) for code in report.problems) or _("Rien de coché")


@in_space("cases.work")
def report(request: SpaceRequest, reference: str) -> HttpResponse:
    """One report: what is told, what else is known of the building, what to do with it."""
    row = queries.report_of(request.viewer, reference)
    return _page(request, row)


def _page(request: SpaceRequest, row: Report, status: int = 200, **forms: Any) -> HttpResponse:
    viewer = request.viewer
    cases = _open_here(viewer, row)
    context = {
        "report": row,
        "problems": problem_labels(row),
        "dangers": [Danger(code).label for code in row.dangers],
        "words": list(row.words.select_related("author").order_by("at", "pk")),
        "photos": attachments(OBJECT, row.uid),
        "cases": cases,
        "others": queries.reports_here(viewer, row),
        "attach": forms.get("attach") or AttachForm(cases=cases),
        "aside": forms.get("aside") or SetAsideForm(),
        "question": forms.get("question") or QuestionForm(),
        "code": as_shown(code_of(row.uid)),
        "history": history_url(request.user, OBJECT, row.pk),
        "object_type": OBJECT,
    }
    return render(request, "cases/intake_report.html", context, status=status)


def _open_here(viewer: Viewer, row: Report) -> list[Case]:
    """The cases that a report may join."""
    return [case for case in queries.cases_here(viewer, row.building) if case.is_open]


@in_space("cases.work")
@require_POST
def report_decide(request: SpaceRequest, reference: str) -> HttpResponse:
    """Open a case, join one, set aside, take back, ask, note a correction as done: the field « quoi » says which."""
    row = queries.report_of(request.viewer, reference)
    act = must_exist(ACTS.get(request.POST.get("quoi", "")))
    return act(request, row)


def _open(request: SpaceRequest, row: Report) -> HttpResponse:
    try:
        case = inbox.open_from(viewer=request.viewer, report=row)
    except (NotAllowed, NotVisible):
        raise
    except DomainError as refusal:
        return _refused(request, row, refusal)
    done(request, _("Le dossier %(number)s est ouvert.") % {"number": case.reference})
    return redirect(request, case_address(request, case.reference))


def _attach(request: SpaceRequest, row: Report) -> HttpResponse:
    form = AttachForm(posted(request), cases=_open_here(request.viewer, row))
    if form.is_valid():
        try:
            case = inbox.attach_to(viewer=request.viewer, report=row, case_reference=form.cleaned_data["case"])
        except (NotAllowed, NotVisible):
            raise
        except DomainError as refusal:
            return _refused(request, row, refusal)
        done(request, _("Le signalement est joint au dossier %(number)s.") % {"number": case.reference})
        return redirect(request, case_address(request, case.reference))
    return _page(request, row, 422, attach=form)


def _aside(request: SpaceRequest, row: Report) -> HttpResponse:
    form = SetAsideForm(posted(request))
    return _saved(request, row, form, "aside", _("Le signalement est mis de côté."),
                  lambda: inbox.set_aside(viewer=request.viewer, report=row, **form.cleaned_data))  # fmt: skip


def _ask(request: SpaceRequest, row: Report) -> HttpResponse:
    form = QuestionForm(posted(request))
    return _saved(request, row, form, "question", _("La question paraît sur la page de suivi de la personne."),
                  lambda: inbox.ask(viewer=request.viewer, report=row, text=form.cleaned_data["text"]))  # fmt: skip


def _saved(
    request: SpaceRequest, row: Report, form: Any, name: str, said: str, act: Callable[[], object]
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, row, 422, **{name: form})
    act()
    done(request, said)
    return redirect(request, address(request, "report", reference=row.reference))


def _reconsider(request: SpaceRequest, row: Report) -> HttpResponse:
    inbox.reconsider(viewer=request.viewer, report=row)
    done(request, _("Le signalement est remis à regarder."))
    return redirect(request, address(request, "report", reference=row.reference))


def _handled(request: SpaceRequest, row: Report) -> HttpResponse:
    inbox.handle(viewer=request.viewer, report=row, word_id=read_id(request.POST.get("mot")) or 0)
    done(request, _("La demande est notée comme réglée."))
    return redirect(request, address(request, "report", reference=row.reference))


def _refused(request: SpaceRequest, row: Report, refusal: DomainError) -> HttpResponse:
    form = AttachForm({}, cases=_open_here(request.viewer, row))
    form.full_clean()
    form.errors.clear()
    form.add_error(None, str(refusal))
    return _page(request, row, 422, attach=form)


ACTS: dict[str, Callable[[SpaceRequest, Report], HttpResponse]] = {
    "ouvrir": _open, "joindre": _attach, "ecarter": _aside, "reprendre": _reconsider, "demander": _ask,
    "regle": _handled,
}  # fmt: skip


@in_space("cases.work")
def report_place(request: SpaceRequest, reference: str) -> HttpResponse:
    """Complete or correct the address of a report."""
    row = queries.report_of(request.viewer, reference)
    initial = {"municipality": row.municipality_id, "address": row.address}
    form = PlaceForm(posted(request), towns=queries.towns_of(request.viewer.space), initial=initial)

    def save() -> None:
        values = form.cleaned_data
        inbox.place(viewer=request.viewer, report=row, municipality=values["municipality"],
                    address=values["address"], unit=values["unit"])  # fmt: skip

    return form_page(
        request, form, save, title=_("Adresse du signalement %(number)s") % {"number": row.reference},
        back=address(request, "report", reference=row.reference),
        lead=_("Écrit à l’origine : %(line)s") % {"line": row.address},
    )  # fmt: skip
