"""Forms of the register: a post, a building served, a team, a term of the lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.field.logbook.enums import Sector, TermKind, WorkerRole
from concertoit.field.logbook.models import Site, Worker
from concertoit.field.logbook.services.workers import SiteFacts, WorkerFacts
from concertoit.ground.identity.models import Organisation
from concertoit.ground.places.models import Municipality
from concertoit.ground.spaces.models import Space
from concertoit.ground.ui.forms import day, give_rows


class WorkerForm(forms.Form):
    """The post of somebody of the field team."""

    full_time = forms.TypedChoiceField(
        label=_("Temps de travail"), choices=[("1", _("À temps complet")), ("0", _("À temps partiel"))],
        coerce=lambda value: value == "1", widget=forms.RadioSelect, initial="1",
    )  # fmt: skip
    hours = forms.DecimalField(
        label=_("Heures par semaine"), min_value=0, max_value=80, decimal_places=1, max_digits=4, required=False
    )
    within_other_job = forms.BooleanField(
        label=_("Dans le cadre d’un autre emploi (organisation communautaire, par exemple)"), required=False
    )
    roles = forms.MultipleChoiceField(
        label=_("Rôles"), choices=WorkerRole.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    sites = forms.ModelMultipleChoiceField(
        label=_("Immeubles desservis"), queryset=Site.objects.none(), widget=forms.CheckboxSelectMultiple,
        required=False, help_text=_("Aucun coché : tous les immeubles sont offerts à la saisie."),
    )  # fmt: skip

    def __init__(self, *args: Any, space: Space, **options: Any) -> None:
        super().__init__(*args, **options)
        give_rows(self, "sites", Site.objects.filter(space=space, closed_on=None).order_by("name", "pk"))

    def facts(self) -> WorkerFacts:
        """What the service needs. Call it on a valid form."""
        return WorkerFacts(**self.cleaned_data)


class SiteForm(forms.Form):
    """A building served, or an ensemble under one name."""

    name = forms.CharField(label=_("Nom que les gens lui donnent"), max_length=120)
    municipality = forms.ModelChoiceField(label=_("Municipalité"), queryset=Municipality.objects.none())
    address = forms.CharField(
        label=_("Adresse"), max_length=200, required=False, help_text=_("Par exemple : 1234, rue des Érables.")
    )
    sector = forms.ChoiceField(label=_("Secteur"), choices=Sector.choices, widget=forms.RadioSelect)
    provider = forms.ModelChoiceField(
        label=_("Propriétaire"), queryset=Organisation.objects.none(), required=False, empty_label=_("Non précisé")
    )
    dwellings = forms.IntegerField(label=_("Logements"), min_value=1, max_value=5000, required=False)
    closed_on = day(_("N’est plus desservi depuis le"), required=False)

    def __init__(self, *args: Any, space: Space, **options: Any) -> None:
        super().__init__(*args, **options)
        towns = Municipality.objects.order_by("name", "pk")
        own = towns.filter(mrc__in=space.mrcs.all())
        give_rows(self, "municipality", own if own.exists() else towns)
        give_rows(self, "provider", Organisation.objects.order_by("name", "pk"))

    def facts(self) -> SiteFacts:
        """What the service needs. Call it on a valid form."""
        return SiteFacts(**self.cleaned_data)


class TeamForm(forms.Form):
    """A team's name."""

    name = forms.CharField(label=_("Nom de l’équipe"), max_length=120)


class SeatForm(forms.Form):
    """A place in a team, between two dates."""

    worker = forms.ModelChoiceField(label=_("Personne"), queryset=Worker.objects.none(), empty_label=_("Choisir"))
    is_lead = forms.BooleanField(
        label=_("Responsable de l’équipe : lit les interventions de l’équipe faites à ces dates"), required=False
    )
    starts_on = day(_("Depuis le"))
    ends_on = day(_("Jusqu’au"), required=False)

    def __init__(self, *args: Any, space: Space, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Worker.objects.filter(space=space).select_related("membership__person", "membership__organisation")
        give_rows(self, "worker", rows.order_by("pk"), lambda worker: str(worker.membership))


class TermForm(forms.Form):
    """A term that the démarche adds to its lists."""

    kind = forms.ChoiceField(label=_("Liste"), choices=TermKind.choices, widget=forms.RadioSelect)
    label = forms.CharField(label=_("Libellé"), max_length=120)
    label_en = forms.CharField(label=_("Libellé anglais"), max_length=120, required=False)
