"""How several values share one visible cell of our own Word and Excel files, written so that a person can edit them.

Two shapes, both made of lines:

* **entries**: one value per line (partners, transversal priorities);
* **labelled lines**: free text first, then lines such as ``Début : 2026-04-01``.

A backslash appears only where a text would otherwise be read as structure, so that whatever a plan holds can be read back
exactly. These functions are pure; the template's columns are in ``template_columns``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache

from .document import Actor, ActorKind, ActorRole

NOTHING = "—"
NBSP = "\u00a0"

ACTOR_KIND_MARKS: dict[ActorKind, str] = {
    ActorKind.COMMITTEE: "comité",
    ActorKind.COMMITTEE_TO_FORM: "comité à former",
    ActorKind.TEXT: "description",
}
MARK_KINDS = {mark: kind for kind, mark in ACTOR_KIND_MARKS.items()}
ACTOR = re.compile(
    r"(?P<name>(?:\\.|[^\\\[\]—])*)(?:\[(?P<mark>[^\\\[\]—]*)\]\s*)?(?:—(?P<precision>(?:\\.|[^\\])*))?"
)
SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")


def escape(text: str, special: str = "") -> str:
    """One value on one line: line breaks become ``\\n``, and a backslash stands before each ``special`` character."""
    escaped = re.sub(rf"[\\{re.escape(special)}]", r"\\\g<0>", text).replace("\n", r"\n")
    return "\\" + escaped if escaped == NOTHING else escaped


def unescape(text: str) -> str:
    """Undo ``escape``; a lone ``—`` says "nothing" and gives an empty text."""
    if text == NOTHING:
        return ""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], text)


def write_labelled(main: str, labels: tuple[str, ...], values: Iterable[tuple[str, str]]) -> str:
    """Free text, then one line per ``(label, value)``; ``labels`` are all those that the cell may hold."""
    pattern = _label_pattern(labels)
    lines = ["\\" + line if line.startswith("\\") or pattern.match(line) else line for line in main.split("\n")]
    tail = [f"{label}{NBSP}: {value}".rstrip() for label, value in values]
    return "\n".join([*(lines if main else []), *tail])


def read_labelled(text: str, labels: tuple[str, ...]) -> tuple[str, list[tuple[str, str]]]:
    """Undo ``write_labelled``: the free text, and the values (still escaped) with their labels, in order."""
    pattern = _label_pattern(labels)
    known = {label.casefold(): label for label in labels}
    main: list[str] = []
    values: list[tuple[str, str]] = []
    for line in text.split("\n"):
        match = pattern.match(line)
        if match:
            values.append((known[match[1].casefold()], line[match.end() :].strip()))
        else:
            main.append(line.removeprefix("\\"))
    return "\n".join(main).strip(), values


@cache
def _label_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    return re.compile(rf"\s*({names})[ \u00a0\u202f]?:", re.IGNORECASE)


def write_actor(actor: Actor) -> str:
    """``Name``, ``Name [comité]``, ``Name — precision`` or both."""
    mark = ACTOR_KIND_MARKS.get(actor.kind)
    parts = [escape(actor.name, "[]—")]
    if mark:
        parts.append(f"[{mark}]")
    if actor.precision:
        parts.append(f"{NOTHING} {escape(actor.precision, '—')}")
    return " ".join(part for part in parts if part)


def read_actor(text: str, role: ActorRole) -> tuple[Actor, str]:
    """Undo ``write_actor``; also the mark between brackets that is not one of ours (then kept in the name), or ``""``."""
    match = ACTOR.fullmatch(text)
    if match is None:
        return Actor(role=role, name=text.strip()), ""
    mark = (match["mark"] or "").strip().casefold()
    kind = MARK_KINDS.get(mark, ActorKind.ORGANISATION)
    name, precision = unescape(match["name"].strip()), unescape((match["precision"] or "").strip())
    if mark and mark not in MARK_KINDS:
        return Actor(role=role, name=f"{name} [{match['mark']}]".strip(), precision=precision), match["mark"]
    return Actor(role=role, name=name, kind=kind, precision=precision), ""


def read_amount(text: str, value: object = None) -> Decimal | None:
    """Dollars to the cent from a number or from a text such as ``11 446,00 $``; ``None`` when it is not an amount."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        text = str(value)
    compact = SPACES.sub("", text).replace("\u2212", "-").removesuffix("$").replace(",", ".")
    try:
        exact = Decimal(compact)
    except InvalidOperation:
        return None
    if not exact.is_finite() or abs(exact) >= Decimal(10) ** 13:
        return None
    rounded = exact.quantize(Decimal("0.01")) + Decimal("0.00")
    return rounded if rounded == exact or isinstance(value, float) else None


def read_date(text: str, value: object = None) -> date | None:
    """A day from a date cell or from ``2026-02-24``; ``None`` when it is not one."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(text.strip()[:10] if "T" in text or " 00:00" in text else text.strip())
    except ValueError:
        return None


def default_canonical(written: str, parent: str) -> str:
    """The place in the outline that a written number gives when nothing else is said, under a parent at ``parent``.

    A lone number counts under its parent (``3,`` under ``1.1.1`` is ``1.1.1.3``); a longer one says the whole place.
    """
    digits = re.findall("[0-9]+", written)
    if len(digits) == 1 and parent:
        return f"{parent}.{digits[0]}"
    return ".".join(digits)
