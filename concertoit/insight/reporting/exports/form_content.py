"""The funder's form as data: everything that is printed, in order, ready for Word and for PDF.

The structure is that of the regional form (participants, steps of the revision, follow-up, complementarity, transversal
priorities, one table per axis, budget). Numbers are those that the plan writes. A level that the plan does not have gives
an empty cell; nothing is invented and no text of the plan is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from concertoit.ground.core.typography import NBSP, date_long, money, time_of_day
from concertoit.insight.reporting.exports.form_axes import AxisTable, axis_tables
from concertoit.insight.reporting.exports.form_budget import Budget, Entry, budget_of, total
from concertoit.insight.reporting.exports.form_texts import Line, lines_of, named
from concertoit.together.plans.rules.document import CycleStep, Period, PlanDocument, Section, SectionKind
from concertoit.together.plans.rules.normal_form import normal_form

UNTITLED = "Plan d’action"


@dataclass(frozen=True, slots=True)
class FormMeta:
    """What the form says of itself. ``sha256`` is the hash of the frozen version, empty while it is a draft."""

    space_name: str
    version_label: str = ""
    adopted_on: date | None = None
    filed_on: date | None = None
    sha256: str = ""
    funder_name: str = ""
    generated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CycleEntry:
    """A step of the revision: when and where, what, and the detail as lines."""

    when: str
    title: str
    detail: list[Line]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the form under its own heading (empty when the chapter's heading is enough)."""

    heading: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter made of texts."""

    heading: str
    texts: list[Text]


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A line of a budget table: its words, then one amount per year (empty where there is none), then its total."""

    words: list[str]
    amounts: list[str]
    total: str


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """A budget table; ``headers`` name the columns of words, then the years, then the total."""

    title: str
    headers: list[str]
    rows: list[BudgetRow]
    footer: BudgetRow


@dataclass(slots=True)
class FormContent:
    """The whole form."""

    title: str
    subtitle: str
    facts: list[tuple[str, str]]
    footer: str
    sha256: str
    participants: list[tuple[str, str]]
    cycle: list[CycleEntry]
    before: list[Chapter]
    axes: list[AxisTable]
    budget_total: str
    budget: list[BudgetTable]
    budget_notes: list[str] = field(default_factory=list)


def form_content(document: PlanDocument, meta: FormMeta) -> FormContent:
    """Lay out ``document`` (in normal form) as the form of the funder named in ``meta``."""
    plan = normal_form(document)
    budget = budget_of(plan)
    title = plan.title or UNTITLED
    return FormContent(
        title=title,
        subtitle=meta.space_name,
        facts=_facts(plan, meta),
        footer=" · ".join(part for part in (title.replace("\n", " "), meta.space_name, meta.version_label) if part),
        sha256=meta.sha256,
        participants=[(p.organisation, " — ".join(filter(None, (p.person, p.capacity)))) for p in plan.participants],
        cycle=[_cycle_entry(step) for step in plan.cycle],
        before=_chapters(plan.sections),
        axes=axis_tables(plan),
        budget_total=money(budget.total),
        budget=_budget_tables(budget),
        budget_notes=_budget_notes(budget, plan),
    )


def _facts(plan: PlanDocument, meta: FormMeta) -> list[tuple[str, str]]:
    facts = [
        ("Démarche", meta.space_name),
        ("Période", _period(plan.period)),
        ("Déposé à", meta.funder_name),
        ("Version", meta.version_label),
        ("Adopté", date_long(meta.adopted_on) if meta.adopted_on else ""),
        ("Déposé", date_long(meta.filed_on) if meta.filed_on else "Ce document n’est pas encore déposé."),
    ]
    if meta.generated_at:
        facts.append(("Produit", f"{date_long(meta.generated_at.date())} à {time_of_day(meta.generated_at)}"))
    return [(name, value) for name, value in facts if value]


def _period(period: Period) -> str:
    days = " ".join(
        f"{word} {date_long(day, article=False, weekday=False)}"
        for word, day in (("du", period.start), ("au", period.end))
        if day
    )
    if period.written and days:
        return f"{period.written} ({days})"
    return period.written or days or ("en continu" if period.continuous else "")


def _cycle_entry(step: CycleStep) -> CycleEntry:
    when = step.when or (date_long(step.date, article=False) if step.date else "")
    return CycleEntry(" — ".join(filter(None, (when, step.body))), step.title, lines_of(step.detail))


def _chapters(sections: list[Section]) -> list[Chapter]:
    """The texts by kind, in the order of the form; a kind without a text has no chapter."""
    headings = (
        (SectionKind.PREAMBLE, "Présentation"),
        (SectionKind.FOLLOW_UP, "Mécanismes de suivi du plan d’action"),
        (SectionKind.COMPLEMENTARITY, "Complémentarité avec les actions du milieu"),
        (SectionKind.CROSS_CUTTING, "Priorités transversales"),
        (SectionKind.OTHER, "Autres renseignements"),
    )
    chapters = []
    for kind, heading in headings:
        texts = [Text(section.heading, lines_of(section.body)) for section in sections if section.kind is kind]
        if texts:
            chapters.append(Chapter(heading, texts))
    return chapters


def _budget_tables(budget: Budget) -> list[BudgetTable]:
    """The budget by element, then by fiscal agent, then by source; each ends on the same total."""
    if not budget.entries:
        return []
    return [
        _budget_table("Budget par action", ["Élément", "Fiduciaire", "Source"], budget, _by_element),
        _budget_table("Budget par fiduciaire", ["Fiduciaire"], budget, lambda entry: (entry.fiscal_agent,)),
        _budget_table("Budget par source", ["Source"], budget, lambda entry: (entry.source,)),
    ]


def _by_element(entry: Entry) -> tuple[str, ...]:
    return (named(entry.node), entry.fiscal_agent, entry.source)


def _budget_table(
    title: str, headers: list[str], budget: Budget, words: Callable[[Entry], tuple[str, ...]]
) -> BudgetTable:
    """Two elements that have the same number and title are told apart; agents and sources are grouped by name."""
    grouped: dict[tuple[object, tuple[str, ...]], list[Entry]] = {}
    for entry in budget.entries:
        element = id(entry.node) if words is _by_element else None
        grouped.setdefault((element, words(entry)), []).append(entry)
    years = budget.years
    width = len(headers)
    rows = [_budget_row(list(said), entries, years) for (_, said), entries in grouped.items()]
    footer = _budget_row(["Total", *[""] * (width - 1)], budget.entries, years)
    return BudgetTable(title, [*headers, *years, "Total"], rows, footer)


def _budget_row(words: list[str], entries: list[Entry], years: list[str]) -> BudgetRow:
    amounts = []
    for year in years:
        of_year = [entry for entry in entries if entry.year == year]
        amounts.append(money(total(of_year)) if of_year else "")
    return BudgetRow(words, amounts, money(total(entries)))


def _budget_notes(budget: Budget, plan: PlanDocument) -> list[str]:
    notes = [
        f"{named(gap.node)}{NBSP}: les montants détaillés ({money(gap.parts)}) dépassent de {money(gap.amount)} le total "
        f"inscrit ({money(gap.stated)})."
        for gap in budget.gaps
    ]
    difference = budget.total - plan.budget_total()
    if difference and not budget.gaps:
        notes.append(f"Le total comprend {money(difference)} inscrits par année sur des éléments sans budget total.")
    return notes
