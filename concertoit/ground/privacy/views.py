"""What is kept about people, for everybody; the register of incidents, for who looks after the installation."""

from datetime import time

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from concertoit.ground.privacy import queries, services
from concertoit.ground.privacy.forms import IncidentForm
from concertoit.ground.privacy.models import Incident
from concertoit.ground.privacy.policies import must_administer, purpose_of
from concertoit.ground.privacy.rules import NIGHT, years_and_months
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done

PER_PAGE = 30
NEXT_AT = time(*NIGHT)


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """What this platform keeps about people, why, and until when: written from the declarations of the rooms."""
    context = {
        "kept": queries.register_of_fields(),
        "officer": settings.PRIVACY_OFFICER,
        "years_and_months": years_and_months,
    }
    return render(request, "privacy/notice.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """What the next pass would remove, what the passes removed; POST makes one now."""
    must_administer(request.user)
    if request.method == "POST":
        run = services.apply_retention(actor=request.user)
        done(request, _("Le passage est fait et inscrit.") if run else _("Rien n’était à retirer."))
        return redirect(request, reverse("privacy:retention"))
    page = Paginator(queries.runs(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "due": services.due(),
        "page": page,
        "label": queries.remover_label,
        "automatic": settings.RETENTION_AUTOMATIC,
        "next_at": NEXT_AT,
        "years_and_months": years_and_months,
        "purpose_of": purpose_of,
    }
    return render(request, "privacy/retention.html", context)


@login_required
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """The register of confidentiality incidents."""
    must_administer(request.user)
    page = Paginator(queries.incidents(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "privacy/incidents.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident(request: HttpRequest, incident_id: int | None = None) -> HttpResponse:
    """Write an incident, or complete it."""
    must_administer(request.user)
    instance = get_object_or_404(Incident, pk=incident_id) if incident_id else Incident()
    form = IncidentForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        services.note_incident(actor=request.user, incident=form.instance)
        done(request, _("L’incident est inscrit au registre."))
        return redirect(request, reverse("privacy:incidents"))
    context = {"form": form, "incident": instance if incident_id else None}
    return render(request, "privacy/incident.html", context, status=422 if form.is_bound else 200)
