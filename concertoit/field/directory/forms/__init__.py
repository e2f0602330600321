"""Forms of the directory: filters, the finder, a record, its confirmation, a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.directory.enums import Answer
from concertoit.field.directory.models import Service
from concertoit.field.directory.queries.records import terms
from concertoit.field.directory.rules import needs
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import give_rows, text_area


class ConfirmForm(forms.Form):
    """Where to ask the organisation."""

    email = forms.EmailField(label=gettext_lazy("Courriel de l’organisme"))


class AnswerForm(forms.Form):
    """What the organisation says of its record."""

    said = forms.ChoiceField(label=gettext_lazy("Votre réponse"), choices=Answer.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("Ce qui a changé"), required=False, max_length=2000, widget=text_area(4),
        help_text=gettext_lazy("L’équipe du répertoire corrige la fiche avec vos mots."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("said") == Answer.CHANGED and not values.get("words"):
            self.add_error("words", _("Dites ce qui a changé."))
        return values


class RetireForm(forms.Form):
    """Retire a service, and say what takes its place."""

    replaced_by = forms.ModelChoiceField(
        label=gettext_lazy("Remplacé par"), queryset=Service.objects.none(), required=False,
        empty_label=gettext_lazy("Aucun autre service"),
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, service: Service, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Service.objects.filter(listings__space=viewer.space, retired_at=None).exclude(pk=service.pk)
        give_rows(self, "replaced_by", rows.order_by("name", "pk"))


class FileForm(forms.Form):
    """A directory to bring in."""

    document = forms.FileField(
        label=gettext_lazy("Fichier HSDS"),
        help_text=gettext_lazy("JSON, ou archive ZIP de fichiers CSV avec datapackage.json. 10 Mo au plus."),
    )


def choices(kind: str) -> list[tuple[str, str]]:
    """Terms of a list for a field, beginning with none."""
    return [("", _("Peu importe")), *terms(kind)]


def need_choices() -> list[tuple[str, str]]:
    return choices(needs.NEEDS)
