"""Files of HSDS brought in: JSON, or the tabular package."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from concertoit.field.directory.rules.checking import Problem, add, checked, read_row
from concertoit.field.directory.rules.hsds import BY_FILE, Bundle, empty
from concertoit.field.directory.rules.nesting import read_json

# What is read of a package at most, once out of its archive: far above the directory of a region.
LIMIT = 50 * 1024 * 1024
ROWS = 200_000


class UnreadableFile(ValueError):
    """Neither JSON nor a tabular package. ``str()`` is the code of the sentence."""


def read_file(data: bytes) -> tuple[Bundle, list[Problem]]:
    """Rows of a file with everything that is wrong or will not be kept. Raises ``UnreadableFile``."""
    problems: list[Problem] = []
    if data[:2] == b"PK":
        bundle = _package(data, problems)
    else:
        try:
            content = json.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError):  # also a number of thousands of digits
            raise UnreadableFile("neither") from None
        bundle = read_json(content, problems)
    problems += checked(bundle)
    told = any(one.serious and one.code != "not_object" for one in problems)
    if not bundle["service"] and not bundle["organization"] and not told:
        raise UnreadableFile("nothing")
    return bundle, problems


def _package(data: bytes, problems: list[Problem]) -> Bundle:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise UnreadableFile("neither") from None
    bundle = empty()
    if sum(info.file_size for info in archive.infolist()) > LIMIT:
        raise UnreadableFile("too_large")
    for info in archive.infolist():
        name = info.filename.rpartition("/")[2]
        if info.is_dir() or name == "datapackage.json":
            continue
        if name not in BY_FILE:
            problems.append(Problem("", "", "", "unknown_file", name[:80], serious=False))
            continue
        _table(BY_FILE[name].name, _member(archive, info), bundle, problems)
    return bundle


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A file of the package, whatever its table of contents says: never more than it announces."""
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError):
        raise UnreadableFile("neither") from None


def _table(table: str, content: bytes, bundle: Bundle, problems: list[Problem]) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(table, "", "", "not_utf8"))
        return
    for count, raw in enumerate(_rows(text)):
        if count >= ROWS:
            raise UnreadableFile("too_large")
        extra = raw.pop(None, None)
        if extra:
            problems.append(Problem(table, str(raw.get("id") or ""), "", "too_many_cells", str(extra)[:80]))
        add(bundle, table, read_row(table, dict(raw), problems), problems)


def _rows(text: str) -> Iterator[dict[Any, Any]]:
    """The rows of a table. Raises ``UnreadableFile`` for a cell of more than 128 KB."""
    try:
        yield from csv.DictReader(io.StringIO(text.replace("\0", ""), newline=""))
    except csv.Error:
        raise UnreadableFile("too_large") from None
