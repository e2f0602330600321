"""The residents' committee."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.field.participation.enums import AdviceSense, AdviceSubject, Followed, Leaving, SeatOrigin
from concertoit.field.participation.forms.fields import PersonFields
from concertoit.field.participation.models import Assembly, Complex, Mandate, TenantAssociation
from concertoit.field.participation.services.committee import AdviceFacts, SeatFacts
from concertoit.ground.identity.models import Person
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import count, day, give_rows, text_area


class CommitteeForm(forms.Form):
    """What is known of the committee."""

    board_size = count(
        _("Membres du conseil d’administration de l’office"), required=False, most=100,
        help_text=_("Il dit combien de locataires y sont élus."),
    )  # fmt: skip
    created_by_office_on = day(_("Comité créé par l’office le"), required=False)


class SeatForm(PersonFields):
    """Somebody enters the committee."""

    origin = forms.ChoiceField(label=_("À quel titre"), choices=SeatOrigin.choices)
    association = forms.ModelChoiceField(
        label=_("Association qui la désigne"), queryset=TenantAssociation.objects.none(), required=False,
        empty_label="—",
    )  # fmt: skip
    complex = forms.ModelChoiceField(
        label=_("Ensemble où elle habite"), queryset=Complex.objects.none(), required=False, empty_label="—"
    )
    starts_on = day(_("Début du mandat"))
    replaces = forms.ModelChoiceField(
        label=_("Remplace"), queryset=Mandate.objects.none(), required=False, empty_label="—",
        help_text=_("La personne qui remplace finit le mandat."),
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, viewer=viewer, **options)
        gone = Mandate.objects.filter(space=viewer.space, replacements=None).exclude(left_on=None)
        give_rows(self, "replaces", gone.select_related("person").order_by("-left_on", "pk"))

    def facts(self, person: Person) -> SeatFacts:
        values = {name: value for name, value in self.cleaned_data.items() if not name.startswith("new_")}
        return SeatFacts(**{**values, "person": person})


class LeaveForm(forms.Form):
    """Somebody leaves the committee."""

    why = forms.ChoiceField(label=_("Raison"), choices=Leaving.choices, widget=forms.RadioSelect)
    on = day(_("Dernier jour"))
    by = forms.ModelChoiceField(
        label=_("Destituée par"), queryset=Assembly.objects.none(), required=False, empty_label=_("L’office"),
        help_text=_("Seule l’instance qui a élu ou désigné peut destituer : son assemblée, ou l’office qui a nommé."),
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Assembly.objects.filter(space=viewer.space).select_related("association__organisation")
        give_rows(
            self, "by", rows.order_by("-on", "-pk"),
            lambda row: f"{row} · {row.association}" if row.association else str(row),
        )  # fmt: skip


class AdviceForm(forms.Form):
    """What is asked of the committee, and what follows."""

    subject = forms.ChoiceField(label=_("Sujet"), choices=AdviceSubject.choices)
    title = forms.CharField(label=_("Objet de l’avis"), max_length=200)
    text = forms.CharField(label=_("Ce que l’office soumet"), required=False, widget=text_area(3))
    asked_on = day(_("Soumis au comité le"))
    decides_on = day(_("Décision prévue le"), required=False)
    advice_on = day(_("Avis rendu le"), required=False)
    sense = forms.ChoiceField(label=_("Sens de l’avis"), required=False, choices=[("", "—"), *AdviceSense.choices])
    advice = forms.CharField(label=_("Avis du comité"), required=False, widget=text_area(4))
    followed_on = day(_("Suite donnée le"), required=False)
    followed = forms.ChoiceField(label=_("Suite"), required=False, choices=[("", "—"), *Followed.choices])
    answer = forms.CharField(label=_("Ce que l’office a fait de l’avis"), required=False, widget=text_area(3))

    def facts(self) -> AdviceFacts:
        return AdviceFacts(**self.cleaned_data)
