"""The text of a Word paragraph as the reader of the page sees it: changes accepted, fields shown, boxes kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from concertoit.together.plans.importers.readers.docx_styles import Styles, setting, switched_on
from concertoit.together.plans.importers.readers.safety import attribute, child, local, whole

DROPPED = {"del", "moveFrom", "delText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt"}
CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
SYMBOLS = {
    0xFC: "✓",
    0xFE: "☑",
    0xFB: "✗",
    0xFD: "☒",
    0xA8: "☐",
    0x6F: "☐",
    0x6E: "■",
    0xA7: "•",
    0xB7: "•",
    0x6C: "●",
}
SYMBOLS |= {0x52: "☑", 0x54: "☒", 0x50: "✓", 0x4F: "✗", 0xE0: "→", 0xD8: "➢"}
PICTURE_FONTS = ("wingdings", "webdings", "symbol")
PAGE_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES")
GRAPHICS = {"chart": "un graphique", "relIds": "un diagramme", "blip": "une image", "imagedata": "une image"}
FOUND = ("footnoteReference", "endnoteReference", "commentReference")


@dataclass(slots=True)
class Found:
    """Text of one paragraph, and what hangs from it: boxes, notes, comments, pictures, hidden text, links."""

    text: str = ""
    bold: bool = False
    boxes: list[etree._Element] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    graphics: list[str] = field(default_factory=list)
    hidden: str = ""
    links: list[str] = field(default_factory=list)


@dataclass(slots=True)
class TextReader:
    """Reads paragraphs one after the other: a field may start in one and end in another."""

    styles: Styles
    fields: list[list[str]] = field(default_factory=list)
    """Open complex fields, innermost last: the instruction, and ``shown`` once its result has begun."""

    def read(self, paragraph: etree._Element) -> Found:
        found = Found()
        pieces: list[str] = []
        weights: list[tuple[bool, str]] = []
        style = setting(child(paragraph, "pPr"), "pStyle") or self.styles.default
        self._walk(paragraph, pieces, weights, found, style)
        # A field that a broken file never closes must not swallow the rest of the document.
        self.fields = [field for field in self.fields if field[1] == "shown" and not _is_page_field(field[0])]
        found.text = "".join(pieces)
        written = [bold for bold, text in weights if text.strip()]
        found.bold = bool(written) and all(written)
        return found

    def _walk(
        self, element: etree._Element, pieces: list[str], weights: list[tuple[bool, str]], found: Found, style: str
    ) -> None:
        for part in _shown(element):
            name = local(part)
            if name == "r":
                self._run(part, pieces, weights, found, style)
            elif name == "t":  # mathematics keep their text outside runs of text
                pieces.append(part.text or "")
            else:
                if name == "hyperlink" and (link := attribute(part, "id")):
                    found.links.append(link)
                self._walk(part, pieces, weights, found, style)

    def _run(
        self, run: etree._Element, pieces: list[str], weights: list[tuple[bool, str]], found: Found, style: str
    ) -> None:
        properties = child(run, "rPr")
        own = setting(properties, "rStyle") or ""
        said = switched_on(properties, "b")
        bold = said if said is not None else self.styles.bold(own) or self.styles.bold(style)
        before = self._is_shown()
        text = "".join(self._piece(part, found) for part in _shown(run))
        if not text:
            return
        if switched_on(properties, "vanish") or self.styles.hidden(own) or self.styles.hidden(style):
            found.hidden += text
            return
        if before or self._is_shown():
            pieces.append(text)
            weights.append((bold, text))

    def _is_shown(self) -> bool:
        """Text of a field is its result, not its instruction; page numbers say nothing."""
        return all(state == "shown" and not _is_page_field(instruction) for instruction, state in self.fields)

    def _piece(self, part: etree._Element, found: Found) -> str:
        name = local(part)
        if name == "t":
            return part.text or ""
        if name in CHARACTERS:
            return CHARACTERS[name]
        if name == "sym":
            return _symbol(part)
        if name == "fldChar":
            return self._field(part)
        if name == "ruby":
            return "".join(inner.text or "" for inner in part.iter() if local(inner) == "t")
        self._unseen(part, name, found)
        return ""

    def _unseen(self, part: etree._Element, name: str, found: Found) -> None:
        """What a run holds beside text."""
        if name == "instrText" and self.fields:
            self.fields[-1][0] += part.text or ""
        elif name in FOUND:
            found.references.append((name, attribute(part, "id") or ""))
        elif name in ("drawing", "pict", "object"):
            _hanging(part, found)

    def _field(self, part: etree._Element) -> str:
        state = attribute(part, "fldCharType")
        if state == "begin":
            self.fields.append(["", "named"])
            return _form_field(part)
        if state == "separate" and self.fields:
            self.fields[-1][1] = "shown"
        elif state == "end" and self.fields:
            self.fields.pop()
        return ""


def _is_page_field(instruction: str) -> bool:
    words = instruction.split()
    return bool(words) and words[0].upper() in PAGE_FIELDS


def _shown(element: etree._Element) -> Iterator[etree._Element]:
    """Children that people see: of content written twice for two ages of Word, one is enough."""
    for part in element:
        name = local(part)
        if name == "AlternateContent":
            choice = child(part, "Choice")
            chosen = choice if choice is not None else child(part, "Fallback")
            if chosen is not None:
                yield from _shown(chosen)
        elif name and name not in DROPPED and not _is_prompt(part, name):
            yield part


def _is_prompt(part: etree._Element, name: str) -> bool:
    """A page number, or « Cliquez ici pour entrer du texte » in a control nobody filled."""
    if name == "sdt":
        return child(child(part, "sdtPr"), "showingPlcHdr") is not None
    return name == "fldSimple" and _is_page_field(attribute(part, "instr") or "")


def _symbol(part: etree._Element) -> str:
    code = int(attribute(part, "char") or "0", 16) & 0xFFFF
    if (attribute(part, "font") or "").lower().startswith(PICTURE_FONTS):
        return SYMBOLS.get(code & 0xFF, "•")
    return chr(code) if code >= 32 and not 0xD800 <= code <= 0xDFFF else ""


def _form_field(part: etree._Element) -> str:
    """A ticked box or a choice of an old form: its state is text for people."""
    data = child(part, "ffData")
    box = child(data, "checkBox")
    if box is not None:
        ticked = switched_on(box, "checked")
        return "☒" if (ticked if ticked is not None else switched_on(box, "default")) else "☐"
    choices = child(data, "ddList")
    if choices is not None:
        entries = [attribute(entry, "val") or "" for entry in choices if local(entry) == "listEntry"]
        chosen = whole(setting(choices, "result"))
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return ""


def _hanging(part: etree._Element, found: Found) -> None:
    """Text boxes, pictures and charts inside a drawing; text boxes found twice are kept once."""
    for inner in _shown(part):
        name = local(inner)
        if name == "txbxContent":
            found.boxes.append(inner)
        elif name in GRAPHICS:
            found.graphics.append(GRAPHICS[name])
        else:
            _hanging(inner, found)
