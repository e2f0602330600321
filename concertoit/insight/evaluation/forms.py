"""Forms of the change strategy."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import NumberField, day, give_choices, give_rows, text_area
from concertoit.insight.evaluation.enums import ChangeKind, Seen
from concertoit.insight.evaluation.models import Sign, StrategyAxis
from concertoit.insight.evaluation.queries.metrics import METRICS
from concertoit.insight.evaluation.queries.strategy import axes_of, plan_axes
from concertoit.insight.evaluation.services.strategy import ChangeFacts, SignFacts


class AxisForm(forms.Form):
    """An axis of the strategy."""

    number = forms.IntegerField(label=_("Numéro"), min_value=1, max_value=99)
    name = forms.CharField(label=_("Nom"), max_length=200)
    item_id = forms.TypedChoiceField(label=_("Axe du plan"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        give_choices(self, "item_id", [("", "—"), *plan_axes(viewer.space)])


class ChangeForm(forms.Form):
    """A change that is expected."""

    kind = forms.ChoiceField(label=_("Ce qui change"), choices=ChangeKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Changement attendu"), max_length=400, widget=text_area(3),
        help_text=_("Qui fait, sait ou vit quoi de différent. Par exemple : les locataires savent à qui s’adresser."),
    )  # fmt: skip
    audience = forms.CharField(label=_("Chez qui"), max_length=160, required=False)
    axes = forms.ModelMultipleChoiceField(
        label=_("Axes"), queryset=StrategyAxis.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        give_rows(self, "axes", axes_of(viewer.space))

    def facts(self) -> ChangeFacts:
        return ChangeFacts(**{**self.cleaned_data, "axes": list(self.cleaned_data["axes"])})


class SignForm(forms.Form):
    """A sign by which a change is seen."""

    metric = forms.ChoiceField(label=_("Compté par la plateforme"), required=False)
    name = forms.CharField(
        label=_("Nom du signe"), max_length=200, required=False,
        help_text=_("Laissez vide pour le nom de ce que la plateforme compte."),
    )  # fmt: skip
    unit = forms.CharField(label=_("Unité"), max_length=40, required=False)
    baseline = NumberField(label=_("Départ"), required=False)
    target = NumberField(label=_("Cible"), required=False)
    source = forms.CharField(
        label=_("Source"), max_length=200, required=False, help_text=_("Pour ce qui est mesuré ailleurs.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = [
            (source, [(metric.code, metric.label) for metric in group])
            for source, group in groupby(METRICS, key=lambda metric: metric.source)
        ]
        give_choices(self, "metric", [("", _("Rien : des valeurs sont apportées")), *groups])

    def facts(self) -> SignFacts:
        return SignFacts(**self.cleaned_data)


class ValueForm(forms.Form):
    """The value of a sign for a period."""

    since = day(_("Du"))
    until = day(_("Au"))
    value = NumberField(label=_("Valeur"), required=False)
    source = forms.CharField(label=_("Source"), max_length=200, required=False)
    note = forms.CharField(label=_("Précision"), max_length=300, required=False)

    def __init__(self, *args: Any, sign: Sign, **options: Any) -> None:
        super().__init__(*args, **options)
        if sign.metric:  # the platform counts it
            del self.fields["value"], self.fields["source"]


class ReadingForm(forms.Form):
    """What people judge today."""

    on = day(_("Le"))
    seen = forms.ChoiceField(label=_("Le voit-on?"), choices=Seen.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Ce qui le fait dire"),
        widget=text_area(4),
        help_text=_("Un chiffre, un témoignage sans nom, un fait."),
    )


class RetireForm(forms.Form):
    """Why a change is no longer expected."""

    reason = forms.CharField(label=_("Pourquoi"), max_length=300, widget=text_area(2))


class PasteForm(forms.Form):
    """A strategy as it is written elsewhere."""

    text = forms.CharField(
        label=_("Votre stratégie"), widget=text_area(14), max_length=40_000,
        help_text=_("Telle quelle : trois titres (connaissances, pratiques, conditions), une ligne par changement."),
    )  # fmt: skip
