"""Forms of the work on one case: who follows it, what it is, pauses, steps, closing; the period of figures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums import Living, Outcome, Urgency
from concertoit.field.cases.forms.fields import words
from concertoit.field.cases.models import BrigadeMember
from concertoit.field.cases.services.closing import Closing
from concertoit.ground.privacy.forms import NO_NAME
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.forms import day, give_rows, moment


class FollowForm(forms.Form):
    """Who follows the case."""

    follower = forms.ModelChoiceField(
        label=gettext_lazy("Suivi par"), queryset=Membership.objects.none(), required=False,
        empty_label=gettext_lazy("Personne"),
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        members = BrigadeMember.objects.filter(space=viewer.space).values("membership")
        rows = Membership.objects.filter(pk__in=members).select_related("person", "organisation")
        give_rows(self, "follower", rows, lambda row: str(row.person))


class DescribeForm(forms.Form):
    """What is wrong, in a sentence, and which delays hold."""

    summary = forms.CharField(label=gettext_lazy("En bref"), max_length=200, help_text=NO_NAME)
    urgency = forms.ChoiceField(label=gettext_lazy("Délais"), choices=Urgency.choices, widget=forms.RadioSelect)


class CloseForm(forms.Form):
    """How a case ends, and what it changed."""

    outcome = forms.ChoiceField(label=gettext_lazy("Issue"), choices=Outcome.choices, widget=forms.RadioSelect)
    living = forms.ChoiceField(
        label=gettext_lazy("Ce qui a changé pour le ménage"), choices=Living.choices, widget=forms.RadioSelect
    )
    words = words(gettext_lazy("Ce qui a été fait"))

    def closing(self) -> Closing:
        values = self.cleaned_data
        return Closing(values["outcome"], values["living"], values["words"])


class PauseForm(forms.Form):
    """Why the clocks stop, and since when."""

    since = day(gettext_lazy("Depuis le"))
    reason = forms.CharField(label=gettext_lazy("Pourquoi les délais s’arrêtent"), max_length=200, help_text=NO_NAME)


class MilestoneForm(forms.Form):
    """When a step was done, or that it is not needed."""

    at = moment(gettext_lazy("Fait le"), required=False)
    not_needed = forms.BooleanField(label=gettext_lazy("Cette étape n’est pas requise"), required=False)


class PeriodForm(forms.Form):
    """A period of figures."""

    since = day(gettext_lazy("Du"), required=False)
    until = day(gettext_lazy("Au"), required=False)
