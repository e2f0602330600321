"""Error pages and the gallery of components."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from concertoit.ground.ui.pages import render


def _problem(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    return render(request, "ui/problem.html", {"status": status, "title": title, "message": message}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the page does not exist, or not for this person."""
    return _problem(
        request,
        404,
        _("Cette page n’existe pas"),
        _("L’adresse a pu changer, ou la page n’est pas visible avec votre compte."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: visible, but not allowed."""
    return _problem(
        request,
        403,
        _("Vous ne pouvez pas faire cela"),
        str(exception or "") or _("Votre rôle dans la démarche ne le permet pas. La coordination peut le changer."),
    )


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """422: a rule of the field says no."""
    return _problem(request, 422, _("Ce n’est pas possible ainsi"), str(exception))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return _problem(
        request,
        500,
        _("Quelque chose s’est brisé de notre côté"),
        _("Rien de ce qui était enregistré n’est perdu. Réessayez dans un instant."),
    )


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its options and states (``/composants/``)."""
    return render(request, "ui/gallery.html")
