"""Layouts seen less often: five questions, months as letters, amounts under years, sub-actions in rows, results."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from concertoit.together.plans.rules.document import NodeKind, StepState
from tests.together.plans.importers.sample_formats import Box, Grid, Page, Text
from tests.together.plans.importers.sample_layouts import dollars, header, layout, listed
from tests.together.plans.importers.sample_plans import Expected, Outline, Plan

SIGNS = {StepState.TODO: "À faire", StepState.DOING: "En cours", StepState.DONE: "✔"}
MONTHS = "JFMAMJJASOND"
LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@layout("docx", "html", "xlsx", "pdf")
def title_and_axis_inside_the_table(plan: Plan) -> tuple[Page, Outline]:
    """One table per axis; its first row is the plan's title, its second the axis, its third the header."""
    outline, page = Outline(), Page()
    for number, axe in enumerate(plan.axes, start=1):
        rows = [
            [Box(plan.title.upper(), across=4, bold=True)],
            [Box(f"Axe {number} - {axe.title}", across=4, bold=True)],
            header("Objectif", "Moyen d'action", "Porteur", "Calendrier"),
        ]
        for goal in axe.goals:
            for act in goal.acts:
                first = [Box(goal.title, down=len(goal.acts))] if act is goal.acts[0] else []
                rows.append([*first, Box(act.title), Box(act.lead), Box(act.years)])
                outline.action(act, outline.levels(axe, goal), "lead", "period")
        page.blocks.append(Grid(rows, name=f"Axe {number}"))
    return page, outline


@layout("docx", "html", "csv")
def five_questions(plan: Plan) -> tuple[Page, Outline]:
    """« Quoi ? Qui ? Avec qui ? Quand ? Combien ? »"""
    outline, rows = Outline(), [header("Quoi ?", "Qui ?", "Avec qui ?", "Quand ?", "Combien ?")]
    for act in plan.acts:
        rows.append(
            [Box(text) for text in (act.title, act.lead, listed(act.partners), act.years, dollars(act.budget))]
        )
        outline.action(act, "", "lead", "partners", "period", "budget")
    return Page([Text(plan.title, 1), Grid(rows)]), outline


@layout("docx", "html", "pdf")
def one_table_per_objective(plan: Plan) -> tuple[Page, Outline]:
    """Headings for the axis and for each objective; the table holds actions only."""
    outline, page = Outline(), Page([Text(plan.title, 1)])
    for one, axe in enumerate(plan.axes, start=1):
        page.blocks.append(Text(f"AXE {one} – {axe.title}", 2))
        for two, goal in enumerate(axe.goals, start=1):
            rows = [header("Actions", "Responsable", "Indicateur", "Échéancier")]
            for act in goal.acts:
                rows.append([Box(act.title), Box(act.lead), Box(act.indicator), Box(act.years)])
                outline.action(act, outline.levels(axe, goal), "lead", "indicator", "period")
            page.blocks += [Text(f"Objectif {one}.{two} – {goal.title}", 3), Grid(rows)]
    return page, outline


@layout("docx", "html", "xlsx")
def amounts_under_years(plan: Plan) -> tuple[Page, Outline]:
    """A column per year holds the amount of that year instead of a cross."""
    outline, rows = Outline(), [header("Action", "Responsable", "2026", "2027", "2028")]
    for act in plan.acts:
        third = 3000 + len(act.title)
        rows.append([Box(act.title), Box(act.lead), *(Box(dollars(third)) for _ in range(3))])
        outline.action(act, "", "lead").budget = Decimal(3 * third)
    return Page([Grid(rows)]), outline


@layout("docx", "html", "xlsx")
def months_as_letters(plan: Plan) -> tuple[Page, Outline]:
    """J F M A M J J A S O N D under the year, crosses below."""
    outline = Outline()
    rows = [
        [Box("Activités", down=2), Box("Responsable", down=2), Box("2026", across=12)],
        [Box(month) for month in MONTHS],
    ]
    for number, act in enumerate(plan.acts):
        first, last = 2 * number, 2 * number + 1
        rows.append(
            [Box(act.title), Box(act.lead), *(Box("x" if first <= month <= last else "") for month in range(12))]
        )
        period = (date(2026, first + 1, 1), date(2026, last + 1, LAST_DAYS[last]), False)
        outline.action(act, "", "lead").period = period
    return Page([Grid(rows)]), outline


@layout("docx", "html", "xlsx", "pdf")
def actions_merged_over_their_steps(plan: Plan) -> tuple[Page, Outline]:
    """A row per step; the action, its results and its lead are merged down over them."""
    outline, rows = Outline(), [header("Objectif", "Action", "Résultat attendu", "Étapes", "Responsable")]
    for _, goal, act in plan.walk():
        for step in act.steps:
            row = [Box(step)]
            if step is act.steps[0]:
                down = len(act.steps)
                row = [Box(act.title, down=down), Box(act.indicator, down=down), Box(step), Box(act.lead, down=down)]
                if act is goal.acts[0]:
                    row.insert(0, Box(goal.title, down=sum(len(other.steps) for other in goal.acts)))
            rows.append(row)
        outline.action(act, outline.levels(None, goal))
        outline.add(Expected(NodeKind.OUTCOME, act.indicator, act.title))
        for step in act.steps:
            outline.add(Expected(NodeKind.STEP, step, act.indicator))
    return Page([Grid(rows)]), outline


@layout("docx", "html", "xlsx", "ods")
def follow_up_with_signs_and_comments(plan: Plan) -> tuple[Page, Outline]:
    """A follow-up sheet: priority, sign for done, free comments that must stay with the action."""
    outline, rows = Outline(), [header("No", "Objectif", "Action", "Priorité", "Responsable", "État", "Commentaires")]
    for number, (_, goal, act) in enumerate(plan.walk(), start=1):
        texts = (str(number), goal.title, act.title, "Élevée", act.lead, SIGNS[act.state], "À rediscuter en comité")
        rows.append([Box(text) for text in texts])
        outline.action(act, outline.levels(None, goal), "lead", "state")
    return Page([Text(plan.title, 1), Grid(rows)]), outline
