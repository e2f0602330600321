"""Choosing places in a form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.errors import DomainError
from concertoit.ground.places.models import Mrc, Municipality
from concertoit.ground.places.services import understood
from concertoit.ground.ui.forms import give_rows


def _letters(name: str) -> str:
    """What a list is sorted by: letters alone, so that « L’Assomption » stands before « Les Moulins »."""
    return "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if one.isalnum())


class _ByRegion(ModelChoiceIterator):  # type: ignore[type-arg]  # the same
    """A hundred names in one list are not found: each stands under its region, accents aside."""

    def __iter__(self) -> Iterator[Any]:
        rows = sorted(
            self.queryset.select_related("region"),
            key=lambda one: (one.region.name, one.region_id, _letters(one.name)),
        )
        for region, group in groupby(rows, key=lambda one: one.region.name):
            yield region, [self.choice(one) for one in group]


class MrcsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Several MRC, under their regions. The query is made when a form is made, not when the module is read."""

    iterator = _ByRegion

    def __init__(self, *, label: Any, size: int = 8) -> None:
        super().__init__(
            label=label,
            queryset=Mrc.objects.defer("boundary").order_by("pk"),
            required=False,
            widget=forms.SelectMultiple(attrs={"size": size}),
            help_text=_("Maintenez Ctrl (ou Cmd) pour en choisir plusieurs."),
        )


class AddressFields(forms.Form):
    """A place as people write it: the municipality among those given, one line, the dwelling apart.

    ``towns`` are the municipalities to choose from. Once valid, ``address`` is a line that can be read; what is wrong
    with it is said beside it. Nothing here says which buildings are known: a page for the public may use it.
    """

    municipality = forms.ModelChoiceField(
        label=_("Municipalité"), queryset=Municipality.objects.none(), empty_label=_("Choisissez")
    )
    address = forms.CharField(
        label=_("Adresse"), max_length=200,
        help_text=_("Le numéro puis la rue, par exemple : 1234, rue des Érables."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Logement"), max_length=20, required=False, help_text=_("Par exemple : 5, 201 ou sous-sol.")
    )

    def __init__(self, *args: Any, towns: QuerySet[Municipality], **options: Any) -> None:
        super().__init__(*args, **options)
        give_rows(self, "municipality", towns)
        known = list(towns[:2])
        if len(known) == 1:
            self.fields["municipality"].initial = known[0].pk

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("address"):
            town = values.get("municipality")
            try:
                understood(values["address"], values.get("unit", ""), town=town.name if town else "")
            except DomainError as refusal:
                self.add_error(refusal.field if refusal.field in self.fields else "address", str(refusal))
        return values
