"""A grid as a document: what a version says, apart from who keeps it. Files are read into it and written from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum


class Cause(StrEnum):
    """Why something of a file does not come along as it is."""

    UNKNOWN_WORD = "unknown_word"
    NO_DIMENSION = "no_dimension"
    CODE_AND_LABEL = "code_and_label"
    CODE_TAKEN = "code_taken"
    NOT_A_NUMBER = "not_a_number"
    UNKNOWN_COLUMN = "unknown_column"
    ALREADY_THERE = "already_there"
    NOT_A_STATE = "not_a_state"
    OTHER_TYPE = "other_type"
    REPEAT = "repeat"
    FREE_ANSWER = "free_answer"
    CONDITION = "condition"
    HINT = "hint"
    COLUMN = "column"
    SCALE_WORDS = "scale_words"
    CODE_CHANGED = "code_changed"
    NO_LABEL = "no_label"
    OTHER_LANGUAGE = "other_language"
    NO_LIST = "no_list"
    TOO_LONG = "too_long"


LENGTHS = {"code": 16, "label": 300, "danger": 200, "hhsrs": 60, "sources": 300}


@dataclass(frozen=True, slots=True)
class Dimension:
    """``sensitive``: codes of the groups that it harms more."""

    code: str
    title: str
    sensitive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A point. ``scope`` is dwelling, common or building; ``mandates`` are codes, ``together`` when all of them look."""

    code: str
    dimension: str
    label: str
    scope: str = "dwelling"
    danger: str = ""
    mandates: tuple[str, ...] = ()
    together: bool = False
    measure: str = ""
    weight: int = 1
    hhsrs: str = ""
    sources: str = ""
    retired: bool = False


def too_long(item: Item, line: int) -> list[Trouble]:
    """The texts of a point that have no room."""
    return [
        Trouble(line, getattr(item, name), Cause.TOO_LONG, str(most), stops=True)
        for name, most in LENGTHS.items()
        if len(getattr(item, name)) > most
    ]


@dataclass(frozen=True, slots=True)
class GridDocument:
    """Dimensions and points in order. A point names a dimension of the document."""

    title: str
    dimensions: tuple[Dimension, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something of a file that did not come along: its line (0: the whole file), what it is, why (a ``Cause``).

    ``stops``: nothing can be imported before it is mended. ``detail``: the words that would have been understood.
    """

    line: int
    what: str
    why: Cause
    detail: str = ""
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: the grid, what it says that the grid cannot hold, and questions that could become points."""

    document: GridDocument
    troubles: tuple[Trouble, ...] = ()
    candidates: tuple[Item, ...] = ()

    @property
    def stops(self) -> bool:
        return any(one.stops for one in self.troubles)


class Refused(ValueError):
    """A file that cannot be read as a grid at all; the message is one of the codes of ``importers.grid``."""


@dataclass(frozen=True, slots=True)
class Change:
    """A point or a dimension before and after. ``None`` on one side: added, or gone."""

    kind: str  # "item" or "dimension"
    code: str
    before: Item | Dimension | None
    after: Item | Dimension | None
    names: tuple[str, ...] = ()

    @property
    def sense(self) -> str:
        if self.before is None:
            return "added"
        if self.after is None:
            return "gone"
        if (
            isinstance(self.before, Item)
            and isinstance(self.after, Item)
            and self.after.retired != self.before.retired
        ):
            return "retired" if self.after.retired else "back"
        return "changed"


@dataclass(slots=True)
class _Sides:
    before: dict[str, Item | Dimension] = field(default_factory=dict)
    after: dict[str, Item | Dimension] = field(default_factory=dict)


def differences(before: GridDocument, after: GridDocument) -> list[Change]:
    """What changes from one document to the other, dimensions first; nothing when they say the same."""
    changes: list[Change] = []
    sides: tuple[tuple[str, Callable[[GridDocument], tuple[Item | Dimension, ...]]], ...] = (
        ("dimension", lambda one: one.dimensions),
        ("item", lambda one: one.items),
    )
    for kind, part in sides:
        both = _Sides({one.code: one for one in part(before)}, {one.code: one for one in part(after)})
        for code in dict.fromkeys([*both.before, *both.after]):
            had, has = both.before.get(code), both.after.get(code)
            if had != has:
                changes.append(Change(kind, code, had, has, _names(had, has)))
    return changes


def _names(had: Item | Dimension | None, has: Item | Dimension | None) -> tuple[str, ...]:
    if had is None or has is None:
        return ()
    return tuple(one.name for one in fields(has) if getattr(had, one.name) != getattr(has, one.name))


def keep_what_a_file_leaves_out(read: GridDocument, known: GridDocument, columns: frozenset[str]) -> GridDocument:
    """Fields that a file has no column for stay as the known grid has them."""
    items = {one.code: one for one in known.items}
    groups = {one.code: one for one in known.dimensions}
    kept = [name for name in ("measure", "weight", "hhsrs", "sources", "retired", "mandates") if name not in columns]
    if "mandates" in kept:
        kept.append("together")
    return replace(
        read,
        items=tuple(
            replace(one, **{name: getattr(items[one.code], name) for name in kept}) if one.code in items else one
            for one in read.items
        ),
        dimensions=tuple(
            replace(one, sensitive=groups[one.code].sensitive)
            if "sensitive" not in columns and one.code in groups
            else one
            for one in read.dimensions
        ),
    )
