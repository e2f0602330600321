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


def text_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(), help_text=help_text)


def count(label: Any, *, required: bool = False, help_text: Any = "", most: int = 100_000) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=required, min_value=0, max_value=most, help_text=help_text)


def yes_no(label: Any) -> forms.TypedChoiceField:
    """Yes, no, or nobody wrote it down."""
    return forms.TypedChoiceField(
        label=label, required=False, empty_value=None, coerce=lambda value: value == "True",
        choices=[("", gettext_lazy("Non inscrit")), ("True", gettext_lazy("Oui")), ("False", gettext_lazy("Non"))],
    )  # fmt: skip


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
        own: dict[str, Any] = self.fields
        own["person"].queryset = people.known(viewer)
        if "complex" in own:
            own["complex"].queryset = Complex.objects.filter(space=viewer.space).order_by("name", "pk")
        if "association" in own:
            rows = TenantAssociation.objects.filter(space=viewer.space).select_related("organisation")
            own["association"].queryset = rows.order_by("organisation__name", "pk")

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
