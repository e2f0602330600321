"""Layouts that are more form than table: cards, sheets with a preamble, sentences that say everything."""

from __future__ import annotations

from tests.together.plans.importers.sample_formats import Box, Grid, Page, Text
from tests.together.plans.importers.sample_layouts import WORDS, dollars, header, layout, listed
from tests.together.plans.importers.sample_plans import Outline, Plan


@layout("docx", "html", "pdf")
def a_card_per_action(plan: Plan) -> tuple[Page, Outline]:
    """A small table of two columns for each action, the label on the left."""
    outline, page = Outline(), Page([Text(plan.title, 1)])
    for axe, goal, act in plan.walk():
        rows = [
            [Box("Axe", bold=True), Box(axe.title)],
            [Box("Objectif", bold=True), Box(goal.title)],
            [Box("Action", bold=True), Box(act.title)],
            [Box("Responsable", bold=True), Box(act.lead)],
            [Box("Partenaires", bold=True), Box(listed(act.partners))],
            [Box("Échéancier", bold=True), Box(act.years)],
            [Box("Budget", bold=True), Box(dollars(act.budget))],
        ]
        page.blocks += [Text("Fiche d'action", 3), Grid(rows)]
        outline.action(act, outline.levels(axe, goal), "lead", "partners", "period", "budget")
    return page, outline


@layout("xlsx", "ods", "csv")
def sheet_with_a_preamble(plan: Plan) -> tuple[Page, Outline]:
    """Title, date of update and legend stand above the header; a total below."""
    outline, rows = Outline(), [header("Axe", "Objectif", "Action", "Responsable", "Échéancier", "Budget", "Statut")]
    last_axe = last_goal = None
    for axe, goal, act in plan.walk():
        texts = [
            "" if axe is last_axe else axe.title,
            "" if goal is last_goal else goal.title,
            act.title,
            act.lead,
            act.years,
        ]
        rows.append([*map(Box, texts), Box(dollars(act.budget), value=act.budget), Box(WORDS[act.state])])
        last_axe, last_goal = axe, goal
        outline.action(act, outline.levels(axe, goal), "lead", "period", "budget", "state")
    total = sum(act.budget or 0 for act in plan.acts)
    rows.append([Box("Total"), *[Box()] * 4, Box(dollars(total), value=total), Box()])
    return Page([Text(plan.title), Text("Mise à jour : 12 janvier 2026"), Grid(rows)]), outline


@layout("docx", "html", "md")
def sentences_that_say_everything(plan: Plan) -> tuple[Page, Outline]:
    """No table: under each action, lines such as « Responsable : … »."""
    outline, page = Outline(), Page([Text(plan.title, 1)])
    for one, axe in enumerate(plan.axes, start=1):
        page.blocks.append(Text(f"Axe {one} – {axe.title}", 2))
        for goal in axe.goals:
            page.blocks.append(Text(f"Objectif : {goal.title}", 3))
            for act in goal.acts:
                page.blocks.append(Text(f"Action : {act.title}"))
                page.blocks.append(Text(f"Responsable : {act.lead}"))
                page.blocks.append(Text(f"Échéancier : {act.years}"))
                outline.action(act, outline.levels(axe, goal), "lead", "period")
    return page, outline


@layout("docx", "html", "pdf", "xlsx")
def enjeu_above_the_objectives(plan: Plan) -> tuple[Page, Outline]:
    """The axis is called « Enjeu » and stands in a first merged row over each group; objectives merged down."""
    outline, rows = Outline(), []
    for axe in plan.axes:
        rows.append([Box(f"Enjeu : {axe.title}", across=4, bold=True)])
        rows.append(header("Objectifs", "Moyens", "Responsables", "Échéancier"))
        for goal in axe.goals:
            for act in goal.acts:
                first = [Box(goal.title, down=len(goal.acts))] if act is goal.acts[0] else []
                rows.append([*first, Box(act.title), Box(act.lead), Box(act.years)])
                outline.action(act, outline.levels(axe, goal), "lead", "period")
    return Page([Text(plan.title, 1), Grid(rows)]), outline
