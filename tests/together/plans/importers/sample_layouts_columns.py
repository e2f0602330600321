"""Layouts whose difficulty is in the columns: years, quarters, terms, states, amounts, dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from concertoit.together.plans.rules.document import NodeKind, StepState
from tests.together.plans.importers.sample_formats import Box, Grid, Page, Text
from tests.together.plans.importers.sample_layouts import dollars, header, layout, listed
from tests.together.plans.importers.sample_plans import Expected, Outline, Plan


@layout("docx", "xlsx", "html", "pdf", "md")
def crosses_by_year(plan: Plan) -> tuple[Page, Outline]:
    """A column per year, with a mark where the action takes place."""
    outline, rows = Outline(), [header("Objectif", "Action", "Responsable", "2026", "2027", "2028")]
    for number, (_, goal, act) in enumerate(plan.walk()):
        mark = ("X", "x", "✓", "●")[number % 4]
        years = [mark if not act.first or act.first <= year <= act.last else "" for year in (2026, 2027, 2028)]
        first = [Box(goal.title, down=len(goal.acts))] if act is goal.acts[0] else []
        rows.append([*first, Box(act.title), Box(act.lead), *map(Box, years)])
        node = outline.action(act, outline.levels(None, goal), "lead", "period")
        node.period = node.period if act.first else (date(2026, 1, 1), date(2028, 12, 31), False)
    return Page([Text(plan.title, 1), Grid(rows)]), outline


@layout("docx", "xlsx", "html", "pdf")
def crosses_by_quarter(plan: Plan) -> tuple[Page, Outline]:
    """Two header rows: the year above, its quarters below."""
    outline = Outline()
    rows = [
        [Box("Action", down=2, bold=True), Box("Responsable", down=2, bold=True), Box("2026", across=4, bold=True)],
        header("T1", "T2", "T3", "T4"),
    ]
    ends = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31))
    for number, act in enumerate(plan.acts):
        first, last = number % 4, min(3, number % 4 + number % 2)
        rows.append(
            [Box(act.title), Box(act.lead), *(Box("X" if first <= quarter <= last else "") for quarter in range(4))]
        )
        outline.action(act, "", "lead").period = (date(2026, 3 * first + 1, 1), ends[last], False)
    return Page([Grid(rows)]), outline


PROSE: tuple[tuple[str, tuple[date | None, date | None, bool]], ...] = (
    ("D'ici juin 2027", (None, date(2027, 6, 30), False)),
    ("Automne 2026", (date(2026, 9, 1), date(2026, 11, 30), False)),
    ("En continu", (None, None, True)),
    ("De mars à juin 2026", (date(2026, 3, 1), date(2026, 6, 30), False)),
    ("Avant le 1er décembre 2026", (None, date(2026, 12, 1), False)),
)


@layout("docx", "html", "csv", "md")
def deadlines_in_prose(plan: Plan) -> tuple[Page, Outline]:
    outline, rows = Outline(), [header("Objectif", "Mesure", "Responsable", "Échéance")]
    for number, (_, goal, act) in enumerate(plan.walk()):
        written, period = PROSE[number % len(PROSE)]
        rows.append([Box(goal.title), Box(act.title), Box(act.lead), Box(written)])
        outline.action(act, outline.levels(None, goal), "lead").period = period
    return Page([Grid(rows)]), outline


@layout("xlsx", "csv")
def dates_as_serial_numbers(plan: Plan) -> tuple[Page, Outline]:
    """A date whose format was lost: 46112 instead of 31 March 2026."""
    outline, rows = Outline(), [header("Action", "Responsable", "Date de début", "Date de fin")]
    for number, act in enumerate(plan.acts):
        start, end = date(2026, 1 + number, 15), date(2027, 1 + number, 28)
        numbers = [(day - date(1899, 12, 30)).days for day in (start, end)]
        rows.append([Box(act.title), Box(act.lead), *(Box(str(serial), value=serial) for serial in numbers)])
        outline.action(act, "", "lead").period = (start, end, False)
    return Page([Grid(rows)]), outline


@layout("docx", "xlsx", "pdf", "html")
def steps_and_amounts_that_nobody_can_read(plan: Plan) -> tuple[Page, Outline]:
    """Steps numbered inside a cell; the first amount is a range."""
    outline, rows = Outline(), [header("Action", "Étapes", "Responsable", "Budget")]
    for number, act in enumerate(plan.acts):
        steps = "\n".join(f"{rank}. {step}" for rank, step in enumerate(act.steps, start=1))
        rows.append(
            [Box(act.title), Box(steps), Box(act.lead), Box("Entre 200 et 500" if not number else dollars(act.budget))]
        )
        node = outline.action(act, "", "lead", "budget")
        node.budget = None if not number else node.budget
        for step in act.steps:
            outline.add(Expected(NodeKind.STEP, step, act.title))
    return Page([Grid(rows)]), outline


@layout("docx", "html", "pdf")
def header_repeated_in_the_middle(plan: Plan) -> tuple[Page, Outline]:
    """A table cut by hand over pages: the header row is typed again every three rows; a total ends it."""
    names = ("Action", "Responsable", "Échéancier", "Budget")
    outline, rows = Outline(), []
    for number, act in enumerate(plan.acts):
        if number % 3 == 0:
            rows.append(header(*names))
        rows.append([Box(act.title), Box(act.lead), Box(act.years), Box(dollars(act.budget))])
        outline.action(act, "", "lead", "period", "budget")
    total = sum(act.budget or 0 for act in plan.acts)
    rows.append([Box("Total", across=3, bold=True), Box(dollars(total), bold=True)])
    return Page([Grid(rows)]), outline


@layout("docx", "xlsx", "html", "pdf")
def budget_by_year(plan: Plan) -> tuple[Page, Outline]:
    """Amounts in a column per year under a merged header, and their total."""
    outline = Outline()
    rows = [
        [Box("Action", down=2, bold=True), Box("Porteur", down=2, bold=True), Box("Budget", across=3, bold=True)],
        header("2026", "2027", "Total"),
    ]
    for act in plan.acts:
        half = (act.budget or 0) // 2
        rows.append([Box(act.title), Box(act.lead), Box(dollars(half)), Box(dollars(half)), Box(dollars(2 * half))])
        outline.action(act, "", "lead").budget = Decimal(2 * half)
    return Page([Grid(rows)]), outline


@layout("docx", "xlsx", "html")
def crosses_by_state(plan: Plan) -> tuple[Page, Outline]:
    """A follow-up table: one column per state, one cross per row."""
    outline, rows = Outline(), [header("Objectif", "Action", "Responsable", "À faire", "En cours", "Réalisé")]
    for _, goal, act in plan.walk():
        marks = [Box("X" if act.state is state else "") for state in (StepState.TODO, StepState.DOING, StepState.DONE)]
        rows.append([Box(goal.title), Box(act.title), Box(act.lead), *marks])
        outline.action(act, outline.levels(None, goal), "lead", "state")
    return Page([Grid(rows)]), outline


@layout("docx", "html", "xlsx")
def terms_and_several_leads(plan: Plan) -> tuple[Page, Outline]:
    """« Court terme »; two organisations share an action; partners one per line or as a list."""
    outline, rows = Outline(), [header("Axe", "Action", "Responsable(s)", "Partenaire(s)", "Échéancier")]
    for number, (axe, _, act) in enumerate(plan.walk()):
        partners = Box("\n".join(act.partners)) if number % 2 else Box(bullets=act.partners)
        rows.append(
            [
                Box(axe.title),
                Box(act.title),
                Box(f"{act.lead}{' / ' if number % 2 else chr(10)}MRC"),
                partners,
                Box("Court terme"),
            ]
        )
        node = outline.action(act, outline.levels(axe, None), "partners")
        node.leads = [act.lead, "MRC"]
    return Page([Grid(rows)]), outline


@layout("docx", "xlsx", "html", "pdf")
def start_and_end_under_one_header(plan: Plan) -> tuple[Page, Outline]:
    """« Échéancier » merged over « Début » and « Fin », in French months."""
    outline = Outline()
    rows = [
        [
            Box("Actions", down=2, bold=True),
            Box("Échéancier", across=2, bold=True),
            Box("Partenaires", down=2, bold=True),
        ],
        header("Début", "Fin"),
    ]
    for act in plan.acts:
        rows.append([Box(act.title), Box("Janvier 2026"), Box("Juin 2027"), Box(listed(act.partners))])
        outline.action(act, "", "partners").period = (date(2026, 1, 1), date(2027, 6, 30), False)
    return Page([Grid(rows)]), outline
