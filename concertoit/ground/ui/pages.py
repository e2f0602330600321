"""Rendering pages and their fragments from one template, so that HTMX always shows what a reload would."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.template.context_processors import csrf
from django.utils.module_loading import import_string
from django_htmx.http import HttpResponseClientRedirect

from concertoit.ground.ui.toasts import toasts


def _engine() -> Jinja2:
    return cast(Jinja2, engines["jinja2"])


def render(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a whole page."""
    return HttpResponse(_engine().get_template(template).render(context or {}, request), status=status)


def is_fragment(request: HttpRequest, target: str) -> bool:
    """Whether HTMX asks for the element with this id and not for the page."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and bool(htmx.target == target)


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    fragments: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page, or the block behind the element that HTMX asks for.

    ``fragments`` maps the id of an element to the block of the template that holds exactly that element.
    """
    for target, block in (fragments or {}).items():
        if is_fragment(request, target):
            return render_block(request, template, block, context, status=status)
    response = render(request, template, context, status=status)
    if fragments:
        response.headers["Vary"] = "HX-Request, HX-Target"
    return response


def render_block(
    request: HttpRequest, template: str, block: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render one block of a template with the page's own context."""
    environment = _engine().env
    source = environment.get_template(template)
    values: dict[str, Any] = {"request": request, **csrf_values(request), **context}
    for path in settings.TEMPLATES[0]["OPTIONS"]["context_processors"]:
        values.update(import_string(path)(request))
    # A fresh module context runs the template's imports and top-level sets, as a whole rendering would.
    module_context = source.new_context(values)
    for _ in source.root_render_func(module_context):
        pass
    html = "".join(module_context.blocks[block][0](module_context)) + _waiting_toasts(request)
    response = HttpResponse(html, status=status)
    response.headers["Vary"] = "HX-Request, HX-Target"
    return response


def _waiting_toasts(request: HttpRequest) -> str:
    """Messages of the act that a fragment answers, beside the fragment (a page shows them itself)."""
    waiting = toasts(request) if hasattr(request, "_messages") else []
    if not waiting:
        return ""
    values = {"toasts": waiting, **csrf_values(request)}
    return str(_engine().env.get_template("ui/toasts_aside.html").render(values))


def csrf_values(request: HttpRequest) -> dict[str, Any]:
    """The names Django's Jinja2 backend gives to every template."""
    from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy

    return {
        "csrf_input": csrf_input_lazy(request),
        "csrf_token": csrf_token_lazy(request),
        **{k: v for k, v in csrf(request).items() if k != "csrf_token"},
    }


def redirect(request: HttpRequest, url: str) -> HttpResponse:
    """Go to another page, also from an HTMX request (which would otherwise swap the page into a fragment)."""
    if getattr(request, "htmx", None):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)
