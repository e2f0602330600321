"""Readers: from the bytes of a real document to blocks of text, each with its place.

One module per format; none of them decides what the text means. ``read`` is the only door: whatever happens inside,
what comes out is a ``SourceDocument`` or an ``UnreadableDocument``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from concertoit.together.plans.importers.readers.apart import read_apart
from concertoit.together.plans.importers.readers.csv import read_csv
from concertoit.together.plans.importers.readers.detect import MEDIA_TYPES, extension, kind_of
from concertoit.together.plans.importers.readers.docx import read_docx
from concertoit.together.plans.importers.readers.encoding import decode
from concertoit.together.plans.importers.readers.html import read_html
from concertoit.together.plans.importers.readers.markdown import read_markdown
from concertoit.together.plans.importers.readers.ods import read_ods
from concertoit.together.plans.importers.readers.odt import read_odt
from concertoit.together.plans.importers.readers.safety import LIMITS, Limits, Told, damaged, load
from concertoit.together.plans.importers.readers.text import read_text
from concertoit.together.plans.importers.readers.xlsx import read_xlsx
from concertoit.together.plans.importers.source import SourceDocument, UnreadableDocument

__all__ = ["is_read_apart", "read"]

logger = logging.getLogger(__name__)

PACKAGES: dict[str, Callable[[bytes, str, Limits], SourceDocument]] = {
    "docx": read_docx,
    "xlsx": read_xlsx,
    "ods": read_ods,
    "odt": read_odt,
}
TEXTS: dict[str, Callable[[str, str], SourceDocument]] = {"csv": read_csv, "md": read_markdown, "txt": read_text}


def read(
    source: Path | str | bytes, name: str = "", limits: Limits = LIMITS, told: Told | None = None
) -> SourceDocument:
    """Read a document of any supported format; the content decides which one, not the extension.

    ``source`` is a path or the bytes themselves; ``name`` is the file's name as people know it (taken from the path
    when empty). ``told`` hears how many pages are read, where pages are read one by one. Raises
    ``UnreadableDocument``, and nothing else, with a sentence in French for the person who brought the file.
    """
    name = name or (Path(source).name if not isinstance(source, bytes) else "document")
    try:
        data = load(source, limits)
        kind = kind_of(data, name, limits)
        document = _read(kind, data, name, limits, told)
    except UnreadableDocument:
        raise
    except Exception as error:
        # A reader that stumbles on a file nobody foresaw must not take the page down with it.
        logger.warning("A document could not be read (%s)", type(error).__name__, exc_info=True)
        raise damaged() from error
    _announce(document, kind, name)
    if not document.blocks:
        raise UnreadableDocument(f"« {name} » ne contient aucun texte. Vérifiez que c'est le bon fichier.")
    return document


def is_read_apart(data: bytes, name: str) -> bool:
    """Whether the file is of a format that is read in a process of its own; false for one that no reader opens."""
    try:
        kind = kind_of(data, name)
    except Exception:  # ``read`` says what is wrong with it
        return False
    return kind not in {*PACKAGES, *TEXTS, "html"}


def _read(kind: str, data: bytes, name: str, limits: Limits, told: Told | None) -> SourceDocument:
    if kind in PACKAGES:
        return PACKAGES[kind](data, name, limits)
    if kind in TEXTS:
        text, warnings = decode(data)
        document = TEXTS[kind](text, name)
        document.warnings[:0] = warnings
        return document
    return read_html(data, name) if kind == "html" else read_apart(kind, data, name, limits, told=told)


def _announce(document: SourceDocument, kind: str, name: str) -> None:
    """Say it when the extension promised something else."""
    document.media_type = MEDIA_TYPES[kind]
    asked = extension(name)
    if asked in MEDIA_TYPES and asked != kind:
        document.warnings.insert(
            0,
            (
                "fichier entier",
                f"L'extension annonce « .{asked} », mais le contenu est « .{kind} » : il est lu ainsi.",
            ),
        )
