"""What every answer owes: errors as pages, addresses that can be read, pages of a person kept out of caches."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.ui import views

Answer = Callable[[HttpRequest], HttpResponse]


class DomainErrorMiddleware:
    """Errors that services and policies raise, as pages: 404 for what a person may not know of, 403 for what they may
    read but not do, 422 for a rule that says no.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotVisible):
            return views.not_found(request, error)
        if isinstance(error, NotAllowed):
            return views.forbidden(request, error)
        if isinstance(error, DomainError):
            return views.refused(request, error)
        return None


class ReadableAddressMiddleware:
    """404 for an address with a null character: no page has one, and PostgreSQL refuses to look for it.

    In what is posted, forms refuse it beside the field.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.path_info + request.META.get("QUERY_STRING", "")
        if "\0" in asked or "%00" in asked:
            return views.not_found(request)
        return self.get_response(request)


class PrivatePagesMiddleware:
    """A page shown to somebody who is logged in is kept by nobody: not by a shared cache, nor by the browser of a shared
    computer once they have left. What a view decided for a file of its own stays.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "private" not in response.headers.get("Cache-Control", "") and _is_somebodys(request):
            response.headers["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
        return response


def _is_somebodys(request: HttpRequest) -> bool:
    """Whether the answer was made knowing who asks; the session is not opened to find out."""
    session = getattr(request, "session", None)
    return session is not None and session.accessed and request.user.is_authenticated
