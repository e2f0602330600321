"""Background work as people see it: the one who asked follows it, an administrator sees all of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from concertoit.ground.core.jobs import find, queue
from concertoit.ground.core.models import Job, JobState

PER_PAGE = 50


@login_required
@require_GET
def job(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Progress of a job, for the person who asked for it; HTMX asks again until it is finished."""
    found = find(uid, asked_by_id=request.user.pk or 0)
    if found is None:
        raise Http404
    template = "core/job_progress.html" if request.headers.get("HX-Request") else "core/job.html"
    response = render(request, template, {"job": found})
    response.headers["Vary"] = "HX-Request"
    return response


def _administrator(user: Any) -> None:
    if not getattr(user, "is_administrator", False):
        raise Http404


@login_required
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """All background work, by state."""
    _administrator(request.user)
    state = request.GET.get("etat", "")
    rows = Job.objects.defer("payload", "result").order_by("-created_at", "-pk")
    counts = dict(Job.objects.order_by().values_list("state").annotate(n=Count("pk")))
    page = Paginator(rows.filter(state=state) if state in JobState.values else rows, PER_PAGE).get_page(
        request.GET.get("page")
    )
    states = [(value, label, counts.get(value, 0)) for value, label in JobState.choices]
    return render(request, "core/jobs.html", {"page": page, "states": states, "state": state})


@login_required
@require_POST
def retry(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Queue a failed job anew."""
    _administrator(request.user)
    found = get_object_or_404(Job, uid=uid)
    queue.try_again(found)
    messages.success(request, _("La tâche est de nouveau en attente."))
    return redirect("core:jobs")
