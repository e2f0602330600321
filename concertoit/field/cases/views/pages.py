"""What the pages of the room have in common: addresses, pages that are one form, files out."""

from __future__ import annotations

from django.urls import reverse

from concertoit.ground.spaces.views import SpaceRequest
from concertoit.ground.spaces.views.one_form import form_page

__all__ = ["address", "case_address", "form_page"]


def address(request: SpaceRequest, name: str, **kwargs: object) -> str:
    """Address of a page of this room in this démarche."""
    return reverse(f"cases:{name}", kwargs={"slug": request.viewer.space.slug, **kwargs})


def case_address(request: SpaceRequest, reference: str, anchor: str = "") -> str:
    """Address of a case, at one of its sections."""
    return address(request, "case", reference=reference) + (f"#{anchor}" if anchor else "")
