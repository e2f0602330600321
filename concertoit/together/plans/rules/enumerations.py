"""Lists written inside a cell: ``1, Identifier 2, Définir``, bullets, headings such as ``AN 1`` between the items.

Word processors and PDF readers often lose the line breaks of a list, so items are also found in the middle of a line,
but only where the numbers follow each other. Text in parentheses is never taken for an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .wording import squeeze

_MARKER = re.compile(
    r"(?:(?<=\s)|^)(?P<label>(?:[ÉéEe]tape|ÉTAPE)\s+)?(?P<number>\d{1,2}(?:[.,]\d{1,2})?)"
    r"(?P<close>\s?(?:[,.):°º]|er\b)+[–—-]?|\s?[–—-](?=\s?[A-ZÀ-Þ«])|)(?P<gap>[ \t\u00a0]*)(?=[^\W\d_]|[«\"“(\[])"
)
_BULLET = re.compile(r"^[ \t]*(?:[•▪◦●○■□►➢➤→✓✔☐∙·*–—-]|o(?=\s+[A-ZÀ-Þ]))\s+(?=\S)", re.MULTILINE)
_COUNTED = re.compile(
    r"(?:\b(?:an|ans|année|phase|axe|objectif|action|volet|niveau|version|no|n°|de|à|et|ou|du|des|les|page)\s)$",
    re.IGNORECASE,
)
_HEADING_TAIL = re.compile(
    r"(?:(?<=^)|(?<=[\s.;,]))(?P<heading>(?:AN|An|ANNÉE|Année|PHASE|Phase|VOLET|Volet)\s?\d{1,2})\s*[:.]?\s*$"
)
_INFINITIVE = r"(?:[SDL]['’])?[A-ZÀ-Þ][\w-]*(?:er|ir|re|oir|[eé]r)"
_LOST_NUMBER = re.compile(rf"\s+(?:\.\s+)|(?<=[.;])\s+(?={_INFINITIVE}\s)")
_NOTE_LINE = re.compile(r"^\(?\s*(?:liens?|arrimages?|voir|cf\.?|en lien)\b[^\n]*$", re.IGNORECASE)


@dataclass(slots=True)
class Item:
    """One item. ``written`` is its number as written (empty for a bullet), ``group`` the heading above it."""

    title: str
    written: str = ""
    group: str = ""
    number_lost: bool = False


@dataclass(slots=True)
class Enumeration:
    """The items of a text, with the text ``before`` them and the ``notes`` that stand on their own lines."""

    before: str = ""
    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_enumeration(text: str) -> Enumeration:
    """Read the list of a text; without at least one item marker everything is ``before``."""
    marks = _marks(text)
    if not marks:
        return _bulleted(text)
    found = Enumeration(before=text[: marks[0].start()].strip())
    group = ""
    found.before, group = _take_heading(found.before)
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        body = text[mark.end() : following.start() if following else len(text)].strip()
        item = Item(title="", written=mark["number"], group=group)
        if following is not None and _restarts(mark, following):
            body, heading = _take_heading(body, last_line=True)
            group = heading or group
        item.title = _take_notes(body, found.notes)
        found.items.append(item)
    found.items = list(_recover_lost(found.items))
    return found


def numbers_of(item: Item) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", item.written))


def _mask(text: str) -> str:
    """The text with what stands in parentheses blanked out, same length."""
    return re.sub(r"\([^()\n]*\)", lambda m: "(" + "\u2588" * (len(m[0]) - 2) + ")", text)


def _marks(text: str) -> list[re.Match[str]]:
    masked = _mask(text)
    kept: list[re.Match[str]] = []
    for match in _MARKER.finditer(masked):
        if _is_mark(match, masked, kept):
            kept.append(match)
    numbered = [m for m in kept if m["close"] or m["label"]]
    if numbered:
        return kept if len(kept) > 1 or numbered[0]["number"] in {"1", "1,1", "1.1"} else []
    return kept if _line_by_line(kept, text) else []


def _line_by_line(marks: list[re.Match[str]], text: str) -> bool:
    """Bare numbers are a list only when each opens its line and they count from one: ``1 Dresser``, ``2 Valider``."""
    starts = [text[: mark.start()].rstrip(" \t") for mark in marks]
    opens = all(not start or start.endswith("\n") for start in starts)
    return len(marks) > 1 and opens and [mark["number"] for mark in marks] == [str(n + 1) for n in range(len(marks))]


def _is_mark(match: re.Match[str], text: str, kept: list[re.Match[str]]) -> bool:
    parts = [int(p) for p in re.findall(r"\d+", match["number"])]
    before = text[: match.start()]
    at_line = not before.strip(" \t") or before.rstrip(" \t").endswith("\n")
    upper = text[match.end() : match.end() + 1].isupper() or text[match.end() : match.end() + 1] in '«"“('
    if not match["close"] and not match["label"] and not upper:
        return False
    if len(parts) == 2 and not (upper or at_line):
        return False
    if not at_line and (not upper or _COUNTED.search(before[-12:])):
        return False
    if not kept:
        return parts[0] == 1 or (at_line and bool(match["close"]) and parts[0] <= 3)
    last = int(re.findall(r"\d+", kept[-1]["number"])[0])
    near = last <= parts[0] <= last + 3
    restart = parts[0] == 1 and bool(match["close"])
    sentence_ended = before.rstrip().endswith((".", ";", "\n")) and bool(match["close"]) and 0 < parts[0] <= last + 3
    return near or restart or sentence_ended or (at_line and bool(match["close"]) and parts[0] <= last + 3)


def _restarts(mark: re.Match[str], following: re.Match[str]) -> bool:
    return (
        int(re.findall(r"\d+", following["number"])[0]) == 1 and mark["number"].split(",")[0].split(".")[0] != "1"
    ) or (following["number"] == "1")


def _take_heading(text: str, *, last_line: bool = False) -> tuple[str, str]:
    """Take a heading off the end of a text: ``AN 2``, or a short last line without a full stop."""
    tail = _HEADING_TAIL.search(text)
    if tail:
        return text[: tail.start()].rstrip(), tail["heading"]
    head, _, line = text.rstrip().rpartition("\n")
    line = squeeze(line)
    if last_line and not head:
        return text, ""
    if line and len(line) <= 80 and not line.endswith((".", ";", ",", ")")) and not _NOTE_LINE.match(line):
        return head.rstrip(), line.rstrip(" :")
    return text, ""


def _take_notes(body: str, notes: list[str]) -> str:
    lines = body.split("\n")
    kept = [line for line in lines if not (len(lines) > 1 and _NOTE_LINE.match(line.strip()))]
    notes.extend(line.strip() for line in lines if line not in kept)
    return "\n".join(line.strip() for line in kept if line.strip())


def _recover_lost(items: list[Item]) -> Iterator[Item]:
    """Where items are orders in the infinitive, a second sentence in the infinitive is an item that lost its number."""
    orders = sum(1 for item in items if re.match(_INFINITIVE + r"\b", item.title))
    for item in items:
        match = _LOST_NUMBER.search(item.title) if orders * 5 >= len(items) * 3 and len(items) > 1 else None
        if match and re.match(_INFINITIVE + r"\s", item.title[match.end() :]):
            yield Item(item.title[: match.start()].strip(), item.written, item.group)
            yield Item(item.title[match.end() :].strip(), "", item.group, number_lost=True)
        else:
            yield item


def _bulleted(text: str) -> Enumeration:
    marks = list(_BULLET.finditer(text))
    if not marks:
        return Enumeration(before=text.strip())
    found = Enumeration(before=text[: marks[0].start()].strip())
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        body = text[mark.end() : following.start() if following else len(text)].strip()
        found.items.append(Item(_take_notes(body, found.notes)))
    return found
