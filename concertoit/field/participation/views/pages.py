"""What the pages of the room have in common: addresses, one-form pages, files out."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.field.participation.forms.fields import PersonFields
from concertoit.ground.identity.models import Person
from concertoit.ground.identity.services import create_person
from concertoit.ground.spaces.views import SpaceRequest
from concertoit.ground.spaces.views.access import attempt
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def address(request: SpaceRequest, name: str, **kwargs: object) -> str:
    """Address of a page of this room in this démarche."""
    return reverse(f"participation:{name}", kwargs={"slug": request.viewer.space.slug, **kwargs})


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
    multipart: bool = False,
) -> HttpResponse:
    """A page that is one form. After a save: the page it came from, or ``then``."""
    if request.method == "POST" and attempt(form, save):
        done(request, said or _("Enregistré."))
        return redirect(request, (then() if callable(then) else then) or back)
    context = {
        "form": form, "title": title, "lead": lead, "back": back, "submit": submit or _("Enregistrer"),
        "multipart": multipart,
    }  # fmt: skip
    return render(request, "participation/form.html", context, status=422 if form.errors else 200)


def person_of(request: SpaceRequest, form: PersonFields) -> Person:
    """The person a form names; somebody new is created with the change that names them."""
    facts = form.new_person()
    if facts is None:
        known: Person = form.cleaned_data["person"]
        return known
    return create_person(actor=request.viewer.user, facts=facts, space_id=request.viewer.space.pk)


def attachment(content: bytes | str, media_type: str, name: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
