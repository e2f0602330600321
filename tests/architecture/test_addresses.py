"""Addresses: two pages never share one, or the second would never be reached."""

from __future__ import annotations

import re
from collections import defaultdict

from django.urls import URLPattern, URLResolver, get_resolver


def _shapes(resolver: URLResolver, before: str = "", room: str = "") -> list[tuple[str, str]]:
    """The shape of each address (``avis/<str>/``) with the name of its page."""
    found = []
    for pattern in resolver.url_patterns:
        shape = before + re.sub(r"<(?:(\w+):)?\w+>", lambda part: f"<{part[1] or 'str'}>", str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            found.append((shape.replace("<slug>", "<str>"), f"{room}:{pattern.name}"))
        else:
            found += _shapes(pattern, shape, pattern.namespace or room)
    return found


def test_no_two_pages_share_an_address() -> None:
    pages = defaultdict(set)
    for shape, name in _shapes(get_resolver()):
        pages[shape].add(name)
    assert len(pages) > 100
    assert {shape: names for shape, names in pages.items() if len(names) > 1} == {}
