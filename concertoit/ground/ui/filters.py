"""Filters and globals of every template."""

from collections.abc import Callable
from typing import Any

from concertoit.ground.core import spoken
from concertoit.ground.ui import charts, components, fields, looks, marks, moments
from concertoit.ground.ui.text import markdown

FILTERS: dict[str, Callable[..., Any]] = {
    "markdown": markdown,
    "number": spoken.number,
    "recent": moments.recent,
    "by": moments.by,
    "month_short": moments.month_short,
}

# Macros are imported without the page's context; these are what they may call.
GLOBALS: dict[str, Any] = {
    "one_of": components.one_of,
    "draw_icon": marks.icon,
    "draw_tag": marks.tag,
    "look_of": looks.look_of,
    "known_tone": components.known_tone,
    "keys_of": components.keys_of,
    "ratio_of": components.ratio,
    "query": components.query,
    "addresses": components.addresses,
    "link_to": components.link_to,
    "describe_field": fields.describe,
    "draw_lines": charts.lines,
    "draw_bars": charts.bars,
    "tile_map_of": charts.tile_map,
}
