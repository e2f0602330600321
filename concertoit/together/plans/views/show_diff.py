"""A difference as a page shows it: sentences, words struck and added."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.core.spoken import money
from concertoit.together.plans.enums import ACTOR_ROLE_LABELS, NODE_KIND_LABELS, SECTION_KIND_LABELS
from concertoit.together.plans.queries.lineage import LineageNote
from concertoit.together.plans.rules.diff import ChangeKind, FieldChange, NodeChange, PlanDiff
from concertoit.together.plans.rules.document import ActorRole, SectionKind

FIELD_LABELS: dict[str, Any] = {
    "written": gettext_lazy("Numéro"),
    "title": gettext_lazy("Titre"),
    "description": gettext_lazy("Description"),
    "group": gettext_lazy("Sous-titre"),
    "period": gettext_lazy("Échéancier"),
    "dates": gettext_lazy("Dates"),
    "actors": gettext_lazy("Acteurs"),
    "budget": gettext_lazy("Budget"),
    "budget_lines": gettext_lazy("Budget détaillé"),
    "indicators": gettext_lazy("Indicateurs"),
    "links": gettext_lazy("Liens"),
    "cross_cutting": gettext_lazy("Priorités transversales"),
    "participants": gettext_lazy("Participants"),
    "cycle": gettext_lazy("Étapes de la démarche"),
}
_LISTS = {"actors", "budget_lines", "indicators", "links", "cross_cutting", "participants", "cycle"}
_PIECES = re.compile(r"\s+|[^\s]+")


@dataclass(slots=True)
class Piece:
    """A run of text: ``mark`` is empty, ``del`` or ``ins``."""

    text: str
    mark: str = ""


@dataclass(slots=True)
class ShownField:
    """A field that changed, as marked runs (texts) or as lines gone and come (lists)."""

    label: str
    pieces: list[Piece] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    come: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ShownChange:
    """A node that came, went or changed."""

    kind: str
    level: str
    code: str
    title: str
    moved: bool
    fields: list[ShownField]
    notes: list[LineageNote] = field(default_factory=list)


@dataclass(slots=True)
class ShownDiff:
    """A whole difference, grouped by axis."""

    groups: list[tuple[str, list[ShownChange]]]
    around: list[ShownField]
    added: int
    removed: int
    changed: int

    def __bool__(self) -> bool:
        return bool(self.groups or self.around)


def marked_words(before: str, after: str) -> list[Piece]:
    """The words of two texts in one run, what went and what came marked."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) * len(new) > 4_000_000:
        return [Piece(before, "del"), Piece(after, "ins")]
    pieces: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("".join(old[a:b]), "del"))
        if d > c:
            pieces.append(Piece("".join(new[c:d]), "ins"))
    return pieces


def _actor(line: str) -> str:
    role, _kind, name = [*line.split("|", 2), "", ""][:3]
    return f"{ACTOR_ROLE_LABELS[ActorRole(role)]} : {name}" if role in set(ActorRole) else line


def _label(code: str) -> str:
    if code.startswith("section:"):
        _word, kind, heading = code.split(":", 2)
        return heading or str(SECTION_KIND_LABELS[SectionKind(kind)])
    return str(FIELD_LABELS[code])


def show_field(change: FieldChange) -> ShownField:
    """One field, as its nature wants."""
    shown = ShownField(_label(change.field))
    if change.field in _LISTS:
        old, new = change.before.splitlines(), change.after.splitlines()
        read = _actor if change.field == "actors" else str
        shown.gone = [read(line) for line in old if line not in new]
        shown.come = [read(line) for line in new if line not in old]
        if not shown.gone and not shown.come:
            shown.come = [_("Le même contenu, dans un autre ordre.")]
    elif change.field == "budget":
        shown.gone = [money(Decimal(change.before))] if change.before else []
        shown.come = [money(Decimal(change.after))] if change.after else []
    else:
        shown.pieces = marked_words(change.before, change.after)
    return shown


def _change(change: NodeChange, notes: Mapping[str, list[LineageNote]]) -> ShownChange:
    node = change.node
    return ShownChange(
        kind=change.kind.value,
        level=str(NODE_KIND_LABELS[node.kind]),
        code=node.written or node.canonical,
        title=node.title,
        moved=change.moved,
        fields=[show_field(one) for one in change.fields],
        notes=notes.get(node.id, []),
    )


def show(diff: PlanDiff, notes: Mapping[str, list[LineageNote]] | None = None) -> ShownDiff:
    """The whole difference for the page, with what is known of where changes come from."""
    return ShownDiff(
        groups=[
            (axis, [_change(change, notes or {}) for change in changes]) for axis, changes in diff.by_axis().items()
        ],
        around=[show_field(change) for change in diff.around],
        added=diff.count(ChangeKind.ADDED),
        removed=diff.count(ChangeKind.REMOVED),
        changed=diff.count(ChangeKind.CHANGED),
    )
