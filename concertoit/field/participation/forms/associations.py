"""Parameters, complexes, associations, grants, assemblies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.field.participation.enums import AssemblyKind, Recognition
from concertoit.field.participation.models import Complex, TenantAssociation
from concertoit.field.participation.services.associations import AssemblyFacts, AssociationFacts
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import NumberField, count, day, give_rows, text_area, yes_no

NOT_WRITTEN = _("Non inscrit")


class ParameterForm(forms.Form):
    """A value of one's own, with its source."""

    value = forms.CharField(
        label=_("Valeur"), max_length=40, help_text=_("Un nombre, une part (10 % ou 2/3), un montant, oui ou non.")
    )
    since = day(_("En vigueur depuis le"))
    source = forms.CharField(
        label=_("Source"), max_length=300,
        help_text=_("Le règlement, l’entente ou la résolution qui le dit, avec sa date."),
    )  # fmt: skip


class ComplexForm(forms.Form):
    """A complex of the office."""

    name = forms.CharField(label=_("Nom de l’ensemble"), max_length=160)
    street = forms.CharField(label=_("Adresse"), max_length=200, required=False)
    dwellings = count(_("Nombre de logements"), required=False)


class AssociationForm(forms.Form):
    """An association on the register."""

    name = forms.CharField(label=_("Nom de l’association"), max_length=200)
    complexes = forms.ModelMultipleChoiceField(
        label=_("Ensembles couverts"), queryset=Complex.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    recognition = forms.ChoiceField(label=_("Reconnaissance par l’office"), choices=Recognition.choices)
    recognised_on = day(_("Reconnue le"), required=False)
    founded_on = day(_("Fondée le"), required=False)
    founding_presence = count(_("Locataires présents à la fondation"), required=False)
    all_invited = yes_no(_("Tous les locataires représentés ont été invités"), unknown=NOT_WRITTEN)
    office_witness = yes_no(_("L’office y était comme témoin"), unknown=NOT_WRITTEN)
    by_laws_on = day(_("Règlements adoptés le"), required=False)
    by_laws = forms.CharField(label=_("Ce que disent les règlements"), required=False, widget=text_area(3))
    note = forms.CharField(label=_("Note"), required=False, widget=text_area(2))

    def __init__(self, *args: Any, viewer: Viewer, known: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        give_rows(self, "complexes", Complex.objects.filter(space=viewer.space).order_by("name", "pk"))
        if known:  # the name is the organisation's: it changes in the directory
            self.fields["name"].disabled = True

    def facts(self) -> AssociationFacts:
        return AssociationFacts(**{**self.cleaned_data, "complexes": tuple(self.cleaned_data["complexes"])})


class GrantForm(forms.Form):
    """The grant of a year."""

    year = forms.IntegerField(label=_("Année"), min_value=2000, max_value=2100)
    paid = NumberField(
        label=_("Subvention versée ($)"), required=False, places=2,
        help_text=_("Laissez vide pour le montant des paramètres : tant par logement, moins la somme retenue."),
    )  # fmt: skip
    used = NumberField(label=_("Somme utilisée ($)"), required=False, places=2)
    use = forms.CharField(
        label=_("À quoi elle a servi"), required=False, widget=text_area(2),
        help_text=_("Des usages collectifs seulement."),
    )  # fmt: skip

    def amounts(self) -> dict[str, Decimal | None]:
        return {name: self.cleaned_data[name] for name in ("paid", "used")}


class AssemblyForm(forms.Form):
    """An assembly: called first, completed after."""

    kind = forms.ChoiceField(label=_("Type"), choices=AssemblyKind.choices)
    association = forms.ModelChoiceField(
        label=_("Association"), queryset=TenantAssociation.objects.none(), required=False,
        empty_label=_("Tous les locataires de l’office"),
    )  # fmt: skip
    on = day(_("Date"))
    place = forms.CharField(label=_("Lieu"), max_length=160, required=False)
    notice_on = day(_("Avis de convocation envoyé le"), required=False)
    agenda = forms.CharField(label=_("Ordre du jour"), required=False, widget=text_area(3))
    quorum = count(_("Quorum prévu aux règlements"), required=False, help_text=_("Nombre de personnes."))
    present = count(
        _("Personnes présentes"),
        required=False,
        help_text=_("Un nombre suffit. Joignez la liste signée si elle est utile."),
    )
    accounts_adopted = yes_no(_("États financiers adoptés"), unknown=NOT_WRITTEN)
    budget_adopted = yes_no(_("Budget adopté"), unknown=NOT_WRITTEN)
    by_laws_text = forms.CharField(label=_("Changement de règlements proposé"), required=False, widget=text_area(2))
    by_laws_for = count(_("Voix pour ce changement"), required=False)
    minutes = forms.CharField(label=_("Procès-verbal"), required=False, widget=text_area(6))
    cancelled = forms.BooleanField(label=_("L’assemblée n’a pas eu lieu"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = TenantAssociation.objects.filter(space=viewer.space).select_related("organisation")
        give_rows(self, "association", rows.order_by("organisation__name", "pk"))

    def facts(self) -> AssemblyFacts:
        return AssemblyFacts(**self.cleaned_data)
