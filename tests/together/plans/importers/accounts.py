"""Every word of a source must be somewhere: in the plan, in the list of unplaced text, or in recognised furniture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from concertoit.together.plans.importers.source import SourceDocument, Table
from concertoit.together.plans.importers.understand import Understanding
from concertoit.together.plans.rules.document import as_plain
from concertoit.together.plans.rules.wording import words


def lost_words(source: SourceDocument, understanding: Understanding) -> Counter[str]:
    """Words that the source has more often than everything that was made of it."""
    written = Counter(word for text in source_texts(source) for word in words(text))
    kept = Counter(word for text in strings(as_plain(understanding.document)) for word in words(text))
    kept.update(word for _, text in understanding.unplaced for word in words(text))
    kept.update(word for entry in understanding.furniture for word in words(entry.text))
    return written - kept


def source_texts(source: SourceDocument) -> Iterator[str]:
    for block in source.blocks:
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row)
        else:
            yield block.text


def strings(value: object) -> Iterator[str]:
    """Texts of a plain document; where a node was read (``source_…``) does not count as keeping its words."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for key, part in value.items() if not key.startswith("source_") for text in strings(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in strings(part))
