"""Links written in prose (``lien avec 2,1,1,2 + 2,2,2,2``): found in titles, descriptions and steps, then resolved."""

from __future__ import annotations

import re
from collections import defaultdict

from concertoit.together.plans.rules.document import LEVEL, Link, Node, NodeKind
from concertoit.together.plans.rules.outline import canonical, find_codes, parse_parts
from concertoit.together.plans.rules.wording import fold, squeeze

from .work import Work

_WORDS = re.compile(
    r"\b(?:liens?|lies?|arrim\w+|voir|cf|en lien|relie\w*|complementaire\w*|en continuite|decoule\w*|suite d)\b"
)
_DIGIT = re.compile(r"\d[.,]\d")
_FRAGMENT = re.compile(
    r"\([^()]*\)|(?:liens?|arrimages?|voir|cf\.?|en lien)\s[^().;\n]*(?:[.,]\d[^().;\n]*)*", re.IGNORECASE
)


def is_note(line: str) -> bool:
    """A line that is a remark in parentheses or a link, and not the heading of a list."""
    bare = line.strip()
    return (bare.startswith("(") and bare.rstrip(".").endswith(")")) or bool(re.match(_WORDS, fold(bare).lstrip("(")))


def link_fragments(text: str) -> list[tuple[str, list[str]]]:
    """Fragments of a text that name outline codes: parentheses, or what follows a word such as *lien*."""
    found: list[tuple[str, list[str]]] = []
    for match in _FRAGMENT.finditer(text):
        least = 2 if _WORDS.search(fold(match[0])) else 3
        codes = find_codes(match[0], least=least)
        if codes and "$" not in match[0]:
            found.append((squeeze(match[0]), codes))
    return found


def read_links(work: Work) -> None:
    """Find every link, attach it to the outcome (or action) it is written in, and resolve its target."""
    nodes = work.tree.nodes()
    by_code = _index(nodes)
    for node in nodes:
        if node.kind is NodeKind.STEP:
            continue
        texts = [node.title, node.description]
        texts += [t for child in node.children if child.kind is NodeKind.STEP for t in (child.title, child.group)]
        for text in texts:
            for note, codes in link_fragments(text) if _DIGIT.search(text) else ():
                for code in codes:
                    _attach(node, code, note, by_code, work)


def _index(nodes: list[Node]) -> dict[str, list[Node]]:
    """Nodes by written code and by canonical code; steps are never a link's target."""
    index: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.kind is NodeKind.STEP:
            continue
        for code in {canonical(parse_parts(node.written)), node.canonical} - {""}:
            index[code].append(node)
    return index


def _attach(node: Node, code: str, note: str, by_code: dict[str, list[Node]], work: Work) -> None:
    if any(link.target_written == code for link in node.links):
        return
    wanted = canonical(parse_parts(code))
    candidates = by_code.get(wanted, [])
    target = _choose(candidates, wanted)
    node.links.append(Link(target_written=code, target=target.id if target else None, note=note))
    place, name = node.source_place, node.written or node.title
    if target is None:
        work.report("unknown_link", place, note, target=code)
    elif target is node:
        work.report("self_link", place, note, node=name, target=code)
    if len(candidates) > 1 and target is not None:
        names = ", ".join(f"{c.canonical} (écrit {c.written})" for c in candidates)
        work.report("ambiguous_link", place, note, target=code, candidates=names, chosen=target.canonical)


def _choose(candidates: list[Node], wanted: str) -> Node | None:
    """The node that writes the code and stands there, else one that writes it, else the one that stands there."""
    if not candidates:
        return None
    return min(
        candidates,
        key=lambda n: (
            canonical(parse_parts(n.written)) != wanted,
            n.canonical != wanted,
            -LEVEL[n.kind],
        ),
    )
