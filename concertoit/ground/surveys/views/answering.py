"""The list, a survey, filling it (with an account, by a link, by an open address, from paper), its results."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import NotAllowed
from concertoit.ground.core.media import CSV
from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space, posted
from concertoit.ground.surveys import exports, policies
from concertoit.ground.surveys.enums import Identity, Source, SurveyState
from concertoit.ground.surveys.forms import FillForm
from concertoit.ground.surveys.models import Survey
from concertoit.ground.surveys.queries import surveys as queries
from concertoit.ground.surveys.queries.results import change_of, results_of
from concertoit.ground.surveys.services import answering, writing
from concertoit.ground.surveys.views.preparing import address
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done


@in_space("survey.view")
def survey_list(request: SpaceRequest) -> HttpResponse:
    """The surveys of the démarche: what waits for the reader first."""
    today = timezone.localdate()
    rows = list(queries.surveys_of(request.viewer))
    lines = [{"survey": row, "open": writing.is_open(row, today)} for row in rows]
    return render(request, "surveys/list.html", {"lines": lines})


@in_space("survey.view")
def survey(request: SpaceRequest, survey_id: int) -> HttpResponse:
    """A survey: what it asks, where it stands, what the reader can do."""
    row = queries.survey_for(request.viewer, survey_id)
    context = {
        "survey": row,
        "questions": queries.questions_of(row),
        "open": writing.is_open(row, timezone.localdate()),
        "answered": queries.has_answered(request.viewer, row),
        "called": queries.called(row) if request.viewer.can("survey.manage") else None,
        "received": row.responses.count(),
        "reads_results": policies.may_read_results(request.viewer, row),
        "open_link": request.build_absolute_uri(reverse("surveys:by_code", kwargs={"code": row.code})),
    }
    return render(request, "surveys/survey.html", context)


@in_space("survey.answer")
def fill(request: SpaceRequest, survey_id: int) -> HttpResponse:
    """Answer with one's account."""
    row = queries.survey_for(request.viewer, survey_id)
    form = FillForm(posted(request), questions=queries.questions_of(row))
    voice = answering.voice_of(request.viewer)
    if request.method == "POST" and attempt(
        form, lambda: answering.answer(survey=row, voice=voice, said=form.said(), sent_id=form.sent())
    ):
        done(request, _("Merci : votre réponse est enregistrée."))
        return redirect(request, address(row))
    context = {**_filling(row, form), "back": address(row), "signature": _signature(row, voice)}
    return render(request, "surveys/fill.html", context, status=422 if form.errors else 200)


def _filling(survey: Survey, form: FillForm) -> dict[str, Any]:
    return {
        "survey": survey,
        "form": form,
        "open": writing.is_open(survey, timezone.localdate()),
        "nobody": survey.identity == Identity.NOBODY,
        "paired": survey.pair is not None,
    }


def _signature(survey: Survey, voice: answering.Voice) -> str:
    """In whose name the answer will be kept; empty without names."""
    if survey.identity == Identity.NOBODY:
        return ""
    if survey.identity == Identity.ORGANISATION and voice.organisation:
        return str(voice.organisation)
    return voice.signed


@in_space("survey.manage")
def paper(request: SpaceRequest, survey_id: int) -> HttpResponse:
    """Type in an answer given on paper."""
    row = queries.survey_for(request.viewer, survey_id)
    form = FillForm(posted(request), questions=queries.questions_of(row), signing=_signing(row))
    if request.method == "POST" and attempt(
        form,
        lambda: answering.enter_paper(
            viewer=request.viewer, survey=row, said=form.said(), sent_id=form.sent(),
            signed=form.cleaned_data.get("signed", ""),
        ),
    ):  # fmt: skip
        done(request, _("La réponse sur papier est saisie. En voici une autre?"))
        return redirect(request, address(row, "paper"))
    context = {**_filling(row, form), "back": address(row), "paper": True}
    return render(request, "surveys/fill.html", context, status=422 if form.errors else 200)


def _signing(survey: Survey) -> str:
    """What to ask of who answers without an account; nothing without names."""
    return {Identity.PERSON.value: _("Nom de la personne"), Identity.ORGANISATION.value: _("Organisme")}.get(
        survey.identity, ""
    )


@in_space("survey.view")
def results(request: SpaceRequest, survey_id: int) -> HttpResponse:
    """What people answered, counted."""
    row = queries.survey_for(request.viewer, survey_id)
    _must_read(request, row)
    context = {"survey": row, "results": results_of(row), "change": change_of(row)}
    return render(request, "surveys/results.html", context)


@in_space("survey.results")
def answers_file(request: SpaceRequest, survey_id: int) -> HttpResponse:
    """The answers as a file for a spreadsheet."""
    row = queries.survey_for(request.viewer, survey_id)
    _must_read(request, row)
    if results_of(row).hidden:
        raise NotAllowed("")
    return attachment(exports.answers_csv(row), CSV, f"sondage-{row.pk}.csv")


def _must_read(request: SpaceRequest, survey: Survey) -> None:
    if not policies.may_read_results(request.viewer, survey):
        raise NotAllowed("")


@personal_link
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The personal page: a survey without an account."""
    invitee = answering.find(token)
    row = invitee.survey
    over = invitee.answered and row.identity == Identity.NOBODY
    if over or not writing.is_open(row, timezone.localdate()):
        status = 200 if invitee.answered else 410
        return render(request, "surveys/over.html", {"survey": row, "thanks": invitee.answered}, status=status)
    form = FillForm(posted(request), questions=queries.questions_of(row))
    voice = answering.voice_behind(invitee)
    if request.method == "POST" and attempt(
        form, lambda: answering.answer(survey=row, voice=voice, said=form.said(), sent_id=form.sent())
    ):
        return render(request, "surveys/over.html", {"survey": row, "thanks": True})
    context = {**_filling(row, form), "signature": _signature(row, voice)}
    return render(request, "surveys/fill_alone.html", context, status=422 if form.errors else 200)


@personal_link
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The open address: whoever has it answers, where the survey allows it."""
    row = get_object_or_404(
        Survey.objects.select_related("space").exclude(state=SurveyState.DRAFT), code=code.upper(), open_address=True
    )
    if not writing.is_open(row, timezone.localdate()):
        return render(request, "surveys/over.html", {"survey": row, "thanks": False}, status=410)
    form = FillForm(posted(request), questions=queries.questions_of(row), signing=_signing(row))

    def save() -> None:
        voice = answering.Voice(Source.OPEN, signed=form.cleaned_data.get("signed", ""))
        answering.answer(survey=row, voice=voice, said=form.said(), sent_id=form.sent())

    if request.method == "POST" and attempt(form, save):
        return render(request, "surveys/over.html", {"survey": row, "thanks": True})
    return render(request, "surveys/fill_alone.html", _filling(row, form), status=422 if form.errors else 200)
