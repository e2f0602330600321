"""The guide cannot lie: what it quotes in bold is a sentence of the interface, and its links lead somewhere (X8)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(GUIDE.glob("*.md"))
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_LINK = re.compile(r"\[[^\]]+\]\(([^)#]+)(?:#[^)]*)?\)")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
# What a French sentence never has: a space before these marks.
_SPACED = re.compile(r"[\w»)]\s[;!?](?:\s|$)")


def _plain(text: str) -> str:
    """Without line breaks nor the difference between kinds of spaces."""
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


@cache
def _sentences() -> frozenset[str]:
    """Every literal of our templates and modules: labels, buttons, titles, messages."""
    found: set[str] = set()
    for pattern in ("*.html", "*.txt", "*.py"):
        for path in (ROOT / "concertoit").rglob(pattern):
            found.update(_plain(literal) for literal in _LITERAL.findall(path.read_text()))
            if pattern == "*.html":  # names of formats are written as they are
                found.update(_plain(text) for text in re.findall(r">\s*([A-Z]\w+)\s*<", path.read_text()))
                found.update(_plain(text) for text in re.findall(r"}}([A-Z]\w+)<", path.read_text()))
    return frozenset(found)


def _prose(page: Path) -> str:
    return _CODE.sub("", page.read_text())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_labels_quoted_are_on_the_screen(page: Path) -> None:
    quoted = [_plain(label) for label in _BOLD.findall(_prose(page))]
    assert quoted or page.stem == "README"
    unknown = [label for label in quoted if label not in _sentences()]
    assert not unknown, f"{page.name} quotes what the interface does not say: {unknown}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [
        link for link in _LINK.findall(page.read_text()) if "://" not in link and not (page.parent / link).exists()
    ]
    assert not broken, f"{page.name}: {broken}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_it_is_french_as_written_here(page: Path) -> None:
    spaced = [found.group() for found in _SPACED.finditer(_prose(page))]
    assert not spaced, f"{page.name}: {spaced}"


def test_the_index_names_every_page() -> None:
    named = set(_LINK.findall((GUIDE / "README.md").read_text()))
    assert {page.name for page in PAGES} - {"README.md"} <= named
