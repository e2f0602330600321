"""Forms of the welcome: when somebody is met, and the words of their pack."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.spoken import date_short
from concertoit.ground.ui.forms import day, give_choices, text_area
from concertoit.together.meetings.models import Meeting
from concertoit.together.meetings.rules.recurrence import ZONE
from concertoit.together.meetings.services.welcome import WORD_MAX


class IntegrationForm(forms.Form):
    """A meeting of the calendar, or a day of its own."""

    meeting = forms.TypedChoiceField(
        label=_("Une rencontre au calendrier"), coerce=int, empty_value=None, required=False
    )
    on = day(_("Ou un jour à part"), required=False)
    place = forms.CharField(label=_("Lieu ou lien"), max_length=200, required=False)

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(one.pk, f"{date_short(one.starts_at.astimezone(ZONE).date())}, {one.title}") for one in meetings]
        give_choices(self, "meeting", [("", "—"), *known])


class PackForm(forms.Form):
    """To whom the pack goes, and what the coordination adds to it."""

    email = forms.CharField(label=_("Courriel"), max_length=254, required=False)
    word = forms.CharField(
        label=_("Mot d’accueil"), required=False, widget=text_area(4), max_length=WORD_MAX,
        help_text=_("Il ouvre la trousse. Le reste est tiré du plan d’aujourd’hui."),
    )  # fmt: skip
