"""Forms of an account."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class ProfileForm(forms.Form):
    """How one is named, and in which language one reads."""

    name = forms.CharField(label=_("Nom affiché"), max_length=160, help_text=_("Ce que les autres voient."))
    language = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES)


class EmailLoginForm(LoginForm):  # type: ignore[misc]
    """allauth's, without placeholders: they repeat the labels, in other words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].label = _("Courriel")


class SecondStepForm(AuthenticateForm):  # type: ignore[misc]
    """The same, for the second step of a login."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.pop("placeholder", None)


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """The same, for a forgotten password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs.pop("placeholder", None)
        self.fields["email"].label = _("Courriel")
