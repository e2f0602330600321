"""What the pages of the room have in common."""

from __future__ import annotations

from concertoit.ground.spaces.views.access import addresses_in
from concertoit.ground.spaces.views.one_form import form_page

__all__ = ["address", "form_page"]

address = addresses_in("small_works")
