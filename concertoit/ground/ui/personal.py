"""Pages behind a personal link: whoever holds the address is let in, so the address must not travel."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.http import HttpResponse
from django.views.decorators.cache import never_cache

P = ParamSpec("P")


def personal_link(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Keep the answer of a view out of caches and search engines, and its address out of other sites' logs.

    Not ``no-referrer``: browsers then send ``Origin: null`` with the answer, which the check against forgery refuses.
    """

    @wraps(view)
    def page(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(page)
