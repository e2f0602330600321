"""Choosing places in a form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from concertoit.ground.places.models import Mrc


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
