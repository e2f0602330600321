"""Giving a key."""

from django import forms
from django.utils.translation import gettext_lazy as _


class KeyForm(forms.Form):
    """For which system a key is."""

    system = forms.CharField(
        label=_("Système"), max_length=80, help_text=_("Par exemple : 311 de Longueuil. Son nom est dit à l’équipe.")
    )
