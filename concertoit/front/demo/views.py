"""Taking a place in the example, without a password; exists in demo mode only."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.front.demo.services.field import FIELD_PEOPLE, PLACES
from concertoit.front.demo.services.people import PEOPLE
from concertoit.ground.identity.models import User
from concertoit.ground.ui.panels import Panel

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ADMINISTRATOR = "admin"


@require_POST
def enter(request: HttpRequest, who: str) -> HttpResponse:
    """Log in as one of the invented people."""
    if not settings.DEMO_MODE or who not in {one.email for one in (*PEOPLE, *FIELD_PEOPLE)} | {ADMINISTRATOR}:
        raise Http404
    user = User.objects.filter(email=f"{who}@exemple.test").first()
    if user is None:
        raise Http404
    login(request, user, backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)


def people_panel(viewer: Any, subject: Any) -> Panel | None:
    """The people to log in as, on the login page of the example and nowhere else."""
    if not settings.DEMO_MODE:
        return None
    groups = [(_("Chantier habitation Lanaudière"), PEOPLE), *((place.name, place.people) for place in PLACES)]
    return Panel("demo-people", "demo/people.html", {"groups": groups, "administrator": ADMINISTRATOR})
