"""The request that a person, or somebody close to them, makes online, without an account."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from concertoit.field.small_works.enums import Channel
from concertoit.field.small_works.forms.requests import OnlineForm
from concertoit.field.small_works.services import requests as services
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.core.network import knock
from concertoit.ground.spaces.enums import Tool
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.pages import redirect, render

REQUESTS_PER_DAY = 20
"""Requests that one place may send in a day: a centre for elders may help several people."""


def _space(slug: str) -> Space:
    space = Space.objects.filter(slug=slug, archived_at=None).first()
    if space is None or not space.uses(Tool.SMALL_WORKS):
        raise NotVisible("")
    return space


@never_cache
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for small works."""
    space = _space(slug)
    form = OnlineForm(posted(request), space=space, initial={"client_id": uuid.uuid4()})

    def save() -> None:
        if form.cleaned_data["site"]:  # only robots fill what nobody sees; they are told what people are told
            return
        if not knock(request, door="small_works.ask", most=REQUESTS_PER_DAY):
            raise DomainError(
                _("Beaucoup de demandes viennent d’ici aujourd’hui. Appelez l’équipe, ou revenez demain.")
            )
        services.receive(
            space=space, facts=form.facts(), channel=Channel.ONLINE, client_id=form.cleaned_data["client_id"]
        )

    if request.method == "POST" and attempt(form, save):
        return redirect(request, reverse("small_works:received", kwargs={"slug": slug}))
    return render(request, "small_works/ask.html", {"form": form, "space": space}, status=422 if form.errors else 200)


def received(request: HttpRequest, slug: str) -> HttpResponse:
    """The request is in: what comes next."""
    return render(request, "small_works/received.html", {"space": _space(slug)})
