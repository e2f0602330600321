"""Lines of a Word document once read: what a number or a bullet adds to their text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concertoit.together.plans.importers.readers.docx_numbering import Label


@dataclass(slots=True)
class Line:
    """A paragraph as read, before one knows whether it stands in a cell or in the open."""

    text: str
    level: int = 0
    label: Label | None = None
    bold: bool = False
    list_level: int = 0

    def written(self) -> str:
        """With its number; a bullet is said by ``list_level`` only."""
        return f"{self.label.text} {self.text}".strip() if self.label and self.label.text else self.text


def bulleted(line: Line) -> str:
    """The line as it looks inside a cell."""
    if line.label is None:
        return line.text
    return line.written() if line.label.text else f"• {line.text}"


def items_of(lines: Sequence[Line]) -> list[str]:
    """Entries of the lists of a cell. The rank is left to the order; a number with several parts is kept.

    A deeper entry belongs to the one above it.
    """
    numbered = [line for line in lines if line.label is not None]
    top = min((line.label.level for line in numbered if line.label), default=1)
    items: list[str] = []
    for line in numbered:
        label = line.label
        if label is not None and label.level > top and not label.outline and items:
            items[-1] += f"\n{bulleted(line)}"
        else:
            items.append(line.written() if label is not None and label.outline else line.text)
    return items
