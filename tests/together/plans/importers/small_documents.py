"""Small documents of every format, made on the spot: the raw material of the readers' tests."""

from __future__ import annotations

import io
import zipfile

import docx
import odfdo
import typst
import xlsxwriter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


def archive(parts: dict[str, str | bytes], stored: bool = False) -> bytes:
    """A zip file of those parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return data.getvalue()


def relations(*pairs: tuple[str, str, str]) -> str:
    """A relationships part: (identifier, kind, target); an address on the web is external."""
    lines = "".join(
        f'<Relationship Id="{one}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for one, kind, target in pairs
    )
    return f'<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'


def word(body: str, **parts: str) -> bytes:
    """A Word document from the XML of its body; other parts (``numbering``, ``footnotes``, ``header``…) by name."""
    pairs = [(f"r{name}", name, f"{name}.xml") for name in parts if not name.startswith("http")]
    pairs.append(("rlink", "hyperlink", "https://exemple.test/guide"))
    content: dict[str, str | bytes] = {
        "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(*pairs),
    }
    content |= {f"word/{name}.xml": f"<w:{name} {NAMESPACES}>{xml}</w:{name}>" for name, xml in parts.items()}
    return archive(content)


def p(text: str, properties: str = "") -> str:
    """A paragraph of raw WordprocessingML."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(content: str, properties: str = "") -> str:
    """A cell; plain text becomes its paragraph."""
    inside = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def numbering(*levels: tuple[str, str], overrides: str = "") -> str:
    """One list (``numId`` 1) with those levels: (format, text); ``numId`` 2 shares it with overrides."""
    drawn = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{drawn}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{overrides}</w:num>'
    )


def listed(text: str, level: int = 0, number: int = 1) -> str:
    """A paragraph of a numbered list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def small_docx() -> bytes:
    """A heading, a paragraph and a table, as python-docx writes them."""
    document = docx.Document()
    document.add_heading("Plan d'action", 1)
    document.add_paragraph("Une introduction.")
    table = document.add_table(3, 3)
    for row, line in enumerate(table.rows):
        for column, cell in enumerate(line.cells):
            cell.text = f"{row}-{column}"
    table.cell(1, 0).merge(table.cell(2, 0))
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def small_xlsx() -> bytes:
    data = io.BytesIO()
    workbook = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = workbook.add_worksheet("Axe 1")
    sheet.write_row(0, 0, ["Objectif", "Action", "Coût"])
    sheet.write_row(1, 0, ["Accueillir", "Tenir une fête", 1200])
    workbook.close()
    return data.getvalue()


def small_ods() -> bytes:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Axe 1")
    table.set_values([["Objectif", "Action", "Coût"], ["Accueillir", "Tenir une fête", 1200]])
    document.body.append(table)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def small_odt() -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Plan d'action"))
    document.body.append(odfdo.Paragraph("Une introduction."))
    document.body.append(odfdo.List(["premier", "second"]))
    table = odfdo.Table("Tableau")
    table.set_values([["Objectif", "Action"], ["Accueillir", "Tenir une fête"]])
    document.body.append(table)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def small_pdf(
    source: str = "= Plan\nUn texte.\n#table(columns: 2)[Objectif][Action][Accueillir][Tenir une fête]\n",
) -> bytes:
    """A PDF from Typst markup."""
    data = typst.compile(source.encode())
    assert isinstance(data, bytes)
    return data


def form_pdf(fields: bool = True, length: int = 38) -> bytes:
    """A PDF written by hand: a form field filled with « Tenir une rencontre », and a sticky note.

    ``length`` is what the file claims of its text: 38 is the truth.
    """
    form = b"/AcroForm<</Fields[5 0 R]/DR<</Font<</F 4 0 R>>>>/NeedAppearances true>>" if fields else b""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + form + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Resources<</Font<</F 4 0 R>>>>/Contents 6 0 R"
        b"/Annots[5 0 R 7 0 R]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(Tenir une rencontre)/F 4/Rect[99 200 300 220]"
        b"/DA(/F 10 Tf 0 g)/P 3 0 R>>",
        b"<</Length %d>>stream\nBT /F 10 Tf 20 205 Td (Action :) Tj ET\nendstream" % length,
        "<</Type/Annot/Subtype/Text/Contents(à valider)/Rect[10 10 30 30]/P 3 0 R>>".encode("latin-1"),
    ]
    out = b"%PDF-1.7\n"
    starts = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


CSV = "Objectif;Action;Coût\nAccueillir;Tenir une fête;1200\n"
HTML = "<h1>Plan</h1><p>Un texte.</p><table><tr><th>Objectif<th>Action<tr><td>Accueillir<td>Tenir une fête</table>"
MARKDOWN = "# Plan\n\nUn texte.\n\n| Objectif | Action |\n| --- | --- |\n| Accueillir | Tenir une fête |\n"
TEXT = "Plan d'action\n\nObjectif : accueillir\n\n- Tenir une fête\n"


def every_small_document() -> dict[str, bytes]:
    """One small valid document per supported format, by file name."""
    return {
        "plan.docx": small_docx(),
        "plan.xlsx": small_xlsx(),
        "plan.ods": small_ods(),
        "plan.odt": small_odt(),
        "plan.csv": CSV.encode(),
        "plan.html": HTML.encode(),
        "plan.md": MARKDOWN.encode(),
        "plan.txt": TEXT.encode(),
    }
