"""Complex cases: the decision, what people answer, criteria of the rules, their adoption."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums.complexity import FlagKind, FlagValue
from concertoit.field.cases.models import CaseFlag
from concertoit.field.cases.queries.complexity_words import (
    FACT_LABELS,
    OP_LABELS,
    WEIGHT_LABELS,
    capitalised,
    condition_text,
)
from concertoit.field.cases.rules.complexity import FACTS, MOST, Condition, Criterion, Op, Weight
from concertoit.field.cases.rules.complexity_edition import CONDITIONS_MOST, MONTHS_MOST, OTHERS_MOST, VALUE_MOST
from concertoit.ground.ui.forms import day, text_area


class DecisionForm(forms.Form):
    """Complex or not, and why."""

    complex = forms.TypedChoiceField(
        label=gettext_lazy("Ce dossier est-il un cas complexe?"), coerce=lambda value: value == "yes",
        choices=[("yes", gettext_lazy("Oui, c’est un cas complexe")), ("no", gettext_lazy("Non"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi"), widget=text_area(3),
        help_text=gettext_lazy("Sans nom. Ce texte reste au dossier."),
    )  # fmt: skip


class AnswersForm(forms.Form):
    """What only people know of a case: one question for each kind that the reader may answer."""

    def __init__(self, *args: Any, kinds: list[FlagKind], known: dict[str, CaseFlag], **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds = kinds
        for kind in kinds:
            flag = known.get(kind)
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, choices=FlagValue.choices, widget=forms.RadioSelect,
                initial=flag.value if flag else FlagValue.UNKNOWN,
            )  # fmt: skip
            self.fields[f"{kind.value}_note"] = forms.CharField(
                label=_("Précision, sans nom"), max_length=200, required=False, initial=flag.note if flag else ""
            )

    def answers(self) -> list[tuple[FlagKind, FlagValue, str]]:
        """The answers that changed."""
        return [
            (kind, FlagValue(self.cleaned_data[kind.value]), self.cleaned_data[f"{kind.value}_note"])
            for kind in self.kinds
            if {kind.value, f"{kind.value}_note"} & set(self.changed_data)
        ]


class AdoptForm(forms.Form):
    """Who consented, and when."""

    adopted_on = day(gettext_lazy("Adoptées le"))
    adopted_in = forms.CharField(
        label=gettext_lazy("Par consentement de"), max_length=160,
        help_text=gettext_lazy("Par exemple : les partenaires de la brigade, rencontre du 12 mai."),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=text_area(3),
        help_text=gettext_lazy("Ce qui change, et pourquoi."),
    )  # fmt: skip


class NeededForm(forms.Form):
    """How many of the other criteria propose together."""

    others_needed = forms.IntegerField(
        label=gettext_lazy("Combien d’autres critères proposent ensemble"), min_value=1, max_value=OTHERS_MOST
    )


_WEIGHTS = [(code.value, WEIGHT_LABELS[code]) for code in Weight]


class CriterionForm(forms.Form):
    """A criterion of the list to begin with: its weight and its numbers."""

    weight = forms.ChoiceField(label=gettext_lazy("Poids"), choices=_WEIGHTS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, criterion: Criterion, **options: Any) -> None:
        options["initial"] = {"weight": criterion.weight.value}
        super().__init__(*args, **options)
        self.criterion = criterion
        self.names: dict[Condition, str] = {}
        for group in criterion.groups:
            for one in group:
                if one not in self.names:
                    self._ask(one)

    def _ask(self, one: Condition) -> None:
        name = self.names[one] = f"value_{len(self.names)}"
        kind = FACTS[one.fact].kind
        if kind.value == "yes_no":  # a yes has no number
            return
        self.fields[name] = forms.IntegerField(
            label=capitalised(condition_text(one)), min_value=0, max_value=MOST.get(kind, VALUE_MOST),
            initial=one.value,
        )  # fmt: skip
        if one.months is not None:
            self.fields[f"{name}_months"] = forms.IntegerField(
                label=_("Sur combien de mois"), min_value=1, max_value=MONTHS_MOST, initial=one.months
            )

    def built(self) -> Criterion:
        """The criterion with the numbers that were typed."""
        groups = tuple(tuple(self._typed(one) for one in group) for group in self.criterion.groups)
        return replace(self.criterion, weight=Weight(self.cleaned_data["weight"]), groups=groups)

    def _typed(self, one: Condition) -> Condition:
        name = self.names[one]
        value = self.cleaned_data.get(name, one.value)
        return replace(one, value=value, months=self.cleaned_data.get(f"{name}_months", one.months))


class OwnCriterionForm(forms.Form):
    """A criterion that the team writes: up to three comparisons of the vocabulary."""

    title = forms.CharField(label=gettext_lazy("Nom du critère"), max_length=120)
    weight = forms.ChoiceField(
        label=gettext_lazy("Poids"), choices=_WEIGHTS, widget=forms.RadioSelect, initial=Weight.OTHER.value
    )
    join = forms.ChoiceField(
        label=gettext_lazy("Quand est-il rempli?"),
        choices=[("all", gettext_lazy("Quand tout est vrai")), ("any", gettext_lazy("Dès qu’une ligne est vraie"))],
        widget=forms.RadioSelect, initial="all",
    )  # fmt: skip

    def __init__(self, *args: Any, criterion: Criterion, **options: Any) -> None:
        asked = [one for group in criterion.groups for one in group]
        options["initial"] = {
            "title": criterion.title, "weight": criterion.weight.value,
            "join": "any" if len(criterion.groups) > 1 else "all",
            **{
                f"{name}_{place}": value
                for place, one in enumerate(asked)
                for name, value in (("fact", one.fact), ("op", one.op.value), ("value", one.value),
                                    ("months", one.months))
            },
        }  # fmt: skip
        super().__init__(*args, **options)
        self.criterion = criterion
        for place in range(CONDITIONS_MOST):
            self._row(place)

    def _row(self, place: int) -> None:
        first = place == 0
        self.fields[f"fact_{place}"] = forms.ChoiceField(
            label=_("Fait %(n)s") % {"n": place + 1}, required=first, choices=[("", "—"), *FACT_LABELS.items()]
        )
        self.fields[f"op_{place}"] = forms.ChoiceField(
            label=_("Comparaison %(n)s") % {"n": place + 1}, required=False,
            choices=[(str(code), label) for code, label in OP_LABELS.items()], initial=Op.AT_LEAST.value,
        )  # fmt: skip
        self.fields[f"value_{place}"] = forms.IntegerField(
            label=_("Valeur %(n)s") % {"n": place + 1}, required=first, min_value=0, max_value=VALUE_MOST
        )
        self.fields[f"months_{place}"] = forms.IntegerField(
            label=_("Mois %(n)s") % {"n": place + 1}, required=False, min_value=1, max_value=MONTHS_MOST,
            help_text=_("Pour les faits comptés sur des mois."),
        )  # fmt: skip

    def built(self) -> Criterion:
        """The criterion as typed; the rules check it against the vocabulary."""
        values = self.cleaned_data
        asked = tuple(
            Condition(
                values[f"fact_{place}"], _op(values[f"fact_{place}"], values[f"op_{place}"]),
                values[f"value_{place}"] or 0, values[f"months_{place}"],
            )
            for place in range(CONDITIONS_MOST)
            if values[f"fact_{place}"]
        )  # fmt: skip
        groups = tuple((one,) for one in asked) if values["join"] == "any" else (asked,)
        return replace(self.criterion, title=values["title"], weight=Weight(values["weight"]), groups=groups)


def _op(fact: str, typed: str) -> Op:
    """A yes or no is compared with « is », whatever was left in the list."""
    return Op.IS if FACTS[fact].kind.value == "yes_no" else Op(typed or Op.AT_LEAST.value)
