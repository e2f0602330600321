"""Codes by which a tenant follows a representation without giving a name."""

from __future__ import annotations

from concertoit.field.participation.models import Representation
from concertoit.ground.core import personal_links

CODE_LENGTH = 16


def code_of(row: Representation) -> str:
    """What a tenant copies by hand to follow the answer without giving a name: ``3F9A-17C0-88DE-4B21``."""
    short = personal_links.token_of("participation.representation", row)[:CODE_LENGTH].upper()
    return "-".join(short[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def digest_of_code(code: str) -> str:
    """What the table keeps; dashes and spaces do not count."""
    return personal_links.digest_of("".join(code.split()).replace("-", "").upper())
