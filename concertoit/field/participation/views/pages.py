"""What the pages of the room have in common: addresses, one-form pages, files out."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from concertoit.field.participation.forms.fields import PersonFields
from concertoit.ground.identity.models import Person
from concertoit.ground.identity.services import create_person
from concertoit.ground.spaces.views import SpaceRequest
from concertoit.ground.spaces.views.one_form import form_page

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

__all__ = ["WORD", "address", "attachment", "form_page", "person_of"]


def address(request: SpaceRequest, name: str, **kwargs: object) -> str:
    """Address of a page of this room in this démarche."""
    return reverse(f"participation:{name}", kwargs={"slug": request.viewer.space.slug, **kwargs})


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
