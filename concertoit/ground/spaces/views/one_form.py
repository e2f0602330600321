"""A page that is one form: most acts of a démarche, in every room."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from concertoit.ground.spaces.views.access import SpaceRequest, attempt
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


def form_page(
    request: SpaceRequest,
    form: forms.Form,
    save: Callable[[], object],
    *,
    title: object,
    back: str,
    then: str | Callable[[], str] = "",
    lead: object = "",
    submit: object = "",
    said: object = "",
    danger: bool = False,
) -> HttpResponse:
    """Show a form, refuse it with what was typed (422), or save and go back to where it came from, or to ``then``."""
    if request.method == "POST" and attempt(form, save):
        done(request, str(said or _("Enregistré.")))
        return redirect(request, (then() if callable(then) else then) or back)
    context = {
        "form": form, "title": title, "lead": lead, "back": back, "submit": submit or _("Enregistrer"),
        "danger": danger,
    }  # fmt: skip
    return render(request, "spaces/form.html", context, status=422 if form.errors else 200)
