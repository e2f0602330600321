"""How accounts open and what a locked-out visitor reads."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from concertoit.ground.ui.pages import render


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody opens an account alone: an invitation from a démarche does it (X1)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """After too many wrong passwords for one address."""
    message = _("Trop d’essais avec cette adresse. Attendez quinze minutes, ou demandez un nouveau mot de passe.")
    return render(
        request, "ui/problem.html", {"status": 429, "title": _("Connexion suspendue"), "message": message}, status=429
    )
