"""Rules of a six-hats workshop, in plain words and without a database."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

# Letters and figures that nobody mistakes for one another when they are read aloud or copied from a wall.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 6
IDEA_LENGTH = 500
# A phone that dropped sends what it kept when it comes back: parameters of ours.
LATE_IDEAS = timedelta(hours=2)
MORE_MINUTES = 2
HAT_MINUTES = 5


def new_code() -> str:
    """A code that can be read from the back of a room: 31 letters and figures, 6 times, near 900 million."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """A code as people type it: in small letters, with spaces or dashes."""
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())


def accepts(*, state: str, hat_opened_at: datetime | None, closed_at: datetime | None, now: datetime) -> bool:
    """Whether an idea under a hat is received.

    A hat must have been opened; it may be closed since, because a phone may have dropped while its owner was writing. A
    closed workshop still receives for a while what phones had kept.
    """
    if hat_opened_at is None:
        return False
    if state == "open":
        return True
    return state == "closed" and closed_at is not None and now - closed_at <= LATE_IDEAS


def clean_idea(text: str) -> str:
    """An idea on one paragraph, without the spaces that a phone adds."""
    return " ".join(text.split())


def paper_lines(text: str) -> list[str]:
    """Ideas typed from paper, one a line; a dash or a bullet before them is not part of them."""
    lines = (clean_idea(line.strip().lstrip("-•*–—").strip()) for line in text.splitlines())
    return [line[:IDEA_LENGTH] for line in lines if line]


def proposal_description(ideas: Sequence[str]) -> str:
    """What a proposed action says of where it comes from: the ideas as they were said.

    Not who said them: a plan is read far beyond the workshop.
    """
    return "\n".join(f"- {text}" for text in ideas)
