"""Styles of a Word document: which paragraphs are headings, which are bold, which numbering a style brings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from concertoit.together.plans.importers.readers.safety import attribute, child, local, whole

HEADING = re.compile(r"(?:heading|titre|title)\s*([1-9])$", re.IGNORECASE)
TITLES = {"title": 1, "titre": 1, "subtitle": 2, "sous-titre": 2}
CONTENTS = re.compile(r"(?:toc|tm|table des matières|table of figures)\s*\d*$", re.IGNORECASE)
RANKED = re.compile(r"list (?:bullet|number|continue)? ?([2-5])$", re.IGNORECASE)
DEPTH = 20
"""Styles may be based on each other in a circle in a broken file."""


def setting(properties: etree._Element | None, name: str) -> str | None:
    """The ``val`` of a property; an on/off property without value is ``1``."""
    element = child(properties, name)
    if element is None:
        return None
    return attribute(element, "val") or "1"


def switched_on(properties: etree._Element | None, name: str) -> bool | None:
    """An on/off property: true, false, or not said."""
    value = setting(properties, name)
    return None if value is None else value.lower() not in ("0", "false", "off", "none")


@dataclass(slots=True)
class Style:
    name: str
    based_on: str
    outline: int | None
    bold: bool | None
    hidden: bool | None
    numbering: str | None
    numbering_level: int


class Styles:
    """Styles by identifier, with inheritance."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        for element in root if root is not None else ():
            if local(element) == "style":
                self._add(element)

    def _add(self, element: etree._Element) -> None:
        identifier = attribute(element, "styleId") or ""
        paragraph, run = child(element, "pPr"), child(element, "rPr")
        numbering = child(paragraph, "numPr")
        outline = setting(paragraph, "outlineLvl")
        self._styles[identifier] = Style(
            name=(setting(element, "name") or identifier).strip(),
            based_on=setting(element, "basedOn") or "",
            outline=whole(outline, 9) if outline is not None else None,
            bold=switched_on(run, "b"),
            hidden=switched_on(run, "vanish"),
            numbering=setting(numbering, "numId"),
            numbering_level=whole(setting(numbering, "ilvl")),
        )
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true"):
            self.default = identifier

    def chain(self, identifier: str) -> list[Style]:
        """The style, then those it is based on."""
        found: list[Style] = []
        while identifier in self._styles and len(found) < DEPTH:
            found.append(self._styles[identifier])
            identifier = found[-1].based_on
        return found

    def level(self, identifier: str, outline: str | None) -> int:
        """Heading level 1-9, or 0 for body text. An outline level said on the paragraph wins over its style."""
        if outline is not None:
            return _as_level(whole(outline, 9))
        for style in self.chain(identifier):
            if style.outline is not None:
                return _as_level(style.outline)
            if match := HEADING.match(style.name):
                return int(match.group(1))
            if style.name.lower() in TITLES:
                return TITLES[style.name.lower()]
        return 0

    def bold(self, identifier: str) -> bool:
        return next((style.bold for style in self.chain(identifier) if style.bold is not None), False)

    def hidden(self, identifier: str) -> bool:
        return next((style.hidden for style in self.chain(identifier) if style.hidden is not None), False)

    def numbering(self, identifier: str) -> tuple[str, int] | None:
        """Numbering that the style brings: identifier and level."""
        for style in self.chain(identifier):
            if style.numbering is not None:
                return style.numbering, style.numbering_level
        return None

    def list_rank(self, identifier: str) -> int:
        """How deep a list is by its style (« List Bullet 2 »), each of which has numbering of its own; else 1."""
        ranks = (RANKED.match(style.name) for style in self.chain(identifier)[:1])
        return next((int(rank[1]) for rank in ranks if rank), 1)

    def is_contents(self, identifier: str) -> bool:
        """An entry of a table of contents, which repeats the headings."""
        return any(CONTENTS.match(style.name) for style in self.chain(identifier)[:1])


def _as_level(outline: int) -> int:
    return outline + 1 if 0 <= outline <= 8 else 0
