"""Goes through a source block by block, sends each to the part that understands it, then checks the whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from concertoit.together.plans.importers.source import Paragraph, SourceDocument, Table
from concertoit.together.plans.rules.document import NodeKind, Period, Section, SectionKind
from concertoit.together.plans.rules.periods import read_period
from concertoit.together.plans.rules.wording import fold, squeeze

from .audit import lost_fragments
from .banners import check_totals, prune_announced, prune_guessed
from .checks import check_plan
from .front import FrontReader
from .headings import HeadingReader
from .ledger import Ledger
from .links import read_links
from .numbering import number_all
from .people import carry_leads, check_names
from .prose import ProseReader
from .result import Mapping, Understanding
from .roles import labelled_kind
from .schedules import period_of_title
from .tables import TableSorter
from .work import Work

_PAGE = re.compile(r"^(?:page\s?)?\d{1,3}(?:\s?(?:/|de|sur|of)\s?\d{1,3})?$|^page\s")
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}\s*$|…{2,}\s*\d{1,3}\s*$|\t\d{1,3}\s*$")
_TITLE = re.compile(
    r"\bplan (?:d'action|d'intervention|de travail|strategique|local|regional|concerte|directeur|quinquennal|triennal)"
    r"|feuille de route|planification\b"
)
_SPAN = re.compile(r"\b20\d\d\s?[-–—/]\s?(?:20)?\d\d\b|\b20\d\d\s(?:a|au)\s20\d\d\b|\b20\d\d\b")


def understand(source: SourceDocument, mapping: Mapping | None = None) -> Understanding:
    """Understand a source as a plan. Never raises on strange contents: what is not understood is listed.

    ``mapping`` holds the choices of the person for the columns of the tables (by table place and column index).
    """
    work = Work(Ledger.of(source), mapping or Mapping())
    for place, detail in source.warnings:
        work.report("reader_warning", place, "", detail=detail)
    Engine(work, source).run()
    unplaced = work.ledger.unplaced()
    unplaced += lost_fragments(work.ledger, work.document, unplaced)
    return Understanding(
        document=work.document,
        anomalies=work.anomalies,
        unplaced=unplaced,
        mappings=work.readings,
        furniture=work.ledger.furniture,
    )


@dataclass(slots=True)
class Engine:
    """One pass over the blocks, with what has to be known beforehand (repeated lines, title, plan's tables)."""

    work: Work
    source: SourceDocument
    repeated: set[str] = field(default_factory=set)
    preamble: str = ""
    told: list[Paragraph] = field(default_factory=list)

    def run(self) -> None:
        self.repeated = _repeated_lines(self.source)
        front = FrontReader(self.work)
        tables = TableSorter(self.work, self.source.blocks)
        self._title(tables)
        headings = HeadingReader(self.work, tables.plan_count)
        prose = ProseReader(self.work, self.source) if not tables.plan_count else None
        for block in self.source.blocks:
            if isinstance(block, Table):
                for part in tables.parts(block):
                    for line in part.above:
                        self._paragraph(line, front, headings, prose)
                    headings.before_table(part)
                    if tables.read(part):
                        front.leave()
            elif not self._furniture(block):
                self._paragraph(block, front, headings, prose)
        self._finish()

    def _paragraph(
        self, block: Paragraph, front: FrontReader, headings: HeadingReader, prose: ProseReader | None
    ) -> None:
        if fold(block.text) == fold(self.work.document.title) and not self.work.ledger.is_taken(block):
            self.work.ledger.set_aside(block, "titre répété")
            return
        if prose is not None and prose.in_plan(block):
            front.leave()
            prose.read(block)
            return
        if headings.labelled(block) or headings.titles(block):
            front.leave()
            return
        if front.paragraph(block):
            return
        if prose is not None and self.work.tree.roots:
            prose.read(block)
            return
        headings.remember(block)
        if not self.work.tree.roots:
            self._preamble(block)

    def _preamble(self, block: Paragraph) -> None:
        """Text before the plan: kept as sections, one per heading."""
        work = self.work
        if work.ledger.is_taken(block):
            return
        if block.level or (block.bold and len(block.text) < 120):
            self.preamble = squeeze(block.text)
            return
        if len(block.text) < 60 and not block.list_level and not block.text.endswith((".", ";", ":")):
            return
        sections = work.document.sections
        if not sections or sections[-1].kind is not SectionKind.PREAMBLE or sections[-1].heading != self.preamble:
            sections.append(Section(SectionKind.PREAMBLE, "", self.preamble))
            for piece in work.ledger.pieces:
                if isinstance(piece, Paragraph) and self.preamble and squeeze(piece.text) == self.preamble:
                    work.ledger.take(piece)
        last = sections[-1]
        last.body = f"{last.body}\n{block.text}" if last.body else block.text
        work.ledger.take(block)
        self.told.append(block)

    def _furniture(self, block: Paragraph) -> bool:
        folded = fold(block.text)
        if _CONTENTS.search(block.text):
            self.work.ledger.set_aside(block, "table des matières")
            return True
        if folded in self.repeated or _PAGE.match(folded):
            self.work.ledger.set_aside(block, "pied de page")
            return True
        return False

    def _title(self, tables: TableSorter) -> None:
        """The plan's title and years: a heading that says so, else the line repeated on every page."""
        paragraphs: list[Paragraph] = []
        for block in self.source.blocks:
            paragraphs += (
                [line for part in tables.parts(block) for line in part.above] if isinstance(block, Table) else [block]
            )
        titled = [
            p
            for p in paragraphs
            if _TITLE.search(fold(p.text))
            and len(p.text) <= 160
            and not p.list_level
            and not p.text.rstrip().endswith((".", "?"))
        ]
        chosen = next(
            (p for p in titled if p.level or p.bold), titled[0] if titled and titled[0] in paragraphs[:6] else None
        )
        chosen = chosen or _only_top_heading(paragraphs)
        if chosen is None:
            chosen = next((p for p in paragraphs if fold(p.text) in self.repeated and _SPAN.search(p.text)), None)
        if chosen is not None:
            self.work.document.title = squeeze(chosen.text)
            if fold(chosen.text) not in self.repeated:
                self.work.ledger.take(chosen)
        candidates = (
            [self.work.document.title] + [p.text for p in titled] + [p.text for p in paragraphs if p.level == 1]
        )
        span = next((m[0] for text in candidates if (m := _SPAN.search(text))), "")
        period = read_period(span) if span else None
        if period and period.start and period.end and period.end.year - period.start.year <= 30:
            self.work.document.period = Period(span, period.start, period.end)
            self.work.plan_start = period.start

    def _finish(self) -> None:
        work = self.work
        for node in work.tree.nodes():
            if node.kind in {NodeKind.ACTION, NodeKind.OUTCOME, NodeKind.STEP}:
                period_of_title(node, work)
        prune_guessed(work)
        prune_announced(work)
        carry_leads(work)
        number_all(work)
        read_links(work)
        check_names(work)
        check_plan(work)
        check_totals(work)
        work.document.roots = work.tree.roots
        if not any(node.kind is not NodeKind.AXIS for node in work.tree.nodes()):
            work.report("nothing_found", self.source.name, "")
            self._give_back()

    def _give_back(self) -> None:
        """A document without a plan has no preamble either: its texts are listed like the rest."""
        sections = self.work.document.sections
        sections[:] = [section for section in sections if section.kind is not SectionKind.PREAMBLE]
        for block in self.told:
            self.work.ledger.release(block)


def _only_top_heading(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """The one heading of the highest level, first of all, when other headings stand under it."""
    headings = [p for p in paragraphs if p.level]
    top = [p for p in headings if p.level == min(h.level for h in headings)]
    return (
        top[0]
        if len(top) == 1 and len(headings) > 1 and headings[0] is top[0] and labelled_kind(top[0].text) is None
        else None
    )


def _repeated_lines(source: SourceDocument) -> set[str]:
    """Short lines written three times or more outside lists: page headers and footers."""
    counts = Counter(
        fold(b.text) for b in source.blocks if isinstance(b, Paragraph) and len(b.text) <= 120 and not b.list_level
    )
    return {
        text
        for text, count in counts.items()
        if count >= 3 and not re.match(r"(?:axe|orientation|objectif|enjeu|action|mesure)\b|.*:", text)
    }
