"""Forms of the brigade: its members, the mandates of partners, the delays it adopted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums import Competence
from concertoit.field.cases.enums.work import INTEGRATION_LABELS
from concertoit.field.cases.services.brigade import MemberFacts
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import day, give_rows


class MemberForm(forms.Form):
    """Somebody of the brigade."""

    membership = forms.ModelChoiceField(label=gettext_lazy("Personne"), queryset=Membership.objects.none())
    competences = forms.MultipleChoiceField(
        label=gettext_lazy("Compétences"), choices=Competence.choices, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.CharField(label=gettext_lazy("Langues parlées"), max_length=120, required=False)
    availability = forms.CharField(label=gettext_lazy("Disponibilités"), max_length=200, required=False)
    on_call = forms.BooleanField(
        label=gettext_lazy("Peut être appelée ou appelé pour une cellule d’urgence"), required=False
    )
    steps = forms.MultipleChoiceField(
        label=gettext_lazy("Étapes d’intégration faites"), choices=list(INTEGRATION_LABELS.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, known: Membership | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Membership.objects.filter(space=viewer.space, role__in=("liaison", "worker")).exclude(person=None)
        give_rows(self, "membership", rows.select_related("person", "organisation"), lambda row: str(row.person))
        if known is not None:
            self.fields["membership"].disabled = True

    def facts(self) -> MemberFacts:
        values = {name: value for name, value in self.cleaned_data.items() if name != "membership"}
        return MemberFacts(**values)


class AvailabilityForm(forms.Form):
    """What a member says of themselves."""

    languages = forms.CharField(label=gettext_lazy("Langues parlées"), max_length=120, required=False)
    availability = forms.CharField(label=gettext_lazy("Disponibilités"), max_length=200, required=False)
    on_call = forms.BooleanField(label=gettext_lazy("On peut m’appeler pour une cellule d’urgence"), required=False)


class MandateForm(forms.Form):
    """What a partner organisation is competent for."""

    organisation = forms.ModelChoiceField(label=gettext_lazy("Organisme"), queryset=Organisation.objects.none())
    competences = forms.MultipleChoiceField(
        label=gettext_lazy("Compétences"), choices=Competence.choices, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=gettext_lazy("Précision"), max_length=200, required=False)
    ended_on = day(gettext_lazy("Jusqu’au"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, known: Organisation | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        members = Membership.objects.filter(space=viewer.space).exclude(organisation=None).values("organisation")
        give_rows(self, "organisation", Organisation.objects.filter(pk__in=members).order_by("name", "pk"))
        if known is not None:
            give_rows(self, "organisation", Organisation.objects.filter(pk=known.pk))
            self.fields["organisation"].disabled = True


class DelayForm(forms.Form):
    """A delay that the démarche adopted."""

    value = forms.IntegerField(label=gettext_lazy("Valeur"), min_value=1)
    since = day(gettext_lazy("En vigueur depuis le"))
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300,
        help_text=gettext_lazy("L’entente, la résolution ou le règlement qui le dit, avec sa date."),
    )  # fmt: skip
