"""Preparing a survey: its words, its questions, who is asked, its life."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import in_force
from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space, posted
from concertoit.ground.surveys import rules
from concertoit.ground.surveys.forms import InviteForm, QuestionForm, SurveyForm, initial_of
from concertoit.ground.surveys.models import Survey
from concertoit.ground.surveys.queries.surveys import question_for, survey_for
from concertoit.ground.surveys.services import asking, writing
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


def address(survey: Survey, name: str = "survey", **more: Any) -> str:
    """The address of a page of a survey."""
    return reverse(f"surveys:{name}", kwargs={"slug": survey.space.slug, "survey_id": survey.pk, **more})


@in_space("survey.manage")
def create(request: SpaceRequest) -> HttpResponse:
    """Prepare a new survey."""
    form = SurveyForm(posted(request))
    made: list[Survey] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(writing.create_survey(viewer=request.viewer, **form.cleaned_data))
    ):
        done(request, _("Le sondage est prêt à recevoir ses questions."))
        return redirect(request, address(made[0]))
    context = {
        "form": form,
        "heading": _("Nouveau sondage"),
        "submit": _("Préparer le sondage"),
        "cancel": reverse("surveys:list", kwargs={"slug": request.viewer.space.slug}),
    }
    return render(request, "surveys/form.html", context, status=422 if form.errors else 200)


@in_space("survey.manage")
def edit(request: SpaceRequest, survey_id: int) -> HttpResponse:
    """Change the words of a survey."""
    survey = survey_for(request.viewer, survey_id)
    form = SurveyForm(posted(request), initial=initial_of(survey))
    if request.method == "POST" and attempt(
        form, lambda: writing.change_survey(viewer=request.viewer, survey=survey, **form.cleaned_data)
    ):
        done(request, _("Sondage enregistré."))
        return redirect(request, address(survey))
    context = {"form": form, "heading": survey.title, "submit": _("Enregistrer"), "cancel": address(survey)}
    return render(request, "surveys/form.html", context, status=422 if form.errors else 200)


@in_space("survey.manage")
def question(request: SpaceRequest, survey_id: int, question_id: int = 0) -> HttpResponse:
    """Add a question, or rewrite one."""
    survey = survey_for(request.viewer, survey_id)
    row = question_for(request.viewer, survey_id, question_id) if question_id else None
    initial = None
    if row:
        options = rules.write_options([(one.label, one.is_right) for one in row.options.all()])
        initial = {"text": row.text, "kind": row.kind, "help": row.help, "required": row.required, "options": options}
    form = QuestionForm(posted(request), initial=initial)
    if request.method == "POST" and attempt(
        form,
        lambda: writing.save_question(viewer=request.viewer, survey=survey, question=row, **form.cleaned_data),
    ):
        done(request, _("Question enregistrée."))
        more = request.POST.get("suite") == "autre"
        return redirect(request, address(survey, "question_add") if more else address(survey))
    context = {
        "form": form,
        "heading": _("Modifier la question") if row else _("Nouvelle question"),
        "submit": _("Enregistrer"),
        "cancel": address(survey),
        "another": row is None,
    }
    return render(request, "surveys/form.html", context, status=422 if form.errors else 200)


@require_POST
@in_space("survey.manage")
def question_move(request: SpaceRequest, survey_id: int, question_id: int) -> HttpResponse:
    """Up or down by one place."""
    row = question_for(request.viewer, survey_id, question_id)
    writing.move_question(viewer=request.viewer, question=row, up=request.POST.get("to") == "up")
    return redirect(request, address(row.survey))


@require_POST
@in_space("survey.manage")
def question_remove(request: SpaceRequest, survey_id: int, question_id: int) -> HttpResponse:
    """Take a question out."""
    row = question_for(request.viewer, survey_id, question_id)
    writing.remove_question(viewer=request.viewer, question=row)
    done(request, _("Question retirée."))
    return redirect(request, address(row.survey))


@require_POST
@in_space("survey.manage")
def state(request: SpaceRequest, survey_id: int) -> HttpResponse:
    """Open a survey, close it, copy it, ask it again later, remind, or remove it."""
    survey = survey_for(request.viewer, survey_id)
    viewer = request.viewer
    match request.POST.get("quoi", ""):
        case "ouvrir":
            writing.open_survey(viewer=viewer, survey=survey)
            done(request, _("Le sondage est ouvert."))
        case "fermer":
            writing.close_survey(viewer=viewer, survey=survey)
            done(request, _("Le sondage est fermé."))
        case "copier":
            copy = writing.copy_survey(viewer=viewer, survey=survey, title=_("Copie de %s") % survey.title)
            return redirect(request, address(copy))
        case "apres":
            title = _("%s : après") % survey.title
            copy = writing.copy_survey(viewer=viewer, survey=survey, title=title[:160], after=True)
            return redirect(request, address(copy))
        case "relancer":
            sent = asking.remind(viewer=viewer, survey=survey)
            done(request, _("Rappels envoyés : %(num)d.") % {"num": sent})
        case "supprimer":
            writing.remove_survey(viewer=viewer, survey=survey)
            done(request, _("Sondage supprimé."))
            return redirect(request, reverse("surveys:list", kwargs={"slug": viewer.space.slug}))
        case _other:
            raise DomainError(_("Cette action n’existe pas."))
    return redirect(request, address(survey))


@in_space("survey.manage")
def invite(request: SpaceRequest, survey_id: int) -> HttpResponse:
    """Send personal links."""
    survey = survey_for(request.viewer, survey_id)
    form = InviteForm(posted(request))
    sent: list[int] = []

    def send() -> None:
        people = _members(request) if form.cleaned_data["members"] else []
        people += [asking.Recipient(one) for one in form.addresses()]
        sent.append(asking.invite(viewer=request.viewer, survey=survey, recipients=people))

    if request.method == "POST" and attempt(form, send):
        done(request, _("Invitations envoyées : %(num)d.") % {"num": sent[0]})
        return redirect(request, address(survey))
    context = {
        "form": form,
        "heading": _("Inviter à répondre"),
        "submit": _("Envoyer les liens personnels"),
        "cancel": address(survey),
    }
    return render(request, "surveys/form.html", context, status=422 if form.errors else 200)


def _members(request: SpaceRequest) -> list[asking.Recipient]:
    """The people of the démarche with a professional address."""
    rows = (
        Membership.objects.filter(in_force(), space=request.viewer.space, person__isnull=False)
        .select_related("person", "organisation")
        .prefetch_related("person__contacts")
        .order_by("position", "pk")
    )
    found = []
    for row in rows:
        contacts = row.person.contacts.all() if row.person else []
        email = next((one.value for one in contacts if one.kind == "email"), "")
        if email:
            found.append(asking.Recipient(email, str(row.person), row))
    return found
