"""Letters from what was ticked: problems, steps with their dates, what is asked. In French and in English (I5).

A letter is proposed, then corrected by a person before it is produced. The household is never named: ``HOUSEHOLD``
stands for its name and becomes it, or a line to fill by hand, in the file that somebody downloads. Nothing here
concludes in law: the words say what was observed, when, and what is asked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from concertoit.field.cases.rules.rights import Said

HOUSEHOLD = "[[…]]"
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was done: its kind, its day, what came of it (a code, or nothing yet)."""

    kind: str
    done_on: date
    result: str = ""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter is made of. ``address``: the dwelling, as it is written on an envelope."""

    kind: str
    dated: date
    address: str
    reference: str
    team: str
    problems: Sequence[Said] = ()
    steps: Sequence[Step] = ()
    asks: Sequence[str] = ()
    answer_by: date | None = None
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A letter in one language: to whom, about what, and its body (blank line: paragraph; ``- ``: line of a list)."""

    to: str
    subject: str
    body: str


def frozen(words: Mapping[str, Words], *, kind: str, dated: date, reference: str) -> dict[str, Any]:
    """What is kept of a letter: plain JSON."""
    texts = {language: asdict(one) for language, one in sorted(words.items())}
    return {"kind": kind, "dated": dated.isoformat(), "reference": reference, **texts}


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: what was kept is what is read again."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def named(text: str, name: str, language: str) -> str:
    """The text with the household's name, or a line to fill by hand."""
    line = "______________________________ " + ("(nom)" if language == "fr" else "(name)")
    return text.replace(HOUSEHOLD, name or line)


def paragraphs(body: str) -> list[tuple[str, list[str]]]:
    """The body as blocks: (``text`` or ``list``, its lines)."""
    blocks = []
    for chunk in body.replace("\r\n", "\n").strip().split("\n\n"):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        listed = [line.removeprefix("- ") for line in lines if line.startswith("- ")]
        said = [line for line in lines if not line.startswith("- ")]
        if said:
            blocks.append(("text", said))
        if listed:
            blocks.append(("list", listed))
    return blocks
