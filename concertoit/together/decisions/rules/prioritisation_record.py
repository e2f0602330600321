"""A result that can be counted again years later: the same text for the same content, and what proves it.

Canonical JSON (keys sorted, no spaces) of plain values; fractions are written ``n/d``. The digest of the ballots does
not depend on their order, so that cutting the link between a ballot and who gave it changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import concertoit

# Whatever the numbers of a result depend on.
_COUNTING = ("ground/ballots/rules", "together/decisions/rules")


@dataclass(frozen=True, slots=True)
class Paper:
    """What one voice said: a grade (or « je ne sais pas ») by option, money by option, and the voice's family."""

    grades: Mapping[str, str] = field(default_factory=dict)
    money: Mapping[str, int] = field(default_factory=dict)
    family: str = ""

    def as_plain(self) -> dict[str, Any]:
        return {"family": self.family, "grades": dict(self.grades), "money": dict(self.money)}


def canonical(value: Any) -> str:
    """Plain values as one text, always the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def in_order(papers: Iterable[Paper]) -> list[Paper]:
    """Ballots in an order that comes from what they say, and from nothing else."""
    return sorted(papers, key=lambda paper: canonical(paper.as_plain()))


def digest_of(papers: Sequence[Paper]) -> str:
    """What proves that the ballots are those that were counted."""
    return sha256(f"[{','.join(sorted(canonical(paper.as_plain()) for paper in papers))}]")


@cache
def code_version() -> str:
    """The version of the program, and the digest of the modules that count."""
    root = Path(concertoit.__file__).parent
    found = hashlib.sha256()
    for folder in _COUNTING:
        for path in sorted((root / folder).rglob("*.py")):
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{concertoit.__version__}+{found.hexdigest()[:16]}"
