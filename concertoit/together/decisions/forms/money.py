"""Forms of the money: envelopes and requests before opening, the coco's recommendation after the count."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from concertoit.ground.ui.forms import NumberField, text_area
from concertoit.together.decisions.models import PriorityOption, RecommendationLine
from concertoit.together.decisions.queries.prioritisation import Money

# One year more than those that are there can be typed at a time.
NEW = "nouvelle"


def dollars(label: Any, known: Decimal | None = None, **more: Any) -> NumberField:
    """An amount to the cent, zero or more."""
    return NumberField(label=label, places=2, digits=10, required=False, initial=known, **more)


class EnvelopesForm(forms.Form):
    """What may be spent each year: fields ``enveloppe-<n>`` for the known years, and a new one."""

    def __init__(self, *args: Any, money: Money, **options: Any) -> None:
        super().__init__(*args, **options)
        self.years = money.years
        known = {one.year: one.amount for one in money.envelopes}
        for place, year in enumerate(self.years):
            self.fields[f"enveloppe-{place}"] = dollars(year or _("Toute la période"), known.get(year))
        self.fields[f"annee-{NEW}"] = forms.CharField(label=_("Autre année"), required=False, max_length=40)
        self.fields[f"enveloppe-{NEW}"] = dollars(_("Montant disponible"))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for name, value in values.items():
            if name.startswith("enveloppe-") and value is not None and value < 0:
                self.add_error(name, _("Une enveloppe ne peut pas être négative."))
        year = values.get(f"annee-{NEW}", "")
        if values.get(f"enveloppe-{NEW}") is not None and not year:
            self.add_error(f"annee-{NEW}", _("Nommez l’année."))
        if year and year in self.years:
            self.add_error(f"annee-{NEW}", _("Cette année est déjà dans la liste."))
        return values

    def envelopes(self) -> list[tuple[str, Decimal]]:
        """Years with their amount, in order; call it on a valid form."""
        values = self.cleaned_data
        rows = [(year, values[f"enveloppe-{place}"] or Decimal(0)) for place, year in enumerate(self.years)]
        if values[f"annee-{NEW}"]:
            rows.append((values[f"annee-{NEW}"], values[f"enveloppe-{NEW}"] or Decimal(0)))
        return rows


class RequestsForm(forms.Form):
    """What each action asks for each year: fields ``demande-<key>-<n>``."""

    def __init__(self, *args: Any, options: list[PriorityOption], money: Money, **more: Any) -> None:
        super().__init__(*args, **more)
        self.options, self.years = options, money.years
        known = {(one.option_id, one.year): one.amount for one in money.requests}
        for option in options:
            for place, year in enumerate(self.years):
                label = f"{option}, {year or _('toute la période')}"
                self.fields[f"demande-{option.key}-{place}"] = dollars(label, known.get((option.pk, year)))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for name, value in values.items():
            if value is not None and value < 0:
                self.add_error(name, _("Un montant ne peut pas être négatif."))
        return values

    def rows(self) -> list[tuple[PriorityOption, list[BoundField]]]:
        """Each action with one field per year."""
        return [
            (one, [self[f"demande-{one.key}-{place}"] for place in range(len(self.years))]) for one in self.options
        ]

    def requests(self) -> list[tuple[int, str, Decimal | None]]:
        """Option, year and amount of every field; call it on a valid form."""
        return [
            (option.key, year, self.cleaned_data[f"demande-{option.key}-{place}"])
            for option in self.options
            for place, year in enumerate(self.years)
        ]


class RecommendationForm(forms.Form):
    """Amount and reason of each request: fields ``montant-<request>`` and ``motif-<request>``; a word for the plenary."""

    note = forms.CharField(label=_("Mot pour la plénière"), required=False, max_length=3000, widget=text_area(3))

    def __init__(self, *args: Any, lines: list[RecommendationLine], note: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["note"].initial = note
        self.lines = lines
        for line in lines:
            pk, label = line.request_id, f"{line.request.option} {line.request.year}".strip()
            self.fields[f"montant-{pk}"] = dollars(_("Montant recommandé : %(what)s") % {"what": label}, line.amount)
            self.fields[f"motif-{pk}"] = forms.CharField(
                label=_("Motif : %(what)s") % {"what": label}, required=False, max_length=500, initial=line.reason
            )

    def written(self) -> dict[int, tuple[Decimal, str]]:
        """Amount and reason by request; an empty amount is zero. Call it on a valid form."""
        values = self.cleaned_data
        cent = Decimal("0.01")
        return {
            line.request_id: (
                (values[f"montant-{line.request_id}"] or Decimal(0)).quantize(cent),
                values[f"motif-{line.request_id}"].strip(),
            )
            for line in self.lines
        }


class StartForm(forms.Form):
    """What a recommendation starts from."""

    rule = forms.ChoiceField(
        label=_("Point de départ"),
        choices=[
            ("equal-shares", _("Parts égales")),
            ("greedy", _("Par ordre d’appui")),
            ("nothing", _("Une page blanche")),
        ],
        widget=forms.RadioSelect,
        initial="equal-shares",
    )
