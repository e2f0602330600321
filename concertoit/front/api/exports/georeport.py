"""Answers of GeoReport v2: the same facts in JSON and in XML, as the standard shapes them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

# What a list is called in XML, and what each of its items is.
ITEMS = {"attributes": "attribute", "values": "value"}
TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(facts: Any) -> bytes:
    return json.dumps(facts, ensure_ascii=False).encode()


def as_xml(facts: Any, root: str, item: str = "") -> bytes:
    """A list under ``root`` with one ``item`` each, or one object as ``root``. Nothing is an empty element."""
    top = ElementTree.Element(root)
    if isinstance(facts, Mapping):
        _fill(top, facts)
    else:
        for one in facts:
            _fill(ElementTree.SubElement(top, item), one)
    content: bytes = ElementTree.tostring(top, encoding="utf-8", xml_declaration=True)
    return content


def _fill(parent: ElementTree.Element, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        child = ElementTree.SubElement(parent, name)
        if isinstance(value, Sequence) and not isinstance(value, str):
            for one in value:
                _fill(ElementTree.SubElement(child, ITEMS[name]), one)
        else:
            child.text = _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    # XML 1.0 has no place for these (section 2.2, « Char »); people paste them all the same.
    return _NO_XML.sub("", str(value))
