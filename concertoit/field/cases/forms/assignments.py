"""Forms of a case asked of a partner: what is asked, why not, what was done, to whom a link goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums import Competence, Works
from concertoit.field.cases.forms.fields import words
from concertoit.field.cases.models import PartnerMandate
from concertoit.field.cases.services.assigning import Asked
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import day, give_rows


class AssignForm(forms.Form):
    """A case asked of a partner, for one competence."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisme"), queryset=Organisation.objects.none(), empty_label=gettext_lazy("Choisissez")
    )
    competence = forms.ChoiceField(label=gettext_lazy("Pour"), choices=Competence.choices)
    ask = words(
        gettext_lazy("Ce qui est demandé"), required=False,
        help_text=gettext_lazy("L’organisme le lit avant d’accepter : aucun nom, aucun numéro de logement."),
    )  # fmt: skip
    answer_by = day(
        gettext_lazy("Réponse d’ici le"),
        required=False,
        help_text=gettext_lazy("Laissez vide pour le délai de la démarche."),
    )
    due_on = day(gettext_lazy("Échéance de sa part"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        mandates = PartnerMandate.objects.filter(space=viewer.space).exclude(ended_on__lt=timezone.localdate())
        give_rows(
            self,
            "organisation",
            Organisation.objects.filter(pk__in=mandates.values("organisation")).order_by("name", "pk"),
        )

    def asked(self) -> Asked:
        return Asked(**self.cleaned_data)


class RefuseForm(forms.Form):
    """Why an organisation does not take a case."""

    reason = words(gettext_lazy("Pourquoi votre organisme ne peut pas s’en occuper"))


class PartnerDoneForm(forms.Form):
    """A partner ends its part."""

    works = forms.ChoiceField(label=gettext_lazy("Les travaux"), choices=Works.choices, widget=forms.RadioSelect)
    reason = words(gettext_lazy("Ce qui a été fait"), required=False)


class LinkForm(forms.Form):
    """To whom a personal link goes."""

    email = forms.EmailField(label=gettext_lazy("Courriel professionnel de la personne"))
