"""Forms of indicators, measures, contests and spending."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.ground.ui.forms import NumberField, day, text_area
from concertoit.together.plans.enums import BUDGET_KIND_LABELS, Direction
from concertoit.together.plans.rules.document import BudgetKind


class IndicatorForm(forms.Form):
    title = forms.CharField(label=_("Indicateur"), max_length=300, help_text=_("Ce qui montrera que cela avance."))
    unit = forms.CharField(label=_("Unité"), max_length=40, required=False, help_text=_("logements, %, rencontres…"))
    direction = forms.ChoiceField(label=_("Sens"), choices=Direction.choices, initial=Direction.UP)
    baseline = forms.CharField(label=_("Départ, en mots"), max_length=120, required=False)
    baseline_value = NumberField(label=_("Valeur de départ"), required=False)
    target = forms.CharField(label=_("Cible, en mots"), max_length=120, required=False)
    target_value = NumberField(label=_("Valeur cible"), required=False)
    target_on = day(_("Cible pour le"), required=False)
    source = forms.CharField(label=_("D’où viendront les mesures"), max_length=200, required=False)


class MeasureForm(forms.Form):
    on = day(_("Date"), initial=timezone.localdate)
    value = NumberField(label=_("Valeur"))
    source = forms.CharField(label=_("Source"), max_length=300)
    note = forms.CharField(label=_("Note"), required=False, widget=text_area(2))


class ContestForm(forms.Form):
    reason = forms.CharField(label=_("Ce qui ne va pas"), widget=text_area(3))
    source = forms.CharField(label=_("Votre source"), max_length=300)
    proposed_value = NumberField(label=_("Valeur proposée"), required=False)


class ContestAnswerForm(forms.Form):
    accepted = forms.TypedChoiceField(
        label=_("Décision"),
        choices=[("oui", _("Retenue")), ("non", _("Non retenue"))],
        coerce=lambda value: value == "oui",
        empty_value=None,
        widget=forms.RadioSelect,
        help_text=_("Retenue, la valeur proposée devient la mesure de cette date; l’ancienne reste visible."),
    )
    answer = forms.CharField(label=_("Réponse"), widget=text_area(3))


class SpendingForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Nature"),
        choices=[(k.value, BUDGET_KIND_LABELS[k]) for k in (BudgetKind.COMMITTED, BudgetKind.SPENT)],
        widget=forms.RadioSelect,
        help_text=_("Engagé : promis par une décision ou un contrat. Dépensé : payé."),
    )
    amount = NumberField(label=_("Montant"), places=2, digits=8)
    on = day(_("Date"))
    year = forms.CharField(label=_("Année"), max_length=40, required=False)
    fiscal_agent = forms.CharField(label=_("Fiduciaire"), max_length=200, required=False)
    source = forms.CharField(label=_("Source de financement"), max_length=200, required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, known: dict[str, list[str]] | None = None, **options: Any) -> None:
        """``known``: years, fiscal agents and sources that the plan already names, offered while typing."""
        super().__init__(*args, **options)
        self.known = known or {}
        for name in self.known:
            self.fields[name].widget.attrs["list"] = f"{name}-connus"

    def clean_kind(self) -> BudgetKind:
        return BudgetKind(self.cleaned_data["kind"])
