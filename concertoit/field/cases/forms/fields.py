"""Fields that several forms of cases share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from concertoit.ground.privacy.forms import NO_NAME
from concertoit.ground.ui.forms import text_area


def words(label: Any, *, required: bool = True, rows: int = 3, help_text: Any = NO_NAME) -> forms.CharField:
    """A text about a case, which names nobody."""
    return forms.CharField(
        label=label,
        required=required,
        widget=text_area(rows),
        help_text=help_text,
        max_length=2000,
    )


class ReasonForm(forms.Form):
    """A reason in a sentence."""

    words = words(gettext_lazy("Pourquoi"))
