"""What the pages of the room have in common."""

from __future__ import annotations

from django.urls import reverse

from concertoit.ground.spaces.views import SpaceRequest
from concertoit.ground.spaces.views.one_form import form_page

__all__ = ["address", "form_page"]


def address(request: SpaceRequest, name: str, **kwargs: object) -> str:
    """Address of a page of this room in this démarche."""
    return reverse(f"small_works:{name}", kwargs={"slug": request.viewer.space.slug, **kwargs})
