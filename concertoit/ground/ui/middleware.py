"""Turns the errors that services and policies raise into pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.ui import views


class DomainErrorMiddleware:
    """404 for what a person may not know of, 403 for what they may read but not do, 422 for a rule that says no."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
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
