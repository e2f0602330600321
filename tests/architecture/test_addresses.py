"""Addresses: two pages never share one, or the second would never be reached."""

from __future__ import annotations

import re
from collections import defaultdict

from django.urls import URLPattern, URLResolver, get_resolver

from concertoit.config.routing import Room


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


def test_a_room_is_asked_for_each_of_its_addresses_and_for_no_others() -> None:
    """Rooms are passed over by the beginning of an address: none of their own may be lost that way."""
    rooms = [one for one in get_resolver().url_patterns if isinstance(one, Room)]
    assert len(rooms) > 20
    for one in rooms:
        for pattern in one.url_patterns:
            sample = re.sub(r"<[^>]+>", "1", str(pattern.pattern))
            assert one.may_have(sample), sample
    assert sum(one.may_have("demarches/x/plan/") for one in rooms) < 5
