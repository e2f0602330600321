"""Every verb written to the journal has a French sentence, registered by its room."""

import ast
from collections.abc import Iterator
from pathlib import Path

from concertoit.ground.audit import verbs

HOUSE = Path(__file__).resolve().parents[2] / "concertoit"


def calls_to_record(source: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "record":
            yield node


def literal_verbs() -> set[str]:
    """The verbs named in calls to the journal, all over the house."""
    return {
        keyword.value.value
        for source in HOUSE.rglob("*.py")
        for call in calls_to_record(source)
        for keyword in call.keywords
        if keyword.arg == "verb" and isinstance(keyword.value, ast.Constant)
    }


def test_every_verb_has_a_sentence() -> None:
    unknown = literal_verbs() - set(verbs.sentences())
    assert not unknown, f"register a sentence in the verbs.py of the room: {sorted(unknown)}"
