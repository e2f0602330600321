"""Places in the outline, ids, and every departure of the written numbers from them, as a pass of its own.

The canonical number is the place where the element stands; the written number is kept whatever it says. Where the
written numbers of a whole level are coherent among themselves (they start under their parent's number and grow) but do
not begin at 1, the top level keeps them, so that an excerpt of a plan keeps its numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from concertoit.together.plans.rules.document import Node, NodeKind
from concertoit.together.plans.rules.enumerations import Item, numbers_of
from concertoit.together.plans.rules.outline import COMMA, MISSING_SEPARATOR, STRAY_NUMBER, canonical
from concertoit.together.plans.rules.wording import shorten

from .work import Work

Parts = tuple[int, ...]


def number_all(work: Work) -> None:
    """Give every node its canonical number and its id, then check the written numbers."""
    _assign(work.tree.roots, (), work)
    used: Counter[str] = Counter()
    for node in work.tree.nodes():
        base = f"{node.kind.value}-{node.canonical}"
        used[base] += 1
        node.id = base if used[base] == 1 else f"{base}-{used[base]}"
    _check_writing(work)
    _check_duplicates(work)
    _check_siblings(work.tree.roots, None, work)
    for node in work.tree.nodes():
        _check_siblings([c for c in node.children if c.kind is not NodeKind.STEP], node, work)
        _check_steps(node, work)


def _parts(node: Node, work: Work) -> Parts:
    number = work.tree.numbers.get(id(node))
    return number.parts if number else ()


def _assign(nodes: Sequence[Node], above: Parts, work: Work) -> None:
    written = [_parts(node, work) for node in nodes]
    keep = not above and _coherent(written)
    for position, node in enumerate(nodes, start=1):
        place = written[position - 1] if keep else (*above, position)
        node.canonical = canonical(place)
        _assign(node.children, place, work)


def _coherent(written: list[Parts]) -> bool:
    return bool(written) and all(written) and all(a < b for a, b in pairwise(written))


def _check_writing(work: Work) -> None:
    """Commas, missing separators, stray numbers: one entry per written number."""
    kinds = {COMMA: "comma_code", MISSING_SEPARATOR: "missing_separator", STRAY_NUMBER: "stray_number"}
    for node in work.tree.nodes():
        number = work.tree.numbers.get(id(node))
        for fault in number.faults if number else ():
            values = {
                "written": node.written,
                "canonical": node.canonical,
                "above": number.above if number else "",
            }
            work.report(kinds[fault], node.source_place, shorten(node.source_text), **values)


def _check_duplicates(work: Work) -> None:
    """One written number used for several elements of one level (steps apart), unless it only counts under its parent."""
    by_code: dict[tuple[NodeKind, Parts], list[Node]] = defaultdict(list)
    for node in work.tree.nodes():
        parts = _parts(node, work)
        if parts and node.kind is not NodeKind.STEP:
            by_code[node.kind, parts].append(node)
    parent = {id(c): id(node) for node in work.tree.nodes() for c in node.children}
    for (_, parts), nodes in by_code.items():
        local = len(parts) == 1 and len({parent.get(id(n)) for n in nodes}) == len(nodes)
        if len(nodes) < 2 or local:
            continue
        titles = "; ".join(f"«\u00a0{shorten(node.title, 60)}\u00a0»" for node in nodes[:5])
        last = nodes[-1]
        values = {"written": last.written, "count": len(nodes), "titles": titles, "canonical": last.canonical}
        for node in nodes[1:]:
            work.report(
                "duplicate_code",
                node.source_place,
                shorten(node.source_text),
                **{**values, "canonical": node.canonical},
            )


def _check_siblings(nodes: Sequence[Node], parent: Node | None, work: Work) -> None:
    """Missing numbers, numbers that do not start like the parent's, holes in the sequence."""
    numbered = [(node, _parts(node, work)) for node in nodes]
    if not any(parts for _, parts in numbered):
        return
    expected = _start(numbered, parent, work)
    for position, (node, parts) in enumerate(numbered):
        if not parts:
            work.report(
                "missing_number",
                node.source_place,
                shorten(node.source_text),
                title=shorten(node.title, 80),
                canonical=node.canonical,
            )
            expected += 1
            continue
        above = _parts(parent, work) if parent else ()
        if above and len(parts) > 1 and parts[:-1] != above and len(parts) == len(above) + 1:
            values = {"written": node.written, "parent": parent.written if parent else "", "canonical": node.canonical}
            work.report("parent_mismatch", node.source_place, shorten(node.source_text), **values)
        elif _leaves_hole(parts, expected, position, [p for _, p in numbered]):
            hole = canonical((*parts[:-1], expected))
            work.report(
                "gap",
                node.source_place,
                shorten(node.source_text),
                written=node.written,
                expected=hole,
                canonical=node.canonical,
            )
        expected = parts[-1] + 1


def _start(numbered: Sequence[tuple[Node, Parts]], parent: Node | None, work: Work) -> int:
    """The number expected first: 1 under a numbered parent of one part less, else whatever the first one is."""
    first = next(parts for _, parts in numbered if parts)
    above = _parts(parent, work) if parent else ()
    return 1 if above and len(first) == len(above) + 1 else first[-1]


def _leaves_hole(parts: Parts, expected: int, position: int, all_parts: Sequence[Parts]) -> bool:
    if parts[-1] <= expected:
        return False
    previous = all_parts[position - 1] if position else parts
    return previous == () or previous[:-1] == parts[:-1]


def _check_steps(node: Node, work: Work) -> None:
    """Numbers of steps within each heading: repeated, missing, out of order, lost."""
    groups: dict[str, list[Node]] = defaultdict(list)
    for child in node.children:
        if child.kind is NodeKind.STEP:
            groups[child.group].append(child)
    for steps in groups.values():
        for step in steps:
            if "written" in step.guessed:
                name = node.written or node.title
                work.report(
                    "step_number_lost",
                    step.source_place,
                    shorten(step.title),
                    parent=name,
                    title=shorten(step.title, 80),
                )
        _check_step_numbers([step for step in steps if step.written], node, work)


def _check_step_numbers(steps: Sequence[Node], node: Node, work: Work) -> None:
    numbers = [numbers_of(Item("", step.written)) for step in steps]
    simple = [n[0] for n in numbers if len(n) == 1]
    if not simple or len(numbers) < 2:
        return
    place, name = steps[0].source_place, node.written or shorten(node.title, 60)
    text = shorten(" ".join(step.written for step in steps))
    counts = Counter(simple)
    for number in [n for n, count in counts.items() if count > 1]:
        work.report("step_repeated", place, text, parent=name, repeated=number)
    heads = {n[0] for n in numbers}
    missing = [n for n in range(1, max(heads)) if n not in heads]
    for number in missing:
        work.report("step_gap", place, text, parent=name, missing=number)
    if simple != sorted(simple):
        work.report("step_order", place, text, parent=name, numbers=", ".join(str(n) for n in simple))
