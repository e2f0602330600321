"""Fields that several forms of the room share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.participation.models import Complex, TenantAssociation
from concertoit.field.participation.queries import people
from concertoit.ground.identity.models import Person
from concertoit.ground.identity.services import PersonFacts
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import give_rows


class PersonFields(forms.Form):
    """Somebody known, or somebody new. Subclasses take a ``viewer``."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Personne"), queryset=Person.objects.none(), required=False, empty_label="—"
    )
    new_given_name = forms.CharField(
        label=gettext_lazy("Ou une nouvelle personne : prénom"), max_length=80, required=False
    )
    new_family_name = forms.CharField(label=gettext_lazy("Nom"), max_length=80, required=False)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        give_rows(self, "person", people.known(viewer))
        if "complex" in self.fields:
            give_rows(self, "complex", Complex.objects.filter(space=viewer.space).order_by("name", "pk"))
        if "association" in self.fields:
            rows = TenantAssociation.objects.filter(space=viewer.space).select_related("organisation")
            give_rows(self, "association", rows.order_by("organisation__name", "pk"))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not values.get("person") and not values.get("new_given_name") and "person" not in self.errors:
            self.add_error("person", _("Choisissez une personne, ou écrivez son nom."))
        return values

    def new_person(self) -> PersonFacts | None:
        """Whom to create; nobody when somebody known was chosen. Call it on a valid form."""
        if self.cleaned_data["person"]:
            return None
        return PersonFacts(self.cleaned_data["new_given_name"], self.cleaned_data["new_family_name"])
