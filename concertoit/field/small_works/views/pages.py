"""What the pages of the room have in common."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.ground.spaces.views import SpaceRequest
from concertoit.ground.spaces.views.access import attempt
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


def address(request: SpaceRequest, name: str, **kwargs: object) -> str:
    """Address of a page of this room in this démarche."""
    return reverse(f"small_works:{name}", kwargs={"slug": request.viewer.space.slug, **kwargs})


def form_page(
    request: SpaceRequest, form: forms.Form, save: Callable[[], object], *, title: object, back: str, lead: object = "",
    submit: object = "", said: object = "", then: Callable[[], str] | None = None,
) -> HttpResponse:  # fmt: skip
    """A page that is one form; after a save, the page it came from or ``then``."""
    if request.method == "POST" and attempt(form, save):
        done(request, said or _("Enregistré."))
        return redirect(request, then() if then else back)
    context = {"form": form, "title": title, "lead": lead, "back": back, "submit": submit or _("Enregistrer")}
    return render(request, "small_works/form.html", context, status=422 if form.errors else 200)
