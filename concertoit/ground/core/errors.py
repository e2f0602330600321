"""Errors that carry a sentence for the person in front of the screen.

Services and policies raise them; one middleware turns them into pages (``ground/ui/middleware.py``).
"""

from __future__ import annotations

from typing import TypeVar

Row = TypeVar("Row")


class DomainError(Exception):
    """A rule of the field says no. ``str(error)`` says, in French, what, where and how to fix it.

    ``field`` names the form field it is about, when there is one.
    """

    def __init__(self, message: object, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.field = field


class NotAllowed(DomainError):
    """A reader of the object who may not do this: 403."""


class NotVisible(DomainError):
    """The object does not exist for this person: 404."""


def must_exist(row: Row | None) -> Row:
    """The row that was looked for. Raises ``NotVisible`` when there is none for this person."""
    if row is None:
        raise NotVisible("")
    return row
