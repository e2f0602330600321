"""Every verb written to the journal has a French sentence, registered by its room."""

import ast
from collections.abc import Iterator
from pathlib import Path

from concertoit.ground.audit import verbs

HOUSE = Path(__file__).resolve().parents[2] / "concertoit"


def verbs_written(source: Path) -> Iterator[ast.expr]:
    """What calls to the journal give for the verb: by name, or second for the journal of cases."""
    for node in ast.walk(ast.parse(source.read_text())):
        called = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
        if called in ("record", "record_row"):
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "verb")
        elif called == "journal" and len(node.args) == 2:
            yield node.args[1]


def literal_verbs() -> set[str]:
    """The verbs named in calls to the journal, all over the house."""
    return {
        part.value
        for source in HOUSE.rglob("*.py")
        for written in verbs_written(source)
        for part in ((written.body, written.orelse) if isinstance(written, ast.IfExp) else (written,))
        if isinstance(part, ast.Constant)
    }


def test_every_verb_has_a_sentence() -> None:
    unknown = literal_verbs() - set(verbs.sentences())
    assert not unknown, f"register a sentence in the verbs.py of the room: {sorted(unknown)}"
