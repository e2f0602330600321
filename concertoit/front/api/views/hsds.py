"""The web interface of HSDS 3.0: public services, read by anybody, in the words of the standard."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from concertoit.field.directory.models import Part, Provider, Service
from concertoit.field.directory.queries.bundles import public_services
from concertoit.field.directory.rules.nesting import Nester
from concertoit.front.api.queries import hsds as queries
from concertoit.front.api.queries.hsds import Asked, BadQuestion
from concertoit.ground.core.identifiers import read_id

SIZE, MOST, ALL = 50, 500, 5000
PROFILE = "https://docs.openreferral.org/en/v3.0.0/"
OPENAPI = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"
# The standard lets one ask for these; the directory has no distances to answer with, and does not pretend.
UNANSWERED = ("postcode", "proximity")
View = Callable[..., HttpResponse]
Line = Callable[[list[Any], bool], Iterable[dict[str, Any]]]


def _open(view: View) -> View:
    """A page for everybody: kept five minutes, told again only when it changed; errors in JSON."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            unanswered = [name for name in UNANSWERED if request.GET.get(name)]
            if unanswered:
                raise BadQuestion(f"{unanswered[0]} is not supported by this directory")
            return view(request, *args, **kwargs)
        except BadQuestion as error:
            return JsonResponse({"error": str(error)}, status=400)

    wrapped: Any = require_safe(cache_control(public=True, max_age=300)(conditional_page(page)))
    open_view: View = wrapped
    return open_view


def _missing() -> HttpResponse:
    return JsonResponse({"error": "not found"}, status=404)


def _yes(request: HttpRequest, name: str) -> bool:
    return request.GET.get(name, "").lower() in ("true", "1")


def _asked(request: HttpRequest) -> Asked:
    return Asked(
        search=request.GET.get("search", ""),
        term=queries.uid_of(request.GET.get("taxonomy_term_id", ""), "taxonomy_term_id"),
        taxonomy=queries.uid_of(request.GET.get("taxonomy_id", ""), "taxonomy_id"),
        organisation=queries.uid_of(request.GET.get("organization_id", ""), "organization_id"),
        modified_after=queries.moment_of(request.GET.get("modified_after", "")),
    )


def _number(request: HttpRequest, name: str, otherwise: int, most: int) -> int:
    written = request.GET.get(name, "")
    if not written:
        return otherwise
    number = read_id(written)
    if number is None or not 1 <= number <= most:
        raise BadQuestion(f"{name} is a number from 1 to {most}")
    return number


def _answer(request: HttpRequest, rows: QuerySet[Any], lines: Line) -> HttpResponse:
    """A page of the standard, or one object on each line (``format=ndjson``)."""
    full = _yes(request, "full")
    if request.GET.get("format", "json") == "ndjson":
        text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines(list(rows[:ALL]), full))
        return HttpResponse(text, content_type="application/x-ndjson; charset=utf-8")
    paginator = Paginator(rows, _number(request, "per_page", SIZE, MOST))
    number = _number(request, "page", 1, 1_000_000)
    shown = list(paginator.page(number)) if number <= paginator.num_pages else []
    page = {
        "total_items": paginator.count, "total_pages": paginator.num_pages, "page_number": number,
        "size": len(shown), "first_page": number == 1, "last_page": number >= paginator.num_pages,
        "empty": not shown, "contents": list(lines(shown, full)),
    }  # fmt: skip
    return JsonResponse(page, json_dumps_params={"ensure_ascii": False})


def _json(content: dict[str, Any]) -> HttpResponse:
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


@_open
def root(request: HttpRequest) -> HttpResponse:
    """What this interface is."""
    return _json({"version": "3.0", "profile": PROFILE, "openapi_url": OPENAPI})


def _service_lines(rows: list[Service], full: bool) -> Iterable[dict[str, Any]]:
    nester = Nester(queries.bundle(rows))
    found = nester.bundle["service"]
    return [queries.service_line(nester, found[str(row.uid)], full=full) for row in rows]


@_open
def services(request: HttpRequest) -> HttpResponse:
    """Public services; ``minimal``: ids and moments of change only, on one page."""
    rows = queries.services(_asked(request))
    if _yes(request, "minimal"):
        values = rows.values_list("uid", "updated_at")
        found = [{"id": str(uid), "last_modified": at.isoformat()} for uid, at in values]
        page = {
            "total_items": len(found), "total_pages": 1, "page_number": 1, "size": len(found), "first_page": True,
            "last_page": True, "empty": not found, "contents": found,
        }  # fmt: skip
        return _json(page)
    return _answer(request, rows, _service_lines)


@_open
def service(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One public service, whole."""
    row = public_services().filter(uid=uid).first()
    return _json(Nester(queries.bundle([row])).service(str(uid))) if row else _missing()


def _organisation_lines(rows: list[Provider], full: bool, *, full_service: bool = False) -> list[dict[str, Any]]:
    offered = list(public_services().filter(provider__in=rows).order_by("name", "uid"))
    nester = Nester(queries.bundle(offered))
    if full or full_service:
        return [nester.organisation(str(row.uid), full_service=full_service) for row in rows]
    return [dict(nester.flat("organization", nester.bundle["organization"][str(row.uid)])) for row in rows]


@_open
def organisations(request: HttpRequest) -> HttpResponse:
    """Organisations that offer a public service."""
    whole = _yes(request, "full_service")
    rows = queries.organisations(request.GET.get("search", ""))
    return _answer(request, rows, lambda found, full: _organisation_lines(found, full, full_service=whole))


@_open
def organisation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One organisation with its public services."""
    row = queries.organisations("").filter(uid=uid).first()
    whole = _yes(request, "full_service")
    return _json(_organisation_lines([row], True, full_service=whole)[0]) if row else _missing()


def _place_lines(rows: list[Part], full: bool) -> Iterable[dict[str, Any]]:
    services = {row.service_id: row.service for row in rows if row.service}
    nester = Nester(queries.bundle([one for one in services.values() if one]))
    found = nester.bundle["service_at_location"]
    return [queries.place_line(nester, found[str(row.uid)], full=full) for row in rows if str(row.uid) in found]


@_open
def places(request: HttpRequest) -> HttpResponse:
    """Public services at their locations."""
    return _answer(request, queries.places(_asked(request)), _place_lines)


@_open
def place(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One service at one location, whole."""
    row = queries.places(Asked()).filter(uid=uid).first()
    return _json(next(iter(_place_lines([row], True)))) if row else _missing()


@_open
def taxonomies(request: HttpRequest) -> HttpResponse:
    """Lists of terms in use."""
    rows = queries.taxonomies(request.GET.get("search", ""))
    return _answer(request, rows, lambda found, _full: [queries.taxonomy_line(row) for row in found])


@_open
def taxonomy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One list."""
    row = queries.taxonomies("").filter(uid=uid).first()
    return _json(queries.taxonomy_line(row)) if row else _missing()


@_open
def terms(request: HttpRequest) -> HttpResponse:
    """Terms in use."""
    taxonomy = queries.uid_of(request.GET.get("taxonomy_id", ""), "taxonomy_id")
    rows = queries.terms(request.GET.get("search", ""), taxonomy)
    return _answer(request, rows, lambda found, _full: [queries.term_line(row) for row in found])


@_open
def term(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One term with its list."""
    row = queries.terms("", None).filter(uid=uid).first()
    return _json(queries.term_line(row)) if row else _missing()
