"""Realistic French plans of action in every layout and format, each with what a reader must find in it.

``samples()`` gives every document; ``differences(sample, document)`` says in sentences what was understood otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from concertoit.together.plans.importers.readers import read
from concertoit.together.plans.importers.readers.pdf import read_pdf
from concertoit.together.plans.importers.source import SourceDocument
from concertoit.together.plans.rules.document import ActorRole, Node, NodeKind, PlanDocument
from tests.together.plans.importers import sample_layouts_columns, sample_layouts_forms, sample_layouts_harder
from tests.together.plans.importers.sample_formats import FORMATS
from tests.together.plans.importers.sample_layouts import LAYOUTS
from tests.together.plans.importers.sample_plans import PLANS, Expected

DRAWN = (sample_layouts_columns, sample_layouts_forms, sample_layouts_harder)  # importing them adds their layouts

APOSTROPHES = str.maketrans("’\u2013\u00a0", "'- ")


@dataclass(frozen=True)
class Sample:
    """A document as a municipality or a round table would send it: ``data`` are its bytes."""

    name: str
    data: bytes
    expected: tuple[Expected, ...]

    @property
    def counts(self) -> Counter[NodeKind]:
        return Counter(node.kind for node in self.expected)


def names() -> Iterator[str]:
    """Names of the samples, such as ``crosses_by_year-0.docx``."""
    for title, layout in LAYOUTS.items():
        for form in layout.formats:
            for index in range(len(PLANS)):
                yield f"{title}-{index}.{form}"


@cache
def sample(name: str) -> Sample:
    """The sample of that name, made on the spot."""
    stem, form = name.rsplit(".", 1)
    title, index = stem.rsplit("-", 1)
    page, outline = LAYOUTS[title].draw(PLANS[int(index)])
    return Sample(name, FORMATS[form](page), tuple(outline.nodes))


def samples() -> Iterator[Sample]:
    return (sample(name) for name in names())


@cache
def source_of(name: str) -> SourceDocument:
    """The sample as its reader gives it. A PDF of ours is safe: it is read here, without the cost of a child process."""
    wanted = sample(name)
    return read_pdf(wanted.data, name) if name.endswith(".pdf") else read(wanted.data, name)


def differences(wanted: Sample, document: PlanDocument) -> list[str]:
    """What the document lacks, has in excess, or says otherwise; empty when it is understood to the letter."""
    parents = document.parents()
    found: dict[tuple[NodeKind, str, str], Node] = {}
    for node in document.walk():
        parent = parents.get(node.id)
        found[node.kind, plain(node.title), plain(parent.title) if parent else ""] = node
    problems: list[str] = []
    for expected in wanted.expected:
        match = found.pop((expected.kind, plain(expected.title), plain(expected.parent)), None)
        if match is None:
            problems.append(f"missing {expected.kind} « {expected.title} » under « {expected.parent} »")
        else:
            problems.extend(f"{expected.kind} « {expected.title} »: {problem}" for problem in _fields(expected, match))
    problems.extend(f"unexpected {kind} « {title} » under « {parent} »" for kind, title, parent in found)
    return problems


def plain(text: str) -> str:
    """Typesetting changes apostrophes, dashes and spaces: they do not count."""
    return " ".join(text.translate(APOSTROPHES).split())


def _fields(expected: Expected, node: Node) -> Iterator[str]:
    leads = [plain(actor.name) for actor in node.actors_in(ActorRole.LEAD)]
    partners = [plain(actor.name) for actor in node.actors_in(ActorRole.PARTNER)]
    indicators = [plain(indicator.title) for indicator in node.indicators]
    period = (node.period.start, node.period.end, node.period.continuous)
    for name, wanted, got in (
        ("leads", expected.leads and [plain(lead) for lead in expected.leads], leads),
        ("partners", expected.partners and [plain(partner) for partner in expected.partners], partners),
        ("indicators", expected.indicators and [plain(text) for text in expected.indicators], indicators),
        ("period", expected.period, period),
        ("budget", expected.budget, node.budget),
        ("state", expected.state, node.state),
        ("written", expected.written or None, node.written),
    ):
        if wanted is not None and wanted != got:
            yield f"{name} is {got!r}, not {wanted!r}"
