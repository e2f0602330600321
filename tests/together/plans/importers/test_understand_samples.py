"""Every layout of the sample documents, read by its reader and understood to the letter, each in one of its formats."""

from __future__ import annotations

import pytest

from concertoit.together.plans.importers.readers import read
from concertoit.together.plans.importers.understand import understand
from tests.together.plans.importers.accounts import lost_words
from tests.together.plans.importers.sample_documents import differences, names, sample


def one_format_each() -> list[str]:
    """One document per layout, taking the formats in turn."""
    by_layout: dict[str, list[str]] = {}
    for name in names():
        by_layout.setdefault(name.rsplit("-", 1)[0], []).append(name)
    return [group[turn % len(group)] for turn, group in enumerate(by_layout.values())]


@pytest.mark.parametrize("name", one_format_each())
def test_sample(name: str) -> None:
    wanted = sample(name)
    source = read(wanted.data, name)
    found = understand(source)
    assert differences(wanted, found.document) == []
    assert not lost_words(source, found)
