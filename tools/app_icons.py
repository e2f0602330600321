"""Icons of the site once a phone has installed it, made from ``favicon.svg``: run again when the drawing changes.

    python tools/app_icons.py

Phones want PNG: 192 and 512 pixels as drawn, one of 512 that may be cut in any shape (its drawing stays in the middle, on
the colour of the page), one of 180 for iOS, which rounds it itself.
"""

from __future__ import annotations

from pathlib import Path

import typst

STATIC = Path(__file__).parent.parent / "concertoit" / "ground" / "ui" / "static" / "ui"
PAPER = "#faf8f4"
# Name, side in pixels, and whether the drawing stands inside a full square (the safe zone of a mask is 80 %).
ICONS = (
    ("icon-192", 192, False),
    ("icon-512", 512, False),
    ("icon-mask-512", 512, True),
    ("icon-touch-180", 180, True),
)
SAFE = 0.72


def drawn(side: int, *, full: bool) -> bytes:
    """The PNG of one icon, one point for each pixel."""
    width, fill = (SAFE, f'rgb("{PAPER}")') if full else (1.0, "none")
    source = (
        f"#set page(width: {side}pt, height: {side}pt, margin: 0pt, fill: {fill})\n"
        f'#align(center + horizon, image("favicon.svg", width: {width * 100}%))'
    )
    png = typst.Compiler(source.encode(), root=STATIC).compile(format="png", ppi=72)
    if not isinstance(png, bytes):
        raise TypeError("typst answered several pages for one icon")
    return png


def main() -> None:
    for name, side, full in ICONS:
        (STATIC / f"{name}.png").write_bytes(drawn(side, full=full))


if __name__ == "__main__":
    main()
