"""A table of interventions: its file, and what each of its columns says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.field.logbook.enums.imports import REQUIRED, Column
from concertoit.field.logbook.models import EntryImport


class TableForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("Votre tableau"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.xls,.csv"}),
        help_text=_("Excel ou CSV, première feuille, une ligne par intervention. Rien n’est inscrit avant votre accord."),
    )  # fmt: skip


class ColumnsForm(forms.Form):
    """What each column says. A column that says nothing is left out."""

    with_notes = forms.BooleanField(
        label=_("Apporter aussi les notes"), required=False,
        help_text=_("Relisez-les d’abord : sans nom ni détail qui ferait reconnaître quelqu’un."),
    )  # fmt: skip

    def __init__(self, data: Any, *, row: EntryImport) -> None:
        initial = {column: str(place) for column, place in row.columns.items()} | {"with_notes": row.with_notes}
        super().__init__(data, initial=initial)
        titles = [(str(place), title) for place, title in enumerate(row.headers) if title.strip()]
        for column in Column:
            self.fields[column.value] = forms.ChoiceField(
                label=column.label, choices=[("", "–"), *titles], required=column in REQUIRED
            )
        self.order_fields([column.value for column in Column])

    def columns(self) -> dict[str, int]:
        """The position of each column that was chosen. Call it on a valid form."""
        chosen = {column.value: self.cleaned_data[column.value] for column in Column}
        return {column: int(place) for column, place in chosen.items() if place}
