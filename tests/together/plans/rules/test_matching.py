"""Matching an incoming document to the plan that exists: exact, and never one element twice."""

from __future__ import annotations

import copy

from hypothesis import HealthCheck, given, settings

from concertoit.together.plans.rules.diff import ChangeKind, compare
from concertoit.together.plans.rules.document import Link, Node, NodeKind, PlanDocument
from concertoit.together.plans.rules.matching import adopt_ids, fold, match
from tests.together.plans.generated import plans

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def plan(prefix: str = "") -> PlanDocument:
    def node(kind: NodeKind, code: str, title: str, *children: Node) -> Node:
        return Node(f"{prefix}{code}", kind, title, code, code, children=list(children))

    steps = [node(NodeKind.STEP, f"1.1.{n}", title) for n, title in enumerate(["Consulter", "Visiter", "Écrire"], 1)]
    return PlanDocument(
        roots=[
            node(
                NodeKind.AXIS,
                "1",
                "Se loger",
                node(NodeKind.ACTION, "1.1", "Tenir un registre", *steps),
                node(NodeKind.ACTION, "1.2", "Visiter les immeubles"),
            )
        ]
    )


@given(existing=plans(), incoming=plans())
@SLOW
def test_nobody_is_paired_twice_and_levels_agree(existing: PlanDocument, incoming: PlanDocument) -> None:
    pairs = match(existing, incoming)
    assert len(set(pairs.values())) == len(pairs)
    old, new = {n.id: n for n in existing.walk()}, {n.id: n for n in incoming.walk()}
    assert all(old[b].kind is new[a].kind for a, b in pairs.items())


@given(existing=plans(), incoming=plans())
@SLOW
def test_every_id_stays_unique_and_a_shared_id_is_a_pair(existing: PlanDocument, incoming: PlanDocument) -> None:
    before = {id(node): node.id for node in incoming.walk()}
    pairs = adopt_ids(existing, incoming)
    ids = [node.id for node in incoming.walk()]
    assert len(ids) == len(set(ids))
    old = {node.id for node in existing.walk()}
    assert {node.id for node in incoming.walk() if node.id in old} == set(pairs.values())
    assert all(pairs.get(before[id(node)], node.id) == node.id for node in incoming.walk() if node.id in old)


@given(document=plans())
@SLOW
def test_a_document_that_left_with_our_references_comes_back_to_itself(document: PlanDocument) -> None:
    incoming = copy.deepcopy(document)
    adopt_ids(document, incoming)
    assert not compare(document, incoming)


def test_a_later_version_without_references_is_a_difference() -> None:
    incoming = plan("new-")
    registry, visits = incoming.roots[0].children
    registry.title = "Tenir à jour un registre"  # found by its number, and its steps under it
    visits.written = visits.canonical = "1.7"  # found by its title
    incoming.roots[0].children.append(Node("x", NodeKind.ACTION, "Neuve", "1.3", "1.3"))
    adopt_ids(plan(), incoming)
    diff = compare(plan(), incoming)
    assert [(c.kind, c.node.id, [f.field for f in c.fields]) for c in diff.nodes] == [
        (ChangeKind.CHANGED, "1.1", ["title"]),
        (ChangeKind.CHANGED, "1.2", ["written"]),
        (ChangeKind.ADDED, "x", []),
    ]


def test_two_that_look_alike_are_not_guessed() -> None:
    existing, incoming = plan(), plan("new-")
    for document in (existing, incoming):
        for action in document.roots[0].children:
            action.title, action.written, action.canonical = "Même titre", "", ""
    pairs = match(existing, incoming)
    assert "new-1.1" not in pairs
    assert "new-1.2" not in pairs


def test_a_line_whose_level_changed_is_another_element() -> None:
    """It keeps no id of the plan: two elements of one version never share an identity."""
    incoming = plan()
    action = incoming.roots[0].children[1]
    action.kind, action.title = NodeKind.OBJECTIVE, "Autre chose"
    incoming.roots[0].children[0].links = [Link("1.2", action.id)]
    adopt_ids(plan(), incoming)
    assert action.id == "1.2+"
    assert incoming.roots[0].children[0].links[0].target == "1.2+"


def test_fold_is_what_two_spellings_share() -> None:
    assert fold("  L’ÉCHÉANCIER  révisé ! ") == fold("l'echeancier revise") == "l echeancier revise"
