"""The marks of every page, icons and tags, drawn here rather than by a macro.

A list of fifty cases shows two hundred of them, and a macro that calls three others for each was a fifth of what the page
cost (docs/performance.md). Templates know them as ``ui.icon`` and ``ui.tag``.
"""

from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from concertoit.ground.ui.components import icon_address, known_tone, one_of


def icon(name: str, label: Any = "", size: str = "") -> Markup:
    """An icon of the sprite, hidden from screen readers unless it has a label. Refuses an icon or a size it lacks."""
    return _drawn(name, escape(label) if label else "", size)


@lru_cache(maxsize=1024)
def _drawn(name: str, label: str, size: str) -> Markup:
    scale = f" icon-{one_of(size, ('lg', 'xl'), 'size')}" if size else ""
    role = f'role="img" aria-label="{label}"' if label else 'aria-hidden="true"'
    return Markup(f'<svg class="icon{scale}" {role}><use href="{escape(icon_address(name))}"/></svg>')  # noqa: S704


def tag(text: Any, tone: str = "neutral", icon: str = "", href: Any = "") -> Markup:
    """A small status: always a word, with the colour and the icon that go with it."""
    picture = _drawn(icon, "", "") if icon else ""
    element, link = ("a", f' href="{escape(href)}"') if href else ("span", "")
    return Markup(  # noqa: S704 - each part is escaped
        f'<{element} class="tag {known_tone(tone)}"{link}>{picture}{escape(text)}</{element}>'
    )
