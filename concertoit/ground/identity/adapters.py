"""How accounts open, what second factors are stored as, and what a locked-out visitor reads."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.core.network import client_address
from concertoit.ground.ui.pages import render


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody opens an account alone: an invitation from a démarche does it (X1)."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("L’adresse et le mot de passe ne vont pas ensemble."),
        "incorrect_password": gettext_lazy("Ce n’est pas votre mot de passe."),
        "enter_current_password": gettext_lazy("Écrivez votre mot de passe actuel."),
        "too_many_login_attempts": gettext_lazy(
            "Trop d’essais avec cette adresse. Attendez cinq minutes, ou demandez un nouveau mot de passe."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose attempts are counted together: everybody would share one count behind the machine that speaks HTTPS."""
        return client_address(request) or ""

    def format_email_subject(self, subject: str) -> str:
        """The sender already says that it is Concertoit."""
        return str(subject)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """The interface takes the language of the account on this device."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_language(response, user.language)
        return response


class EncryptedFactorsAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are encrypted: a copy of the database alone makes no code."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """Keys derived from the installation's secret, the previous ones still readable after a rotation."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"second factor:{secret}".encode()).digest() for secret in map(str, secrets))
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def remember_language(response: HttpResponse, language: str) -> None:
    """Set the cookie that Django reads the language from, for a year."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=60 * 60 * 24 * 365,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The address that somebody tries, for brute-force protection: the same however it is written."""
    tried = credentials or {}
    written = tried.get("email") or tried.get("username") or request.POST.get("login", "")
    return str(written).strip().casefold()


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """After too many wrong passwords for one address."""
    message = _("Trop d’essais avec cette adresse. Attendez quinze minutes, ou demandez un nouveau mot de passe.")
    return render(request, "429.html", {"message": message}, status=429)
