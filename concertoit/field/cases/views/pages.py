"""What the pages of the room have in common: addresses, pages that are one form, files out."""

from __future__ import annotations

from concertoit.ground.spaces.views import SpaceRequest
from concertoit.ground.spaces.views.access import addresses_in
from concertoit.ground.spaces.views.one_form import form_page

__all__ = ["address", "case_address", "form_page"]

address = addresses_in("cases")


def case_address(request: SpaceRequest, reference: str, anchor: str = "") -> str:
    """Address of a case, at one of its sections."""
    return address(request, "case", reference=reference) + (f"#{anchor}" if anchor else "")
