"""The whole way from a file to an understanding: read it, recognise our own template, else understand it."""

from __future__ import annotations

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
    if template.recognise(document):
        plan, problems = template.read_template(document)
        found = Understanding(plan, anomalies=[Anomaly(*problem) for problem in problems])
    else:
        found = understand(document, mapping)
    found.unplaced += [warning for warning in document.warnings if warning not in found.unplaced]
    return found


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
