"""Files that are broken, locked, swollen or not what they say: a sentence for the person, never a crash."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concertoit.together.plans.importers.readers import read
from concertoit.together.plans.importers.readers.pdf import read_pdf
from concertoit.together.plans.importers.readers.safety import Archive, Limits, inside, parse_xml, whole
from concertoit.together.plans.importers.source import UnreadableDocument
from tests.together.plans.importers.small_documents import (
    CSV,
    HTML,
    MARKDOWN,
    archive,
    every_small_document,
    p,
    relations,
    small_docx,
    small_pdf,
    small_xlsx,
    tbl,
    tc,
    tr,
    word,
)

DOCUMENTS = every_small_document()
PDF = small_pdf()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
)


def refusal(data: bytes | Path, name: str = "plan.docx", limits: Limits | None = None) -> str:
    """The sentence the person reads."""
    with pytest.raises(UnreadableDocument) as caught:
        read(data, name, limits or Limits())
    sentence = str(caught.value)
    assert sentence.endswith(".")
    return sentence


def with_part(data: bytes, name: str, content: bytes | str) -> bytes:
    """The same archive with one part added or replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts: dict[str, str | bytes] = {info.filename: packed.read(info) for info in packed.infolist()}
    return archive(parts | {name: content})


def test_small_documents_are_read() -> None:
    for name, data in DOCUMENTS.items():
        assert read(data, name).blocks, name
        assert not read(data, name).warnings, name


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "plan.docx", "vide"),
        (b" \n\t ", "plan.csv", "ne contient rien"),
        (bytes(3000), "plan.xlsx", "ne contient rien"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "plan.docx", "mot de passe"),
        (OLE + "WordDocument".encode("utf-16-le"), "plan.doc", ".docx"),
        (OLE, "plan.msg", ".docx, .xlsx ou .pdf"),
        (OLE + "Workbook".encode("utf-16-le"), "plan.xls", "abîmé"),
        (b"{\\rtf1 bonjour}", "plan.rtf", ".docx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "plan.pdf", "image"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "plan.7z", "archive"),
        (bytes(range(256)) * 40, "plan.txt", "n'est pas du texte"),
        (b"PK\x03\x04" + bytes(100), "plan.docx", "abîmé"),
        (archive({"photo.jpg": b"x"}), "plan.zip", "archive"),
        (archive({"xl/workbook.bin": b"x"}), "plan.xlsb", ".xlsx"),
        (archive({"ppt/presentation.xml": b"x"}), "plan.pptx", "présentation"),
        (archive({"Index/Document.iwa": b"x"}), "plan.pages", "Pages"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.graphics"}), "plan.odg", ".odt"),
        (b"%PDF-1.7\n" + bytes(100), "plan.pdf", "abîmé"),
        (
            b'<?xml version="1.0"?><w xmlns="http://schemas.microsoft.com/office/word/2003/wordml"/>',
            "plan.xml",
            "2003",
        ),
    ],
)
def test_refusals_say_what_and_how_to_fix(data: bytes, name: str, words: str) -> None:
    assert words in refusal(data, name)


def test_too_large_is_refused_before_a_byte_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)  # a sparse file: nothing is written
    assert "200 Mo" in refusal(path, "")
    assert "limite" in refusal(b"x" * 2000, "plan.txt", Limits(file_bytes=1000))


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert "introuvable" in refusal(tmp_path / "absent.docx", "")
    assert refusal(tmp_path, "")


def test_zip_bombs() -> None:
    swollen = with_part(small_docx(), "word/document.xml", b" " * 30_000_000)
    assert "démesuré" in refusal(swollen)
    assert "démesuré" in refusal(archive({f"{index}.xml": "" for index in range(5_001)}))
    with pytest.raises(UnreadableDocument, match="démesuré"):
        Archive(small_docx(), Limits(part_bytes=10)).xml("word/document.xml")


def test_archive_that_lies_about_its_sizes() -> None:
    data = bytearray(archive({"word/document.xml": b"<a/>" * 1000, "_rels/.rels": relations()}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    refusal(bytes(data))


def test_macros_are_refused() -> None:
    for name in ("plan.docm", "plan.docx"):
        assert "macros" in refusal(with_part(small_docx(), "word/vbaProject.bin", b"x"), name)
    assert "macros" in refusal(with_part(small_xlsx(), "xl/vbaProject.bin", b"x"), "plan.xlsm")


def test_locked_files() -> None:
    locked = bytearray(small_xlsx())
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert "mot de passe" in refusal(bytes(locked), "plan.xlsx")
    manifest = {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": "<encryption-data/>"}
    assert "mot de passe" in refusal(archive(manifest), "plan.odt")  # type: ignore[arg-type]


def locked_pdf() -> bytes:
    """A PDF whose trailer asks for a password nobody has."""
    body = PDF
    at = body.rindex(b"/Root")
    encrypt = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> /P -4 >> /ID [<00> <00>] "
    )
    return body[:at] + encrypt + body[at:]


def test_locked_pdf() -> None:
    assert "mot de passe" in refusal(locked_pdf(), "plan.pdf")


def test_scanned_pdf() -> None:
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(612, 792)
    data = io.BytesIO()
    blank.save(data)
    assert "reconnaissance de caractères" in refusal(data.getvalue(), "plan.pdf")


def test_wrong_extension_is_read_as_what_it_is() -> None:
    for data, name, media in (
        (PDF, "plan.docx", "pdf"),
        (small_xlsx(), "plan.docx", "sheet"),
        (small_docx(), "plan.csv", "word"),
    ):
        document = read(data, name)
        assert media in document.media_type
        assert "L'extension annonce" in document.warnings[0][1]
    assert read(CSV.encode(), "plan.docx").warnings


def test_entities_and_document_types_are_refused() -> None:
    assert "définitions XML" in refusal(with_part(small_docx(), "word/document.xml", BOMB))
    assert "définitions XML" in refusal(with_part(small_docx(), "word/document.xml", BOMB.encode("utf-16")))
    sheet = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    assert "définitions XML" in refusal(with_part(small_xlsx(), "xl/worksheets/sheet1.xml", sheet), "plan.xlsx")
    late = "<!--" + "x" * 70_000 + '--><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    assert parse_xml(late.encode()).text is None


@pytest.mark.parametrize("xml", ["", "<a>", "<w:document", "<a></b>", "\0\0\0"])
def test_broken_xml(xml: str) -> None:
    assert "abîmé" in refusal(with_part(small_docx(), "word/document.xml", xml))
    assert "abîmé" in refusal(with_part(small_xlsx(), "xl/worksheets/sheet1.xml", xml), "plan.xlsx")


def test_missing_parts() -> None:
    assert refusal(archive({"word/document.xml": "<a/>"}))
    assert refusal(archive({"xl/workbook.xml": "<a/>"}), "plan.xlsx")
    assert refusal(archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "plan.odt")


def test_monstrous_tables_are_refused_or_bounded() -> None:
    assert "trop de cellules" in refusal(word(tbl(tr(tc("x", '<w:gridSpan w:val="2000000000"/>'), tc("y")))))
    html = "<table>" + "<tr><td rowspan=65534 colspan=1000>x" * 3 + "</table>"
    assert refusal(html.encode(), "plan.html")
    wide = "<table><tr>" + "<td colspan=1000>x" * 5 + "</table>"
    assert "trop de cellules" in refusal(wide.encode(), "plan.html")
    assert "trop de cellules" in refusal(b";" * 3_000 + b"x", "plan.csv")


def test_a_sheet_merged_whole_or_repeated_whole() -> None:
    merged = '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>x</v></c></row></sheetData>' + (
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    (table,) = read(with_part(small_xlsx(), "xl/worksheets/sheet1.xml", merged), "plan.xlsx").tables()
    assert (len(table.rows), len(table.rows[0])) == (1, 1)
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    repeated = (
        f'<o:document-content xmlns:o="{space}office:1.0" xmlns:t="{space}table:1.0" xmlns:x="{space}text:1.0"><o:body>'
        '<o:spreadsheet><t:table t:name="f"><t:table-row t:number-rows-repeated="999999999">'
        '<t:table-cell t:number-columns-repeated="999999999"><x:p>x</x:p></t:table-cell></t:table-row></t:table>'
        "</o:spreadsheet></o:body></o:document-content>"
    )
    assert "trop de cellules" in refusal(with_part(DOCUMENTS["plan.ods"], "content.xml", repeated), "plan.ods")


def test_deep_nesting() -> None:
    nested = "x"
    for _ in range(200):
        nested = tbl(tr(tc(f"{p('x')}{nested}" if nested != "x" else "x")))
    refusal(word(nested))
    page = "<p>avant</p>" + "<div>" * 5_000 + "<table><tr><td>" * 400 + "x"
    assert "la fin peut manquer" in read(page.encode(), "plan.html").warnings[0][1]


def test_targets_stay_inside_the_archive() -> None:
    assert inside("word", "../../../etc/passwd") == "etc/passwd"
    assert inside("xl/worksheets", "../comments1.xml") == "xl/comments1.xml"
    assert inside("xl", "/xl/styles.xml") == "xl/styles.xml"


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), (None, 7), ("x", 7), ("9" * 19, 100), ("9" * 5000, 7), ("-9999", -100)]
)
def test_whole_numbers_of_a_file(text: str | None, number: int) -> None:
    assert whole(text, 7, 100) == number


def survives(data: bytes, name: str) -> None:
    """Read or refused with a sentence; anything else fails the test by itself."""
    with contextlib.suppress(UnreadableDocument):
        document = read(data, name)
        for table in document.tables():
            assert len({len(row) for row in table.rows}) == 1


QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
@QUICK
@given(data=st.data())
def test_mutated_files_never_crash(name: str, data: st.DataObject) -> None:
    """Bytes changed here and there, in the archive or inside one of its parts."""
    original = DOCUMENTS[name]
    if original.startswith(b"PK") and data.draw(st.booleans()):
        with zipfile.ZipFile(io.BytesIO(original)) as packed:
            parts = [info.filename for info in packed.infolist() if info.filename.endswith((".xml", ".rels"))]
            part = data.draw(st.sampled_from(parts))
            survives(with_part(original, part, mutated(packed.read(part), data)), name)
    else:
        survives(mutated(original, data), name)


def mutated(original: bytes, data: st.DataObject) -> bytes:
    changed = bytearray(original or b" ")
    for at, byte in data.draw(
        st.lists(st.tuples(st.integers(0, max(0, len(original) - 1)), st.integers(0, 255)), max_size=12)
    ):
        changed[at] = byte
    start = data.draw(st.integers(0, len(original)))
    return bytes(changed[:start] + changed[start + data.draw(st.sampled_from([0, 0, 1, 50])) :])


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_truncated_files_never_crash(name: str) -> None:
    original = DOCUMENTS[name]
    for part in range(1, 12):
        survives(original[: len(original) * part // 12], name)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_mutated_pdf_never_raises_anything_else(data: st.DataObject) -> None:
    """In the process itself, as a child would take too long for each."""
    with contextlib.suppress(UnreadableDocument):
        read_pdf(mutated(PDF, data), "plan.pdf")


@QUICK
@given(text=st.text(max_size=300), name=st.sampled_from(["a.csv", "a.md", "a.html", "a.txt", "a"]))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    survives(text.encode("utf-8", "surrogatepass"), name)
    survives((HTML + MARKDOWN).encode() + text.encode("utf-8", "surrogatepass"), name)
