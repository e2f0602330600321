"""What a welcome pack says: the démarche, its plan today, who leads what, who meets when, what the newcomer carries."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertoit.ground.core.spoken import date_long, time_of_day
from concertoit.ground.spaces.enums import CommitteeState, Role
from concertoit.ground.spaces.models import Committee, GoverningBody, Membership, Space
from concertoit.ground.spaces.policies import Viewer, in_force
from concertoit.together.meetings import workflow
from concertoit.together.meetings.models import Meeting
from concertoit.together.meetings.queries.people import addresses
from concertoit.together.meetings.queries.welcome import Newcomer
from concertoit.together.meetings.rules.recurrence import ZONE
from concertoit.together.plans.enums import ACTOR_ROLE_LABELS
from concertoit.together.plans.models import NodeActor, PlanNode, PlanVersion
from concertoit.together.plans.queries.carried import carried_by
from concertoit.together.plans.queries.counts import progress_by
from concertoit.together.plans.queries.worklist import shown_versions
from concertoit.together.plans.rules.progress import Progress

# Meetings told in a pack: those of the next months, at most so many. Parameters of ours.
MEETINGS_AHEAD, MEETINGS_SHOWN = timedelta(days=183), 8


def version_of(space: Space) -> PlanVersion | None:
    """The version that a pack speaks of: the one followed of the first plan of the démarche."""
    rows = PlanVersion.objects.filter(pk__in=shown_versions([space]), state="current")
    return rows.select_related("plan").order_by("plan_id").first()


def pack_content(viewer: Viewer, one: Newcomer, *, word: str) -> dict[str, Any]:
    """Everything that a pack says, as plain values in the words of the day; a constant number of queries."""
    space, version = viewer.space, version_of(viewer.space)
    membership = one.membership
    return {
        "space": space.name,
        "mission": space.mission,
        "name": str(membership.person or membership.organisation),
        "organisation": str(membership.organisation or ""),
        "word": word.strip(),
        "made": date_long(timezone.localdate()),
        "plan": _plan(version) if version else {},
        "axes": _axes(version) if version else [],
        "carried": _carried(viewer, membership),
        "tables": _tables(space),
        "meetings": _meetings(space),
        "integration": _integration(one),
        "contacts": _contacts(space),
    }


def _plan(version: PlanVersion) -> dict[str, str]:
    adopted = _("adoptée %(day)s") % {"day": date_long(version.adopted_on)} if version.adopted_on else ""
    return {"title": version.plan.title, "version": str(version), "adopted": adopted}


def _axes(version: PlanVersion) -> list[dict[str, Any]]:
    """Axis by axis: how far it is, and each action with who leads it."""
    by_axis, by_action = progress_by(version, "axis_id"), progress_by(version, "action_id")
    leads: dict[int, list[str]] = defaultdict(list)
    rows = NodeActor.objects.filter(version=version, role="lead", node__kind="action").order_by("position", "pk")
    for node_id, name, short in rows.values_list("node_id", "name", "organisation__short_name"):
        leads[node_id].append(short or name)
    axes: list[dict[str, Any]] = []
    for node in PlanNode.objects.filter(version=version, kind__in=["axis", "action"]).order_by("order", "pk"):
        title = f"{node.written or node.canonical} {node.title}".strip()
        if node.kind == "axis" or not axes:
            axes.append({"title": title if node.kind == "axis" else _("Actions"), "actions": [],
                         **_counted(by_axis.get(node.pk, Progress()))})  # fmt: skip
        if node.kind == "action":
            said = {"title": title, "leads": ", ".join(leads[node.pk]), **_counted(by_action.get(node.pk, Progress()))}
            axes[-1]["actions"].append(said)
    return axes


def _counted(progress: Progress) -> dict[str, Any]:
    text = ""
    if progress.total:
        steps = ngettext("%(num)d étape", "%(num)d étapes", progress.total) % {"num": progress.total}
        text = _("%(done)d sur %(steps)s") % {"done": progress.done, "steps": steps}
    return {"done": progress.done, "total": progress.total, "progress": text}


def _carried(viewer: Viewer, membership: Membership) -> list[dict[str, Any]]:
    if membership.organisation is None:
        return []
    found = carried_by(viewer, membership.organisation)
    return [
        {
            "role": str(label),
            "items": [f"{one.written or one.canonical} {one.title}".strip() for one in found.roles[role]],
        }
        for role, label in ACTOR_ROLE_LABELS.items()
        if role in found.roles
    ]


def _tables(space: Space) -> list[dict[str, str]]:
    """Who decides and who works: bodies with their rhythm, committees with how many people."""
    seated = Count("seats", filter=Q(seats__ends_on=None))
    bodies = GoverningBody.objects.filter(space=space).annotate(people=seated).order_by("kind", "name", "pk")
    rows = Committee.objects.filter(space=space, merged_into=None).exclude(state=CommitteeState.CLOSED)
    # A plan that names a body makes a committee of its name: it is told once.
    told = {name for row in bodies for name in (row.name, row.short_name)}
    committees = rows.exclude(name__in=told).annotate(people=seated).order_by("name", "pk")
    return [
        *({"name": row.name, "said": _joined(row.rhythm, _people(row.people))} for row in bodies),
        *({"name": row.name, "said": _joined(_forming(row), _people(row.people))} for row in committees),
    ]


def _forming(row: Committee) -> str:
    return _("à former") if row.state == CommitteeState.TO_FORM else ""


def _people(number: int) -> str:
    return ngettext("%(num)d siège", "%(num)d sièges", number) % {"num": number} if number else ""


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _meetings(space: Space) -> list[dict[str, str]]:
    now = timezone.now()
    rows = Meeting.objects.filter(space=space, state__in=workflow.COMING, starts_at__gt=now)
    rows = rows.filter(starts_at__lt=now + MEETINGS_AHEAD).order_by("starts_at", "pk")
    return [{"title": row.title, "when": _when(row), "place": row.place} for row in rows[:MEETINGS_SHOWN]]


def _when(row: Meeting) -> str:
    at = row.starts_at.astimezone(ZONE)
    return f"{date_long(at.date())}, {time_of_day(at)}"


def _integration(one: Newcomer) -> dict[str, str]:
    welcome = one.welcome
    if welcome is None or one.day is None:
        return {}
    if welcome.meeting is not None:
        return {"when": _when(welcome.meeting), "place": welcome.meeting.place}
    return {"when": date_long(one.day), "place": welcome.place}


def _contacts(space: Space) -> list[dict[str, str]]:
    """Who coordinates, with the address of their work."""
    rows = Membership.objects.filter(in_force(), space=space, role=Role.COORDINATION).exclude(person=None)
    people = list(rows.select_related("person", "organisation").order_by("position", "pk"))
    emails = addresses(people)
    return [{"name": str(one.person), "email": emails.get(one.pk, "")} for one in people]
