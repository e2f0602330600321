"""Pages behind a personal link: whoever holds the address is let in, so the address must not travel."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.ui.views import link_not_found

P = ParamSpec("P")


def personal_link(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Keep the answer of a view out of caches and search engines, and its address out of other sites' logs.

    Not ``no-referrer``: browsers then send ``Origin: null`` with the answer, which the check against forgery refuses.
    """

    @wraps(view)
    def page(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            response = view(*args, **kwargs)
        except NotVisible:
            response = link_not_found(cast(HttpRequest, args[0]))
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(page)
