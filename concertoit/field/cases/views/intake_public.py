"""The public form: what cannot wait first, then five short steps, resumed with a code. No account, no JavaScript (I3)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from concertoit.field.cases.enums.intake import Danger, Problem
from concertoit.field.cases.forms.intake import PhotosStep, SendStep, TrapForm, WhatStep, WhereStep, WhoStep
from concertoit.field.cases.models import ReportDraft
from concertoit.field.cases.queries import intake as queries
from concertoit.field.cases.queries.codes import code_of, draft_behind, report_behind
from concertoit.field.cases.rules.codes import as_shown
from concertoit.field.cases.rules.intake import CODE_TRIES_PER_DAY, DRAFT_DAYS, REPORTS_PER_DAY, Band
from concertoit.field.cases.services import doors, drafts
from concertoit.field.cases.services.intake import OBJECT, Told
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.network import network_of
from concertoit.ground.files.queries import attachments
from concertoit.ground.places.models import Municipality, unit_named
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.views.access import attempt
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done

STEPS: dict[str, type[forms.Form]] = {
    "ou": WhereStep, "quoi": WhatStep, "photos": PhotosStep, "vous": WhoStep, "envoyer": SendStep,
}  # fmt: skip
TOO_MANY = 429


def in_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a public page be read in English or French: ``?langue=en`` is remembered by the browser."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.GET.get("langue", "")
        if wanted in dict(settings.LANGUAGES) and request.method == "GET":
            answer = HttpResponseRedirect(request.path)
            answer.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, wanted, samesite="Lax", secure=settings.HTTPS, httponly=True
            )
            return answer
        return view(request, *args, **kwargs)

    return page


def _space(slug: str) -> Space:
    """A démarche that takes reports. Raises ``Http404`` or ``NotVisible``."""
    space = get_object_or_404(Space, slug=slug)
    if not space.uses("cases"):
        raise NotVisible("")
    return space


@in_language
@never_cache
def signal(request: HttpRequest, slug: str) -> HttpResponse:
    """What cannot wait, who to call, then the door of the form."""
    space = _space(slug)
    form = TrapForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        network = network_of(request)
        if doors.is_closed(door=doors.SIGNAL, network=network, most=REPORTS_PER_DAY):
            form.add_error(
                None, _("Beaucoup de signalements viennent d’ici aujourd’hui. Appelez l’équipe, ou revenez demain.")
            )
            status = TOO_MANY
        else:
            doors.knock(door=doors.SIGNAL, network=network)
            draft = drafts.begin(space=space, language=_language())
            return redirect(request, step_address(draft, "ou"))
    elif form.errors:
        status = 422
    return render(
        request, "cases/intake_start.html", {"space": space, "form": form, "days": DRAFT_DAYS}, status=status
    )


def _language() -> str:
    return (translation.get_language() or "fr")[:2]


def step_address(draft: ReportDraft, step: str) -> str:
    return reverse("cases:signal_step", kwargs={"slug": draft.space.slug, "code": code_of(draft.uid), "step": step})


def next_step(draft: ReportDraft) -> str:
    """The first step without an answer."""
    return next((step for step in STEPS if step not in draft.answers), "envoyer")


@in_language
@personal_link
def signal_step(request: HttpRequest, slug: str, code: str, step: str) -> HttpResponse:
    """One step: what was typed is kept at each, and the code brings it back."""
    must_not_guess(request)
    draft = draft_behind(code)
    if draft is None or draft.space.slug != slug or not draft.space.uses("cases"):
        if _is_sent(code, slug):
            return redirect(request, receipt_address(slug, code))
        raise wrong_code(request)
    if request.method == "POST" and request.POST.get("quoi") == "abandonner":
        drafts.abandon(draft=draft)
        done(request, _("Tout ce que vous aviez écrit est détruit."))
        return redirect(request, reverse("cases:signal", kwargs={"slug": slug}))
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = form_of(draft, step, *sent)
    if request.method == "POST" and attempt(form, lambda: _keep(draft, step, form)):
        return _onward(request, draft, step)
    return render(request, "cases/intake_step.html", _context(draft, step, form), status=422 if form.errors else 200)


def must_not_guess(request: HttpRequest) -> None:
    """Raise ``NotVisible`` for a place that tried too many codes today, whatever the address where it types them."""
    if doors.is_closed(door=doors.CODE, network=network_of(request), most=CODE_TRIES_PER_DAY):
        raise NotVisible("")


def wrong_code(request: HttpRequest) -> NotVisible:
    """Count a code that opens nothing."""
    doors.knock(door=doors.CODE, network=network_of(request))
    return NotVisible("")


def _is_sent(code: str, slug: str) -> bool:
    try:
        return report_behind(code).space.slug == slug
    except NotVisible:
        return False


def form_of(draft: ReportDraft, step: str, data: Any = None, files: Any = None) -> forms.Form:
    """The form of a step, with what was kept of it."""
    kind = STEPS[step]
    kept: dict[str, Any] = draft.answers.get(step, {})
    options: dict[str, Any] = {"initial": kept} if kept else {}
    if kind is WhereStep:
        options["towns"] = queries.towns_of(draft.space)
    return kind(data, files, **options)


def _keep(draft: ReportDraft, step: str, form: forms.Form) -> None:
    values = dict(form.cleaned_data)
    if step == "photos":
        drafts.add_photos(draft=draft, photos=values.pop("photos"))
    answers = {name: value.pk if isinstance(value, Municipality) else value for name, value in values.items()}
    draft.answers = drafts.keep_step(draft=draft, step=step, answers=answers).answers


def _onward(request: HttpRequest, draft: ReportDraft, step: str) -> HttpResponse:
    if step != "envoyer":
        following = list(STEPS)[list(STEPS).index(step) + 1]
        return redirect(request, step_address(draft, following))
    missing = _missing(draft)
    if missing:
        return redirect(request, step_address(draft, missing))
    _send(draft)
    return redirect(request, receipt_address(draft.space.slug, code_of(draft.uid)))


def _missing(draft: ReportDraft) -> str:
    """The first step that cannot be sent as it is."""
    for step in ("ou", "quoi", "vous"):
        if not filled(draft, step).is_valid():
            return step
    return ""


def filled(draft: ReportDraft, step: str) -> Any:
    """The form of a step as it was sent."""
    kept = {name: "" if value is None else value for name, value in draft.answers.get(step, {}).items()}
    return form_of(draft, step, kept)


def _send(draft: ReportDraft) -> None:
    where, what, who = (filled(draft, step) for step in ("ou", "quoi", "vous"))
    for form in (where, what, who):
        form.full_clean()
    told = Told(
        **{name: where.cleaned_data[name] for name in ("address", "municipality", "unit", "dwellings")},
        **{name: what.cleaned_data[name] for name in ("problems", "dangers", "description", "since", "told_owner")},
        joined=bool(draft.answers.get("envoyer", {}).get("joined")),
    )
    drafts.send(draft=draft, told=told, contact=who.contact(), living=who.living(), consents=who.consents())


def _context(draft: ReportDraft, step: str, form: forms.Form) -> dict[str, Any]:
    order = list(STEPS)
    number = order.index(step) + 1
    context: dict[str, Any] = {
        "space": draft.space, "form": form, "step": step, "number": number, "total": len(order),
        "code": as_shown(code_of(draft.uid)), "expires": draft.expires_at,
        "before": step_address(draft, order[number - 2]) if number > 1 else "",
        "photos": attachments(OBJECT, draft.uid) if step in ("photos", "envoyer") else [],
    }  # fmt: skip
    if step == "envoyer":
        context |= _review(draft)
    return context


def _review(draft: ReportDraft) -> dict[str, Any]:
    """What will be sent, in words, and what may be said of the building."""
    where, what, who = (draft.answers.get(step, {}) for step in ("ou", "quoi", "vous"))
    town = queries.towns_of(draft.space).filter(pk=where.get("municipality") or 0).first()
    band = queries.band_at(draft.space, town, where.get("address", "")) if town else Band.SILENT
    return {
        "where": ", ".join(
            filter(None, [where.get("address", ""), unit_named(where.get("unit", "")), str(town or "")])
        ),
        "problems": [Problem(code).label for code in what.get("problems", [])],
        "dangers": [Danger(code).label for code in what.get("dangers", [])],
        "description": what.get("description", ""),
        "named": bool(who.get("given_name") or who.get("family_name") or who.get("phone") or who.get("email")),
        "several": band is Band.SEVERAL,
        "missing": _missing(draft),
        "edit": {name: step_address(draft, name) for name in STEPS},
    }


def receipt_address(slug: str, code: str) -> str:
    return reverse("cases:signal_receipt", kwargs={"slug": slug, "code": code})


@in_language
@personal_link
def signal_receipt(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The code to keep, what happens next, who to call: a page to print."""
    must_not_guess(request)
    if not _is_sent(code, slug):
        raise wrong_code(request)
    report = report_behind(code)
    context = {
        "report": report,
        "space": report.space,
        "code": as_shown(code_of(report.uid)),
        "door": request.build_absolute_uri(reverse("cases:follow_door")),
        "page": reverse("cases:my_case", kwargs={"code": code_of(report.uid)}),
    }
    return render(request, "cases/intake_receipt.html", context)
