"""The kinds of notice that rooms send; each room registers its own from its ``apps.py``."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice, as the page of preferences shows it, with what happens until the person says otherwise.

    ``email`` is one of the codes of ``enums.Email``: now, digest, never.
    """

    code: str
    label: Any
    description: Any
    app: bool = True
    email: str = "now"


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Declare a kind: ``room.what``. The same code for two kinds is a programming error."""
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"notice declared twice: {kind.code}")


def kind_of(code: str) -> Kind:
    """Raises ``LookupError`` for a kind that nobody declared."""
    return _kinds[code]


def kinds() -> list[Kind]:
    """All kinds, room by room."""
    return sorted(_kinds.values(), key=lambda kind: kind.code)
