"""What workshops bring elsewhere: « Décider », « Ma table », the page of an action, the history."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries.histories import read_with
from concertoit.ground.ui.desk import Brought, Coming, Todo
from concertoit.ground.ui.panels import Panel
from concertoit.together.decisions.enums import HatColour, ReviewManner, ReviewVerdict, WorkshopMode, WorkshopState
from concertoit.together.decisions.models import Workshop
from concertoit.together.decisions.queries.home import Entry, StageView
from concertoit.together.decisions.queries.workshops import origins_of
from concertoit.together.plans.models import PlanItem

TONES = {WorkshopState.PREPARING: "neutral", WorkshopState.OPEN: "brick", WorkshopState.CLOSED: "ok"}


def _address(slug: str, name: str, pk: int) -> str:
    return reverse(f"decisions:{name}", kwargs={"slug": slug, "workshop_id": pk})


def stage(viewer: Viewer) -> StageView:
    """The workshops of the démarche, on « Décider »; one query."""
    slug, runs = viewer.space.slug, viewer.can("workshop.run")
    rows = Workshop.objects.filter(space=viewer.space).annotate(
        said=Count("ideas", filter=Q(ideas__withdrawn=False), distinct=True),
        became=Count("proposals", filter=Q(proposals__item__isnull=False), distinct=True),
    )
    view = StageView(
        what=gettext_lazy(
            "Six chapeaux pour réfléchir à une question; les idées triées deviennent des actions proposées."
        ),
        icon="lightbulb",
        start=reverse("decisions:workshop_add", kwargs={"slug": slug}) if runs else "",
        start_label=gettext_lazy("Préparer un atelier"),
    )
    for row in rows.order_by("-pk"):
        is_open = row.state == WorkshopState.OPEN
        expects = is_open and viewer.can("workshop.take_part")
        detail = [ngettext("%(n)s idée", "%(n)s idées", row.said) % {"n": row.said}]
        if row.became:
            detail.append(ngettext("%(n)s action proposée", "%(n)s actions proposées", row.became) % {"n": row.became})
        view.entries.append(
            Entry(
                title=row.title,
                href=_address(slug, "workshop", row.pk),
                state=str(row.get_state_display()),
                tone=TONES[WorkshopState(row.state)],
                open=is_open,
                on=row.on,
                detail=" · ".join(detail),
                expected=_("L’atelier est ouvert : vos idées sont attendues.") if expects else "",
                todo=_address(slug, "workshop_take_part", row.pk) if expects else "",
            )
        )
    return view


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Workshops open now, and those that come; one query whatever the number of démarches."""
    by_space = {viewer.space.pk: viewer for viewer in viewers if viewer.can("workshop.take_part")}
    whole = Brought()
    if not by_space:
        return whole
    rows = Workshop.objects.filter(space__in=by_space, on_paper=False).exclude(state=WorkshopState.CLOSED)
    for row in rows.order_by("pk"):
        slug = by_space[row.space_id].space.slug
        if row.state == WorkshopState.OPEN:
            whole.todos.append(
                Todo(
                    title=_("Participer à l’atelier « %(title)s »") % {"title": row.title},
                    href=_address(slug, "workshop_take_part", row.pk), action=_("Participer"), note=row.question,
                    icon="lightbulb", tone="brick", now=True, order=5, space_id=row.space_id,
                )
            )  # fmt: skip
        elif row.on:
            coming = Coming(row.title, _address(slug, "workshop", row.pk), on=row.on, space_id=row.space_id)
            whole.coming.append(coming)
    return whole


def origin_panel(viewer: Viewer, item: PlanItem) -> Panel | None:
    """On the page of an action: the ideas that it comes from, and what reviews settled for it; one query when none."""
    proposals, reviews = origins_of(viewer, item.pk)
    if not proposals and not reviews:
        return None
    context = {"proposals": proposals, "reviews": reviews}
    return Panel("decisions.origin", "decisions/workshop_item_panel.html", context, order=20)


# The history of a workshop or a review is read by those who read the journal of the démarche.
history_of = read_with("journal.view")


def show(key: str, value: Any) -> str | None:
    """A code of the journal as people read it."""
    labels: dict[str, dict[Any, Any]] = {
        "hat": dict(HatColour.choices), "mode": dict(WorkshopMode.choices), "manner": dict(ReviewManner.choices),
        "outcome": dict(ReviewVerdict.choices),
    }  # fmt: skip
    label = labels.get(key, {}).get(value) if isinstance(value, str) else None
    return str(label) if label is not None else None


def history_url(object_id: str) -> str:
    """The page of a workshop."""
    row = Workshop.objects.select_related("space").filter(pk=object_id).first()
    return _address(row.space.slug, "workshop", row.pk) if row else ""
