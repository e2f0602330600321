"""A QR code as one SVG path, so that a page may draw it under a strict content policy."""

from __future__ import annotations

from dataclasses import dataclass

import qrcode


@dataclass(frozen=True, slots=True)
class Qr:
    """``size`` modules by ``size``; ``path`` draws the dark ones in a viewBox of that size."""

    size: int
    path: str


def qr_of(text: str) -> Qr:
    """The code of an address; the quiet border is the page's."""
    made = qrcode.QRCode(border=0)
    made.add_data(text)
    made.make()
    rows = made.get_matrix()
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on)
    return Qr(len(rows), "".join(dark))
