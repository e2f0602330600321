"""The tenant's page behind a code (P3): where is my case, and what I can do about it. No account, no full address."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concertoit.field.cases.exports import own_data
from concertoit.field.cases.forms.intake import CodeForm, ContactForm, WordForm
from concertoit.field.cases.models import Report
from concertoit.field.cases.queries import tenant_page as queries
from concertoit.field.cases.queries.codes import code_of, draft_behind, report_behind
from concertoit.field.cases.rules import codes
from concertoit.field.cases.rules.intake import CODE_TRIES_PER_DAY
from concertoit.field.cases.services import doors
from concertoit.field.cases.services import tenant_page as services
from concertoit.field.cases.services.intake import OBJECT
from concertoit.field.cases.views.intake_public import (
    TOO_MANY,
    in_language,
    must_not_guess,
    next_step,
    step_address,
    wrong_code,
)
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.core.network import network_of
from concertoit.ground.files.queries import attachments
from concertoit.ground.spaces.views.access import attempt
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done


@in_language
@personal_link
def door(request: HttpRequest) -> HttpResponse:
    """Type one's code: it opens the case, or the report begun."""
    form = CodeForm(request.POST or None)
    network = network_of(request)
    if request.method == "POST" and form.is_valid():
        if doors.is_closed(door=doors.CODE, network=network, most=CODE_TRIES_PER_DAY):
            form.add_error("code", _("Trop d’essais aujourd’hui. Réessayez demain, ou appelez l’équipe."))
            return render(request, "cases/tenant_door.html", {"form": form}, status=TOO_MANY)
        target = _target(form.cleaned_data["code"])
        if target:
            return redirect(request, target)
        doors.knock(door=doors.CODE, network=network)
        form.add_error(
            "code", _("Ce code n’ouvre rien. Vérifiez chaque lettre; un signalement jamais envoyé est détruit.")
        )
    return render(request, "cases/tenant_door.html", {"form": form}, status=422 if form.errors else 200)


def _target(written: str) -> str:
    draft = draft_behind(written)
    if draft is not None and draft.space.uses("cases"):
        return step_address(draft, next_step(draft))
    try:
        return address(report_behind(written))
    except NotVisible:
        return ""


def address(report: Report) -> str:
    return reverse("cases:my_case", kwargs={"code": code_of(report.uid)})


def opened(request: HttpRequest, code: str) -> Report:
    """The report of the code in an address; wrong codes count as knocks at the door. Raises ``NotVisible``."""
    must_not_guess(request)
    try:
        return report_behind(code)
    except NotVisible as unknown:
        raise wrong_code(request) from unknown


@in_language
@personal_link
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Where is my case."""
    return _page(request, opened(request, code))


def _page(request: HttpRequest, report: Report, status: int = 200, **given: forms.Form) -> HttpResponse:
    found = queries.page(report)
    contact = given.get("contact") or ContactForm()
    if any(one.consent for one in found.consents if one.purpose == "contact"):
        contact.fields.pop("agree", None)
    context = {
        "page": found,
        "report": report,
        "space": report.space,
        "sections": queries.sections(report),
        "code": codes.as_shown(code_of(report.uid)),
        "raw": code_of(report.uid),
        "word": given.get("word") or WordForm(),
        "contact": contact,
        "refused": given.get("refused"),
        "answered": {word.answers_id: word for word in found.words if word.answers_id},
    }
    return render(request, "cases/tenant_page.html", context, status=status)


@personal_link
@require_POST
def act(request: HttpRequest, code: str) -> HttpResponse:
    """What the person says or changes: the field « quoi » says which."""
    report = opened(request, code)
    deed = ACTS.get(request.POST.get("quoi", ""))
    if deed is None:
        raise NotVisible("")
    try:
        return deed(request, report)
    except NotVisible:
        raise
    except DomainError as refusal:
        form = forms.Form({})
        form.full_clean()
        form.add_error(None, str(refusal))
        return _page(request, report_behind(code), 422, refused=form)


def _saved(request: HttpRequest, report: Report, said: str) -> HttpResponse:
    done(request, said)
    return redirect(request, address(report))


def _add(request: HttpRequest, report: Report) -> HttpResponse:
    form = WordForm(request.POST, request.FILES)
    if attempt(form, lambda: services.add(report=report, **form.cleaned_data)):
        return _saved(request, report, _("C’est ajouté. L’équipe le voit."))
    return _page(request, report, 422, word=form)


def _answer(request: HttpRequest, report: Report) -> HttpResponse:
    question = read_id(request.POST.get("question")) or 0
    services.answer(report=report, question_id=question, text=request.POST.get("text", ""))
    return _saved(request, report, _("Votre réponse est envoyée."))


def _correct(request: HttpRequest, report: Report) -> HttpResponse:
    form = ContactForm(request.POST)
    if attempt(
        form,
        lambda: services.correct_contact(report=report, contact=form.contact(), agree=form.cleaned_data["agree"]),
    ):
        return _saved(request, report, _("Vos coordonnées sont corrigées."))
    return _page(request, report, 422, contact=form)


def _correction(request: HttpRequest, report: Report) -> HttpResponse:
    services.ask_correction(report=report, text=request.POST.get("text", ""))
    return _saved(request, report, _("Votre demande est envoyée. L’équipe y répond."))


def _agree(request: HttpRequest, report: Report) -> HttpResponse:
    services.consent(report=report, purpose=request.POST.get("purpose", ""), give=True)
    return _saved(request, report, _("Votre accord est noté."))


def _withdraw(request: HttpRequest, report: Report) -> HttpResponse:
    services.consent(report=report, purpose=request.POST.get("purpose", ""), give=False)
    return _saved(request, report, _("Votre accord est retiré, et ce qui en dépendait est détruit."))


def _refuse(request: HttpRequest, report: Report) -> HttpResponse:
    services.refuse_closure(report=report, words=request.POST.get("words", ""))
    return _saved(request, report, _("Le dossier reprend. L’équipe est avertie."))


def _confirm(request: HttpRequest, report: Report) -> HttpResponse:
    services.confirm_closure(report=report)
    return _saved(request, report, _("Merci. L’équipe fermera le dossier."))


ACTS: dict[str, Callable[[HttpRequest, Report], HttpResponse]] = {
    "ajouter": _add, "repondre": _answer, "coordonnees": _correct, "correction": _correction, "accepter": _agree,
    "retirer": _withdraw, "refuser": _refuse, "confirmer": _confirm,
}  # fmt: skip


@personal_link
@require_safe
def photo(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """A photo of one's own report."""
    report = opened(request, code)
    found = next((one for one in attachments(OBJECT, report.uid) if one.uid == uid), None)
    if found is None:
        raise NotVisible("")
    with found.file.open("rb") as kept:
        response = HttpResponse(kept.read(), content_type=found.media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@personal_link
@require_safe
def data(request: HttpRequest, code: str, extension: str) -> HttpResponse:
    """Everything kept about the person, to take away (JSON, PDF) or to read and print (HTML)."""
    report = opened(request, code)
    if extension in own_data.WRITERS:
        write, media_type = own_data.WRITERS[extension]
        return attachment(write(report), media_type, f"{report.reference}.{extension}")
    context = {"report": report, "data": own_data.data_of(report), "back": address(report)}
    return render(request, "cases/tenant_data.html", context)
