"""The ballot paper on a screen, and the door where a code is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.ballots.models import Box
from concertoit.ground.ui.forms import give_choices


class CodeForm(forms.Form):
    """The code of a letter."""

    code = forms.CharField(
        label=gettext_lazy("Votre code de vote"),
        max_length=40,
        help_text=gettext_lazy("Douze lettres et chiffres, sur le papier qui vous a été remis."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code-box"}
        ),
    )


class BallotForm(forms.Form):
    """What one chooses; nothing chosen is a blank ballot."""

    choices = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, box: Box, **options: Any) -> None:
        super().__init__(*args, **options)
        self.box = box
        field = self.fields["choices"]
        field.label = _("Les candidatures")
        give_choices(self, "choices", [(option["key"], option["label"]) for option in box.options])
        field.error_messages["invalid_choice"] = _("Ce choix n’est pas sur le bulletin.")

    def clean_choices(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["choices"]
        if len(chosen) > self.box.max_choices:
            raise forms.ValidationError(
                _("Vous avez coché %(count)s noms. Gardez-en au plus %(max)s.")
                % {"count": len(chosen), "max": self.box.max_choices}
            )
        return chosen

    def labels(self) -> list[str]:
        """The names chosen; call it on a valid form."""
        return [option["label"] for option in self.box.options if option["key"] in self.cleaned_data["choices"]]
