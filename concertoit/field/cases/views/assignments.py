"""Partners of a case: asking, answering in the application, answering by a personal link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.field.cases.enums import AssignmentState
from concertoit.field.cases.enums.intake import Problem
from concertoit.field.cases.forms.assignments import AssignForm, LinkForm, PartnerDoneForm, RefuseForm
from concertoit.field.cases.forms.fields import ReasonForm
from concertoit.field.cases.models import Assignment
from concertoit.field.cases.policies import get_case
from concertoit.field.cases.queries.page import assignment_of
from concertoit.field.cases.services import assigning
from concertoit.field.cases.views.pages import case_address, form_page
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done

PARTNERS = "partenaires"


@in_space("cases.lead")
def assign(request: SpaceRequest, reference: str) -> HttpResponse:
    """Ask a partner for a case."""
    viewer = request.viewer
    case = get_case(viewer, reference)
    form = AssignForm(posted(request), viewer=viewer)
    return form_page(
        request, form, lambda: assigning.assign(viewer=viewer, case=case, asked=form.asked()),
        title=_("Demander à un partenaire"), back=case_address(request, reference, PARTNERS),
        submit=_("Envoyer la demande"), said=_("La demande est partie."),
        lead=_("Avant d’accepter, le partenaire voit le numéro, l’immeuble et ce que vous demandez : aucune identité."),
    )  # fmt: skip


@in_space("cases.answer")
def assignment_move(request: SpaceRequest, reference: str, assignment_id: int) -> HttpResponse:
    """Accept at once; refuse, end, cancel or ask again with what each asks for (``?vers=``)."""
    viewer = request.viewer
    case = get_case(viewer, reference)
    row = assignment_of(viewer, case, assignment_id)
    back = case_address(request, reference, PARTNERS)
    to = request.POST.get("to") or request.GET.get("vers", "")
    if to not in AssignmentState:
        raise NotVisible("")
    if request.method == "POST" and to == AssignmentState.IN_PROGRESS:
        assigning.move(viewer=viewer, assignment=row, to=to)
        done(request, _("Votre organisme s’en occupe. Vous voyez maintenant qui joindre."))
        return redirect(request, back)
    return _with_words(request, row, to, back)


def _with_words(request: SpaceRequest, row: Assignment, to: str, back: str) -> HttpResponse:
    title, submit, form = {
        AssignmentState.REFUSED: (_("Refuser ce dossier"), _("Refuser"), RefuseForm(posted(request))),
        AssignmentState.CLOSED: (_("Terminer votre part"), _("Terminer"), PartnerDoneForm(posted(request))),
        AssignmentState.CANCELLED: (_("Annuler la demande"), _("Annuler la demande"), ReasonForm(posted(request))),
        AssignmentState.NEW: (_("Demander de nouveau"), _("Demander"), ReasonForm(posted(request))),
        AssignmentState.IN_PROGRESS: (_("S’occuper de ce dossier"), _("Accepter"), ReasonForm(posted(request))),
    }[AssignmentState(to)]

    def save() -> None:
        values = form.cleaned_data
        reason = values.get("reason") or values.get("words") or ""
        assigning.move(viewer=request.viewer, assignment=row, to=to, reason=reason, works=values.get("works", ""))

    return form_page(
        request, form, save, title=title, submit=submit, back=back, lead=str(row.organisation),
        danger=to == AssignmentState.CANCELLED,
        then=reverse("cases:home", kwargs={"slug": request.viewer.space.slug}) if not request.viewer.can("cases.work")
        else "",
    )  # fmt: skip


@in_space("cases.lead")
def link_new(request: SpaceRequest, reference: str, assignment_id: int) -> HttpResponse:
    """Send a personal link to somebody without an account."""
    viewer = request.viewer
    case = get_case(viewer, reference)
    row = assignment_of(viewer, case, assignment_id)
    form = LinkForm(posted(request))
    return form_page(
        request, form,
        lambda: assigning.send_link(viewer=viewer, assignment=row, email=form.cleaned_data["email"]),
        title=_("Envoyer un lien personnel"), back=case_address(request, reference, PARTNERS),
        submit=_("Envoyer"), said=_("Le lien est parti."),
        lead=_("La personne accepte ou refuse pour %(who)s, sans compte. Sa page ne nomme personne.")
        % {"who": row.organisation},
    )  # fmt: skip


@personal_link
def partner_link(request: HttpRequest, token: str) -> HttpResponse:
    """The personal page of a partner: what is asked, accept or refuse. Nobody is named on it."""
    link = assigning.find_link(token)
    if not assigning.is_open(link):
        return render(request, "cases/case_link_over.html", {"link": link}, status=200 if link.answered_at else 410)
    accept = request.POST.get("quoi") == "accepter"
    form = RefuseForm(request.POST if request.method == "POST" and not accept else None)
    if request.method == "POST" and (accept or form.is_valid()):
        try:
            reason = "" if accept else form.cleaned_data["reason"]
            assigning.answer_link(token=token, accept=accept, reason=reason)
            return redirect(request, reverse("cases:partner_link", kwargs={"token": token}))
        except NotVisible:
            raise
        except DomainError as error:
            form.add_error(None, str(error))
    case = link.assignment.case
    problems = [Problem(code).label for code in case.problems if code in Problem]
    context = {"link": link, "row": link.assignment, "case": case, "form": form, "problems": problems}
    return render(request, "cases/case_link.html", context, status=422 if form.errors else 200)
