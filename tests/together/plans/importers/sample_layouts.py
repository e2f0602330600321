"""The ways people lay a plan of action out. Each function draws a plan and says what a reader must find in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from concertoit.together.plans.rules.document import StepState
from tests.together.plans.importers.sample_formats import Box, Grid, Page, Text
from tests.together.plans.importers.sample_plans import Outline, Plan

TABLES = ("docx", "xlsx", "ods", "html", "pdf")
EVERYWHERE = (*TABLES, "md", "csv")
WORDS = {StepState.TODO: "À venir", StepState.DOING: "En cours", StepState.DONE: "Réalisé"}
GLUED = {StepState.TODO: "", StepState.DOING: " (en cours)", StepState.DONE: " — réalisé"}


@dataclass(frozen=True)
class Layout:
    """A layout and the formats in which people use it."""

    draw: Callable[[Plan], tuple[Page, Outline]]
    formats: tuple[str, ...]


LAYOUTS: dict[str, Layout] = {}


def layout(
    *formats: str,
) -> Callable[[Callable[[Plan], tuple[Page, Outline]]], Callable[[Plan], tuple[Page, Outline]]]:
    def keep(draw: Callable[[Plan], tuple[Page, Outline]]) -> Callable[[Plan], tuple[Page, Outline]]:
        LAYOUTS[draw.__name__] = Layout(draw, formats)
        return draw

    return keep


def header(*names: str) -> list[Box]:
    return [Box(name, bold=True) for name in names]


def dollars(amount: int | None) -> str:
    return "" if amount is None else f"{amount:,} $".replace(",", "\u00a0")


def listed(names: tuple[str, ...]) -> str:
    return ", ".join(names)


@layout(*TABLES)
def merged_axes_and_objectives(plan: Plan) -> tuple[Page, Outline]:
    """One wide table; axis and objective merged down."""
    outline, rows = (
        Outline(),
        [header("Axe", "Objectif", "Action", "Responsable", "Partenaires", "Indicateurs", "Échéancier", "Budget")],
    )
    for axe in plan.axes:
        for goal in axe.goals:
            for act in goal.acts:
                row = [Box(axe.title, down=len(axe.acts))] if act is axe.acts[0] else []
                row += [Box(goal.title, down=len(goal.acts))] if act is goal.acts[0] else []
                row += [
                    Box(act.title),
                    Box(act.lead),
                    Box(listed(act.partners)),
                    Box(act.indicator),
                    Box(act.years),
                    Box(dollars(act.budget)),
                ]
                rows.append(row)
                outline.action(act, outline.levels(axe, goal), "lead", "partners", "period", "budget", "indicator")
    return Page([Text(plan.title, 1), Grid(rows)]), outline


@layout(*EVERYWHERE)
def repeated_on_every_row(plan: Plan) -> tuple[Page, Outline]:
    """The table of a database: everything repeated on each row."""
    outline, rows = (
        Outline(),
        [header("Orientation", "Objectif", "Action", "Responsable", "Collaborateurs", "Échéance", "Coût")],
    )
    for axe, goal, act in plan.walk():
        rows.append(
            [
                Box(text)
                for text in (
                    axe.title,
                    goal.title,
                    act.title,
                    act.lead,
                    listed(act.partners),
                    act.years,
                    dollars(act.budget),
                )
            ]
        )
        outline.action(act, outline.levels(axe, goal), "lead", "partners", "period", "budget")
    return Page([Grid(rows)]), outline


@layout(*EVERYWHERE)
def written_once_then_blank(plan: Plan) -> tuple[Page, Outline]:
    """Axis and objective on the first row only, nothing merged; columns in another order."""
    outline, rows = Outline(), [header("Axe d'intervention", "Objectifs", "Échéancier", "Porteur", "Moyens")]
    last_axe = last_goal = None
    for axe, goal, act in plan.walk():
        texts = (
            "" if axe is last_axe else axe.title,
            "" if goal is last_goal else goal.title,
            act.years,
            act.lead,
            act.title,
        )
        rows.append([Box(text) for text in texts])
        last_axe, last_goal = axe, goal
        outline.action(act, outline.levels(axe, goal), "lead", "period")
    return Page([Grid(rows)]), outline


@layout("docx", "html", "pdf", "md")
def one_table_per_axis_under_its_heading(plan: Plan) -> tuple[Page, Outline]:
    """The funder's habit: a heading per axis, then its table."""
    outline, page = Outline(), Page([Text(plan.title, 1), Text("Ce plan a été adopté par le comité.")])
    for number, axe in enumerate(plan.axes, start=1):
        rows = [header("Objectifs", "Actions", "Responsable", "Échéancier", "État d'avancement")]
        for goal in axe.goals:
            for act in goal.acts:
                first = [Box(goal.title, down=len(goal.acts))] if act is goal.acts[0] else []
                rows.append([*first, Box(act.title), Box(act.lead), Box(act.years), Box(WORDS[act.state])])
                outline.action(act, outline.levels(axe, goal), "lead", "period", "state")
        page.blocks += [Text(f"Axe {number} – {axe.title}", 2), Grid(rows, name=f"Axe {number}")]
    return page, outline


@layout("docx", "xlsx", "html", "pdf")
def axes_and_objectives_as_banners(plan: Plan) -> tuple[Page, Outline]:
    """A merged row opens each axis and each objective; the header comes back under each axis."""
    outline, rows = Outline(), []
    for number, axe in enumerate(plan.axes, start=1):
        rows += [
            [Box(f"AXE {number} : {axe.title}", across=4, bold=True)],
            header("Actions", "Responsables", "Partenaires", "Échéancier"),
        ]
        for rank, goal in enumerate(axe.goals, start=1):
            rows.append([Box(f"Objectif {number}.{rank} : {goal.title}", across=4)])
            for act in goal.acts:
                rows.append([Box(act.title), Box(act.lead), Box(listed(act.partners)), Box(act.years)])
                outline.action(act, outline.levels(axe, goal), "lead", "partners", "period")
    return Page([Text(plan.title, 1), Grid(rows)]), outline


@layout("xlsx", "ods")
def one_sheet_per_axis(plan: Plan) -> tuple[Page, Outline]:
    """The axis is the title of the sheet; dates are real dates, amounts real numbers."""
    outline, page = Outline(), Page()
    for number, axe in enumerate(plan.axes, start=1):
        rows = [header("Objectif", "Action", "Responsable", "Début", "Fin", "Budget")]
        for goal in axe.goals:
            for act in goal.acts:
                start, end, _ = act.period
                rows.append(
                    [
                        Box(goal.title),
                        Box(act.title),
                        Box(act.lead),
                        Box(value=start),
                        Box(value=end),
                        Box(value=act.budget),
                    ]
                )
                node = outline.action(act, outline.levels(axe, goal), "lead", "budget")
                node.period = (start, end, False) if start else None
        page.blocks += [Text(f"Axe {number} – {axe.title}"), Grid(rows, name=f"Axe {number}")]
    return page, outline


@layout(*EVERYWHERE)
def action_list_with_glued_states(plan: Plan) -> tuple[Page, Outline]:
    """No axis, no objective: numbered actions, the state written at the end of the title."""
    outline, rows = Outline(), [header("No", "Action", "Qui", "Quand")]
    for number, act in enumerate(plan.acts, start=1):
        rows.append([Box(str(number)), Box(act.title + GLUED[act.state]), Box(act.lead), Box(act.years)])
        node = outline.action(act, "", "lead", "period")
        node.state = act.state if GLUED[act.state] else None
    return Page([Grid(rows)]), outline


@layout("docx", "html", "pdf", "xlsx")
def objectives_with_actions_listed_in_a_cell(plan: Plan) -> tuple[Page, Outline]:
    """Two levels: a row per objective, its actions as a list in one cell."""
    outline, rows = Outline(), [header("Objectifs", "Actions", "Indicateurs")]
    for axe in plan.axes:
        for goal in axe.goals:
            rows.append(
                [Box(goal.title), Box(bullets=tuple(act.title for act in goal.acts)), Box("Bilan annuel déposé")]
            )
            for act in goal.acts:
                outline.action(act, outline.levels(None, goal))
    return Page([Grid(rows)]), outline


@layout("docx", "xlsx", "html")
def bilingual_headers(plan: Plan) -> tuple[Page, Outline]:
    outline, rows = (
        Outline(),
        [header("Objectif / Goal", "Action / Action", "Responsable / Lead", "Échéancier / Timeline")],
    )
    for _, goal, act in plan.walk():
        rows.append([Box(goal.title), Box(act.title), Box(act.lead), Box(act.years)])
        outline.action(act, outline.levels(None, goal), "lead", "period")
    return Page([Grid(rows)]), outline


@layout("docx", "html", "pdf")
def obstacles_and_measures(plan: Plan) -> tuple[Page, Outline]:
    """The yearly plan for people with disabilities: obstacle, objective, measure, indicator."""
    outline = Outline()
    rows = [
        header("Obstacles", "Objectifs", "Mesures retenues", "Responsables", "Indicateurs de résultats", "Échéancier")
    ]
    for _, goal, act in plan.walk():
        rows.append(
            [Box(text) for text in ("Manque d'information", goal.title, act.title, act.lead, act.indicator, act.years)]
        )
        outline.action(act, outline.levels(None, goal), "lead", "period", "indicator")
    return Page([Text("Plan d'action annuel à l'égard des personnes handicapées", 1), Grid(rows)]), outline


@layout(*TABLES)
def outline_numbers_in_one_column(plan: Plan) -> tuple[Page, Outline]:
    """No column for axes: the number alone says the level."""
    outline, rows = Outline(), [header("No", "Axes, objectifs et actions", "Responsable", "Échéancier")]
    for one, axe in enumerate(plan.axes, start=1):
        rows.append([Box(str(one)), Box(axe.title, bold=True), Box(), Box()])
        for two, goal in enumerate(axe.goals, start=1):
            rows.append([Box(f"{one}.{two}"), Box(goal.title), Box(), Box()])
            for three, act in enumerate(goal.acts, start=1):
                rows.append([Box(f"{one}.{two}.{three}"), Box(act.title), Box(act.lead), Box(act.years)])
                outline.action(act, outline.levels(axe, goal), "lead", "period").written = f"{one}.{two}.{three}"
    return Page([Grid(rows)]), outline


@layout("docx", "html", "md", "pdf")
def prose_with_headings(plan: Plan) -> tuple[Page, Outline]:
    """No table at all: headings, actions as a list."""
    outline, page = Outline(), Page([Text(plan.title, 1)])
    for one, axe in enumerate(plan.axes, start=1):
        page.blocks.append(Text(f"Axe {one} : {axe.title}", 2))
        for two, goal in enumerate(axe.goals, start=1):
            page.blocks.append(Text(f"Objectif {one}.{two} : {goal.title}", 3))
            for act in goal.acts:
                page.blocks.append(Text(act.title, bullet=True))
                outline.action(act, outline.levels(axe, goal))
    return page, outline
