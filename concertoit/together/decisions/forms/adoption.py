"""Forms of adoptions: putting in force, minor corrections, deposits and their receipts, links of the cycle."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concertoit.ground.spaces.enums import BodyKind
from concertoit.ground.spaces.models import GoverningBody, Space
from concertoit.ground.ui.forms import day, give_choices, give_rows, text_area
from concertoit.together.decisions.services.adoption import Minor
from concertoit.together.decisions.services.deposits import Receipt


class InForceForm(forms.Form):
    """The day of the adoption."""

    adopted_on = day(_("Date de l’adoption"))
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=text_area(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A session without a date gives none: the day it is, then.
        self.initial["adopted_on"] = self.initial.get("adopted_on") or timezone.localdate()


class MinorForm(forms.Form):
    """A minor correction: who decided it, when, what was heard."""

    body = forms.ModelChoiceField(
        label=_("Instance qui décide"), queryset=GoverningBody.objects.none(), required=False, empty_label="—"
    )
    decided_on = day(_("Date de la décision"))
    note = forms.CharField(label=_("Ce qui a été entendu"), max_length=2000, widget=text_area(2))

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = GoverningBody.objects.filter(space=space).order_by("kind", "name", "pk")
        give_rows(self, "body", rows)
        self.fields["body"].initial = next((row.pk for row in rows if row.kind == BodyKind.COORDINATION), None)
        self.fields["decided_on"].initial = timezone.localdate()

    def minor(self) -> Minor:
        return Minor(**self.cleaned_data)


class DepositForm(forms.Form):
    """A deposit of the version in force with an authority."""

    recipient = forms.CharField(label=_("Déposé auprès de"), max_length=200)
    filed_on = day(_("Date du dépôt"))
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=text_area(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["filed_on"].initial = timezone.localdate()


class ReceiptForm(forms.Form):
    """What the authority answered, with its file."""

    received_on = day(_("Date de l’accusé de réception"))
    reference = forms.CharField(label=_("Numéro ou référence"), required=False, max_length=120)
    received_by = forms.CharField(label=_("Signé au nom de"), required=False, max_length=200)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=text_area(2))
    file = forms.FileField(label=_("L’accusé de réception"), required=False)

    def receipt(self) -> Receipt:
        values = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return Receipt(**values)


class CycleLinkForm(forms.Form):
    """What carries out a step of the planning cycle."""

    processes = forms.MultipleChoiceField(
        label=_("Ce qui réalise cette étape"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, options: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        give_choices(self, "processes", options)
