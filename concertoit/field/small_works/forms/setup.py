"""The pilot, who helps, extractions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from concertoit.field.small_works.enums import Work
from concertoit.field.small_works.models import Handyperson
from concertoit.field.small_works.services.setting_up import HandypersonFacts, PilotFacts
from concertoit.ground.identity.models import Organisation, Person
from concertoit.ground.identity.services import PersonFacts
from concertoit.ground.places.models import Mrc
from concertoit.ground.spaces import queries as spaces
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import NumberField, day, give_rows


class PilotForm(forms.Form):
    """What the pilot admits."""

    min_age = forms.IntegerField(
        label=_("Âge minimal"), required=False, min_value=18, max_value=110,
        help_text=_("Laissez vide tant que ce n’est pas décidé : la règle demandera de vérifier."),
    )  # fmt: skip
    works = forms.MultipleChoiceField(
        label=_("Travaux offerts"), choices=Work.choices, widget=forms.CheckboxSelectMultiple
    )
    max_cost = NumberField(label=_("Coût maximal d’une demande ($)"), required=False, places=2)
    check_months = forms.IntegerField(
        label=_("Une vérification des antécédents vaut (mois)"), required=False, min_value=1, max_value=120
    )
    follow_up_days = forms.IntegerField(label=_("Prendre des nouvelles après (jours)"), min_value=1, max_value=365)
    research_partners = forms.CharField(label=_("Partenaires de recherche"), max_length=200, required=False)
    k = forms.IntegerField(
        label=_("Plus petit groupe dans une extraction"), min_value=3, max_value=50,
        help_text=_("Chaque ligne qui sort ressemble à autant d’autres, au moins."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Décidé par"), max_length=200, required=False, help_text=_("Le comité ou l’entente, avec sa date.")
    )

    def facts(self) -> PilotFacts:
        return PilotFacts(**self.cleaned_data)


class HandypersonForm(forms.Form):
    """Somebody who does the works: known, or new."""

    person = forms.ModelChoiceField(label=_("Personne"), queryset=Person.objects.none(), required=False)
    new_given_name = forms.CharField(label=_("Ou une nouvelle personne : prénom"), max_length=80, required=False)
    new_family_name = forms.CharField(label=_("Nom"), max_length=80, required=False)
    organisation = forms.ModelChoiceField(
        label=_("Organisme"), queryset=Organisation.objects.none(), required=False, empty_label="—"
    )
    email = forms.EmailField(
        label=_("Courriel"), required=False, help_text=_("Pour recevoir le lien de chaque visite.")
    )
    phone = forms.CharField(label=_("Téléphone"), max_length=30, required=False)
    skills = forms.MultipleChoiceField(
        label=_("Sait faire"), choices=Work.choices, widget=forms.CheckboxSelectMultiple
    )
    mrcs = forms.ModelMultipleChoiceField(
        label=_("Territoire"), queryset=Mrc.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    languages = forms.CharField(label=_("Langues, séparées par des virgules"), max_length=120, required=False)
    checked_on = day(
        _("Antécédents vérifiés le"), required=False,
        help_text=_("Sans vérification, personne n’est envoyé chez quelqu’un."),
    )  # fmt: skip
    max_load = forms.IntegerField(label=_("Demandes à la fois"), min_value=1, max_value=50, initial=3)
    ends_on = day(_("Participe jusqu’au"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        members = Membership.objects.filter(space=viewer.space, person__isnull=False).order_by().values("person")
        helping = Handyperson.objects.filter(space=viewer.space).order_by().values("person")
        known = Person.objects.filter(Q(pk__in=members) | Q(pk__in=helping))
        give_rows(self, "person", known.order_by("family_name", "given_name", "pk"))
        give_rows(self, "organisation", spaces.organisations_of(viewer))
        give_rows(self, "mrcs", viewer.space.mrcs.defer("boundary").order_by("name", "pk"))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not values.get("person") and not values.get("new_given_name") and "person" not in self.errors:
            self.add_error("person", _now("Choisissez une personne, ou écrivez son nom."))
        return values

    def new_person(self) -> PersonFacts | None:
        """Whom to create; nobody when somebody known was chosen."""
        if self.cleaned_data["person"]:
            return None
        return PersonFacts(self.cleaned_data["new_given_name"], self.cleaned_data["new_family_name"])

    def facts(self, person: Person) -> HandypersonFacts:
        values = self.cleaned_data
        languages = [said.strip() for said in values["languages"].split(",") if said.strip()]
        names = ("organisation", "email", "phone", "skills", "checked_on", "max_load", "ends_on")
        return HandypersonFacts(
            person=person, mrcs=list(values["mrcs"]), languages=languages, **{name: values[name] for name in names}
        )


class ExtractionForm(forms.Form):
    """A period, and for whom."""

    since = day(_("Du"))
    until = day(_("Au"))
    to = forms.CharField(label=_("Remise à"), max_length=200, required=False)
