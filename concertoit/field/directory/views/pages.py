"""What the pages of the room have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from concertoit.field.directory.enums import Fresh
from concertoit.field.directory.queries.finder import FRESH_LOOKS, said_open
from concertoit.field.directory.queries.records import Line, local_now
from concertoit.ground.spaces.views import SpaceRequest


def address(request: SpaceRequest, name: str, **kwargs: object) -> str:
    """Address of a page of this room in this démarche."""
    return reverse(f"directory:{name}", kwargs={"slug": request.viewer.space.slug, **kwargs})


def dressed(line: Line) -> dict[str, Any]:
    """A line with its badge of freshness and its words for the hours."""
    tone, icon = FRESH_LOOKS[line.fresh]
    return {
        "line": line, "service": line.service, "open": said_open(line, local_now()),
        "badge": {"tone": tone, "icon": icon, "text": dict(Fresh.choices)[line.fresh.value]},
    }  # fmt: skip


def attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
