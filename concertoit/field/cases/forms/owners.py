"""The form of an owner."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums.work import OwnerKind
from concertoit.field.cases.services.owners import OwnerFacts
from concertoit.ground.ui.forms import day, yes_no


class OwnerForm(forms.Form):
    """An owner, reached about the building only."""

    kind = forms.ChoiceField(label=gettext_lazy("Nature"), choices=OwnerKind.choices)
    name = forms.CharField(label=gettext_lazy("Nom"), max_length=160)
    contact_name = forms.CharField(label=gettext_lazy("Personne à joindre"), max_length=160, required=False)
    phone = forms.CharField(label=gettext_lazy("Téléphone"), max_length=30, required=False)
    email = forms.EmailField(label=gettext_lazy("Courriel"), required=False)
    address = forms.CharField(label=gettext_lazy("Adresse de correspondance"), max_length=200, required=False)
    reachable = yes_no(gettext_lazy("On réussit à joindre le propriétaire"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)
    since = day(gettext_lazy("Propriétaire de cet immeuble depuis le"), required=False)
    source = forms.CharField(
        label=gettext_lazy("D’après"), max_length=160, required=False,
        help_text=gettext_lazy("Par exemple : rôle d’évaluation, bail, registre foncier."),
    )  # fmt: skip

    def facts(self) -> OwnerFacts:
        return OwnerFacts(
            **{name: value for name, value in self.cleaned_data.items() if name not in ("since", "source")}
        )
