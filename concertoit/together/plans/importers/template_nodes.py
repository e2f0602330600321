"""Rebuild the tree of a plan from the rows of our template's table « Plan »."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from concertoit.together.plans.importers.template_tables import Row
from concertoit.together.plans.importers.template_values import Values
from concertoit.together.plans.rules import template_columns as template
from concertoit.together.plans.rules.document import LEVEL, Actor, ActorRole, Node, NodeKind, Period
from concertoit.together.plans.rules.template_cells import (
    NOTHING,
    default_canonical,
    read_actor,
    read_labelled,
    unescape,
)

LABEL_ROLES = {label: role for role, label in template.ROLES.items()}


@dataclass(slots=True)
class _Placed:
    """A node with what its row says of its place; ``ranked`` when the row says its place in the outline too."""

    node: Node
    row: Row
    ranked: bool
    parent: _Placed | None = None


class NodeReader:
    """Reads the rows of the plan, then answers which element a reference means."""

    def __init__(self, values: Values, identifiers: dict[str, str]) -> None:
        self._values = values
        self._identifiers = identifiers
        self._by_ref: dict[str, _Placed] = {}
        self._taken: set[str] = set()

    def read(self, rows: list[Row]) -> list[Node]:
        """The roots, with everything under them, in the order of the rows."""
        placed = [self._placed(row) for row in rows]
        previous: _Placed | None = None
        for one in placed:
            one.parent = self._parent(one, previous)
            previous = one
        self._break_circles(placed)
        for one in placed:
            if one.parent:
                one.parent.node.children.append(one.node)
        roots = [one.node for one in placed if one.parent is None]
        self._default_ranks(roots, {id(one.node) for one in placed if one.ranked})
        return roots

    def owner(self, row: Row) -> Node | None:
        """The element that a row of another table belongs to; a problem when there is none."""
        placed = self._by_ref.get(row.text("ref"))
        if placed is None:
            self._values.problem(
                "unknown_reference",
                row.cell("ref"),
                f"Aucun élément du plan n'a la référence « {row.text('ref')} »: cette ligne n'est pas reprise.",
                "Corrigez la référence, ou retirez la ligne.",
                place=row.place(),
            )
            return None
        return placed.node

    def identifier(self, ref: str) -> str:
        """The identifier behind a reference; an unknown reference stands for itself."""
        placed = self._by_ref.get(ref)
        return placed.node.id if placed else self._identifiers.get(ref, ref)

    def _placed(self, row: Row) -> _Placed:
        kind = self._values.word(row.cell("kind"), template.NODE_KINDS, "niveau")
        if kind is None and not row.text("kind"):
            self._values.problem(
                "missing_kind",
                row.cell("kind"),
                "Cette ligne n'a pas de niveau; elle est lue comme une étape.",
                "Écrivez Axe, Objectif, Action, Résultat ou Étape.",
                place=row.place(),
            )
        node = Node(id=self._new_identifier(row), kind=kind or NodeKind.STEP)
        ranked = self._fill(node, row)
        placed = _Placed(node, row, ranked)
        if row.text("ref"):
            self._by_ref.setdefault(row.text("ref"), placed)
        return placed

    def _new_identifier(self, row: Row) -> str:
        ref = row.text("ref")
        if ref in self._by_ref:
            self._values.problem(
                "repeated_reference",
                row.cell("ref"),
                f"La référence « {ref} » est déjà prise: cette ligne est lue comme un élément nouveau.",
                "Effacez la référence de la ligne nouvelle.",
            )
            ref = ""
        wanted = self._identifiers.get(ref, ref)
        if not wanted or wanted in self._taken:
            count = len(self._taken) + 1
            while f"nouveau-{count}" in self._taken:
                count += 1
            wanted = f"nouveau-{count}"
        self._taken.add(wanted)
        return wanted

    def _fill(self, node: Node, row: Row) -> bool:
        """Read the cells of a row; answers whether it says the place in the outline."""
        node.title = row.text("title")
        node.description = row.text("description")
        node.group = row.text("group")
        node.cross_cutting = [unescape(line.strip()) for line in row.text("cross_cutting").split("\n") if line.strip()]
        node.period = self._period(row)
        node.state = self._values.word(row.cell("state"), template.STATES, "état")
        node.budget = self._values.amount(row.cell("budget"))
        node.actors = list(self._actors(row))
        self._details(node, row)
        node.written, labels = read_labelled(row.text("number"), template.NUMBER_LABELS)
        ranks = [unescape(value) for _, value in labels]
        node.canonical = row.text("canonical") if row.has("canonical") else "".join(ranks)
        node.source_place = row.cell("title").place or row.place()
        node.source_text = " | ".join(cell.text.strip() for cell in row.cells.values() if cell.text.strip())
        return bool(labels) or row.has("canonical")

    def _period(self, row: Row) -> Period:
        cell = row.cell("period")
        written, labels = read_labelled(row.text("period"), template.PERIOD_LABELS)
        period = Period(
            written,
            self._values.day(row.cell("start")),
            self._values.day(row.cell("end")),
            self._values.yes(row.cell("continuous")),
        )
        for label, value in labels:
            if label == "Début":
                period.start = self._values.day_written(value, cell)
            elif label == "Fin":
                period.end = self._values.day_written(value, cell)
            else:
                period.continuous = self._values.yes_written(value, cell)
        return period

    def _details(self, node: Node, row: Row) -> None:
        if not row.has("details"):
            return
        main, labels = read_labelled(row.text("details"), template.DETAIL_LABELS)
        node.description = node.description or main
        for label, value in labels:
            if label == "Regroupement":
                node.group = unescape(value)
            else:
                node.cross_cutting.append(unescape(value))

    def _actors(self, row: Row) -> Iterator[Actor]:
        for role in ActorRole:
            for line in row.text(role.value).split("\n"):
                if line.strip():
                    yield self._actor(line, role, row, role.value)
        main, labels = read_labelled(row.text("organisations"), template.ROLE_LABELS)
        for label, value in labels:
            if value:
                yield self._actor(value, LABEL_ROLES[label], row, "organisations")
        for line in main.split("\n"):
            if line.strip():
                cell = row.cell("organisations")
                self._values.problem(
                    "missing_role",
                    cell,
                    f"« {line.strip()} » n'a pas de rôle; il est lu comme partenaire.",
                    f"Commencez la ligne par\u00a0: {', '.join(template.ROLE_LABELS)}, suivi de deux-points.",
                )
                yield self._actor(line, ActorRole.PARTNER, row, "organisations")

    def _actor(self, line: str, role: ActorRole, row: Row, key: str) -> Actor:
        actor, unknown = read_actor(line.strip(), role)
        if unknown:
            self._values.problem(
                "unknown_word",
                row.cell(key),
                f"« [{unknown}] » n'est pas une marque connue; elle reste dans le nom.",
                "Marques connues\u00a0: [comité], [comité à former], [description].",
            )
        return actor

    def _parent(self, one: _Placed, previous: _Placed | None) -> _Placed | None:
        under = one.row.text("under")
        if under == NOTHING or under == "-":
            return None
        parent = self._by_ref.get(under) if under else None
        if parent is not None and parent is not one:
            return parent
        if under:
            self._values.problem(
                "unknown_parent",
                one.row.cell("under"),
                f"Aucun autre élément n'a la référence « {under} »: l'élément est placé d'après son niveau.",
                "Corrigez la colonne « Sous », ou laissez-la vide.",
            )
        candidate = previous
        while candidate and LEVEL[candidate.node.kind] >= LEVEL[one.node.kind]:
            candidate = candidate.parent
        return candidate

    def _break_circles(self, placed: list[_Placed]) -> None:
        for one in placed:
            seen = {id(one)}
            above = one.parent
            while above is not None and id(above) not in seen:
                seen.add(id(above))
                above = above.parent
            if above is one:
                self._values.problem(
                    "circle",
                    one.row.cell("under"),
                    "Cet élément serait contenu dans lui-même; il est placé au premier niveau.",
                    "Corrigez la colonne « Sous ».",
                )
                one.parent = None

    def _default_ranks(self, nodes: list[Node], ranked: set[int], parent: str = "") -> None:
        for node in nodes:
            if id(node) not in ranked:
                node.canonical = default_canonical(node.written, parent)
            self._default_ranks(node.children, ranked, node.canonical)
