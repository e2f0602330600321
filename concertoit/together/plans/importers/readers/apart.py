"""Formats whose libraries cannot be bounded from inside are read in a process of their own.

A hostile PDF can ask for hours or for all the memory, an old .xls can abort the process that reads it. Here they
lose a child process, and the person gets a sentence. The child receives bytes and answers JSON: nothing it says is
executed.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from datetime import date, datetime
from decimal import Decimal

from concertoit.together.plans.importers.readers.safety import LIMITS, MEGABYTE, Limits, Told, damaged
from concertoit.together.plans.importers.source import (
    Block,
    Cell,
    Paragraph,
    SourceDocument,
    Table,
    UnreadableDocument,
)

SECONDS = 60
MEMORY = 1_024 * MEGABYTE
PAGE = re.compile(rb"^page (\d+) of (\d+)$")
"""What the child says on its error stream after each page."""
TYPES: dict[str, type[date]] = {"datetime": datetime, "date": date}


def read_apart(
    kind: str,
    data: bytes,
    name: str,
    limits: Limits = LIMITS,
    seconds: int = SECONDS,
    told: Told | None = None,
) -> SourceDocument:
    """Read a ``pdf`` or ``xls`` in a child process bounded in time and memory; ``told`` hears of each page of a PDF."""
    command = [sys.executable, "-m", __name__, kind, name.replace("\0", ""), str(limits.pages), str(seconds)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    answer = json.loads(_answer(command, environment, data, seconds, told))
    if "unreadable" in answer:
        raise UnreadableDocument(answer["unreadable"])
    return document_from(answer)


def _answer(command: list[str], environment: dict[str, str], data: bytes, seconds: int, told: Told | None) -> bytes:
    """What the child writes. Raises ``UnreadableDocument`` when its time is over or when it dies."""
    late = threading.Event()
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as answered:
        asked.write(data)
        asked.seek(0)
        child = subprocess.Popen(command, stdin=asked, stdout=answered, stderr=subprocess.PIPE, env=environment)  # noqa: S603 - fixed command

        def stop() -> None:
            late.set()
            child.kill()

        clock = threading.Timer(seconds, stop)
        clock.daemon = True
        with child:  # leaving waits for its end
            clock.start()
            try:
                for line in child.stderr or ():
                    page = PAGE.match(line)
                    if page and told is not None:
                        told(int(page[1]), int(page[2]))
            except BaseException:
                child.kill()
                raise
            finally:
                child.wait()
                clock.cancel()
        if late.is_set():
            raise UnreadableDocument(
                "La lecture du document prend trop de temps. "
                "Gardez seulement les pages du plan d'action, puis réessayez."
            )
        if child.returncode != 0:
            raise damaged()
        answered.seek(0)
        return answered.read()


def as_json(document: SourceDocument) -> str:
    """A document as text that ``document_from`` reads back, typed values included."""
    return json.dumps(
        {
            "name": document.name,
            "blocks": [[type(block).__name__, dataclasses.asdict(block)] for block in document.blocks],
            "warnings": document.warnings,
        },
        default=_plain,
    )


def _plain(value: object) -> dict[str, str]:
    if isinstance(value, (date, Decimal)):
        text = value.isoformat() if isinstance(value, date) else str(value)
        return {"type": type(value).__name__.lower(), "text": text}
    raise TypeError(type(value).__name__)


def _typed(value: object) -> object:
    if isinstance(value, dict):
        kind, text = value["type"], value["text"]
        return TYPES[kind].fromisoformat(text) if kind in TYPES else Decimal(text)
    return value


def document_from(answer: dict[str, object]) -> SourceDocument:
    """Rebuild the document that the child described."""
    document = SourceDocument(name=str(answer["name"]), media_type="")
    blocks: list[Block] = []
    for kind, block in answer["blocks"]:  # type: ignore[attr-defined]
        if kind == "Paragraph":
            blocks.append(Paragraph(**block))
        else:
            rows = [[Cell(**{**cell, "value": _typed(cell["value"])}) for cell in row] for row in block["rows"]]
            blocks.append(Table(rows=rows, place=block["place"], name=block["name"]))
    document.blocks = blocks
    document.warnings = [(place, message) for place, message in answer["warnings"]]  # type: ignore[attr-defined]
    return document


def _bound(seconds: int) -> None:
    """Ask the system to stop this process beyond its share, where the system knows how."""
    try:
        import resource
    except ImportError:  # not a POSIX system: the parent's clock is the only bound
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tell(number: int, count: int) -> None:
    sys.stderr.write(f"page {number} of {count}\n")
    sys.stderr.flush()


def _main(kind: str, name: str, pages: str, seconds: str) -> None:
    data = sys.stdin.buffer.read()
    _bound(int(seconds))
    try:
        if kind == "pdf":
            from concertoit.together.plans.importers.readers.pdf import read_pdf

            answer = as_json(read_pdf(data, name, dataclasses.replace(LIMITS, pages=int(pages)), told=_tell))
        else:
            from concertoit.together.plans.importers.readers.xls import read_xls

            answer = as_json(read_xls(data, name))
    except UnreadableDocument as error:
        answer = json.dumps({"unreadable": str(error)})
    sys.stdout.write(answer)


if __name__ == "__main__":
    _main(*sys.argv[1:])
