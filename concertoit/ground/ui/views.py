"""Error pages, the choice of appearance, and the gallery of components."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap, retarget

from concertoit.ground.ui.context import THEME_COOKIE, THEMES
from concertoit.ground.ui.gallery import examples
from concertoit.ground.ui.offline import user_key
from concertoit.ground.ui.pages import render

_YEAR = 60 * 60 * 24 * 365
# Phones install from PNG; made from the drawing by ``tools/app_icons.py``.
_ICONS = (
    ("icon-192.png", "image/png", "192x192", "any"),
    ("icon-512.png", "image/png", "512x512", "any"),
    ("icon-mask-512.png", "image/png", "512x512", "maskable"),
    ("favicon.svg", "image/svg+xml", "any", "any"),
)
_WORKER = Path(__file__).parent / "static" / "ui" / "js" / "service_worker.js"


def _problem(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    """A whole page, or a toast when HTMX asked: a problem never replaces a part of the page."""
    context = {"status": status, "title": title, "message": message}
    if getattr(request, "htmx", None):
        response = render(request, "ui/problem_toast.html", context, status=status)
        return reswap(retarget(response, "#toasts"), "beforeend")
    return render(request, "ui/problem.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read, or is too much at once."""
    return _problem(
        request,
        400,
        _("Cet envoi ne peut pas être lu"),
        _("Il est trop gros, ou il n’est pas fait comme il le faut. Envoyez-en moins à la fois."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the page does not exist, or not for this person."""
    return _problem(
        request,
        404,
        _("Cette page n’existe pas"),
        _("L’adresse a pu changer, ou la page n’est pas visible avec votre compte."),
    )


def link_not_found(request: HttpRequest) -> HttpResponse:
    """404 for a personal link: whoever holds it has no account, and may have copied a part of it."""
    return _problem(
        request,
        404,
        _("Ce lien n’existe pas"),
        _("Il manque peut-être sa fin : copiez-le en entier depuis le courriel reçu, ou répondez à ce courriel."),
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


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long, or cookies are refused."""
    return _problem(
        request,
        403,
        _("Ce formulaire a expiré"),
        _("Revenez à la page, rechargez-la et envoyez de nouveau. Les témoins (cookies) doivent être permis."),
    )


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the choice of a light, dark or automatic theme in a cookie, and go back to the page."""
    theme = request.POST.get("theme", "")
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(target if safe else "/")
    if theme in THEMES:
        response.set_cookie(
            THEME_COOKIE, theme, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
        )
    return response


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its options and states (``/composants/``)."""
    return render(request, "ui/gallery.html", examples(request))


@require_GET
@never_cache
def offline_token(request: HttpRequest) -> HttpResponse:
    """Who is logged in, and a fresh token: what waits on a phone is sent under the account that typed it."""
    return JsonResponse({"user": user_key(request.user), "token": get_token(request)})


@require_GET
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it may serve every page."""
    return HttpResponse(_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What opens without network when the page asked was never kept."""
    return render(request, "ui/offline.html", {})


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What makes the site installable on a phone."""
    facts = {
        "name": "Concertoit", "short_name": "Concertoit", "lang": "fr-CA", "start_url": "/", "scope": "/",
        "display": "standalone", "background_color": "#faf8f4", "theme_color": "#1e5b4d",
        "icons": [
            {"src": static(f"ui/{name}"), "type": kind, "sizes": sizes, "purpose": purpose}
            for name, kind, sizes, purpose in _ICONS
        ],
    }  # fmt: skip
    return JsonResponse(facts, content_type="application/manifest+json")
