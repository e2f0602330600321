"""Forms about a plan as a whole: opening one, putting a draft in force, the texts around its tables."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.ui.forms import day, text_area
from concertoit.together.plans.enums import SECTION_KIND_LABELS, PlanKind, choices


class PlanForm(forms.Form):
    """Open a plan from a blank sheet."""

    title = forms.CharField(label=gettext_lazy("Titre du plan"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=PlanKind.choices)
    starts_on = day(gettext_lazy("Début"), required=False)
    ends_on = day(gettext_lazy("Fin"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and start > end:
            self.add_error("ends_on", _("La fin doit suivre le début."))
        return data


class AdoptForm(forms.Form):
    """Put a draft in force."""

    adopted_on = day(gettext_lazy("Adoptée le"), initial=timezone.localdate)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=text_area(2), max_length=2000)


class SectionForm(forms.Form):
    """One of the texts around the tables."""

    kind = forms.ChoiceField(label=gettext_lazy("Partie du formulaire"), choices=choices(SECTION_KIND_LABELS))
    heading = forms.CharField(label=gettext_lazy("Titre"), required=False, max_length=200)
    body = forms.CharField(label=gettext_lazy("Texte"), required=False, widget=text_area(10))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # the stamp of what the form showed
