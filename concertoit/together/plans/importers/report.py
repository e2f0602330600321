"""An understanding as one JSON document (``concertoit import-plan FILE --report FILE``)."""

from __future__ import annotations

from typing import Any

from concertoit.together.plans.rules.document import ActorRole, Node, NodeKind, Period

from .understand import Understanding

Json = dict[str, Any]
_COUNTS = {"axes": NodeKind.AXIS, "objectives": NodeKind.OBJECTIVE, "actions": NodeKind.ACTION}
_COUNTS |= {"outcomes": NodeKind.OUTCOME, "steps": NodeKind.STEP}


def report(understanding: Understanding) -> Json:
    """Counts, total, nodes in document order, anomalies, unplaced text; only plain JSON types, amounts as text.

    Where an action says nothing itself and its outcomes do, its leads, partners and (single) period are theirs, named in
    ``guessed``.
    """
    document = understanding.document
    parents = document.parents()
    counts = {"participants": len(document.participants)}
    counts |= {name: len(document.of_kind(kind)) for name, kind in _COUNTS.items()}
    return {
        "counts": counts,
        "budget_total": f"{document.budget_total():.2f}",
        "nodes": [_node(node, parents.get(node.id)) for node in document.walk()],
        "anomalies": [
            {"kind": a.kind, "place": a.place, "text": a.text, "message": a.message, "suggestion": a.suggestion}
            for a in understanding.anomalies
        ],
        "unplaced": [{"place": place, "text": text} for place, text in understanding.unplaced],
    }


def _node(node: Node, parent: Node | None) -> Json:
    guessed = list(node.guessed)
    leads, partners, period = _names(node, {ActorRole.LEAD}), _names(node, _PARTNERS), node.period
    outcomes = [child for child in node.children if child.kind in {NodeKind.OUTCOME, NodeKind.STEP}]
    if node.kind is NodeKind.ACTION and outcomes:
        if not leads and (leads := _union(_names(child, {ActorRole.LEAD}) for child in outcomes)):
            guessed.append("leads")
        if not partners and (partners := _union(_names(child, _PARTNERS) for child in outcomes)):
            guessed.append("partners")
        if not period and len({child.period.written for child in outcomes}) == 1:
            period = outcomes[0].period
            guessed += ["period"] if period else []
    return {
        "kind": node.kind.value,
        "id": node.id,
        "parent": parent.id if parent else None,
        "written": node.written,
        "canonical": node.canonical,
        "title": node.title,
        "period": _period(period),
        "budget": f"{node.budget:.2f}" if node.budget is not None else None,
        "leads": leads,
        "partners": partners,
        "guessed": list(dict.fromkeys(guessed)),
    }


_PARTNERS = {ActorRole.PARTNER, ActorRole.TO_CONTACT}


def _names(node: Node, roles: set[ActorRole]) -> list[str]:
    return list(dict.fromkeys(actor.name for actor in node.actors if actor.role in roles))


def _union(groups: Any) -> list[str]:
    return list(dict.fromkeys(name for group in groups for name in group))


def _period(period: Period) -> Json:
    return {
        "written": period.written,
        "start": period.start.isoformat() if period.start else None,
        "end": period.end.isoformat() if period.end else None,
    }
