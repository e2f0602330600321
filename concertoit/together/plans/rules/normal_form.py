"""The normal form of a plan document: what two documents must share to say the same thing.

A file keeps what people can see. Blanks around a text, characters that no office file may hold, the order between
roles of one node and the traces of a previous import are not part of a plan's meaning: the normal form removes them, so
that "export, then import, gives zero difference" can be said with ``==``.
"""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from typing import Any

from .document import Actor, ActorRole, Node, PlanDocument

# Control characters, and what XML 1.0 (hence Word and Excel files) cannot hold.
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufeff]")
LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
ROLE_ORDER = {role: place for place, role in enumerate(ActorRole)}
CENT = Decimal("0.01")
# Filled as types are met: asking a dataclass for its fields each time costs more than the cleaning itself.
FIELDS: dict[type, tuple[str, ...]] = {}


def clean_text(text: str) -> str:
    """One text as a file can keep it: ``\\n`` for line breaks, no control character, no blank at the end of a line."""
    if text.isprintable():  # no line break and nothing forbidden: most texts, at a tenth of the cost
        return text.strip()
    unified = FORBIDDEN.sub("", LINE_BREAKS.sub("\n", text)).replace("\t", " ")
    return "\n".join(line.rstrip() for line in unified.split("\n")).strip()


def normal_form(document: PlanDocument) -> PlanDocument:
    """A copy of ``document`` in normal form; applying it twice changes nothing.

    Texts are cleaned, amounts rounded to the cent, actors grouped by role (their order inside a role kept), empty names,
    empty participants and empty texts dropped, and the traces of an import (``guessed``, ``source_*``) cleared.
    """
    copy: PlanDocument = _cleaned(document)
    copy.participants = [p for p in copy.participants if p.organisation or p.person or p.capacity]
    copy.cycle = [c for c in copy.cycle if c.when or c.title or c.body or c.detail or c.date]
    copy.sections = [s for s in copy.sections if s.body or s.heading]
    copy.roots = [_node(root) for root in copy.roots]
    return copy


def _node(node: Node) -> Node:
    node.actors = sorted((actor for actor in node.actors if actor.name or actor.precision), key=_role_place)
    node.cross_cutting = [name for name in node.cross_cutting if name]
    node.indicators = [i for i in node.indicators if i.title or i.unit or i.baseline or i.target]
    node.budget = None if node.budget is None else cents(node.budget)
    node.budget_lines = [dataclasses.replace(line, amount=cents(line.amount)) for line in node.budget_lines]
    node.guessed, node.source_place, node.source_text = [], "", ""
    node.children = [_node(child) for child in node.children]
    return node


def _role_place(actor: Actor) -> int:
    return ROLE_ORDER[actor.role]


def cents(amount: Decimal) -> Decimal:
    """The amount with exactly two places, and no negative zero."""
    return amount.quantize(CENT) + Decimal("0.00")


def _cleaned(value: Any) -> Any:
    """Clean every text of a value; codes (``StrEnum``) are left alone, hence the exact type."""
    kind = type(value)
    if kind is str:
        return clean_text(value)
    if kind is list:
        return [_cleaned(item) for item in value]
    names = _field_names(kind)
    return kind(*[_cleaned(getattr(value, name)) for name in names]) if names else value


def _field_names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass in the order of its arguments; none for anything else."""
    if kind not in FIELDS:
        is_dataclass = dataclasses.is_dataclass(kind)
        FIELDS[kind] = tuple(field.name for field in dataclasses.fields(kind)) if is_dataclass else ()
    return FIELDS[kind]
