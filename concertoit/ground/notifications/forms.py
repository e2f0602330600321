"""What a person chooses about notifications."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from concertoit.ground.notifications.enums import Email, Rhythm
from concertoit.ground.notifications.queries import Preferences, Wish


class PreferencesForm(forms.Form):
    """Two fields for each kind of notice, the digest, the démarches muted."""

    rhythm = forms.ChoiceField(label=_("Le résumé part"), choices=Rhythm.choices, widget=forms.RadioSelect)
    muted = forms.TypedMultipleChoiceField(
        label=_("Démarches en sourdine"),
        help_text=_("Aucun courriel, et leurs avis arrivent déjà lus."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, preferences: Preferences, spaces: dict[int, str], **kwargs: Any) -> None:
        self.wishes = preferences.wishes
        kwargs["initial"] = {"rhythm": preferences.rhythm, "muted": sorted(preferences.muted & set(spaces))}
        super().__init__(*args, **kwargs)
        for wish in self.wishes:
            code = wish.kind.code
            self.fields[f"app:{code}"] = forms.BooleanField(
                label=_("Dans l’application"), required=False, initial=wish.app
            )
            self.fields[f"email:{code}"] = forms.ChoiceField(
                label=_("Par courriel"), choices=Email.choices, initial=wish.email
            )
        muted = cast(forms.TypedMultipleChoiceField, self.fields["muted"])
        muted.choices = list(spaces.items())

    def rows(self) -> list[tuple[Wish, Any, Any]]:
        """Each kind with its two fields."""
        return [(wish, self[f"app:{wish.kind.code}"], self[f"email:{wish.kind.code}"]) for wish in self.wishes]

    def chosen(self) -> dict[str, tuple[bool, str]]:
        """What was chosen, by kind."""
        data = self.cleaned_data
        return {
            wish.kind.code: (data[f"app:{wish.kind.code}"], data[f"email:{wish.kind.code}"]) for wish in self.wishes
        }
