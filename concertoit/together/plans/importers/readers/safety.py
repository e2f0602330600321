"""What protects the house from a bad file: limits, archives that swell, XML that lies.

Every refusal is an ``UnreadableDocument`` whose text says, in French, what is wrong and what to do about it.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lxml import etree

from concertoit.together.plans.importers.source import UnreadableDocument

MEGABYTE = 1024 * 1024
Told = Callable[[int, int], None]
"""Hears, from a reader, (pages read, pages)."""

UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, ValueError, OverflowError)
"""All that the zip library raises on a broken archive."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a document may be. The defaults are far above any plan ever seen (sizes in bytes, counts as such)."""

    file_bytes: int = 50 * MEGABYTE
    archive_entries: int = 5_000
    archive_bytes: int = 300 * MEGABYTE
    part_bytes: int = 64 * MEGABYTE
    ratio: int = 200
    ratio_from: int = 8 * MEGABYTE
    cells: int = 400_000
    columns: int = 1_000
    pages: int = 300


LIMITS = Limits()


def load(source: Path | str | bytes, limits: Limits = LIMITS) -> bytes:
    """The bytes of the file; its size is looked at before any byte is read."""
    if isinstance(source, bytes):
        refuse_size(len(source), limits)
        return source
    path = Path(source)
    try:
        refuse_size(path.stat().st_size, limits)
        if not path.is_file():
            raise UnreadableDocument(f"« {path.name} » n'est pas un fichier. Choisissez un document.")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(
            f"Le fichier « {path.name} » est introuvable ou ne peut pas être ouvert. Vérifiez son emplacement."
        ) from error


def refuse_size(size: int, limits: Limits = LIMITS) -> None:
    """Refuse an empty file and one above the limit."""
    if size == 0:
        raise UnreadableDocument("Le fichier est vide. Vérifiez que l'enregistrement ou l'envoi s'est bien terminé.")
    if size > limits.file_bytes:
        raise UnreadableDocument(
            f"Le fichier pèse {size // MEGABYTE} Mo; la limite est de {limits.file_bytes // MEGABYTE} Mo. "
            "Retirez les images ou gardez seulement les pages du plan d'action."
        )


class Archive:
    """A zip file opened with care: counted, measured before and while it is read."""

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._left = limits.archive_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except UNREADABLE as error:
            raise damaged() from error
        self._infos = {info.filename.lstrip("/"): info for info in infos}
        self._check(infos)

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        if len(infos) > self._limits.archive_entries:
            raise swollen()
        if any(info.flag_bits & 1 for info in infos):
            raise protected()
        if sum(info.file_size for info in infos) > self._limits.archive_bytes:
            raise swollen()
        for info in infos:
            if info.file_size > self._limits.ratio_from and info.file_size > self._limits.ratio * info.compress_size:
                raise swollen()

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def names(self) -> list[str]:
        return list(self._infos)

    def read(self, name: str) -> bytes:
        """The bytes of a part. What the archive declares is not believed: reading stops at the limit."""
        info = self._infos.get(name)
        if info is None:
            raise damaged()
        limit = min(self._limits.part_bytes, self._left)
        try:
            with self._zip.open(info) as part:
                data = part.read(limit + 1)
        except UNREADABLE as error:
            raise damaged() from error
        if len(data) > limit:
            raise swollen()
        self._left -= len(data)
        return data

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML part."""
        return parse_xml(self.read(name))

    def relations(self, part: str) -> Iterator[tuple[str, str, str, bool]]:
        """Relationships of an Office part: identifier, last word of the type, target inside the archive, external."""
        path = PurePosixPath(part)
        name = str(path.parent / "_rels" / f"{path.name}.rels")
        if name not in self:
            return
        for element in self.xml(name):
            target = element.get("Target") or ""
            external = element.get("TargetMode") == "External"
            kind = (element.get("Type") or "").rsplit("/", 1)[-1]
            yield element.get("Id") or "", kind, target if external else inside(str(path.parent), target), external


def inside(folder: str, target: str) -> str:
    """A relative target as a name of the archive (``../comments1.xml`` from ``xl/worksheets``)."""
    parts: list[str] = [] if target.startswith("/") or folder == "." else folder.split("/")
    for piece in target.split("/"):
        if piece == "..":
            parts = parts[:-1]
        elif piece not in ("", "."):
            parts.append(piece)
    return "/".join(parts)


def refuse_doctype(data: bytes) -> None:
    """A document type declaration is how XML entity bombs are written; none of our formats needs one."""
    if b"<!DOCTYPE" in data[:4096] or b"<\0!\0D\0O\0C\0T\0Y\0P\0E" in data[:8192]:
        raise UnreadableDocument(
            "Le document contient des définitions XML qu'un logiciel de bureautique n'écrit jamais; "
            "par prudence, il n'est pas ouvert. Enregistrez-le à nouveau depuis Word, Excel ou LibreOffice."
        )


def parse_xml(data: bytes) -> etree._Element:
    """Parse without entities, network or document type."""
    refuse_doctype(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
    if root is None:
        raise damaged()
    return root


def local(element: etree._Element) -> str:
    """Name without namespace (``tbl``): the same for the transitional and the strict flavours of a format."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """First child of that name, without namespace."""
    if element is None:
        return None
    return next((item for item in element if local(item) == name), None)


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """Elements inside the first child of that name; none when there is no such child."""
    group = child(element, name)
    return list(group) if group is not None else []


def whole(text: str | None, default: int = 0, largest: int = 2_000_000) -> int:
    """A whole number written in a file, or the default; never beyond ``largest`` either way."""
    try:
        number = int(text) if text and len(text) < 20 else default
    except ValueError:
        number = default
    return max(-largest, min(number, largest))


def damaged() -> UnreadableDocument:
    return UnreadableDocument(
        "Le fichier est abîmé ou incomplet. Ouvrez-le dans le logiciel qui l'a produit, enregistrez-le à nouveau, "
        "puis réessayez."
    )


def swollen() -> UnreadableDocument:
    return UnreadableDocument(
        "Le contenu du fichier est démesuré une fois décompressé; par prudence, il n'est pas ouvert. "
        "Copiez le plan d'action dans un document neuf, puis réessayez."
    )


def too_wide(place: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"Il y a trop de cellules remplies pour un plan d'action ({place}). "
        "Gardez seulement les lignes et les colonnes du plan, puis réessayez."
    )


def protected() -> UnreadableDocument:
    return UnreadableDocument(
        "Le document est protégé par un mot de passe. Ouvrez-le, retirez le mot de passe, enregistrez-le, "
        "puis réessayez."
    )
