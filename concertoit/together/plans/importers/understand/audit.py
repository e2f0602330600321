"""The last guarantee that nothing is dropped: the words of the source are counted against everything that was kept.

The ledger says where each piece went; this pass does not believe it. A word that is written more often in the source than
in the plan, the furniture and the unplaced list together is listed as unplaced, with the place of a piece that has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from concertoit.together.plans.rules.document import Node, PlanDocument, as_plain
from concertoit.together.plans.rules.wording import WORD, words

from .ledger import Ledger


def lost_fragments(
    ledger: Ledger, document: PlanDocument, unplaced: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Place and words of what is in the source and nowhere else, in reading order; usually empty."""
    written = Counter(word for piece in ledger.pieces for word in words(piece.text))
    kept: Counter[str] = Counter()
    for text in texts_of(document):
        kept.update(words(text))
    for _, text in unplaced:
        kept.update(words(text))
    for entry in ledger.furniture:
        kept.update(words(entry.text))
    missing = written - kept
    return list(_fragments(ledger, missing)) if missing else []


def _fragments(ledger: Ledger, missing: Counter[str]) -> Iterator[tuple[str, str]]:
    for piece in reversed(ledger.pieces):
        found = []
        for word in WORD.findall(piece.text):
            parts = words(word)
            if parts and all(missing[part] > 0 for part in parts):
                missing.subtract(parts)
                found.append(word)
        if found:
            yield piece.place, " ".join(found)


def texts_of(document: PlanDocument) -> Iterator[str]:
    """Every text of a plan that a person can see; where a node was read is not one."""
    for node in document.walk():
        yield from _node_texts(node)
    surroundings = PlanDocument(
        document.title, document.period, document.participants, document.cycle, document.sections
    )
    yield from _strings(as_plain(surroundings))


def _node_texts(node: Node) -> Iterator[str]:
    yield from (node.title, node.written, node.description, node.group, node.period.written, *node.cross_cutting)
    for actor in node.actors:
        yield from (actor.name, actor.precision)
    for indicator in node.indicators:
        yield from (indicator.title, indicator.unit, indicator.baseline, indicator.target)
    for line in node.budget_lines:
        yield from (line.year, line.source, line.fiscal_agent)
    for link in node.links:
        yield link.note


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
