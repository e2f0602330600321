"""Plans in the database: content by version, follow-up by item.

An *item* is the identity of an axis, an objective, an action, an outcome or a step: it goes through all versions of a
plan. A *node* is what one version says of an item (its number, title, place, partners, planned budget). What happens
to it (state, notes, judgements, measures, spending) belongs to the item, so that adopting a version moves nothing.
"""

from concertoit.together.plans.models.content import (
    BudgetLine,
    NodeActor,
    NodeLink,
    NodePriority,
    Plan,
    PlanItem,
    PlanNode,
    PlanSection,
    PlanVersion,
)
from concertoit.together.plans.models.exchange import Alignment, CycleStep, Filing, PlanImport
from concertoit.together.plans.models.followup import (
    Comment,
    Contest,
    Indicator,
    Measure,
    Outlook,
    ProgressNote,
    Spending,
    UpdateRequest,
)
from concertoit.together.plans.models.reminders import CalendarLink, Reminder

__all__ = [
    "Alignment",
    "BudgetLine",
    "CalendarLink",
    "Comment",
    "Contest",
    "CycleStep",
    "Filing",
    "Indicator",
    "Measure",
    "NodeActor",
    "NodeLink",
    "NodePriority",
    "Outlook",
    "Plan",
    "PlanImport",
    "PlanItem",
    "PlanNode",
    "PlanSection",
    "PlanVersion",
    "ProgressNote",
    "Reminder",
    "Spending",
    "UpdateRequest",
]
