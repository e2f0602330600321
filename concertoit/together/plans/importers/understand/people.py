"""Checks on organisations: leads carried down, leads outside the participants, spellings of one name."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from concertoit.together.plans.rules.document import Actor, ActorKind, ActorRole, Node, NodeKind
from concertoit.together.plans.rules.names import may_be_one, signature
from concertoit.together.plans.rules.wording import fold, shorten

from .work import Work


def carry_leads(work: Work) -> None:
    """An outcome without lead, written under the same action as one that has a lead, has that lead (a merged cell)."""
    for node in work.tree.nodes():
        if node.kind is not NodeKind.ACTION:
            continue
        lead: list[Actor] = node.actors_in(ActorRole.LEAD)
        for outcome in (child for child in node.children if child.kind is NodeKind.OUTCOME):
            own = outcome.actors_in(ActorRole.LEAD)
            if own:
                lead = own
            elif lead:
                outcome.actors.extend(Actor(a.role, a.name, a.kind, a.precision) for a in lead)
                outcome.guessed.append("leads")
                work.report(
                    "inherited_lead",
                    outcome.source_place,
                    shorten(outcome.source_text),
                    node=outcome.written or outcome.title,
                )


def check_names(work: Work) -> None:
    """Leads that are not participants, and names that look like spellings of one organisation."""
    names: dict[str, tuple[str, str]] = {}
    leads: dict[str, tuple[str, str]] = {}
    for node in work.tree.nodes():
        _collect(node, names, leads)
    for participant in work.document.participants:
        names.setdefault(fold(participant.organisation), (participant.organisation, ""))
    groups = _variants(names)
    _check_leads(leads, groups, work)
    for group in groups:
        listed = ", ".join(f"«\u00a0{names[key][0]}\u00a0»" for key in group)
        place = next((names[key][1] for key in group if names[key][1]), "")
        work.report("name_variants", place, "; ".join(names[key][0] for key in group), names=listed)


def _collect(node: Node, names: dict[str, tuple[str, str]], leads: dict[str, tuple[str, str]]) -> None:
    for actor in node.actors:
        if actor.kind in {ActorKind.TEXT, ActorKind.COMMITTEE_TO_FORM}:
            continue
        names.setdefault(fold(actor.name), (actor.name, node.source_place))
        if actor.role is ActorRole.LEAD:
            leads.setdefault(fold(actor.name), (actor.name, node.source_place))


def _variants(names: dict[str, tuple[str, str]]) -> list[list[str]]:
    """Groups of folded names that share a signature and do not contradict each other."""
    by_signature: dict[str, list[str]] = defaultdict(list)
    for key, (name, _) in names.items():
        mark = signature(name)
        if mark:
            by_signature[mark].append(key)
    groups = []
    for keys in by_signature.values():
        kept = {k for a, b in combinations(keys[:20], 2) if may_be_one(names[a][0], names[b][0]) for k in (a, b)}
        if len(kept) > 1 and any(names[key][0].isupper() for key in kept):
            groups.append([key for key in keys if key in kept])
    return groups


def _check_leads(leads: dict[str, tuple[str, str]], groups: list[list[str]], work: Work) -> None:
    participants = {fold(p.organisation) for p in work.document.participants}
    if not participants:
        return
    same = {key: set(group) for group in groups for key in group}
    for key, (name, place) in leads.items():
        known = participants & ({key} | same.get(key, set()))
        within = any(key in other.split() or key == other or key in other for other in participants)
        if not known and not within:
            work.report("lead_not_participant", place, name, name=name)
