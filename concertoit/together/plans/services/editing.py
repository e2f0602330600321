"""One page, two people: what another wrote while a form of the draft was open is not overwritten unseen.

A form carries the stamp of what it showed. It is written when the stamp is still the one of the database; else the
person is told who wrote, and when, and what they typed stays theirs: sent again with the new stamp, it is written.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.queries import history
from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.spoken import date_long, time_of_day
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.models import BudgetLine, NodeActor, NodeLink, PlanNode, PlanSection, PlanVersion
from concertoit.together.plans.services.content import NodeContent, change_node
from concertoit.together.plans.services.sections import write_section
from concertoit.together.plans.services.steps import set_steps

NODE_VERBS = ("plan.node_added", "plan.node_changed", "plan.steps_written")
FIELDS = (
    "written", "title", "description", "group", "period_written", "starts_on", "ends_on", "continuous", "budget",
)  # fmt: skip


class ChangedMeanwhile(DomainError):
    """Somebody wrote after the page was shown. ``stamp`` is the one of what is written now."""

    def __init__(self, message: object, *, stamp: str) -> None:
        super().__init__(message)
        self.stamp = stamp


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything under a node that its form shows."""

    actors: list[NodeActor]
    lines: list[BudgetLine]
    links: list[NodeLink]
    priorities: list[int]
    steps: list[PlanNode]


def rows_of(node: PlanNode) -> Rows:
    """What stands under a node, in the order of its form; five queries."""
    return Rows(
        actors=list(node.actors.order_by("position", "id")),
        lines=list(node.budget_lines.order_by("id")),
        links=list(node.links.order_by("id")),
        priorities=list(node.priorities.order_by("id").values_list("priority_id", flat=True)),
        steps=list(node.children.filter(kind="step").order_by("order", "id")),
    )


def stamp_of(node: PlanNode, rows: Rows) -> str:
    """What the form of a node shows, in few characters: another stamp says that something else is shown."""
    return _stamp(
        [
            [getattr(node, name) for name in FIELDS],
            [[row.role, row.kind, row.name, row.precision] for row in rows.actors],
            [[row.year, row.amount, row.fiscal_agent, row.source] for row in rows.lines],
            [[row.target_id, row.target_written, row.kind, row.note] for row in rows.links],
            sorted(rows.priorities),
            [[row.group, row.title] for row in rows.steps],
        ]
    )


def stamp_of_section(section: PlanSection | None) -> str:
    """The same for a text; empty for one that does not exist yet."""
    return _stamp([section.kind, section.heading, section.body]) if section else ""


def _stamp(values: list[Any]) -> str:
    return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()[:20]


@transaction.atomic
def edit_node(
    *, viewer: Viewer, node: PlanNode, content: NodeContent, steps: list[tuple[str, str]] | None, seen: str
) -> PlanNode:
    """Write the form of an element, its steps with it (nothing: they are not of the form).

    Raises ``ChangedMeanwhile`` when ``seen`` is no longer what is written; empty, it asks for nothing.
    """
    viewer.must("plan.edit")
    held = PlanNode.objects.select_for_update().get(pk=node.pk)
    stamp = stamp_of(held, rows_of(held))
    if seen and seen != stamp:
        entries = history("plans.item", str(node.item_id)).filter(verb__in=NODE_VERBS)
        raise ChangedMeanwhile(_said(viewer, entries, _("cet élément")), stamp=stamp)
    written = change_node(viewer=viewer, node=node, content=content)
    if steps is not None:
        set_steps(viewer=viewer, node=written, steps=steps)
    return written


@transaction.atomic
def edit_section(
    *, viewer: Viewer, version: PlanVersion, section: PlanSection | None, seen: str, **values: str
) -> PlanSection | None:
    """Write one of the texts around the tables. Raises ``ChangedMeanwhile`` like ``edit_node``."""
    viewer.must("plan.edit")
    held = PlanSection.objects.select_for_update().filter(pk=section.pk).first() if section else None
    if held is not None and seen and seen != stamp_of_section(held):
        entries = history("plans.plan", str(version.plan_id)).filter(verb="plan.section_written")
        raise ChangedMeanwhile(_said(viewer, entries, _("ce texte")), stamp=stamp_of_section(held))
    return write_section(viewer=viewer, version=version, section=held, **values)


def _said(viewer: Viewer, entries: Iterable[Any], what: str) -> str:
    """Who wrote last, and when, in a sentence."""
    latest = next(iter(entries), None)
    advice = _("Ce que vous avez écrit est gardé ici. Comparez, puis enregistrez de nouveau pour remplacer.")
    if latest is None:
        return _("%(what)s a changé depuis que cette page est ouverte.") % {"what": what.capitalize()} + " " + advice
    values = {"who": latest.actor_label or _("Concertoit"), "what": what, **_moment(latest.at)}
    if latest.actor_id == viewer.user.pk:
        told = _("Vous avez modifié %(what)s dans une autre fenêtre, le %(day)s à %(time)s.")
    else:
        told = _("%(who)s a modifié %(what)s le %(day)s à %(time)s, après l’ouverture de cette page.")
    return told % values + " " + advice


def _moment(at: datetime) -> dict[str, str]:
    local = timezone.localtime(at)
    return {"day": date_long(local.date(), article=False, weekday=False), "time": time_of_day(local)}
