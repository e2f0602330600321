"""Forms of an account."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class ProfileForm(forms.Form):
    """How one is named, and in which language one reads."""

    name = forms.CharField(label=_("Nom affiché"), max_length=160, help_text=_("Ce que les autres voient."))
    language = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES)
