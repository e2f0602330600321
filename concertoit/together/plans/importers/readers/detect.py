"""What a file really is, whatever its name says."""

from __future__ import annotations

import re
from pathlib import PurePath

from concertoit.together.plans.importers.readers.safety import LIMITS, Archive, Limits, protected
from concertoit.together.plans.importers.source import UnreadableDocument

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "xls": "application/vnd.ms-excel",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "html": "text/html",
    "md": "text/markdown",
    "txt": "text/plain",
}
EXTENSIONS = {"tsv": "csv", "tab": "csv", "htm": "html", "xhtml": "html", "markdown": "md", "text": "txt"}
EXTENSIONS |= {"ott": "odt", "ots": "ods", "dotx": "docx", "xltx": "xlsx"}
TEXTS = {"csv", "html", "md", "txt"}
"""What cannot be told by its first bytes: the extension is believed."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"BM",
    b"RIFF",
    b"\0\0\0\x18ftyp",
    b"\0\0\0\x1cftyp",
)
HTML = re.compile(rb"<\s*(!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)


def kind_of(data: bytes, name: str, limits: Limits = LIMITS) -> str:
    """One of the keys of ``MEDIA_TYPES``. Raises ``UnreadableDocument`` for what cannot be read, with the remedy."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _archive(Archive(data, limits))
    if data.startswith(OLE):
        return _compound(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    _refuse(data, head)
    asked = extension(name)
    if HTML.search(data[:4096].replace(b"\0", b"")):
        return "html" if asked not in ("md", "csv") else asked
    return asked if asked in TEXTS else "txt"


def extension(name: str) -> str:
    """The kind that a file name announces, in the words of ``MEDIA_TYPES`` where there is one."""
    suffix = PurePath(name).suffix.lower().lstrip(".")
    return EXTENSIONS.get(suffix, suffix)


def _archive(archive: Archive) -> str:
    names = archive.names()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableDocument(
            "Le document contient des macros (des programmes); par prudence, il n'est pas ouvert. "
            "Enregistrez-le en .docx ou en .xlsx, sans macros, puis réessayez."
        )
    if "mimetype" in archive:
        return _open_document(archive)
    if "xl/workbook.bin" in names:
        raise _save_as("un classeur Excel binaire (.xlsb)", ".xlsx")
    if any(name.startswith("ppt/") for name in names):
        raise _save_as("une présentation PowerPoint", ".docx ou .pdf")
    if any(name.endswith(".iwa") for name in names):
        raise _save_as("un document Pages ou Numbers", ".docx ou .xlsx")
    targets = [target for _, kind, target, _ in archive.relations(".") if kind == "officeDocument"]
    main = targets[0] if targets else ""
    if main.startswith("word/") or "word/document.xml" in archive:
        return "docx"
    if main.startswith("xl/") or "xl/workbook.xml" in archive:
        return "xlsx"
    raise UnreadableDocument(
        "Le fichier est une archive (.zip) ou un document incomplet. "
        "Sortez le plan d'action de l'archive et importez-le seul."
    )


def _open_document(archive: Archive) -> str:
    media = archive.read("mimetype").decode("ascii", "replace").strip()
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise protected()
    if media.startswith(MEDIA_TYPES["ods"]):
        return "ods"
    if media.startswith(MEDIA_TYPES["odt"]):
        return "odt"
    raise _save_as("un document qui n'est ni un texte ni un classeur", ".odt, .ods ou .pdf")


def _compound(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise protected()
    if "WordDocument".encode("utf-16-le") in data:
        raise _save_as("un ancien document Word (.doc)", ".docx")
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "xls"
    raise _save_as("un ancien document Office ou un message", ".docx, .xlsx ou .pdf")


def _refuse(data: bytes, head: bytes) -> None:
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableDocument("Le fichier ne contient rien. Vérifiez que l'enregistrement s'est bien terminé.")
    if head.startswith(b"{\\rtf"):
        raise _save_as("un document .rtf", ".docx")
    if data.startswith(PICTURES):
        raise UnreadableDocument(
            "Le fichier est une image : le texte ne peut pas y être lu. Importez le document d'origine "
            "(Word, Excel, PDF avec texte) ou collez le texte."
        )
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head or b"schemas.microsoft.com/office/word" in head:
        raise _save_as("un document Office 2003 en XML", ".docx ou .xlsx")
    if data[:5] == b"Rar!\x1a" or data.startswith((b"7z\xbc\xaf", b"\x1f\x8b")):
        raise UnreadableDocument("Le fichier est une archive. Sortez-en le plan d'action et importez-le seul.")


def _save_as(what: str, to: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"Le fichier est {what}, que cet import ne lit pas. Ouvrez-le, choisissez « Enregistrer sous » et le format "
        f"{to}, puis réessayez."
    )
