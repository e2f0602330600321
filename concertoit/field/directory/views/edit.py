"""Writing records, confirming them, retiring and showing services; the organisation's page without an account."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.directory.enums import Language
from concertoit.field.directory.forms import AnswerForm, ConfirmForm, RetireForm
from concertoit.field.directory.forms.record import ServiceForm, initial_of
from concertoit.field.directory.models import Service
from concertoit.field.directory.queries import records as queries
from concertoit.field.directory.queries.bundles import bundle_of
from concertoit.field.directory.rules.record import read
from concertoit.field.directory.services import confirming, records
from concertoit.field.directory.views.browse import service_page
from concertoit.field.directory.views.pages import address, dressed
from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.spaces.views import SpaceRequest, attempt, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link


@in_space("directory.write")
def service_edit(request: SpaceRequest, service_id: int | None = None) -> HttpResponse:
    """Add a service, or change its record."""
    viewer = request.viewer
    row = queries.service_of(viewer, service_id) if service_id else None
    known = read(bundle_of([row]), str(row.uid)) if row else None
    form = ServiceForm(
        posted(request), viewer=viewer, service=row, initial=initial_of(row, known) if row and known else {}
    )
    saved: list[Service] = []

    def save() -> None:
        saved.append(records.save_service(viewer=viewer, facts=form.facts(known), service_id=service_id))

    if request.method == "POST" and attempt(form, save):
        toasts.done(request, _("La fiche est enregistrée. Faites-la confirmer par l’organisme."))
        return redirect(request, address(request, "service", service_id=saved[0].pk))
    back = address(request, "service", service_id=row.pk) if row else address(request, "services")
    context = {"form": form, "service": row, "known": known, "back": back}
    return render(request, "directory/service_form.html", context, status=422 if form.errors else 200)


@in_space("directory.manage")
def service_retire(request: SpaceRequest, service_id: int) -> HttpResponse:
    """Retire a service, or offer it again."""
    row = queries.service_of(request.viewer, service_id)
    form = RetireForm(posted(request), viewer=request.viewer, service=row)

    def act() -> None:
        if row.retired_at is not None:
            records.resume(viewer=request.viewer, service_id=row.pk)
        else:
            records.retire(viewer=request.viewer, service_id=row.pk, **form.cleaned_data)

    if request.method == "POST" and attempt(form, act):
        resumed = row.retired_at is not None
        toasts.done(request, _("Le service est de nouveau offert.") if resumed else _("Le service est retiré."))
        return redirect(request, address(request, "service", service_id=row.pk))
    return render(request, "directory/retire.html", {"form": form, "service": row}, status=422 if form.errors else 200)


@in_space("directory.write")
@require_POST
def confirmation_ask(request: SpaceRequest, service_id: int) -> HttpResponse:
    """Ask the organisation by e-mail, or note that it confirmed by voice."""
    row = queries.service_of(request.viewer, service_id)
    if request.POST.get("quoi") == "voix":
        confirming.confirm_by_voice(viewer=request.viewer, service_id=row.pk)
        toasts.done(request, _("La fiche est confirmée aujourd’hui."))
    else:
        form = ConfirmForm(request.POST)
        if not attempt(
            form, lambda: confirming.ask(viewer=request.viewer, service_id=row.pk, email=form.cleaned_data["email"])
        ):
            return service_page(request, row, confirm_form=form, status=422)
        toasts.done(request, _("La demande est partie. L’organisme répond sans compte."))
    return redirect(request, address(request, "service", service_id=row.pk))


@in_space("directory.write")
@require_POST
def confirmation_settle(request: SpaceRequest, ask_id: int) -> HttpResponse:
    """What the organisation said is in the record."""
    row = confirming.settle(viewer=request.viewer, ask_id=ask_id)
    toasts.done(request, _("C’est traité."))
    return redirect(request, address(request, "service", service_id=row.service_id))


@in_space("directory.manage")
def elsewhere(request: SpaceRequest) -> HttpResponse:
    """Show services that other démarches keep."""
    if request.method == "POST":
        wanted = read_id(request.POST.get("service"))
        if wanted is None:
            raise DomainError(_("Choisissez un service."))
        listing = records.show(viewer=request.viewer, service_id=wanted)
        toasts.done(request, _("« %(service)s » est au répertoire.") % {"service": listing.service})
        return redirect(request, address(request, "elsewhere"))
    rows = queries.offered_elsewhere(request.viewer.space, request.GET.get("q", ""))
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    context = {"page": page, "lines": [dressed(line) for line in queries.lines(page)]}
    return render(request, "directory/elsewhere.html", context)


@in_space("directory.manage")
@require_POST
def service_hide(request: SpaceRequest, service_id: int) -> HttpResponse:
    """Show a service no more in this démarche."""
    records.hide(viewer=request.viewer, service_id=service_id)
    toasts.done(request, _("Le service n’est plus montré ici."))
    return redirect(request, address(request, "services"))


@personal_link
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """The organisation's page: its record, and three answers."""
    row = confirming.find(token)
    if not confirming.is_open(row):
        status = 200 if row.answered_at else 410
        return render(request, "directory/confirmation_over.html", {"ask": row}, status=status)
    form = AnswerForm(posted(request))
    if request.method == "POST" and attempt(form, lambda: confirming.answer(token=token, **form.cleaned_data)):
        return redirect(request, reverse("directory:confirmation", kwargs={"token": token}))
    line = queries.lines([row.service])[0]
    context = {"ask": row, "form": form, "languages": dict(Language.choices), **dressed(line)}
    return render(request, "directory/confirmation.html", context, status=422 if form.errors else 200)
