"""Word's automatic numbers, counted again: they stand nowhere in the text, yet « 1.1.2 » is what people read.

Rules of the counters: ECMA-376 part 1, section 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from concertoit.together.plans.importers.readers.docx_styles import setting, switched_on
from concertoit.together.plans.importers.readers.safety import attribute, child, local, whole

LEVELS = 9
ROMAN: tuple[tuple[int, str], ...] = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
)
ROMAN += ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
SILENT = {"bullet", "none"}


@dataclass(slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class Abstract:
    """A list as drawn; every list of the document that follows the drawing shares its counters."""

    levels: dict[int, Level] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)
    style_link: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A number as shown, empty for a bullet. ``level`` counts from 1; ``outline`` says it has several parts."""

    text: str
    level: int
    outline: bool


def roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text


def letter(number: int) -> str:
    """a … z, aa, bb, as Word counts."""
    if not 0 < number < 1000:
        return str(number)
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


FORMS: dict[str, Callable[[int], str]] = {
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerLetter": letter,
    "upperLetter": lambda number: letter(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "ordinal": lambda number: "1er" if number == 1 else f"{number}e",
}


class Numbering:
    """Counters of the whole document: ask for a label once per numbered paragraph, in reading order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstracts: dict[str, Abstract] = {}
        self._lists: dict[str, tuple[str, dict[int, int], dict[int, Level]]] = {}
        self._started: set[tuple[str, int]] = set()
        style_lists: dict[str, str] = {}
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                identifier = attribute(element, "abstractNumId") or ""
                self._abstracts[identifier] = _abstract(element)
                if style := setting(element, "styleLink"):
                    style_lists[style] = identifier
            elif local(element) == "num":
                self._add_list(element)
        for abstract in self._abstracts.values():
            if abstract.style_link in style_lists:
                abstract.levels = abstract.levels or self._abstracts[style_lists[abstract.style_link]].levels

    def _add_list(self, element: etree._Element) -> None:
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        for override in element:
            if local(override) != "lvlOverride":
                continue
            index = whole(attribute(override, "ilvl"))
            if (start := setting(override, "startOverride")) is not None:
                starts[index] = whole(start, 1)
            if (redrawn := child(override, "lvl")) is not None:
                levels[index] = _level(redrawn)
        self._lists[attribute(element, "numId") or ""] = (setting(element, "abstractNumId") or "", starts, levels)

    def label(self, identifier: str, index: int) -> Label | None:
        """Count one paragraph of that list and say how it is labelled; ``None`` when it is in no list."""
        if identifier not in self._lists:
            return None
        abstract_id, starts, redrawn = self._lists[identifier]
        abstract = self._abstracts.get(abstract_id)
        if abstract is None:
            return None
        index = max(0, min(index, LEVELS - 1))
        levels = {**abstract.levels, **redrawn}
        level = levels.get(index, Level())
        self._count(identifier, abstract, index, level.start, starts)
        if level.form in SILENT and "%" not in level.text:
            return Label("", index + 1, False)
        text = _written(levels, abstract.counters, index)
        return Label(text, index + 1, len(re.findall(r"%\d", level.text)) > 1)

    def _count(self, identifier: str, abstract: Abstract, index: int, start: int, starts: dict[int, int]) -> None:
        counters = abstract.counters
        if index in starts and (identifier, index) not in self._started:
            counters[index] = starts[index]
            self._started.add((identifier, index))
        else:
            counters[index] = counters[index] + 1 if index in counters else start
        for deeper in range(index + 1, LEVELS):
            level = abstract.levels.get(deeper)
            if level is None or level.restart is None or level.restart > index:
                counters.pop(deeper, None)


def _abstract(element: etree._Element) -> Abstract:
    levels = {whole(attribute(part, "ilvl")): _level(part) for part in element if local(part) == "lvl"}
    return Abstract(levels=levels, style_link=setting(element, "numStyleLink") or "")


def _level(element: etree._Element) -> Level:
    text = child(element, "lvlText")
    restart = setting(element, "lvlRestart")
    return Level(
        start=whole(setting(element, "start"), 1),
        form=setting(element, "numFmt") or "decimal",
        text=(attribute(text, "val") or "") if text is not None else "",
        restart=whole(restart) if restart is not None else None,
        legal=bool(switched_on(element, "isLgl")),
    )


def _written(levels: dict[int, Level], counters: dict[int, int], index: int) -> str:
    """``%1.%2`` with the counters in it."""
    legal = levels.get(index, Level()).legal

    def part(match: re.Match[str]) -> str:
        asked = int(match.group(1)) - 1
        level = levels.get(asked, Level())
        count = counters.get(asked, level.start)
        if level.form in SILENT:
            return ""
        return str(count) if legal else FORMS.get(level.form, str)(count)

    return re.sub(r"%([1-9])", part, levels.get(index, Level()).text).strip()
