"""Pages that open without network, and forms that keep what is typed until the server has it (docs/dev/offline.md)."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

Answer = TypeVar("Answer", bound=HttpResponseBase)
HEADER = "X-Offline-Page"


def user_key(user: Any) -> str:
    """Whose a kept page or a waiting entry is, without saying who: empty for a visitor."""
    if not getattr(user, "is_authenticated", False):
        return ""
    return salted_hmac("ui.offline", str(user.pk), algorithm="sha256").hexdigest()[:16]


def offline_page(response: Answer, user: Any) -> Answer:
    """Let the phone of this person keep the page for when there is no network.

    The page must hold nothing of a household: whoever picks the phone up could read it. The service worker keeps nothing
    else, and forgets it when somebody else logs in or this person logs out.
    """
    response.headers[HEADER] = user_key(user)
    return response


def is_queued(request: HttpRequest) -> bool:
    """Whether a POST comes from the queue of ``offline.js``: it wants 204, or 422 with the reason as plain text."""
    return request.headers.get("X-Queue") == "1"


def kept() -> HttpResponse:
    """The entry is here, now or already: the phone may forget it."""
    return HttpResponse(status=204)


def refused(why: object) -> HttpResponse:
    """The entry cannot be kept as it is; the phone shows why and lets it be corrected."""
    return HttpResponse(str(why), status=422, content_type="text/plain; charset=utf-8")
