"""The sections that the work brings to the page of a case: partners, visits, orders, building, log."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concertoit.field.cases import workflow
from concertoit.field.cases.enums import AssignmentState, CaseState
from concertoit.field.cases.enums.work import CLOCK_LABELS, MOVE_LABELS, MoveKind
from concertoit.field.cases.models import Assignment, Case, CaseMove
from concertoit.field.cases.policies import has_accepted, is_lead, is_team
from concertoit.field.cases.queries.page import (
    assignments_on,
    before_on,
    may_see_inside,
    moves_on,
    orders_on,
    owners_on,
    visits_on,
)
from concertoit.field.cases.views.sections import Section, Tab
from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.policies import Viewer

LOG_SHOWN = 40
TABS = (
    Tab("home", gettext_lazy("Accueil"), "cases:home", "cases.view", "house-door", 10),
    Tab("list", gettext_lazy("Liste"), "cases:list", "cases.view", "list-ul", 20),
    Tab("visits", gettext_lazy("Mes visites"), "cases:my_visits", "cases.view", "calendar-event", 30),
    Tab("brigade", gettext_lazy("Brigade"), "cases:brigade", "cases.work", "people", 40),
    Tab("delays", gettext_lazy("Délais"), "cases:delays", "cases.view", "alarm", 50),
    Tab("figures", gettext_lazy("Chiffres"), "cases:figures", "cases.figures", "bar-chart-line", 70),
)
_MOVES_SHOWN = {
    AssignmentState.IN_PROGRESS: ("check-lg", "ok"),
    AssignmentState.REFUSED: ("x-lg", "late"),
    AssignmentState.CLOSED: ("flag", "ok"),
    AssignmentState.CANCELLED: ("slash-circle", "neutral"),
    AssignmentState.NEW: ("send", "sky"),
}


def partners(viewer: Viewer, case: Case) -> Section:
    """The organisations asked, each with its own state, and what may be done."""
    rows = [{"row": row, "moves": _allowed(viewer, row)} for row in assignments_on(viewer, case)]
    note = ngettext("%(n)s organisme", "%(n)s organismes", len(rows)) % {"n": len(rows)} if rows else ""
    context = {
        "viewer": viewer, "case": case, "rows": rows, "lead": is_lead(viewer), "team": is_team(viewer),
        "states": dict(AssignmentState.choices),
    }  # fmt: skip
    return Section("partenaires", _("Partenaires"), "cases/case_partners.html", context, 20, note)


def _allowed(viewer: Viewer, row: Assignment) -> list[str]:
    roles = [workflow.LEAD] if is_lead(viewer) else []
    if viewer.can("cases.answer") and row.organisation_id in viewer.organisation_ids:
        roles.append(workflow.PARTNER)
    return list(dict.fromkeys(to for who in roles for to in workflow.moves(workflow.ASSIGNMENT, row.state, who)))


def visits(viewer: Viewer, case: Case) -> Section | None:
    """Visits planned and told."""
    if not may_see_inside(viewer, case):
        return None
    rows = visits_on(viewer, case)
    note = ngettext("%(n)s visite", "%(n)s visites", len(rows)) % {"n": len(rows)} if rows else ""
    may = case.state != CaseState.CLOSED and (is_team(viewer) or has_accepted(viewer, case))
    context = {"viewer": viewer, "case": case, "rows": rows, "may": may, "team": is_team(viewer)}
    return Section("visites", _("Visites"), "cases/case_visits.html", context, 30, note)


def orders(viewer: Viewer, case: Case) -> Section | None:
    """Orders, notices, statements and reports."""
    if not may_see_inside(viewer, case):
        return None
    rows = orders_on(viewer, case)
    note = ngettext("%(n)s document", "%(n)s documents", len(rows)) % {"n": len(rows)} if rows else ""
    context = {"viewer": viewer, "case": case, "rows": rows}
    return Section("ordonnances", _("Ordonnances et documents"), "cases/case_orders.html", context, 40, note)


def place(viewer: Viewer, case: Case) -> Section | None:
    """The building, its owners, the cases of before: the team only."""
    if not is_team(viewer):
        return None
    context = {
        "viewer": viewer, "case": case, "owners": owners_on(viewer, case.building_id), "before": before_on(viewer, case)
    }  # fmt: skip
    return Section("immeuble", _("Immeuble et propriétaire"), "cases/case_place.html", context, 70)


def log(viewer: Viewer, case: Case) -> Section | None:
    """What happened, last first."""
    if not may_see_inside(viewer, case):
        return None
    entries = [_entry(move) for move in moves_on(viewer, case)[:LOG_SHOWN]]
    entries.append({
        "text": _("L’équipe apprend la situation (%(how)s)") % {"how": case.get_channel_display().lower()},
        "when": date_short(case.known_at), "icon": "inbox", "tone": "sky",
    })  # fmt: skip
    return Section("historique", _("Ce qui s’est passé"), "cases/case_log.html", {"entries": entries}, 90)


def _entry(move: CaseMove) -> dict[str, Any]:
    icon, tone = look_of(move)
    return {
        "text": sentence_of(move), "when": date_short(move.at), "who": str(move.user or move.author), "icon": icon,
        "tone": tone, "detail": move.words,
    }  # fmt: skip


def look_of(move: CaseMove) -> tuple[str, str]:
    """The icon and the tone of a line of the log."""
    if move.assignment_id:
        return _MOVES_SHOWN.get(AssignmentState(move.after), ("circle", "neutral"))
    return "alarm" if move.kind == MoveKind.CLOCK else "circle", "neutral"


def sentence_of(move: CaseMove) -> str:
    """A line of the log in words: whose answer it was, or the state of the case."""
    if move.assignment_id and move.assignment is not None:
        state = AssignmentState(move.after)
        said = _("demande envoyée") if state == AssignmentState.NEW else str(state.label).lower()
        return _("%(who)s : %(state)s") % {"who": move.assignment.organisation, "state": said}
    if move.after in CaseState:
        return _("Dossier : %(state)s") % {"state": str(CaseState(move.after).label).lower()}
    return str(MOVE_LABELS.get(move.after) or CLOCK_LABELS.get(move.after, move.after))
