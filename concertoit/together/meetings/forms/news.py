"""The form of a news for the linked démarches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.ground.spaces.models import Space
from concertoit.ground.ui.forms import give_choices, text_area
from concertoit.together.meetings.services.news import BODY_MAX, TITLE_MAX
from concertoit.together.plans.queries.alignments import actions_in_force


class NewsForm(forms.Form):
    """A title, a few lines, and what it is about."""

    title = forms.CharField(label=_("Titre"), max_length=TITLE_MAX, help_text=_("Une phrase qui se lit à voix haute."))
    body = forms.CharField(label=_("Nouvelle"), max_length=BODY_MAX, widget=text_area(5))
    item = forms.TypedChoiceField(label=_("À propos de"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, space: Space, **options: Any) -> None:
        super().__init__(*args, **options)
        nodes = actions_in_force(space)
        give_choices(
            self, "item", [("", "—"), *((one.item_id, f"{one.written or one.canonical} {one.title}") for one in nodes)]
        )
