"""Open311 GeoReport v2: a 311 sends reports of unsanitary housing and follows them.

What is told of housing tells who lives there: a key is asked to send and to read, and a system reads only what it sent
itself. The list of services is open. Answers are in JSON or XML, by the ending of the address.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from concertoit.field.cases.services.people import Contact
from concertoit.front.api.exports.georeport import TYPES, as_json, as_xml
from concertoit.front.api.models import ApiKey
from concertoit.front.api.queries import open311 as queries
from concertoit.front.api.rules.georeport import BadQuery, attributes, coordinate, list_query
from concertoit.front.api.services import Posted, receive
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.spaces.models import Space

REQUESTS = ("service_requests", "request")
_LONGEST = 4000


class Refused(Exception):
    """An answer that is an error, with its code of the standard."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


def _answer(fmt: str, facts: Any, root: str, item: str = "", *, status: int = 200) -> HttpResponse:
    content = as_json(facts) if fmt == "json" else as_xml(facts, root, item)
    return HttpResponse(content, content_type=TYPES[fmt], status=status)


def _georeport(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the démarche, speak its language, and answer every refusal in the format asked."""

    @wraps(view)
    def page(request: HttpRequest, slug: str, fmt: str, **kwargs: Any) -> HttpResponse:
        try:
            with override("fr-ca"):
                space = queries.space_of(slug)
                asked = request.GET.get("jurisdiction_id", "") or request.POST.get("jurisdiction_id", "")
                if asked not in ("", slug):
                    raise Refused(404, "jurisdiction_id was not found")
                return view(request, space, fmt, **kwargs)
        except Refused as refusal:
            return _error(fmt, refusal.code, refusal.description)
        except NotVisible:
            return _error(fmt, 404, "not found")
        except BadQuery as problem:
            return _error(fmt, 400, str(problem))
        except DomainError as problem:
            return _error(fmt, 400, str(problem))

    return page


def _error(fmt: str, code: int, description: str) -> HttpResponse:
    return _answer(fmt, [{"code": code, "description": description}], "errors", "error", status=code)


def _key(request: HttpRequest, space: Space) -> ApiKey:
    written = request.POST.get("api_key") or request.GET.get("api_key") or request.headers.get("X-Api-Key", "")
    key = queries.key_of(space, written)
    if key is None:
        raise Refused(403, "missing or invalid api_key")
    key.space = space
    return key


@require_GET
@_georeport
def services(request: HttpRequest, space: Space, fmt: str) -> HttpResponse:
    """What can be reported."""
    return _answer(fmt, queries.services(), "services", "service")


@require_GET
@_georeport
def definition(request: HttpRequest, space: Space, fmt: str, code: str) -> HttpResponse:
    """What else may be said with a service."""
    return _answer(fmt, queries.definition(code), "service_definition")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
@_georeport
def requests(request: HttpRequest, space: Space, fmt: str) -> HttpResponse:
    """GET: the requests that this system sent. POST: a new one."""
    key = _key(request, space)
    if request.method == "GET":
        return _answer(fmt, queries.requests(key, list_query(request.GET.dict(), timezone.now())), *REQUESTS)
    report, notice = receive(key=key, posted=_posted(request))
    made = {"service_request_id": report.reference, "service_notice": notice, "account_id": None}
    return _answer(fmt, [made], *REQUESTS, status=201)


@never_cache
@require_GET
@_georeport
def request_one(request: HttpRequest, space: Space, fmt: str, reference: str) -> HttpResponse:
    """Where one request stands."""
    return _answer(fmt, [queries.request(_key(request, space), reference)], *REQUESTS)


@never_cache
@require_GET
@_georeport
def token(request: HttpRequest, space: Space, fmt: str, reference: str) -> HttpResponse:
    """The number of a request by its token: here they are the same, given at once."""
    found = queries.request(_key(request, space), reference)["service_request_id"]
    return _answer(fmt, [{"service_request_id": found, "token": found}], *REQUESTS)


def _posted(request: HttpRequest) -> Posted:
    said, more = request.POST, attributes(request.POST.lists())
    if len(said.get("description", "")) > _LONGEST:
        raise BadQuery(f"description: more than {_LONGEST} characters")

    def one(code: str) -> str:
        return more.get(code, [""])[0]

    return Posted(
        service_code=said.get("service_code", "").strip(), address=said.get("address_string", "").strip(),
        description=said.get("description", ""), unit=one("unit"), since=one("since"), dangers=more.get("dangers", []),
        told_owner=True if one("told_owner") == "oui" else None, consent=one("consent") == "oui",
        contact=Contact(
            given_name=said.get("first_name", "").strip()[:80], family_name=said.get("last_name", "").strip()[:80],
            phone=said.get("phone", "").strip()[:30], email=said.get("email", "").strip()[:254],
        ),
        external_id=one("external_id")[:80], media_url=_address(said.get("media_url", "")),
        latitude=coordinate(said, "lat", 90), longitude=coordinate(said, "long", 180),
    )  # fmt: skip


def _address(written: str) -> str:
    address = written.strip()
    if address and not address.startswith(("https://", "http://")):
        raise BadQuery("media_url: not an address of the Web")
    return address[:400]
