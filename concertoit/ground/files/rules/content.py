"""A file is what its first bytes say, never what its name says."""

import zipfile
from io import BytesIO

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
ACCEPT = ",".join(f".{extension}" for extension in (*MEDIA_TYPES, "jpeg"))
_TEXTS = ("txt", "csv", "md")
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")
_MAX_MEMBERS = 10_000
_MAX_SMALL_MEMBER = 1_000_000


class Refused(ValueError):
    """A file that may not come in. ``code``: empty, unknown, mismatch, macro, old_office, heic, broken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def media_type(content: bytes, name: str) -> str:
    """The type of a file that is allowed and is what its name says; raises ``Refused`` for any other."""
    if not content:
        raise Refused("empty")
    claimed = extension(name)
    found = _recognised(content, claimed)
    if claimed != found:
        raise Refused("mismatch")
    return MEDIA_TYPES[found]


def extension(name: str) -> str:
    """The extension of a name in small letters; ``jpeg`` is ``jpg``."""
    written = name.rpartition(".")[2].lower() if "." in name else ""
    return "jpg" if written == "jpeg" else written


def _recognised(content: bytes, claimed: str) -> str:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return _text(content, claimed)


def _text(content: bytes, claimed: str) -> str:
    """A text has no control character; anything else that is not recognised is refused, with its reason where known."""
    if content.startswith(_OLD_OFFICE):
        raise Refused("old_office")
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        raise Refused("heic")
    if claimed not in _TEXTS or set(content) & set(range(9)):
        raise Refused("unknown")
    return claimed


def _office(content: bytes) -> str:
    """A document of an office suite, without macros."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > _MAX_MEMBERS:
                raise Refused("broken")
            head = "mimetype" if "mimetype" in names else "[Content_Types].xml"
            if head not in names or archive.getinfo(head).file_size > _MAX_SMALL_MEMBER:
                raise Refused("unknown")
            declared = archive.read(head)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Refused("broken") from error
    lower = [name.lower() for name in names]
    if b"macroEnabled" in declared or any(_is_macro(name) for name in lower):
        raise Refused("macro")
    return _office_kind(head, declared.strip(), set(lower))


def _is_macro(name: str) -> bool:
    return name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/"))


def _office_kind(head: str, declared: bytes, names: set[str]) -> str:
    if head == "mimetype":
        for kind in ("odt", "ods"):
            if declared == MEDIA_TYPES[kind].encode():
                return kind
    elif "word/document.xml" in names:
        return "docx"
    elif "xl/workbook.xml" in names:
        return "xlsx"
    raise Refused("unknown")
