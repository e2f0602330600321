"""What the pages of the room have in common: addresses, pages that are one form, files out."""

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
    return reverse(f"cases:{name}", kwargs={"slug": request.viewer.space.slug, **kwargs})


def case_address(request: SpaceRequest, reference: str, anchor: str = "") -> str:
    """Address of a case, at one of its sections."""
    return address(request, "case", reference=reference) + (f"#{anchor}" if anchor else "")


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
    """A page that is one form. After a save: the page it came from, or ``then``."""
    if request.method == "POST" and attempt(form, save):
        done(request, str(said or _("Enregistré.")))
        return redirect(request, (then() if callable(then) else then) or back)
    context = {
        "form": form, "title": title, "lead": lead, "back": back, "submit": submit or _("Enregistrer"),
        "danger": danger, "multipart": form.is_multipart(),
    }  # fmt: skip
    return render(request, "cases/case_form.html", context, status=422 if form.errors else 200)
