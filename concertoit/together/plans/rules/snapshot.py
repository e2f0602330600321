"""Frozen versions: one canonical text for a document, its SHA-256, and the way back.

Canonical JSON: keys sorted, no spaces, UTF-8 unescaped, amounts and dates as text. The same content always gives the
same bytes, on any machine, so that anybody holding the text can verify the hash with ordinary tools.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from concertoit.together.plans.rules.document import (
    Actor,
    ActorKind,
    ActorRole,
    BudgetKind,
    BudgetLine,
    CycleStep,
    Indicator,
    Link,
    Node,
    NodeKind,
    Participant,
    Period,
    PlanDocument,
    Section,
    SectionKind,
    StepState,
    as_plain,
)

SCHEMA = "concertoit-plan/1"


def canonical_text(document: PlanDocument) -> str:
    """The document as canonical JSON text."""
    body = {"schema": SCHEMA, "document": as_plain(document)}
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_canonical(text: str) -> PlanDocument:
    """The document behind a canonical text. Raises ``ValueError`` for another schema."""
    body = json.loads(text)
    if body.get("schema") != SCHEMA:
        raise ValueError(f"unknown schema: {body.get('schema')}")
    return read_plain(body["document"])


def read_plain(plain: dict[str, Any]) -> PlanDocument:
    """The inverse of ``as_plain`` for a whole document."""
    return PlanDocument(
        title=plain["title"],
        period=_period(plain["period"]),
        participants=[Participant(**p) for p in plain["participants"]],
        cycle=[CycleStep(**{**c, "date": _date(c["date"])}) for c in plain["cycle"]],
        sections=[Section(**{**s, "kind": SectionKind(s["kind"])}) for s in plain["sections"]],
        roots=[_node(n) for n in plain["roots"]],
    )


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _amount(value: str | None) -> Decimal | None:
    return Decimal(value) if value is not None else None


def _period(plain: dict[str, Any]) -> Period:
    return Period(**{**plain, "start": _date(plain["start"]), "end": _date(plain["end"])})


def _actor(plain: dict[str, Any]) -> Actor:
    return Actor(**{**plain, "role": ActorRole(plain["role"]), "kind": ActorKind(plain["kind"])})


def _line(plain: dict[str, Any]) -> BudgetLine:
    return BudgetLine(**{**plain, "amount": Decimal(plain["amount"]), "kind": BudgetKind(plain["kind"])})


def _node(plain: dict[str, Any]) -> Node:
    return Node(
        **{
            **plain,
            "kind": NodeKind(plain["kind"]),
            "state": StepState(plain["state"]) if plain["state"] else None,
            "period": _period(plain["period"]),
            "budget": _amount(plain["budget"]),
            "actors": [_actor(a) for a in plain["actors"]],
            "budget_lines": [_line(b) for b in plain["budget_lines"]],
            "indicators": [Indicator(**i) for i in plain["indicators"]],
            "links": [Link(**li) for li in plain["links"]],
            "children": [_node(c) for c in plain["children"]],
        }
    )
