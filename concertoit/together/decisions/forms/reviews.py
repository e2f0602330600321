"""Forms of reviews: the preparation, an organisation's opinion, the outcome of an action, a link to send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.identity.models import Organisation
from concertoit.ground.ui.forms import day, give_choices, text_area
from concertoit.together.decisions.enums import ReviewManner, ReviewVerdict
from concertoit.together.decisions.models import Review, ReviewedAction
from concertoit.together.decisions.rules.reviews import needs_reason

REASON_LENGTH = 2000


class ReviewForm(forms.Form):
    """What is prepared: a title, who gives an opinion, by when."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=160)
    manner = forms.ChoiceField(
        label=gettext_lazy("Qui se prononce"),
        choices=ReviewManner.choices,
        widget=forms.RadioSelect,
        initial=ReviewManner.TOGETHER,
        help_text=gettext_lazy(
            "Ensemble : le comité fixe l’issue de chaque action pendant sa rencontre. Par organisme : chacun donne son "
            "avis, la coordination fixe ensuite l’issue."
        ),
    )
    closes_on = day(gettext_lazy("Répondre avant le"), required=False)

    def __init__(self, *args: Any, review: Review | None = None, **options: Any) -> None:
        names = ("title", "manner", "closes_on")
        options["initial"] = {name: getattr(review, name) for name in names} if review else None
        super().__init__(*args, **options)

    def values(self) -> dict[str, Any]:
        """What was decided; call it on a valid form."""
        return {**self.cleaned_data, "manner": ReviewManner(self.cleaned_data["manner"])}


class OpinionForm(forms.Form):
    """What an organisation says: ``avis-<action>`` and ``raison-<action>``. Leaving an action is allowed."""

    def __init__(
        self, *args: Any, actions: list[ReviewedAction], said: dict[int, tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.actions = actions
        for action in actions:
            verdict, reason = said.get(action.pk, ("", ""))
            self.fields[f"avis-{action.pk}"] = forms.ChoiceField(
                label=str(action),
                choices=[*ReviewVerdict.choices, ("", _("Sans avis"))],
                required=False,
                initial=verdict,
                widget=forms.RadioSelect,
            )
            self.fields[f"raison-{action.pk}"] = forms.CharField(
                label=_("Pourquoi, ou ce qu’il faut corriger"),
                required=False,
                max_length=REASON_LENGTH,
                initial=reason,
                widget=text_area(2),
            )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for action in self.actions:
            if needs_reason(values.get(f"avis-{action.pk}", ""), values.get(f"raison-{action.pk}", "")):
                self.add_error(f"raison-{action.pk}", _("Dites pourquoi en une phrase."))
        return values

    def said(self) -> dict[int, tuple[str, str]]:
        """Verdict and reason by action; call it on a valid form."""
        values = self.cleaned_data
        return {
            action.pk: (values.get(f"avis-{action.pk}", ""), values.get(f"raison-{action.pk}", ""))
            for action in self.actions
        }


class OutcomeForm(forms.Form):
    """What becomes of an action. The corrected title and description start from what the plan says."""

    outcome = forms.ChoiceField(label=gettext_lazy("Issue"), choices=ReviewVerdict.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi"),
        required=False,
        max_length=REASON_LENGTH,
        widget=text_area(2),
        help_text=gettext_lazy("Nécessaire pour corriger ou cesser; la raison suit l’action d’une version à l’autre."),
    )
    new_title = forms.CharField(
        label=gettext_lazy("Titre corrigé"), required=False, max_length=1000, widget=text_area(2)
    )
    new_description = forms.CharField(
        label=gettext_lazy("Description corrigée"),
        required=False,
        max_length=5000,
        widget=text_area(4),
    )

    def __init__(self, *args: Any, action: ReviewedAction, **options: Any) -> None:
        fixed = action.outcome == ReviewVerdict.FIX
        options["initial"] = {
            "outcome": action.outcome,
            "reason": action.reason,
            "new_title": action.new_title if fixed else action.title,
            "new_description": action.new_description if fixed else action.description,
        }
        super().__init__(*args, **options)

    def values(self) -> dict[str, Any]:
        """What was settled; call it on a valid form."""
        return {**self.cleaned_data, "outcome": ReviewVerdict(self.cleaned_data["outcome"])}


class LinkForm(forms.Form):
    """To whom a personal link goes: an organisation and an address."""

    organisation = forms.TypedChoiceField(label=gettext_lazy("Organisme"), coerce=int)
    email = forms.EmailField(label=gettext_lazy("Courriel"))

    def __init__(self, *args: Any, organisations: list[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        give_choices(self, "organisation", [(one.pk, str(one)) for one in organisations])
