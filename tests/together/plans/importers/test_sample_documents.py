"""Every layout in every format: readers lose nothing of what people wrote, and the plan is understood to the letter."""

from __future__ import annotations

import pytest

from concertoit.together.plans.importers.source import SourceDocument, Table
from concertoit.together.plans.importers.understand import understand
from tests.together.plans.importers.accounts import lost_words
from tests.together.plans.importers.sample_documents import differences, names, plain, sample, source_of


def all_text(document: SourceDocument) -> str:
    pieces: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            pieces.extend(cell.text for row in block.rows for cell in row)
        else:
            pieces.append(block.text)
    return plain(" ".join(pieces))


@pytest.mark.parametrize("name", list(names()))
def test_readers_keep_every_word(name: str) -> None:
    wanted = sample(name)
    document = source_of(name)
    text = all_text(document)
    for node in wanted.expected:
        for words in (node.title, *(node.leads or ()), *(node.partners or ()), *(node.indicators or ())):
            assert plain(words) in text
    for table in document.tables():
        assert all(cell.place for row in table.rows for cell in row)
        assert len({len(row) for row in table.rows}) == 1


@pytest.mark.parametrize("name", list(names()))
def test_understanding_finds_the_plan_to_the_letter(name: str) -> None:
    understanding = understand(source_of(name))
    assert differences(sample(name), understanding.document) == []
    assert not lost_words(source_of(name), understanding)
