"""What the views of a plan show, made from what queries found: tags, chips, rows. No decision, no query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertoit.ground.core.spoken import date_short, money, number
from concertoit.ground.spaces.models import CrossCuttingPriority
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import VersionState
from concertoit.together.plans.filters import PlanFilter
from concertoit.together.plans.models import Plan, PlanVersion
from concertoit.together.plans.queries.tree import ActorName, Line, Tree
from concertoit.together.plans.rules.progress import Progress
from concertoit.together.plans.rules.schedule import Window

COLOURS = 6
WHO_SHOWN = 4  # partners named before « et 3 autres »


@dataclass(slots=True)
class PlanPage:
    """What every view of a plan starts from."""

    plan: Plan
    version: PlanVersion
    filter: PlanFilter
    others: list[PlanVersion]
    viewer: Viewer

    @property
    def draft(self) -> PlanVersion | None:
        """A draft that is open beside the version shown."""
        return next((v for v in self.others if v.state == VersionState.DRAFT and v.pk != self.version.pk), None)

    @property
    def today(self) -> date:
        return timezone.localdate()

    def tags(self) -> list[dict[str, str]]:
        """Where the version shown stands, and the draft that is being written."""
        slug = self.viewer.space.slug
        versions = reverse("plans:versions", kwargs={"slug": slug})
        shown = self.version
        if shown.state == VersionState.DRAFT:
            tags = [{"text": _("Ébauche %(number)s") % {"number": shown.number}, "tone": "sky", "icon": "pencil"}]
        elif shown.state == VersionState.CURRENT:
            text = _("Version %(number)s, adoptée le %(day)s") % {
                "number": shown.number,
                "day": date_short(shown.adopted_on) if shown.adopted_on else "?",
            }
            tags = [{"text": text, "tone": "ok", "icon": "check2-circle", "href": versions}]
        else:
            text = _("Version %(number)s, archivée") % {"number": shown.number}
            tags = [{"text": text, "tone": "sun", "icon": "archive", "href": versions}]
        if self.draft and self.viewer.can("plan.draft.view"):
            plan = reverse("plans:plan", kwargs={"slug": slug})
            text = _("Ébauche %(number)s ouverte") % {"number": self.draft.number}
            tags.append({"text": text, "tone": "sky", "icon": "pencil", "href": f"{plan}?version={self.draft.number}"})
        return tags

    def segments(self, active: str) -> list[dict[str, Any]]:
        """The switch between views; the filter goes along."""
        kept = self.filter.query()
        views = [
            ("plan", "plans:plan", _("Plan"), "list-nested"),
            ("gantt", "plans:gantt", _("Calendrier"), "bar-chart-steps"),
            ("board", "plans:board", _("Étapes"), "kanban"),
            ("links", "plans:links", _("Liens"), "share"),
            ("actors", "plans:actors", _("Organismes"), "people"),
            ("territory", "plans:territory", _("Territoire"), "map"),
            ("priorities", "plans:priorities", _("Priorités"), "bullseye"),
            ("budget", "plans:budget", _("Budget"), "cash-coin"),
        ]
        slug = self.viewer.space.slug
        return [
            {
                "label": label,
                "href": reverse(name, kwargs={"slug": slug}) + (kept if kept != "?" else ""),
                "current": key == active,
                "icon": icon,
            }
            for key, name, label, icon in views
        ]

    def chips(self, priorities: Iterable[CrossCuttingPriority] = ()) -> list[dict[str, Any]]:
        """Filters people use most; one press away, in the address."""
        chosen = self.filter
        chips = [{"label": _("Tout"), "href": chosen.clear(), "current": not chosen.is_narrow}]
        shows = [
            ("en-retard", _("En retard")),
            ("silencieuses", _("Sans nouvelles")),
            ("avec-budget", _("Avec budget")),
        ]
        if self.viewer.organisation_ids:
            shows.insert(0, ("mes-actions", _("Mes actions")))
        for code, label in shows:
            on = chosen.show == code
            chips.append({"label": label, "href": chosen.query(show="" if on else code), "current": on})
        for priority in priorities:
            on = chosen.priority == priority.pk
            chips.append(
                {"label": priority.name, "href": chosen.query(priority=None if on else priority.pk), "current": on}
            )
        return chips


@dataclass(slots=True)
class Row:
    """An action or an objective as a line of the page."""

    kind: str
    code: str
    title: str
    href: str
    who: str = ""
    bar: dict[str, Any] | None = None
    amount: str = ""
    line: Line | None = None


@dataclass(slots=True)
class Group:
    """A section of the page: an axis, or the elements that stand under none."""

    id: int
    number: str
    title: str
    note: str
    colour: int
    href: str = ""
    is_open: bool = True
    rows: list[Row] = field(default_factory=list)


def who(leads: list[ActorName], partners: list[ActorName], most: int = 4) -> str:
    """« DS Lanaudière · avec Habeo, TPL et 3 autres »."""
    lead = ", ".join(_named(actor) for actor in leads)
    if not partners:
        return lead
    names = ", ".join(_named(actor) for actor in partners[:most])
    left = len(partners) - most
    more = " " + ngettext("et %(num)d autre", "et %(num)d autres", left) % {"num": left} if left > 0 else ""
    helped = _("avec %(names)s") % {"names": names + more}
    return f"{lead} · {helped}" if lead else helped


def _named(actor: ActorName) -> str:
    name = actor.name if len(actor.name) <= 60 else actor.name[:57].rstrip() + "…"
    return _("%(name)s (à former)") % {"name": name} if actor.to_form else name


def progress_parts(progress: Progress) -> list[dict[str, Any]]:
    """Parts of a progress bar, with their words."""
    doing = max(progress.doing - progress.late, 0)
    parts = [
        (progress.done, "done", ngettext("%(n)s faite", "%(n)s faites", progress.done)),
        (doing, "doing", ngettext("%(n)s en cours", "%(n)s en cours", doing)),
        (progress.late, "late", ngettext("%(n)s en retard", "%(n)s en retard", progress.late)),
    ]
    return [
        {"share": progress.share(count) / 100, "tone": tone, "label": words % {"n": number(count)}}
        for count, tone, words in parts
        if count
    ]


def bar_of(line: Line, window: Window | None, today: Any) -> dict[str, Any] | None:
    """A line's period on the plan's window, how much is done, and today; nothing without a period."""
    if window is None or (line.starts_on is None and line.ends_on is None):
        return None
    start = window.offset(line.starts_on) / 100 if line.starts_on else 0.0
    end = window.offset(line.ends_on) / 100 if line.ends_on else 1.0
    end = 1.0 if line.ends_on == window.end else end
    words = _("%(start)s à %(end)s, %(done)s faites sur %(total)s") % {
        "start": date_short(line.starts_on) if line.starts_on else "…",
        "end": date_short(line.ends_on) if line.ends_on else "…",
        "done": line.progress.done,
        "total": line.progress.total,
    }
    inside = window.start <= today <= window.end
    return {
        "start": start,
        "end": max(end, start),
        "done": line.progress.percent_done / 100,
        "label": words,
        "today": window.offset(today) / 100 if inside else None,
    }


def groups(tree: Tree, slug: str, opened: set[int]) -> list[Group]:
    """The page's sections: one per axis; what stands under no axis comes first, in a section of its own."""
    found: list[Group] = []
    loose = [root for root in tree.roots if root.node.kind != "axis"]
    if loose:
        group = Group(0, "•", _("Actions du plan"), _note(loose), 1)
        group.rows = [row for line in loose for row in _rows(line, tree, slug)]
        found.append(group)
    for place, root in enumerate((root for root in tree.roots if root.node.kind == "axis"), start=1):
        is_open = root.node.item_id in opened
        group = Group(
            id=root.node.item_id,
            number=root.node.written if len(root.node.written) in (1, 2) else str(place),
            title=root.node.title,
            note=_note([root]),
            colour=(place - 1) % COLOURS + 1,
            href=_item(slug, root),
            is_open=is_open,
        )
        if is_open:
            group.rows = [row for child in root.children for row in _rows(child, tree, slug)]
        found.append(group)
    return found


def _note(lines: list[Line]) -> str:
    objectives = sum(1 for line in lines for child in [line, *line.children] if child.node.kind == "objective")
    actions = sum(len(line.actions()) for line in lines)
    total = sum(line.budget for line in lines)
    parts = []
    if objectives:
        parts.append(ngettext("%(n)s objectif", "%(n)s objectifs", objectives) % {"n": number(objectives)})
    parts.append(ngettext("%(n)s action", "%(n)s actions", actions) % {"n": number(actions)})
    if total:
        parts.append(money(total))
    return " · ".join(parts)


def _item(slug: str, line: Line) -> str:
    return f"{items_at(slug)}{line.node.item_id}/"


@lru_cache(maxsize=512)
def items_at(slug: str) -> str:
    """Address under which the pages of elements stand: resolved once, a list has hundreds of them."""
    address = reverse("plans:item", kwargs={"slug": slug, "item_id": 0})
    return address.removesuffix("0/")


def _rows(line: Line, tree: Tree, slug: str) -> Iterator[Row]:
    node = line.node
    row = Row("action" if line.is_action else node.kind, node.code, node.title, _item(slug, line), line=line)
    if line.is_action:
        row.who = who(line.leads, line.partners)
        row.bar = bar_of(line, tree.window, tree.today)
        row.amount = money(line.budget) if line.budget else ""
    yield row
    for child in line.children:
        yield from _rows(child, tree, slug)
