"""Files that people download."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse, StreamingHttpResponse


def attachment(content: bytes | str, media_type: str, name: str) -> HttpResponse:
    """A file to keep. ``name`` is made of words of the house, numbers and slugs, never of what somebody typed."""
    return HttpResponse(content, content_type=media_type, headers=_kept_as(name))


def streamed_attachment(chunks: Iterable[bytes | str], media_type: str, name: str) -> StreamingHttpResponse:
    """A file to keep, sent while it is written."""
    return StreamingHttpResponse(chunks, content_type=media_type, headers=_kept_as(name))


def _kept_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
