"""Read back our own template: the Word and Excel files that ``exports`` writes, as people edited them.

What stands in the visible cells is the truth. An unknown word, a date or an amount that cannot be read is a problem with
its place, never a guess; the rest of the plan is read all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from concertoit.together.plans.importers.source import SourceDocument
from concertoit.together.plans.importers.template_nodes import NodeReader
from concertoit.together.plans.importers.template_tables import (
    Found,
    Problem,
    Row,
    columns_of,
    find_tables,
    loose_paragraphs,
)
from concertoit.together.plans.importers.template_values import Values
from concertoit.together.plans.rules import template_columns as template
from concertoit.together.plans.rules.document import (
    BudgetKind,
    BudgetLine,
    CycleStep,
    Indicator,
    Link,
    Participant,
    PlanDocument,
    Section,
    SectionKind,
)
from concertoit.together.plans.rules.normal_form import normal_form
from concertoit.together.plans.rules.template_cells import unescape
from concertoit.together.plans.rules.wording import fold

__all__ = ["Problem", "read_template", "recognise"]

# Headers that only our template has, beside « Niveau » and « Titre »: one is enough.
OURS = {"ref", "under", "details", "organisations", "group"}


def recognise(source: SourceDocument) -> bool:
    """Say whether the document is in our template: a table « Plan », and its model or a column that only we have."""
    named = any(fold(template.MODEL) == fold(cell.text) for t in source.tables() for row in t.rows for cell in row)
    for table in source.tables():
        columns = columns_of(table)
        if columns and columns.sheet is template.PLAN and (named or OURS & columns.places.keys()):
            return True
    return False


def read_template(source: SourceDocument) -> tuple[PlanDocument, list[Problem]]:
    """The plan that the document says, in normal form, and every problem met, in the order of reading.

    Each element keeps the place and the text of its row (``source_place``, ``source_text``) for the preview.
    """
    found, problems = find_tables(source)
    reader = _Reader(found)
    document = reader.read()
    headings = {template.root_heading(root) for root in document.roots}
    problems += reader.values.problems
    problems += loose_paragraphs(source, headings | {document.title})
    return document, problems


class _Reader:
    """Goes through the tables once; ``values`` collects the problems of the cells."""

    def __init__(self, found: list[Found]) -> None:
        self._rows = {
            sheet.key: [row for f in found if f.sheet is sheet for row in f.rows] for sheet in template.SHEETS
        }
        self.values = Values()
        self._nodes = NodeReader(self.values, self._identifiers())

    def _identifiers(self) -> dict[str, str]:
        return {row.text("ref"): row.text("identifier") for row in self._rows["references"] if row.text("identifier")}

    def read(self) -> PlanDocument:
        document = PlanDocument()
        self._identity(document)
        document.roots = self._nodes.read(self._rows["plan"])
        self._budget_lines()
        self._indicators()
        self._links()
        document.participants = [
            Participant(row.text("organisation"), row.text("person"), row.text("capacity"))
            for row in self._rows["participants"]
        ]
        document.cycle = list(self._cycle())
        document.sections = list(self._sections())
        traces = {node.id: (node.source_place, node.source_text) for node in document.walk()}
        document = normal_form(document)
        for node in document.walk():
            node.source_place, node.source_text = traces[node.id]
        return document

    def _identity(self, document: PlanDocument) -> None:
        fields = {fold(row.text("field")): row.cell("value") for row in self._rows["identity"]}
        known = {fold(name) for name in template.IDENTITY_FIELDS}
        for row in self._rows["identity"]:
            if fold(row.text("field")) not in known:
                self.values.problem(
                    "unknown_field",
                    row.cell("value"),
                    f"Le champ « {row.text('field')} » n'est pas du modèle.",
                    "Placez ce texte dans « Textes ».",
                )

        def cell(name: str) -> Row:
            return Row({"value": fields[fold(name)]} if fold(name) in fields else {})

        document.title = cell("Titre").text("value")
        document.period.written = cell("Échéancier").text("value")
        document.period.start = self.values.day(cell("Début").cell("value"))
        document.period.end = self.values.day(cell("Fin").cell("value"))
        document.period.continuous = self.values.yes(cell("En continu").cell("value"))

    def _budget_lines(self) -> None:
        for row in self._rows["budget"]:
            node = self._nodes.owner(row)
            amount = self.values.amount(row.cell("amount"))
            if amount is None and not row.text("amount"):
                self.values.problem(
                    "missing_amount",
                    row.cell("year"),
                    "Cette ligne de budget n'a pas de montant.",
                    "Écrivez un montant, ou retirez la ligne.",
                    place=row.place(),
                )
            if node is None or amount is None:
                continue
            kind = self.values.word(row.cell("budget_kind"), template.BUDGET_KINDS, "nature du budget")
            node.budget_lines.append(
                BudgetLine(
                    amount, row.text("year"), kind or BudgetKind.PLANNED, row.text("budget_agent"), row.text("source")
                )
            )

    def _indicators(self) -> None:
        for row in self._rows["indicators"]:
            node = self._nodes.owner(row)
            if node is not None:
                node.indicators.append(
                    Indicator(row.text("indicator"), row.text("unit"), row.text("baseline"), row.text("target"))
                )

    def _links(self) -> None:
        kinds = {word: code for code, word in template.LINK_KINDS.items()}
        for row in self._rows["links"]:
            node = self._nodes.owner(row)
            if node is None:
                continue
            written = row.text("link_kind")
            kind = kinds.get(written) or (unescape(written) if written.removeprefix("\\") in kinds else written)
            target = self._nodes.identifier(row.text("link_ref")) if row.text("link_ref") else None
            node.links.append(Link(row.text("link_written"), target, kind, row.text("note")))

    def _cycle(self) -> Iterator[CycleStep]:
        for row in self._rows["cycle"]:
            yield CycleStep(
                when=row.text("when"),
                title=row.text("cycle_title"),
                body=row.text("body"),
                detail=row.text("detail"),
                date=self.values.day(row.cell("cycle_date")),
            )

    def _sections(self) -> Iterator[Section]:
        for row in self._rows["sections"]:
            kind = self.values.word(row.cell("section_kind"), template.SECTION_KINDS, "sujet")
            yield Section(kind or SectionKind.OTHER, row.text("section_body"), row.text("section_heading"))
