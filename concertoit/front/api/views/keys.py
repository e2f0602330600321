"""The keys given to other systems."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.front.api import services
from concertoit.front.api.forms import KeyForm
from concertoit.front.api.queries.open311 import keys_of
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


@in_space("api.manage")
def keys(request: SpaceRequest) -> HttpResponse:
    """Give a key; see those given. A new key is shown once, on the page that follows its making."""
    form = KeyForm(posted(request))
    made: list[str] = []

    def give() -> None:
        made.append(services.give_key(viewer=request.viewer, system=form.cleaned_data["system"])[1])

    if request.method == "POST" and attempt(form, give):
        return _page(request, KeyForm(), new=made[0])
    return _page(request, form, status=422 if form.errors else 200)


@in_space("api.manage")
@require_POST
def key_retire(request: SpaceRequest, key_id: int) -> HttpResponse:
    """Take a key back."""
    row = services.retire_key(viewer=request.viewer, key_id=key_id)
    done(request, _("La clé de « %(system)s » ne fonctionne plus.") % {"system": row.system})
    return redirect(request, reverse("api:keys", kwargs={"slug": request.viewer.space.slug}))


def _page(request: SpaceRequest, form: forms.Form, *, new: str = "", status: int = 200) -> HttpResponse:
    base = settings.SITE_URL + reverse(
        "api:services", kwargs={"slug": request.viewer.space.slug, "fmt": "json"}
    ).removesuffix("services.json")
    context = {"form": form, "new": new, "rows": keys_of(request.viewer), "base": base}
    response = render(request, "api/keys.html", context, status=status)
    if new:
        response["Cache-Control"] = "no-store"
    return response
