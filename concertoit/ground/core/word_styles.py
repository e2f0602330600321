"""The styles of our Word documents: real styles that a person can change in one place, and the document's language."""

from __future__ import annotations

from typing import cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

FONT = "Arial"
INK, SPRUCE, BRICK = "1C2422", "1E5B4D", "A8471B"
SPRUCE_TINT, LINE = "E4EFEB", "B9B2A3"

# name: (size in points, colour, space before, space after)
HEADINGS: dict[str, tuple[float, str, float, float]] = {
    "Title": (24, SPRUCE, 0, 4),
    "Heading 1": (17, SPRUCE, 14, 6),
    "Heading 2": (13, BRICK, 12, 4),
    "Heading 3": (11, INK, 8, 3),
}
TABLE_TEXTS: dict[str, tuple[str, float, bool, str]] = {
    "Tableau": ("Tableau", 8.5, False, INK),
    "TableauEntete": ("Tableau entête", 8, True, "FFFFFF"),
    "TableauEnteteMontant": ("Tableau entête montant", 8, True, "FFFFFF"),
    "TableauFort": ("Tableau fort", 8.5, True, INK),
    "TableauMontant": ("Tableau montant", 8.5, False, INK),
    "TableauEtape": ("Tableau étape", 8.5, False, INK),
    "Intervalle": ("Intervalle", 4, False, INK),
    "Fait": ("Fait", 10.5, False, INK),
    "Chapeau": ("Chapeau", 11, False, "52605B"),
}

# Space after a paragraph, in points.
AFTER = {"Chapeau": 8, "Fait": 2, "TableauEtape": 1}

TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="TableauConcertoit">
  <w:name w:val="Tableau Concertoit"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
  <w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:tblPr>
    <w:tblBorders>
      {
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
}
    </w:tblBorders>
    <w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
      <w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SPRUCE}"/><w:vAlign w:val="center"/></w:tcPr></w:tblStylePr>
</w:style>
"""


def apply_styles(document: Document, language: str) -> None:
    """Set fonts, colours and language on a new document, and add the styles of our tables."""
    normal = _paragraph_style(document, "Normal")
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.font.color.rgb = RGBColor.from_string(INK)
    normal.paragraph_format.space_after = Pt(5)
    _set_language(document, language)
    for name, (size, colour, before, after) in HEADINGS.items():
        _heading(document, name, size, colour, before, after)
    for identifier, (name, size, bold, colour) in TABLE_TEXTS.items():
        _table_text(document, identifier, name, size, bold, colour)
    document.styles.element.append(parse_xml(TABLE_STYLE))
    _hyphenate(document)
    _paragraph_style(document, "Footer").font.size = Pt(8)


def _hyphenate(document: Document) -> None:
    """Narrow columns need it; the standard wants the setting right after the default tab stop."""
    tab_stop = document.settings.element.find(qn("w:defaultTabStop"))
    tab_stop.addnext(parse_xml(f"<w:autoHyphenation {nsdecls('w')}/>"))


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    return cast(ParagraphStyle, document.styles[name])


def _set_language(document: Document, language: str) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'))


def _heading(document: Document, name: str, size: float, colour: str, before: float, after: float) -> None:
    style = _paragraph_style(document, name)
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    if fonts is not None:
        style.element.rPr.remove(fonts)
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), True, False
    style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = True
    border = style.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        style.element.pPr.remove(border)


def _table_text(document: Document, identifier: str, name: str, size: float, bold: bool, colour: str) -> None:
    style = cast(ParagraphStyle, document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.element.set(qn("w:styleId"), identifier)
    style.base_style = document.styles["Normal"]
    style.font.size, style.font.bold = Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_after = Pt(AFTER.get(identifier, 0))
    if identifier.endswith("Montant"):
        style.element.get_or_add_pPr().append(parse_xml(f'<w:jc {nsdecls("w")} w:val="right"/>'))
    if identifier == "TableauEtape":
        style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Pt(13), Pt(-13)
