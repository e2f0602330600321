"""How a page of a démarche is reached: its address names the démarche, a stranger gets 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_among, viewers_of

P = ParamSpec("P")


class SpaceRequest(HttpRequest):
    """A request for a page of a démarche."""

    viewer: Viewer
    viewers: list[Viewer]
    htmx: HtmxDetails


def in_space(
    verb: str = "space.view",
) -> Callable[[Callable[Concatenate[SpaceRequest, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Decorate a view of a démarche: finds the viewer from ``slug``, refuses who may not ``verb``.

    The view receives the request with its ``viewer`` and no ``slug``. Visitors are sent to the login page, strangers get
    404, readers who may not get 403.
    """

    def decorate(view: Callable[Concatenate[SpaceRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def page(request: Any, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(_page_of(request))
            # Read once: the switcher of démarches shows them all.
            request.viewers = viewers_of(request.user)
            request.viewer = viewer_among(request.viewers, slug)
            request.viewer.must(verb)
            return view(request, *args, **kwargs)

        return page

    return decorate


def _page_of(request: HttpRequest) -> str:
    """The page to come back to once logged in: that of the form, when a session ended before it was sent."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return "/"
    page = urlsplit(came_from)
    return f"{page.path}?{page.query}" if page.query else page.path


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent, even empty; nothing when the page is only read."""
    return request.POST if request.method == "POST" else None


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether a valid form led to the act; what the field says no to is shown beside the field concerned.

    A refusal of permission stays a refusal: it becomes a page, not an error of the form.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except (NotAllowed, NotVisible):
        raise
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


class Addresses(Protocol):
    """Addresses of the pages of one room: ``address(request, "home", case_id=3)``."""

    def __call__(self, request: SpaceRequest, name: str, /, **kwargs: object) -> str: ...


def addresses_in(room: str) -> Addresses:
    """How the pages of a room lead to one another, in the démarche of the request."""

    def address(request: SpaceRequest, name: str, /, **kwargs: object) -> str:
        return reverse(f"{room}:{name}", kwargs={"slug": request.viewer.space.slug, **kwargs})

    return address
