"""What the pages of the room have in common: addresses, one-form pages, files out."""

from __future__ import annotations

from concertoit.field.participation.forms.fields import PersonFields
from concertoit.ground.identity.models import Person
from concertoit.ground.identity.services import create_person
from concertoit.ground.spaces.views import SpaceRequest
from concertoit.ground.spaces.views.access import addresses_in
from concertoit.ground.spaces.views.one_form import form_page

__all__ = ["address", "form_page", "person_of"]

address = addresses_in("participation")


def person_of(request: SpaceRequest, form: PersonFields) -> Person:
    """The person a form names; somebody new is created with the change that names them."""
    facts = form.new_person()
    if facts is None:
        known: Person = form.cleaned_data["person"]
        return known
    return create_person(actor=request.viewer.user, facts=facts, space_id=request.viewer.space.pk)
