"""Markdown, by way of the markup it stands for: one table model for both."""

from __future__ import annotations

from markdown_it import MarkdownIt

from concertoit.together.plans.importers.readers.html import read_markup
from concertoit.together.plans.importers.readers.safety import MEGABYTE
from concertoit.together.plans.importers.source import SourceDocument, UnreadableDocument

LARGEST = 5 * MEGABYTE


def read_markdown(text: str, name: str) -> SourceDocument:
    """Read decoded Markdown; tables of the common extension, and markup such as ``<br>`` inside cells."""
    if len(text) > LARGEST:
        raise UnreadableDocument(
            "Le texte est trop long pour un plan d'action. Gardez seulement les pages du plan, puis réessayez."
        )
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"])
    return read_markup(parser.render(text), name)
