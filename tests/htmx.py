"""Proof that a fragment is what a reload would show."""

from __future__ import annotations

import re
from typing import Any

import lxml.html
from django.test import Client

_VARYING = re.compile(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"')


def element(html: str, element_id: str) -> str:
    """The HTML of one element, without what differs between two requests, spaces collapsed."""
    found: Any = lxml.html.document_fromstring(f"<div>{html}</div>").xpath("//*[@id=$id]", id=element_id)
    assert len(found) == 1, f"{len(found)} elements with id {element_id}"
    text = lxml.html.tostring(found[0], encoding="unicode", with_tail=False)
    return re.sub(r"\s+", " ", _VARYING.sub(r'\1=""', text)).replace("> <", "><").strip()


def headers(target: str) -> dict[str, str]:
    """What HTMX sends when it asks for this element."""
    return {"HX-Request": "true", "HX-Target": target}


def assert_fragment_is_page(client: Client, url: str, target: str) -> None:
    """The fragment with this id, and the same element of the whole page, are the same HTML.

    Elements swapped out of band beside the fragment must be in the page too.
    """
    page = client.get(url)
    fragment = client.get(url, headers=headers(target))
    assert page.status_code == fragment.status_code == 200, (page.status_code, fragment.status_code)
    body = fragment.content.decode()
    assert "<html" not in body, "the whole page came instead of the fragment"
    assert element(body, target) == element(page.content.decode(), target)
    assert "HX-Target" in fragment.headers.get("Vary", ""), "a cache would mix pages and fragments"
    assert "HX-Target" in page.headers.get("Vary", ""), "a cache would mix pages and fragments"
