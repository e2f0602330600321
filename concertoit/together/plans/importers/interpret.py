"""The whole way from a file to an understanding: read it, recognise our own template, else understand it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from concertoit.together.plans.importers import template
from concertoit.together.plans.importers.readers import read
from concertoit.together.plans.importers.source import SourceDocument
from concertoit.together.plans.importers.understand import understand
from concertoit.together.plans.importers.understand.result import (
    Anomaly,
    ColumnReading,
    Mapping,
    TableReading,
    Understanding,
)
from concertoit.together.plans.importers.understand.roles import Role
from concertoit.together.plans.rules.document import as_plain
from concertoit.together.plans.rules.snapshot import read_plain


def interpret(source: Path | bytes, name: str, mapping: Mapping | None = None) -> Understanding:
    """Understand a document. Raises ``UnreadableDocument`` with a sentence for the person who brought it."""
    return make_sense(read(source, name), mapping)


def make_sense(document: SourceDocument, mapping: Mapping | None = None) -> Understanding:
    """Understand a document that was read.

    A file that left with our own export is read by its references and headers; any other by meaning. What the reader had
    to leave out is kept among the unplaced texts.
    """
    with nothing_thrown_away():
        if template.recognise(document):
            plan, problems = template.read_template(document)
            found = Understanding(plan, anomalies=[Anomaly(*problem) for problem in problems])
        else:
            found = understand(document, mapping)
    found.unplaced += [warning for warning in document.warnings if warning not in found.unplaced]
    return found


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """Leave the search for cycles aside for the second that this lasts: what is made here is kept, so that Python would
    walk through more and more of it and find nothing (a third of the time of a plan of 2,000 actions).
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


def to_plain(understanding: Understanding) -> dict[str, Any]:
    """An understanding as JSON, to be kept while a person looks at it."""
    return {
        "document": as_plain(understanding.document),
        "anomalies": as_plain(list(understanding.anomalies)),
        "unplaced": [list(piece) for piece in understanding.unplaced],
        "mappings": as_plain(list(understanding.mappings)),
    }


def from_plain(plain: dict[str, Any]) -> Understanding:
    """The inverse of ``to_plain``."""
    return Understanding(
        document=read_plain(plain["document"]),
        anomalies=[Anomaly(**a) for a in plain["anomalies"]],
        unplaced=[(place, text) for place, text in plain["unplaced"]],
        mappings=[
            TableReading(
                m["place"],
                m["name"],
                m["kind"],
                [
                    ColumnReading(
                        **{
                            **c,
                            "role": Role(c["role"]),
                            "alternatives": [Role(a) for a in c["alternatives"]],
                        }
                    )
                    for c in m["columns"]
                ],
            )
            for m in plain["mappings"]
        ],
    )
